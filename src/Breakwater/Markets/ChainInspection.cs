using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Markets;

/// <summary>A chain after inspection.</summary>
/// <param name="IndexUsd">Median index of its rows, USD; <c>null</c> if no row states one.</param>
/// <param name="Quotes">Usable quotes in order of instrument name.</param>
/// <param name="Forwards">Median forward per expiry, in order of expiry.</param>
internal sealed record InspectedChain(
    double? IndexUsd, ImmutableArray<OptionQuote> Quotes, ImmutableArray<FutureMark> Forwards);

/// <summary>Looks at a chain row by row: what cannot be used is left out, what is doubtful is reported.</summary>
/// <remarks>Cleaning for the fit (METHODOLOGY 2.1) is the surface's work: crossed quotes stay in, as
/// received.</remarks>
internal static class ChainInspection
{
    /// <summary>Disagreement of sources that the methodology calls one (2.4: oracle disagreement over 2 %).</summary>
    private const double DisagreementFraction = 0.02;

    /// <summary>A forward below half or above twice its index is a misprint: the basis is clipped at −100 % and +200 %
    /// a year (METHODOLOGY 1.1).</summary>
    private const double ForwardRatioMax = 2;

    /// <summary>Implied volatilities above 1000 % are flagged (METHODOLOGY 1.4).</summary>
    private const double VolatilityMax = 10;

    internal static InspectedChain Inspect(AssetId asset, ChainObservation? chain, List<Finding> findings)
    {
        double[] indexes = [.. chain?.Rows.Select(row => row.IndexUsd).OfType<double>() ?? []];
        if (chain is null || indexes.Length == 0)
        {
            return new InspectedChain(null, [], []);
        }

        double indexUsd = SampleMedian.Of(indexes);
        FindingTally tally = new(asset.Name, "quotes", chain.Rows.Length);
        ImmutableArray<ChainRow> rows = [.. chain.Rows.Where(row => IsUsable(row, chain.At, indexUsd, tally))];
        ImmutableArray<OptionQuote> quotes = [.. rows.Select(row => QuoteOf(row, chain.At, indexUsd, tally))];
        tally.AddTo(findings);
        return new InspectedChain(indexUsd, quotes, Forwards(rows));
    }

    private static bool IsUsable(ChainRow row, Timestamp at, double indexUsd, FindingTally tally)
    {
        string name = row.Option.Name;
        if (row.Option.Expiry <= at)
        {
            tally.Count(FindingKind.RejectedQuote, "had expired: left out", name);
            return false;
        }

        if (row.ForwardUsd is not { } forward)
        {
            tally.Count(FindingKind.RejectedQuote, "state no forward: left out", name);
            return false;
        }

        bool isPlausible = forward < indexUsd * ForwardRatioMax && forward > indexUsd / ForwardRatioMax;
        if (!isPlausible)
        {
            tally.Count(FindingKind.AbsurdValue, "state a forward below half or above twice the index: left out", name);
        }

        return isPlausible;
    }

    private static OptionQuote QuoteOf(ChainRow row, Timestamp at, double indexUsd, FindingTally tally)
    {
        string name = row.Option.Name;
        if (row.IndexUsd is { } own && Math.Abs(own - indexUsd) > DisagreementFraction * indexUsd)
        {
            tally.Count(FindingKind.AbsurdValue, "state an index over 2 % from the median, which is used", name);
        }

        bool hasAsk = row.AskCoin is not 0.0;
        if (!hasAsk)
        {
            tally.Count(FindingKind.AbsurdValue, "ask 0: taken as not quoted", name);
        }

        bool hasVolatility = row.MarkVolatilityAnnual is not ({ } and > VolatilityMax or 0.0);
        if (!hasVolatility)
        {
            tally.Count(FindingKind.AbsurdValue, "state a mark volatility of 0 or over 1000 %: left out", name);
        }

        InspectSpread(row, tally);
        return new OptionQuote(
            row.Option, row.QuotedAt ?? at, row.BidCoin, hasAsk ? row.AskCoin : null, row.MarkCoin,
            hasVolatility ? row.MarkVolatilityAnnual : null, row.ForwardUsd!.Value, row.OpenInterest)
        {
            VolumeDaily = row.VolumeDaily,
        };
    }

    private static void InspectSpread(ChainRow row, FindingTally tally)
    {
        if (row is not { BidCoin: { } bid, AskCoin: { } ask and > 0 })
        {
            return;
        }

        if (bid >= ask)
        {
            tally.Count(FindingKind.CrossedQuote, "are crossed or locked", row.Option.Name);
        }
        else if (row.MarkCoin is { } mark && (mark < bid || mark > ask))
        {
            tally.Count(
                FindingKind.MarkOutsideSpread, "are marked by the venue outside their own spread", row.Option.Name);
        }
    }

    private static ImmutableArray<FutureMark> Forwards(ImmutableArray<ChainRow> rows) =>
    [
        .. rows.GroupBy(row => row.Option.Expiry).OrderBy(expiry => expiry.Key).Select(expiry => new FutureMark(
            expiry.Key, SampleMedian.Of([.. expiry.Select(row => row.ForwardUsd!.Value)]),
            expiry.Any(row => row.IsForwardListed))),
    ];
}
