using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Pricing;

namespace Breakwater.Surfaces;

/// <summary>A quote on its way through the hygiene: prices as fractions of the forward, and their
/// volatilities.</summary>
/// <param name="K">Log-moneyness.</param>
/// <param name="Moneyness">K/F.</param>
/// <param name="CallMid">Mid price of the call of this strike, by parity, fraction of the forward.</param>
/// <param name="Spread">Ask − bid, fraction of the forward.</param>
/// <param name="BidVolatility">Volatility of the bid; 0 if the bid is 0.</param>
/// <param name="AskVolatility">Volatility of the ask.</param>
internal sealed record QuotedOption(
    double K, double Moneyness, double CallMid, double Spread, double BidVolatility, double AskVolatility)
{
    /// <summary>Reads a quote, or counts why it cannot be read.</summary>
    internal static QuotedOption? Of(OptionQuote quote, double expiryYears, RejectionTally tally)
    {
        double bid = quote.BidCoin ?? 0.0;
        if (quote.AskCoin is not { } ask || !(ask > 0.0))
        {
            tally.WithoutAsk++;
            return null;
        }

        if (!(bid < ask))
        {
            tally.Crossed++;
            return null;
        }

        double askVolatility = VolatilityOf(quote, ask, expiryYears);
        double bidVolatility = bid > 0.0 ? VolatilityOf(quote, bid, expiryYears) : 0.0;
        if (double.IsNaN(askVolatility) || double.IsNaN(bidVolatility))
        {
            tally.OutOfBounds++;
            return null;
        }

        double moneyness = (double)quote.Option.StrikeUsd / quote.ForwardUsd;
        double parity = quote.Option.Right == OptionRight.Call ? 0.0 : 1.0 - moneyness;
        return new QuotedOption(
            DeterministicMath.Log(moneyness), moneyness, 0.5 * (bid + ask) + parity, ask - bid, bidVolatility,
            askVolatility);
    }

    // NaN stays within this file: it marks a price without a plausible volatility.
    private static double VolatilityOf(OptionQuote quote, double priceCoin, double expiryYears)
    {
        ImpliedVolatilityResult result = ImpliedVolatility.Solve(
            quote.Option.Right, quote.ForwardUsd, (double)quote.Option.StrikeUsd, expiryYears,
            priceCoin * quote.ForwardUsd);
        return result.Status == ImpliedVolatilityStatus.Found ? result.VolatilityAnnual : double.NaN;
    }
}

/// <summary>Counts of quotes dropped, by reason.</summary>
internal sealed class RejectionTally
{
    internal int Old { get; set; }

    internal int Elsewhere { get; set; }

    internal int WithoutAsk { get; set; }

    internal int Crossed { get; set; }

    internal int OutOfBounds { get; set; }

    internal int WithoutBid { get; set; }

    internal int Wide { get; set; }

    internal int NotConvex { get; set; }

    /// <summary>Quotes that never became candidates.</summary>
    internal int Unreadable => Old + Elsewhere + WithoutAsk + Crossed + OutOfBounds;

    /// <summary>Adds what was counted to the findings.</summary>
    internal void Report(string subject, int total, ImmutableArray<Finding>.Builder findings)
    {
        Add(findings, FindingKind.StaleInput, subject, Old, total, "too old");
        Add(findings, FindingKind.AbsurdValue, subject, Elsewhere, total,
            "recorded with a forward far from the others'");
        Add(findings, FindingKind.CrossedQuote, subject, Crossed, total, "crossed or locked");
        Add(findings, FindingKind.RejectedQuote, subject, WithoutAsk, total, "without an ask");
        Add(findings, FindingKind.RejectedQuote, subject, OutOfBounds, total, "outside price bounds or [1 %, 1000 %]");
        Add(findings, FindingKind.RejectedQuote, subject, WithoutBid, total,
            "without a bid, ask over twice its neighbour");
        Add(findings, FindingKind.RejectedQuote, subject, Wide, total, "with too wide a spread");
        Add(findings, FindingKind.RejectedQuote, subject, NotConvex, total, "not convex by more than their spread");
    }

    private static void Add(
        ImmutableArray<Finding>.Builder findings, FindingKind kind, string subject, int count, int total, string why)
    {
        if (count == 0) return;
        findings.Add(new Finding(kind, subject, string.Create(
            CultureInfo.InvariantCulture, $"{count} of {total} out-of-the-money quotes dropped: {why}")));
    }
}
