using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Markets;

/// <summary>Takes misprints out of a series, so that one bad print moves no margin (METHODOLOGY 12, row 7).</summary>
/// <remarks>
/// A print goes if its own bar or its neighbours contradict it, never for its size: (1) a close outside the range of
/// its bar; (2) a bar that does not join its neighbours, out on one side and back on the other; (3) a close that leaves
/// both neighbours and comes back while the opens beside it show that no price was there; (4) where no opens are known,
/// one that leaves and comes back by many local deviations. A crash stays: its bars join. The open of the next bar, a
/// price of the same instant, stands in where it is known; else there is a hole, never an invented price.
/// </remarks>
internal static class PrintGuard
{
    private const double RangeFailuresMaximum = 0.01; // of the bars; beyond it the ranges are not to be believed
    private const double JoinTolerance = 0.002; // log; the spread of a thin venue between a close and the next open
    private const double JoinShare = 0.5; // of the excursion that the opens beside a misprint do not show
    private const double LoneDeviations = 12d; // docs/methodology/liquidity.md: few recorded ones are greater
    private const double ReturnShare = 0.5; // of the excursion that may be left after it came back

    /// <summary>Least excursion of a price without opens that may be a misprint, log: above every recorded reversal of
    /// over 12 deviations (4.6 %: ETH, 2023-08-17 21:00).</summary>
    internal const double PriceExcursion = 0.05;

    /// <summary>Likewise of a volatility index: above the greatest recorded one (26 %: 2025-10-10 21:00).</summary>
    internal const double IndexExcursion = 0.35;

    /// <summary>The series without misprints.</summary>
    /// <param name="subject">What findings are about.</param>
    /// <param name="series">The series; points after <paramref name="at"/> are not looked at.</param>
    /// <param name="at">Time of the snapshot.</param>
    /// <param name="later">A price from another source after the newest close, which checks it; <c>null</c> if none.
    /// </param>
    /// <param name="excursionMinimum">Least excursion of a value without opens that may be a misprint, log.</param>
    /// <param name="findings">Takes what was left out.</param>
    internal static PriceSeries Clean(
        string subject, PriceSeries series, Timestamp at, PricePoint? later, double excursionMinimum,
        List<Finding> findings)
    {
        Prints prints = new(series, at, later);
        SortedDictionary<int, string> bad = OutsideRange(prints);
        for (int index = 0; index < prints.Count; index++)
        {
            if (!bad.ContainsKey(index) && !bad.ContainsKey(index - 1)
                && (IsDisjoint(prints, index)
                    || IsReversal(prints, index, bad.ContainsKey(index + 1), excursionMinimum)))
            {
                bad.Add(index, "leave both neighbours and come back");
            }
        }

        if (bad.Count == 0)
        {
            return series;
        }

        FindingTally tally = new(subject, $"values of {series.Source}", prints.Count);
        foreach ((int index, string why) in bad)
        {
            bool isRestored = prints.NextOpen(index) is not null && !bad.ContainsKey(index + 1);
            tally.Count(
                FindingKind.AbsurdValue, $"{why}: {(isRestored ? "the next open stands in" : "left out")}",
                prints.Name(index));
        }

        tally.AddTo(findings);
        return prints.Without(bad);
    }

    private static SortedDictionary<int, string> OutsideRange(Prints prints)
    {
        SortedDictionary<int, string> outside = [];
        for (int index = 0; index < prints.Count; index++)
        {
            if (prints.IsOutsideRange(index))
            {
                outside.Add(index, "lie outside the range of their bars");
            }
        }

        return outside.Count > Math.Max(1d, RangeFailuresMaximum * prints.Count) ? [] : outside;
    }

    // A whole bar elsewhere: a gap before it and the same gap back after it. The first bar of a series, or the first
    // after a hole, has only the gap after it; its neighbour must join the next.
    private static bool IsDisjoint(Prints prints, int index)
    {
        if (prints.Gap(index) is not { } after || Math.Abs(after) <= JoinTolerance)
        {
            return false;
        }

        return prints.Gap(index - 1) is { } before
            ? before * after < 0d && Math.Abs(before) > JoinTolerance
                && Math.Abs(before + after) <= ReturnShare * Math.Min(Math.Abs(before), Math.Abs(after))
            : prints.Gap(index + 1) is { } next && Math.Abs(next) <= JoinTolerance;
    }

    private static bool IsReversal(Prints prints, int index, bool isNextBad, double excursionMinimum)
    {
        if (isNextBad || prints.Before(index) is not { } before || prints.After(index) is not { } after)
        {
            return false;
        }

        double outward = DeterministicMath.Log(prints.Value(index) / before);
        double back = DeterministicMath.Log(after / prints.Value(index));
        double excursion = Math.Min(Math.Abs(outward), Math.Abs(back));
        bool isReturning = outward * back < 0d && Math.Abs(outward + back) <= ReturnShare * excursion;
        if (!isReturning || excursion <= JoinTolerance)
        {
            return false;
        }

        double? gap = prints.Gap(index - 1) is { } into && prints.Gap(index) is { } outOf
            ? Math.Max(Math.Abs(into), Math.Abs(outOf))
            : prints.Gap(index) ?? prints.Gap(index - 1);
        return gap is { } known
            ? Math.Abs(known) > Math.Max(JoinTolerance, JoinShare * excursion)
            : excursion > excursionMinimum && excursion > LoneDeviations * prints.Deviation(index);
    }
}
