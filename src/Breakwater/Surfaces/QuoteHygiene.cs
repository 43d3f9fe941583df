using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Parameters;

namespace Breakwater.Surfaces;

/// <summary>Keeps the option quotes that can be believed, as volatilities (METHODOLOGY 2.1).</summary>
/// <remarks>
/// Out-of-the-money quotes only. Every log-moneyness and volatility uses the forward recorded with its quote, because a
/// chain is not one instant. Prices are in coin, V/F, without discount.
/// </remarks>
public static class QuoteHygiene
{
    private const double WeekYears = 7.0 / 365.0;
    private const double NoBidAskRatioMaximum = 2.0; // METHODOLOGY 2.1: ask against the neighbour
    private const double ForwardDeviationMaximum = 0.02; // Sweeps drift by up to 0.4 % (recorded chains of 2026-02).
    private const double WeightMinimum = 0.1; // METHODOLOGY 2.1

    /// <summary>Cleans the quotes of one underlying.</summary>
    /// <param name="market">The market; its own snapshot time is the surface's.</param>
    /// <param name="parameters">Limits.</param>
    /// <param name="findings">Receives one finding per expiry and reason for which quotes were dropped.</param>
    /// <returns>Expiries with at least one good quote, in order.</returns>
    public static ImmutableArray<SliceQuotes> Clean(
        UnderlyingMarket market, SurfaceParameters parameters, ImmutableArray<Finding>.Builder findings)
    {
        ImmutableArray<SliceQuotes>.Builder slices = ImmutableArray.CreateBuilder<SliceQuotes>();
        foreach (IGrouping<Timestamp, OptionQuote> group in market.Quotes
            .Where(quote => quote.Option.Expiry > market.At)
            .GroupBy(quote => quote.Option.Expiry)
            .OrderBy(group => group.Key))
        {
            SliceQuotes slice = CleanSlice(group.Key, [.. group], market, parameters, findings);
            if (!slice.Quotes.IsEmpty) slices.Add(slice);
        }

        return slices.ToImmutable();
    }

    private static SliceQuotes CleanSlice(
        Timestamp expiry,
        OptionQuote[] quotes,
        UnderlyingMarket market,
        SurfaceParameters parameters,
        ImmutableArray<Finding>.Builder findings)
    {
        double years = expiry.YearsSince(market.At);
        double ageMaximum = years < WeekYears
            ? parameters.QuoteAgeMaximumShortSeconds
            : parameters.QuoteAgeMaximumSeconds;
        double forward = ForwardObservation.MedianRecorded(quotes);
        RejectionTally tally = new();
        List<QuotedOption> candidates = [];
        foreach (OptionQuote quote in quotes.Where(IsOutOfTheMoney))
        {
            bool isOld = market.At.MillisecondsSince(quote.At) > 1000.0 * ageMaximum;
            bool isElsewhere = Math.Abs(quote.ForwardUsd / forward - 1.0) > ForwardDeviationMaximum;
            if (isOld) tally.Old++;
            else if (isElsewhere) tally.Elsewhere++;
            else if (QuotedOption.Of(quote, years, tally) is { } candidate) candidates.Add(candidate);
        }

        candidates.Sort((left, right) => left.K.CompareTo(right.K));
        List<QuotedOption> kept = WithoutLoneAsks(candidates, tally);
        kept = WithoutWideSpreads(kept, parameters, tally);
        kept = ConvexityFilter.Keep(kept, tally);
        tally.Report($"{market.Asset}-{InstrumentName.Date(expiry)}", candidates.Count + tally.Unreadable, findings);
        return new SliceQuotes(expiry, years, forward, Weighted(kept, years, parameters));
    }

    private static bool IsOutOfTheMoney(OptionQuote quote)
    {
        double strike = (double)quote.Option.StrikeUsd;
        return quote.Option.Right == OptionRight.Call ? strike >= quote.ForwardUsd : strike < quote.ForwardUsd;
    }

    // Without a bid only the ask speaks: it is believed if no more than twice the nearest two-sided quote.
    private static List<QuotedOption> WithoutLoneAsks(List<QuotedOption> candidates, RejectionTally tally)
    {
        List<QuotedOption> kept = [];
        foreach (QuotedOption candidate in candidates)
        {
            bool isBelieved = candidate.BidVolatility > 0.0
                || candidate.AskVolatility <= NoBidAskRatioMaximum * NeighbourVolatility(candidates, candidate);
            if (isBelieved) kept.Add(candidate);
            else tally.WithoutBid++;
        }

        return kept;
    }

    private static double NeighbourVolatility(List<QuotedOption> candidates, QuotedOption of)
    {
        double volatility = 0.0;
        double distance = double.MaxValue;
        foreach (QuotedOption other in candidates)
        {
            double gap = Math.Abs(other.K - of.K);
            if (other.BidVolatility > 0.0 && gap < distance)
            {
                distance = gap;
                volatility = 0.5 * (other.BidVolatility + other.AskVolatility);
            }
        }

        return volatility;
    }

    private static List<QuotedOption> WithoutWideSpreads(
        List<QuotedOption> candidates, SurfaceParameters parameters, RejectionTally tally)
    {
        List<QuotedOption> kept = [];
        foreach (QuotedOption candidate in candidates)
        {
            double mid = 0.5 * (candidate.BidVolatility + candidate.AskVolatility);
            double limit = Math.Max(parameters.SpreadMaximum, parameters.SpreadMaximumFraction * mid);
            if (candidate.AskVolatility - candidate.BidVolatility <= limit) kept.Add(candidate);
            else tally.Wide++;
        }

        return kept;
    }

    private static ImmutableArray<SmileQuote> Weighted(
        List<QuotedOption> kept, double years, SurfaceParameters parameters)
    {
        if (kept.Count == 0) return [];
        QuotedOption nearest = kept.MinBy(quote => Math.Abs(quote.K))!;
        double atmDeviation = 0.5 * (nearest.BidVolatility + nearest.AskVolatility) * Math.Sqrt(years);
        double atmExponent = 0.125 * atmDeviation * atmDeviation;
        ImmutableArray<SmileQuote>.Builder quotes = ImmutableArray.CreateBuilder<SmileQuote>(kept.Count);
        foreach (QuotedOption quote in kept)
        {
            double deviation = 0.5 * (quote.BidVolatility + quote.AskVolatility) * Math.Sqrt(years);
            double d1 = -quote.K / deviation + 0.5 * deviation;
            double rootVegaRatio = DeterministicMath.Exp(0.5 * (atmExponent - 0.5 * d1 * d1));
            double halfSpread = 0.5 * (quote.AskVolatility - quote.BidVolatility);
            quotes.Add(new SmileQuote(
                quote.K,
                quote.BidVolatility,
                quote.AskVolatility,
                Math.Max(rootVegaRatio, WeightMinimum),
                halfSpread + parameters.ScaleFloor));
        }

        return quotes.MoveToImmutable();
    }
}
