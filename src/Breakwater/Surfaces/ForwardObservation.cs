using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Surfaces;

/// <summary>Forward prices as observed: the knots of the forward curve (METHODOLOGY 1.1).</summary>
/// <remarks>
/// Of an expiry: the future's mark; else the forward recorded with its quotes, the venue's mark of the listed or
/// synthetic
/// future (median); that one gives way to put–call parity where it contradicts it, which is a finding.
/// </remarks>
public static class ForwardObservation
{
    private const int PairsMinimum = 3; // Fewer strikes with both a call and a put say too little.
    private const double DisagreementMinimum = 0.02; // METHODOLOGY 2.4: prices that differ by 2 % disagree.
    private const double DisagreementErrors = 4.0; // Standard errors of the parity estimate.

    /// <summary>Forward curve of one underlying.</summary>
    /// <param name="market">The market.</param>
    /// <param name="findings">Receives a finding where recorded forwards were not believed.</param>
    public static ForwardCurve CurveOf(UnderlyingMarket market, ImmutableArray<Finding>.Builder findings)
    {
        SortedDictionary<Timestamp, double> knots = [];
        foreach (IGrouping<Timestamp, OptionQuote> group in market.Quotes
            .Where(quote => quote.Option.Expiry > market.At).GroupBy(quote => quote.Option.Expiry))
        {
            knots[group.Key] = OfQuotes(market.Asset, group.Key, [.. group], findings);
        }

        foreach (FutureMark mark in market.FutureMarks.Where(mark => mark.Expiry > market.At))
        {
            knots[mark.Expiry] = mark.MarkUsd;
        }

        double[] years = [.. knots.Keys.Select(expiry => expiry.YearsSince(market.At))];
        return ForwardCurve.Through(market.IndexUsd, years, [.. knots.Values]);
    }

    /// <summary>Forward by put–call parity: weighted least squares of C − P on K, weights 1/spread².</summary>
    /// <param name="quotes">Quotes of one expiry, prices in coin.</param>
    /// <returns>Forward in USD and its relative standard error; <c>null</c> with fewer than three pairs.</returns>
    /// <remarks>In coin C − P = 1 − K/F: one unknown, 1/F, and no forward needed to state the prices.</remarks>
    public static (double ForwardUsd, double RelativeError)? ByParity(ReadOnlySpan<OptionQuote> quotes)
    {
        SortedDictionary<decimal, OptionQuote> calls = [];
        foreach (OptionQuote quote in quotes)
        {
            if (quote.Option.Right == OptionRight.Call && IsTwoSided(quote)) calls[quote.Option.StrikeUsd] = quote;
        }

        double product = 0.0;
        double square = 0.0;
        int pairCount = 0;
        foreach (OptionQuote put in quotes)
        {
            if (put.Option.Right != OptionRight.Put || !IsTwoSided(put)) continue;
            if (!calls.TryGetValue(put.Option.StrikeUsd, out OptionQuote? call)) continue;
            double strike = (double)put.Option.StrikeUsd;
            double spread = Spread(call) + Spread(put);
            double weight = 1.0 / (spread * spread);
            product += weight * strike * (1.0 - (Mid(call) - Mid(put)));
            square += weight * strike * strike;
            pairCount++;
        }

        if (pairCount < PairsMinimum || !(product > 0.0)) return null;
        double forward = square / product;
        return (forward, forward * 0.5 / Math.Sqrt(square));
    }

    /// <summary>Median of the forwards recorded with quotes.</summary>
    /// <param name="quotes">Quotes of one expiry; at least one.</param>
    internal static double MedianRecorded(ReadOnlySpan<OptionQuote> quotes)
    {
        double[] forwards = new double[quotes.Length];
        for (int i = 0; i < quotes.Length; i++) forwards[i] = quotes[i].ForwardUsd;
        Array.Sort(forwards);
        int middle = forwards.Length / 2;
        return forwards.Length % 2 == 1 ? forwards[middle] : 0.5 * (forwards[middle - 1] + forwards[middle]);
    }

    private static double OfQuotes(
        AssetId asset, Timestamp expiry, OptionQuote[] quotes, ImmutableArray<Finding>.Builder findings)
    {
        double recorded = MedianRecorded(quotes);
        if (ByParity(quotes) is not { } parity) return recorded;
        double disagreement = Math.Abs(recorded / parity.ForwardUsd - 1.0);
        if (disagreement <= Math.Max(DisagreementMinimum, DisagreementErrors * parity.RelativeError)) return recorded;
        findings.Add(new Finding(
            FindingKind.AbsurdValue,
            $"{asset}-{InstrumentName.Date(expiry)}",
            string.Create(
                CultureInfo.InvariantCulture,
                $"recorded forward {recorded:0.00} USD contradicts put-call parity, {parity.ForwardUsd:0.00} USD, "
                    + $"which is used")));
        return parity.ForwardUsd;
    }

    private static bool IsTwoSided(OptionQuote quote) => quote.BidCoin is > 0.0 && quote.AskCoin > quote.BidCoin;

    private static double Mid(OptionQuote quote) => 0.5 * (quote.BidCoin!.Value + quote.AskCoin!.Value); // Two-sided.

    private static double Spread(OptionQuote quote) => quote.AskCoin!.Value - quote.BidCoin!.Value; // Two-sided.
}
