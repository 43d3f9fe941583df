using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Surfaces;

/// <summary>Cleaned out-of-the-money quotes of one expiry, as volatilities (METHODOLOGY 2.1).</summary>
/// <param name="Expiry">Settlement time.</param>
/// <param name="ExpiryYears">Time to expiry from the surface's time, years; &gt; 0.</param>
/// <param name="ForwardUsd">Median of the forwards recorded with the quotes, USD.</param>
/// <param name="Quotes">Quotes in order of log-moneyness.</param>
public sealed record SliceQuotes(
    Timestamp Expiry, double ExpiryYears, double ForwardUsd, ImmutableArray<SmileQuote> Quotes)
{
    /// <summary>Mid volatility of the quote nearest to k = 0.</summary>
    /// <exception cref="InvalidOperationException">There is no quote.</exception>
    public double NearestAtmVolatility()
    {
        if (Quotes.IsEmpty) throw new InvalidOperationException($"{Expiry} has no quotes");
        SmileQuote nearest = Quotes[0];
        foreach (SmileQuote quote in Quotes)
        {
            if (Math.Abs(quote.K) < Math.Abs(nearest.K)) nearest = quote;
        }

        return nearest.MidVolatility;
    }
}

/// <summary>One cleaned quote.</summary>
/// <param name="K">Log-moneyness against the forward recorded with the quote.</param>
/// <param name="BidVolatility">Implied volatility of the bid, per √year; 0 if the bid is 0.</param>
/// <param name="AskVolatility">Implied volatility of the ask, per √year.</param>
/// <param name="Weight">ω of METHODOLOGY 2.1; ≥ 0.1, above 1 only where vega exceeds that at k = 0.</param>
/// <param name="Scale">s of METHODOLOGY 2.1: half-spread plus a floor, volatility.</param>
public readonly record struct SmileQuote(
    double K, double BidVolatility, double AskVolatility, double Weight, double Scale)
{
    /// <summary>Mid of bid and ask volatility.</summary>
    public double MidVolatility => 0.5 * (BidVolatility + AskVolatility);

    /// <summary>Half the spread, volatility.</summary>
    public double HalfSpread => 0.5 * (AskVolatility - BidVolatility);
}
