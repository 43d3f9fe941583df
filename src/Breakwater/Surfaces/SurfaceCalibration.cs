using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;

namespace Breakwater.Surfaces;

/// <summary>Turns a market's option quotes into surfaces free of arbitrage (METHODOLOGY 2).</summary>
public static class SurfaceCalibration
{
    private const int QuotesForShape = 5; // METHODOLOGY 2.4, Fresh
    private const int QuotesForLevel = 2; // METHODOLOGY 2.4, Degraded
    private const int SlicesForFresh = 2; // METHODOLOGY 2.4, Fresh
    private const double UngovernedRiskClass = 3; // An asset that is not governed is treated as the riskiest class.

    /// <summary>Fits the surface of every underlying of a market.</summary>
    /// <param name="market">The market.</param>
    /// <param name="forecast">Realised volatility, for surfaces that must borrow it.</param>
    /// <param name="parameters">Governed constants.</param>
    /// <param name="lastGood">The last surfaces that were fresh; <c>null</c> in a single run, which has no memory. Then
    /// a
    /// degraded or stale surface takes its shape from its own quotes, or the default one where these are too few.
    /// </param>
    /// <returns>A surface for every underlying, whatever its quotes are like; a halted one says so in its
    /// state.</returns>
    public static SurfaceSet Fit(
        MarketSnapshot market, MarketForecast forecast, RiskParameters parameters, SurfaceSet? lastGood = null) =>
        new([.. market.Underlyings.Select(underlying => FitUnderlying(
            underlying,
            StateByAge(underlying, market.At, parameters),
            forecast.Find(underlying.Asset)?.VolatilityAnnual,
            parameters,
            lastGood?.Find(underlying.Asset)))]);

    /// <summary>State that the age of a market's snapshot asks for.</summary>
    /// <param name="market">The market of one underlying.</param>
    /// <param name="now">The instant that everything is valued as of.</param>
    /// <param name="parameters">Limits of ages.</param>
    internal static SurfaceState StateByAge(UnderlyingMarket market, Timestamp now, RiskParameters parameters) =>
        StateByAge(0.001 * now.MillisecondsSince(market.At), parameters.Surfaces);

    /// <summary>Fits the surface of one underlying.</summary>
    /// <param name="market">Its market: time, index, quotes and marks of futures are read, nothing else.</param>
    /// <param name="byAge">State that the age of its snapshot asks for.</param>
    /// <param name="forecastVolatility">σ̂ of METHODOLOGY 3.2, per √year; <c>null</c> without forecast.</param>
    /// <param name="parameters">Governed constants.</param>
    /// <param name="lastGood">Its last surface that was fresh; <c>null</c> if none is remembered.</param>
    internal static VolatilitySurface FitUnderlying(
        UnderlyingMarket market,
        SurfaceState byAge,
        double? forecastVolatility,
        RiskParameters parameters,
        VolatilitySurface? lastGood)
    {
        ImmutableArray<Finding>.Builder findings = ImmutableArray.CreateBuilder<Finding>();
        ForwardCurve forwards = ForwardObservation.CurveOf(market, findings);
        ImmutableArray<SliceQuotes> quotes = Usable(
            QuoteHygiene.Clean(market, parameters.Surfaces, findings), market.Asset, findings);
        double volatility = forecastVolatility ?? SurfaceBorrowing.NoForecastVolatility;
        int riskClass = parameters.Find(market.Asset)?.RiskClass ?? (int)UngovernedRiskClass;
        SurfaceDraft draft = new(market, forwards, volatility, riskClass, parameters.Surfaces, findings);
        int shapedCount = quotes.Count(slice => slice.Quotes.Length >= QuotesForShape);
        if (byAge == SurfaceState.Fresh && shapedCount >= SlicesForFresh)
        {
            VolatilitySurface fitted = draft.Fitted(quotes, QuotesForShape, SurfaceState.Fresh);
            if (fitted.State == SurfaceState.Fresh || lastGood is null) return fitted;
        }

        return Imperfect(draft, quotes, shapedCount, byAge, lastGood);
    }

    // METHODOLOGY 2.4 below Fresh: the last good shape where there is one, else the best this run can know.
    private static VolatilitySurface Imperfect(
        SurfaceDraft draft,
        ImmutableArray<SliceQuotes> quotes,
        int shapedCount,
        SurfaceState byAge,
        VolatilitySurface? lastGood)
    {
        if (quotes.IsEmpty && lastGood is null) return draft.Borrowed();
        SurfaceState state = byAge == SurfaceState.Fresh ? SurfaceState.Degraded : byAge;
        if (lastGood is not null) return draft.FromLastGood(lastGood, quotes, state);
        return shapedCount > 0 ? draft.Fitted(quotes, QuotesForShape, state) : draft.Levelled(quotes, state);
    }

    private static SurfaceState StateByAge(double ageSeconds, SurfaceParameters parameters)
    {
        if (ageSeconds < parameters.FreshAgeMaximumSeconds) return SurfaceState.Fresh;
        if (ageSeconds < parameters.DegradedAgeMaximumSeconds) return SurfaceState.Degraded;
        return ageSeconds <= parameters.StaleAgeMaximumSeconds ? SurfaceState.Stale : SurfaceState.Halted;
    }

    private static ImmutableArray<SliceQuotes> Usable(
        ImmutableArray<SliceQuotes> slices, AssetId asset, ImmutableArray<Finding>.Builder findings)
    {
        foreach (SliceQuotes slice in slices.Where(slice => slice.Quotes.Length < QuotesForLevel))
        {
            findings.Add(new Finding(
                FindingKind.RejectedQuote,
                $"{asset}-{InstrumentName.Date(slice.Expiry)}",
                string.Create(
                    CultureInfo.InvariantCulture, $"{slice.Quotes.Length} good quote: the expiry is interpolated")));
        }

        return [.. slices.Where(slice => slice.Quotes.Length >= QuotesForLevel)];
    }
}
