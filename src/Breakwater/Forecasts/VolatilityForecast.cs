using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;

namespace Breakwater.Forecasts;

/// <summary>Forecasts the volatility of every underlying from its own history (METHODOLOGY 3.2).</summary>
public static class VolatilityForecast
{
    /// <summary>Hours in a year of the methodology.</summary>
    private const double YearHours = (double)Timestamp.YearMilliseconds / Timestamp.HourMilliseconds;

    /// <summary>Volatility per √year of an underlying of which nothing at all is known: the upper end of what majors
    /// showed 2020–24 (SOL 1.37 hourly; docs/methodology/scenario-calibration.md).</summary>
    private const double UnknownVolatilityAnnual = 1.4;

    /// <summary>Volatility forecasts of every underlying of a market.</summary>
    /// <param name="market">Prices up to its instant; nothing later is read.</param>
    /// <param name="parameters">Half-lives, weights, windows and floors.</param>
    public static MarketForecast From(MarketSnapshot market, RiskParameters parameters)
    {
        UnderlyingMarket leader = Leader(market);
        ImmutableArray<UnderlyingForecast>.Builder forecasts =
            ImmutableArray.CreateBuilder<UnderlyingForecast>(market.Underlyings.Length);
        foreach (UnderlyingMarket underlying in market.Underlyings)
        {
            forecasts.Add(OfUnderlying(underlying, leader, parameters));
        }

        ImmutableArray<UnderlyingForecast> underlyings = forecasts.MoveToImmutable();
        return new MarketForecast(underlyings)
        {
            Collateral = CollateralForecast.From(market, underlyings, parameters),
        };
    }

    /// <summary>The class leader: BTC where it has a market, else the underlying with the longest daily history.
    /// </summary>
    /// <param name="market">A market with at least one underlying.</param>
    public static UnderlyingMarket Leader(MarketSnapshot market)
    {
        UnderlyingMarket leader = market.Underlyings[0];
        foreach (UnderlyingMarket underlying in market.Underlyings)
        {
            leader = underlying.Prices.Daily.Length > leader.Prices.Daily.Length ? underlying : leader;
        }

        return market.Find(AssetId.Of("BTC")) ?? leader;
    }

    /// <summary>Forecast of one underlying.</summary>
    /// <param name="market">Its market; quotes and marks of futures are not read.</param>
    /// <param name="leader">The class leader, of which only the daily closes are read.</param>
    /// <param name="parameters">Governed constants.</param>
    internal static UnderlyingForecast OfUnderlying(
        UnderlyingMarket market, UnderlyingMarket leader, RiskParameters parameters) =>
        WithLiquidity(Of(market, leader, parameters), market, parameters);

    private static UnderlyingForecast WithLiquidity(
        UnderlyingForecast forecast, UnderlyingMarket market, RiskParameters parameters)
    {
        (LiquidityForecast liquidity, ImmutableArray<Finding> findings) = LiquidityEstimate.Of(market, parameters);
        return forecast with { Liquidity = liquidity, Findings = [.. forecast.Findings, .. findings] };
    }

    private static UnderlyingForecast Of(
        UnderlyingMarket market, UnderlyingMarket leader, RiskParameters governed)
    {
        VolatilityParameters parameters = governed.Volatility;
        PricePoint index = new(market.At, market.IndexUsd);
        (FilteredHistory history, double varianceHourly, FilterState state) =
            VolatilityFilter.RunToState(market.Prices, index, parameters);
        ImmutableArray<FilterPoint> points = FilterPoints.Of(market.Prices, index);
        (double longAnnual, ImmutableArray<Finding> longFindings) =
            LongVolatility.Forecast(market, leader, parameters);
        ImmutableArray<Finding>.Builder findings = ImmutableArray.CreateBuilder<Finding>();
        findings.AddRange(HistoryHoles.Of(market, points));
        findings.AddRange(longFindings);
        double volatility = Math.Sqrt(varianceHourly * YearHours);
        if (volatility <= 0d)
        {
            volatility = Substitute(market, longAnnual, findings);
        }

        longAnnual = longAnnual > 0d ? longAnnual : volatility;
        (double calmness, Finding? imprecise) = Regime.Calmness(market, history, varianceHourly, governed.AddOns);
        if (imprecise is { } finding)
        {
            findings.Add(finding);
        }

        FlowReading flow = FlowForecasting.Read(market, governed.Flow);
        findings.AddRange(flow.Findings);
        return new UnderlyingForecast(
            market.Asset, volatility, longAnnual, parameters.FloorToLongFraction * longAnnual, history,
            findings.ToImmutable())
        {
            Calmness = calmness,
            Flow = flow.Forecast,
            ShockDeviations = Regime.ShockDeviations(history, index),
            Filter = varianceHourly > 0d ? state : FilterState.Uniform(volatility),
        };
    }

    private static double Substitute(
        UnderlyingMarket market, double longAnnual, ImmutableArray<Finding>.Builder findings)
    {
        (double volatility, string source) =
            market.VolatilityIndex.Length > 0 ? (market.VolatilityIndex[^1].Value, "its volatility index")
            : longAnnual > 0d ? (longAnnual, "its long volatility")
            : (UnknownVolatilityAnnual, "the volatility of an unknown asset");
        findings.Add(new Finding(FindingKind.MissingInput, market.Asset.Name, FormattableString.Invariant(
            $"no price history to filter: {source} stands in, {volatility:0.000} per √year")));
        return volatility;
    }
}
