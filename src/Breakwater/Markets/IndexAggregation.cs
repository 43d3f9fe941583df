using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Instruments;

namespace Breakwater.Markets;

/// <summary>Makes one price of several sources, any one of which may be wrong in any way (RELIABILITY T-I4).</summary>
/// <remarks>
/// Usable sources are fresh, priced and neither crossed nor wide. Those too far from the median of the usable ones go,
/// measured in median absolute deviations within <see cref="IndexRules.OutlierFractionMin"/> and
/// <see cref="IndexRules.OutlierFractionMax"/>. The price is the weighted median of the rest, no share above
/// <see cref="IndexRules.WeightShareMax"/>. Whatever one source says, the price lies within the range of the others.
/// </remarks>
public static class IndexAggregation
{
    /// <summary>The index as of an instant.</summary>
    /// <param name="asset">The underlying.</param>
    /// <param name="said">What each source said last, in any order; of a source that stands twice the newest counts.
    /// </param>
    /// <param name="rules">The sources and their weights.</param>
    /// <param name="before">The index before this one, which carries its mode on; <c>null</c> at the start.</param>
    /// <param name="at">Now, by the clock that stamped the receipts.</param>
    public static IndexPrice Of(
        AssetId asset, ImmutableArray<SourcePrice> said, IndexRules rules, IndexPrice? before, Timestamp at)
    {
        List<IndexRejection> rejections = [];
        List<UsableSource> usable = new UsableSources(rules, at, rejections).Of(said);
        List<UsableSource> kept = Kept(usable, rejections);
        List<Finding> findings = [.. rejections.Select(rejection => FindingOf(asset, rejection))];
        bool isMajority = kept.Count * 2 > usable.Count;
        double? price = usable.Count < IndexRules.SourceCountMin || !isMajority
            ? null
            : WeightedMedian(kept.Count < IndexRules.SourceCountMin ? usable : kept, rules);
        MarketMode seen = Seen(asset, usable.Count, kept.Count, price, before, at, findings);
        (MarketMode mode, int goodCount) = Remembered(seen, before);
        return new IndexPrice(
            asset, at, price, mode,
            price is null
                ? []
                : [.. kept.OrderBy(source => source.RuleIndex).Select(source => source.Name)],
            [.. rejections], SnapshotAssembly.InOrder(findings))
        {
            GoodCount = goodCount,
            Last = price is { } value ? new PricePoint(at, value) : before?.Last,
        };
    }

    // Two of three agree and the third does not: the middle of all three is the price, and only risk may fall.
    private static List<UsableSource> Kept(List<UsableSource> usable, List<IndexRejection> rejections)
    {
        if (usable.Count < IndexRules.SourceCountMin)
        {
            return usable;
        }

        double median = SampleMedian.Of([.. usable.Select(source => source.PriceUsd)]);
        double deviation = SampleMedian.Of([.. usable.Select(source => Math.Abs((source.PriceUsd / median) - 1d))]);
        double limit = Math.Clamp(
            IndexRules.OutlierDeviations * IndexRules.DeviationsPerMedianDeviation * deviation,
            IndexRules.OutlierFractionMin, IndexRules.OutlierFractionMax);
        List<UsableSource> kept = [];
        foreach (UsableSource source in usable)
        {
            double distance = Math.Abs((source.PriceUsd / median) - 1d);
            if (distance <= limit)
            {
                kept.Add(source);
            }
            else
            {
                rejections.Add(new IndexRejection(source.Name, IndexRejectionReason.Outlier, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{source.PriceUsd:G9} USD is {100d * distance:G3} % from the median {median:G9} USD; limit "
                        + $"{100d * limit:G3} %")));
            }
        }

        return kept;
    }

    private static double WeightedMedian(List<UsableSource> sources, IndexRules rules)
    {
        UsableSource[] rising = [.. sources.OrderBy(source => source.PriceUsd).ThenBy(source => source.RuleIndex)];
        double[] shares = CappedShares([.. rising.Select(source => rules.Sources[source.RuleIndex].Weight)]);
        double sum = 0d;
        int middle = 0;
        while (middle < rising.Length - 1 && sum + shares[middle] < 0.5)
        {
            sum += shares[middle];
            middle++;
        }

        // Exactly half below and half above: the middle of the two.
        return sum + shares[middle] == 0.5 && middle < rising.Length - 1
            ? rising[middle].PriceUsd + ((rising[middle + 1].PriceUsd - rising[middle].PriceUsd) / 2d)
            : rising[middle].PriceUsd;
    }

    // Shares that sum to 1, none above the limit: what is cut from a heavy source goes to the others in proportion.
    private static double[] CappedShares(double[] weights)
    {
        double[] shares = new double[weights.Length];
        bool[] isCapped = new bool[weights.Length];
        double heaviest = weights.Max();
        for (int round = 0; round <= weights.Length; round++)
        {
            double free = 1d - (IndexRules.WeightShareMax * isCapped.Count(capped => capped));
            double sum = 0d;
            for (int index = 0; index < weights.Length; index++)
            {
                sum += isCapped[index] ? 0d : weights[index] / heaviest;
            }

            bool isDone = true;
            for (int index = 0; index < weights.Length; index++)
            {
                shares[index] = isCapped[index] ? IndexRules.WeightShareMax : free * (weights[index] / heaviest) / sum;
                isDone &= shares[index] <= IndexRules.WeightShareMax;
            }

            if (isDone)
            {
                return shares;
            }

            for (int index = 0; index < weights.Length; index++)
            {
                isCapped[index] |= shares[index] > IndexRules.WeightShareMax;
            }
        }

        return shares;
    }

    private static MarketMode Seen(
        AssetId asset, int usableCount, int keptCount, double? price, IndexPrice? before, Timestamp at,
        List<Finding> findings)
    {
        if (price is not { } value)
        {
            findings.Add(new Finding(
                usableCount < IndexRules.SourceCountMin ? FindingKind.MissingInput : FindingKind.AbsurdValue,
                asset.Name,
                usableCount < IndexRules.SourceCountMin
                    ? $"{usableCount} sources of the index are usable, {IndexRules.SourceCountMin} are needed: halted"
                    : $"{keptCount} of {usableCount} sources of the index agree, no majority: halted"));
            return MarketMode.Halted;
        }

        if (keptCount < IndexRules.SourceCountMin)
        {
            findings.Add(new Finding(
                FindingKind.AbsurdValue, asset.Name,
                $"{keptCount} of {usableCount} sources of the index agree: only what lowers risk"));
            return MarketMode.ReduceOnly;
        }

        if (before?.Last is { } last && at.MillisecondsSince(last.At) <= IndexRules.AgeMillisecondsMax
            && Math.Abs((value / last.Value) - 1d) > IndexRules.JumpFractionMax)
        {
            findings.Add(new Finding(FindingKind.AbsurdValue, asset.Name, string.Create(
                CultureInfo.InvariantCulture,
                $"the index jumps from {last.Value:G9} to {value:G9} USD within "
                    + $"{at.MillisecondsSince(last.At)} ms: only what lowers risk")));
            return MarketMode.ReduceOnly;
        }

        return MarketMode.Normal;
    }

    private static (MarketMode Mode, int GoodCount) Remembered(MarketMode seen, IndexPrice? before)
    {
        if (before is null || seen >= before.Mode)
        {
            return (seen, 0);
        }

        int good = before.GoodCount + 1;
        return good >= IndexRules.RecoveryCount ? (seen, 0) : (before.Mode, good);
    }

    private static Finding FindingOf(AssetId asset, IndexRejection rejection) => new(
        rejection.Reason switch
        {
            IndexRejectionReason.Stale => FindingKind.StaleInput,
            IndexRejectionReason.Crossed => FindingKind.CrossedQuote,
            IndexRejectionReason.NotAPrice or IndexRejectionReason.Outlier or IndexRejectionReason.ClockAhead =>
                FindingKind.AbsurdValue,
            _ => FindingKind.RejectedQuote,
        },
        asset.Name,
        $"source {rejection.Source} of the index left out: {rejection.Message}");
}
