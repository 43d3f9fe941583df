using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;

namespace Breakwater.Forecasts;

/// <summary>Where the price of a pegged asset stands against its peg.</summary>
/// <param name="Ratio">p ÷ peg, median of the last hours; &gt; 0; 1 without peg.</param>
/// <param name="DeviationHourly">σ of the ratio, log per √hour; ≥ 0; 0 without peg.</param>
public readonly record struct PegForecast(double Ratio, double DeviationHourly)
{
    /// <summary>No peg.</summary>
    public static PegForecast None { get; } = new(1d, 0d);
}

/// <summary>What the history of an asset says about it as collateral (METHODOLOGY 5).</summary>
/// <param name="Asset">The asset.</param>
/// <param name="VolatilityAnnual">σ̂ with its anti-procyclical floor, per √year; &gt; 0.</param>
/// <param name="ShortfallDailyFraction">e: expected shortfall of 24 h, fraction of the value; in [0, 1].</param>
/// <param name="DrawdownWeeklyFraction">MDD_7d: high quantile of falls from a peak within 7 days, fraction; in [0, 4].
/// Without history so great that a quarter of it is the least haircut of the class.</param>
/// <param name="Peg">Its peg.</param>
/// <param name="Findings">What is missing or short.</param>
public sealed record CollateralForecast(
    AssetId Asset,
    double VolatilityAnnual,
    double ShortfallDailyFraction,
    double DrawdownWeeklyFraction,
    PegForecast Peg,
    ImmutableArray<Finding> Findings)
{
    /// <summary>What selling it costs, where it is no underlying; <c>null</c>: its underlying forecast says.</summary>
    public LiquidityForecast? Liquidity { get; init; }

    private const double YearHours = (double)Timestamp.YearMilliseconds / Timestamp.HourMilliseconds;

    /// <summary>Volatility per √year of an asset of which nothing is known (VolatilityForecast: SOL 2020–24).</summary>
    private const double UnknownVolatilityAnnual = 1.4;

    /// <summary>Hourly closes from which a history says something about drawdowns: 30 days.</summary>
    private const int HoursMinimum = 720;

    /// <summary>Forecasts of every asset of a market, in order of asset.</summary>
    /// <param name="market">Prices up to its instant; nothing later is read.</param>
    /// <param name="underlyings">Forecasts of its underlyings.</param>
    /// <param name="parameters">Governed constants.</param>
    public static ImmutableArray<CollateralForecast> From(
        MarketSnapshot market, ImmutableArray<UnderlyingForecast> underlyings, RiskParameters parameters) =>
    [
        .. underlyings.Where(own => parameters.Find(own.Asset) is not null)
            .Select(own => OfUnderlying(own, market.At, parameters))
            .Concat(market.CollateralAssets.Select(own => OfCollateral(
                own, PegPricesOf(own.Asset, market, parameters), market.At, parameters)))
            .OrderBy(static own => own.Asset),
    ];

    /// <summary>Forecast of one governed asset from its prices.</summary>
    /// <param name="asset">An underlying or a collateral asset.</param>
    /// <param name="prices">Its prices.</param>
    /// <param name="pegPrices">Prices of the underlying that it is pegged to; not read otherwise.</param>
    /// <param name="at">The instant; later points are not read.</param>
    /// <param name="parameters">Governed constants.</param>
    /// <exception cref="ArgumentException">The asset is not governed.</exception>
    public static CollateralForecast Of(
        AssetId asset, PriceHistory prices, PriceHistory pegPrices, Timestamp at, RiskParameters parameters)
    {
        CollateralAssetParameters? terms = parameters.FindCollateral(asset);
        if (terms is null && parameters.Find(asset) is null)
        {
            throw new ArgumentException($"{asset} is no governed collateral", nameof(asset));
        }

        int medianHours = parameters.Haircuts.PegMedianHours;
        PriceHistory smooth = terms is { IsPegged: true } ? RunningMedian.Of(prices, medianHours, at) : prices;
        (FilteredHistory history, double variance) = VolatilityFilter.Run(
            smooth, Last(smooth, at), parameters.Volatility);
        (double longAnnual, _) = LongVolatility.Of(smooth.Daily, at, parameters.Volatility.LongWindowYears);
        double volatility = Math.Max(
            Math.Sqrt(variance * YearHours), parameters.Volatility.FloorToLongFraction * longAnnual);
        ImmutableArray<Finding>.Builder findings = ImmutableArray.CreateBuilder<Finding>();
        PegForecast peg = terms switch
        {
            { IsDollarPegged: true } => PegStatistics.Of(asset, smooth, at, parameters, findings),
            { Underlying: not null } => PegStatistics.Of(
                asset, RunningMedian.OfRatio(prices, pegPrices, medianHours, at), at, parameters, findings),
            _ => PegForecast.None,
        };
        return Of(asset, history, volatility, at, parameters, peg, findings);
    }

    /// <summary>Forecast of a collateral asset that is no underlying.</summary>
    /// <param name="own">Its market.</param>
    /// <param name="pegPrices">Prices of what it is pegged to.</param>
    /// <param name="at">The instant of the snapshot.</param>
    /// <param name="parameters">Governed constants.</param>
    internal static CollateralForecast OfCollateral(
        UnderlyingMarket own, PriceHistory pegPrices, Timestamp at, RiskParameters parameters)
    {
        CollateralForecast forecast = Of(own.Asset, own.Prices, pegPrices, at, parameters);
        (LiquidityForecast liquidity, ImmutableArray<Finding> findings) = LiquidityEstimate.Of(own, parameters);
        return forecast with { Liquidity = liquidity, Findings = [.. forecast.Findings, .. findings] };
    }

    /// <summary>Forecast of a governed underlying as collateral.</summary>
    /// <param name="own">Its forecast.</param>
    /// <param name="at">The instant, of which the hour is read.</param>
    /// <param name="parameters">Governed constants.</param>
    internal static CollateralForecast OfUnderlying(UnderlyingForecast own, Timestamp at, RiskParameters parameters) =>
        Of(
            own.Asset, own.History, Math.Max(own.VolatilityAnnual, own.VolatilityFloorAnnual), at, parameters,
            PegForecast.None, ImmutableArray.CreateBuilder<Finding>());

    private static CollateralForecast Of(
        AssetId asset,
        FilteredHistory history,
        double volatilityAnnual,
        Timestamp at,
        RiskParameters parameters,
        PegForecast peg,
        ImmutableArray<Finding>.Builder findings)
    {
        double known = volatilityAnnual > 0d ? volatilityAnnual : UnknownVolatilityAnnual;
        double drawdown = WeeklyDrawdown.Quantile(history, at, parameters.Haircuts);
        if (history.Hours.Length < HoursMinimum)
        {
            double calm = parameters.Find(asset)?.HaircutCalmFraction
                ?? parameters.FindCollateral(asset)!.HaircutCalmFraction; // guarded by the callers
            drawdown = Math.Max(drawdown, calm / Math.Max(parameters.Haircuts.DrawdownShareFraction, 0.25));
            findings.Add(new Finding(
                FindingKind.ImpreciseEstimate, asset.Name,
                $"{history.Hours.Length} hourly closes say little about its drawdowns: as collateral it counts at "
                + "least the calm haircut of its class")
            {
                Charge = ChargingRule.CalmHaircut,
            });
        }

        return new CollateralForecast(
            asset, known,
            DailyShortfall.Fraction(history, known / Math.Sqrt(YearHours), at, parameters), drawdown, peg,
            findings.ToImmutable());
    }

    /// <summary>Prices of what a collateral asset is pegged to; empty if it is pegged to nothing here.</summary>
    internal static PriceHistory PegPricesOf(AssetId asset, MarketSnapshot market, RiskParameters parameters) =>
        parameters.FindCollateral(asset)?.Underlying is { } peg && market.Find(peg) is { } own
            ? own.Prices
            : PriceHistory.Empty;

    private static PricePoint Last(PriceHistory prices, Timestamp at) =>
        prices.Hourly.IsEmpty ? new PricePoint(at, 1d) : prices.Hourly[^1];
}
