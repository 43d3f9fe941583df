using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Markets;

/// <summary>Takes marks and rates that nothing else agrees with out of a snapshot (METHODOLOGY 12, row 7).</summary>
internal static class MarkGuard
{
    /// <summary>Half of what is a disagreement of oracles (METHODOLOGY 2.4): marks of one instant differ by up to 0.4 %
    /// within a recorded sweep.</summary>
    private const double Disagreement = 0.01;

    /// <summary>A mark this many median deviations from the basis of all others is alone.</summary>
    private const double DeviationsMaximum = 6d;

    /// <summary>Fewer marks have no median that one of them could not move.</summary>
    private const int MarksForMedian = 3;

    /// <summary>Funding rates that a median is taken of: one bad value of three decides nothing.</summary>
    private const int FundingCount = 3;

    /// <summary>Marks of dated futures without those that neither their options nor the other marks confirm.</summary>
    /// <param name="asset">The underlying.</param>
    /// <param name="marks">Marks in order of expiry.</param>
    /// <param name="recorded">Forwards recorded with option quotes, in order of expiry.</param>
    /// <param name="index">Index price, USD, at its time.</param>
    /// <param name="findings">Takes what was left out.</param>
    internal static ImmutableArray<FutureMark> Clean(
        AssetId asset, ImmutableArray<FutureMark> marks, ImmutableArray<FutureMark> recorded, PricePoint index,
        List<Finding> findings)
    {
        ImmutableArray<FutureMark> live = [.. marks.Where(mark => mark.Expiry > index.At)];
        double[] rates = [.. live.Select(mark => Rate(mark, index))];
        double? rate = rates.Length >= MarksForMedian ? SampleMedian.Of([.. rates]) : null;
        ImmutableArray<FutureMark>.Builder kept = ImmutableArray.CreateBuilder<FutureMark>(live.Length);
        for (int position = 0; position < live.Length; position++)
        {
            FutureMark mark = live[position];
            double? reference = recorded.FirstOrDefault(own => own.Expiry == mark.Expiry)?.MarkUsd;
            double limit = Disagreement;
            if (reference is null && rate is { } usual)
            {
                double years = mark.Expiry.YearsSince(index.At);
                double spread = SampleMedian.Of([.. rates.Select(own => Math.Abs(own - usual))]);
                reference = index.Value * DeterministicMath.Exp(usual * years);
                limit = Math.Max(limit, DeviationsMaximum * spread * years);
            }

            if (reference is { } known && Math.Abs((mark.MarkUsd / known) - 1d) > limit)
            {
                findings.Add(new Finding(FindingKind.AbsurdValue, asset.Name, string.Create(
                    CultureInfo.InvariantCulture,
                    $"the future of {mark.Expiry} is marked at {mark.MarkUsd:0.00} USD, the others say {known:0.00}: "
                        + $"left out")));
            }
            else
            {
                kept.Add(mark);
            }
        }

        return kept.ToImmutable();
    }

    /// <summary>Mark of the perpetual if the index or the nearest future confirms it; else <c>null</c>.</summary>
    /// <param name="asset">The underlying.</param>
    /// <param name="markUsd">Its mark, USD.</param>
    /// <param name="marks">Marks of dated futures in order of expiry.</param>
    /// <param name="index">Index price, USD.</param>
    /// <param name="findings">Takes what was left out.</param>
    internal static double? Perpetual(
        AssetId asset, double? markUsd, ImmutableArray<FutureMark> marks, PricePoint index, List<Finding> findings)
    {
        if (markUsd is not { } mark)
        {
            return null;
        }

        bool isConfirmed = Math.Abs((mark / index.Value) - 1d) <= Disagreement
            || (!marks.IsEmpty && Math.Abs((mark / marks[0].MarkUsd) - 1d) <= Disagreement);
        if (isConfirmed)
        {
            return mark;
        }

        findings.Add(new Finding(FindingKind.AbsurdValue, asset.Name, string.Create(
            CultureInfo.InvariantCulture,
            $"the perpetual is marked at {mark:0.00} USD, over 1 % from the index {index.Value:0.00} and the nearest "
                + $"future: marked at the index")));
        return null;
    }

    /// <summary>Median of the newest funding rates known at an instant.</summary>
    /// <param name="points">Rates, rising in time, at least one.</param>
    internal static double Funding(ImmutableArray<FundingPoint> points) => SampleMedian.Of(
        [.. points.Skip(Math.Max(0, points.Length - FundingCount)).Select(point => point.Fraction8h)]);

    private static double Rate(FutureMark mark, PricePoint index) =>
        DeterministicMath.Log(mark.MarkUsd / index.Value) / mark.Expiry.YearsSince(index.At);
}
