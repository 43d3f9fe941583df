using System.Collections.Immutable;
using Breakwater.Forecasts;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Revaluation;

/// <summary>Quantises what add-ons need to know about one asset.</summary>
internal static class AssetTermsQuantising
{
    private const double Nano = 1e9;
    private const double MicroPerUsd = 1e6;
    private const double AmountMicroMaximum = 9e18; // below 2^63
    private const double YearDays = 365d;
    private const double DriftDeviationsMaximum = 0.5; // METHODOLOGY 4.6: at most half a standard deviation

    /// <summary>Terms of an asset.</summary>
    internal static AssetTerms Of(
        UnderlyingInputs inputs, CollateralForecast? collateral, ScenarioSets scenarios, RiskParameters parameters)
    {
        AssetTerms terms = new(inputs.Asset, MicroUsd.Nearest(inputs.IndexUsd))
        {
            Collateral = CollateralOf(inputs, collateral, parameters),
        };
        if (inputs.Forecast is not { } own)
        {
            return terms with { Liquidity = LiquidityOf(collateral, parameters.Liquidity) };
        }

        double volatility = inputs.VolatilityAnnual;
        return terms with
        {
            CalmnessNano = Up(own.Calmness),
            Liquidity = own.Liquidity is { } liquidity
                ? LiquidityOf(
                    liquidity, volatility / Math.Sqrt(YearDays), VegaOf(inputs, parameters.Liquidity),
                    parameters.Liquidity)
                : null,
            Flow = inputs.UnderlyingIndex < 0
                ? FlowTerms.Neutral
                : new FlowTerms(
                    Up(own.Flow.Multiplier),
                    Drift(own.Flow, volatility, scenarios.Maintenance.HorizonYears(inputs.UnderlyingIndex)),
                    Drift(own.Flow, volatility, scenarios.Initial.HorizonYears(inputs.UnderlyingIndex))),
        };
    }

    private static CollateralTerms CollateralOf(
        UnderlyingInputs inputs, CollateralForecast? collateral, RiskParameters parameters) => collateral is null
            ? CollateralTerms.Free
            : CollateralTerms.Of(
                collateral, inputs.ReturnColumn >= 0,
                (inputs.Forecast?.Liquidity ?? collateral.Liquidity)?.VolumeDailyUsd
                    ?? parameters.Liquidity.VolumeFloorUsd,
                inputs.IndexUsd, parameters);

    /// <summary>What selling a collateral asset that is no underlying costs; <c>null</c>: nothing.</summary>
    internal static LiquidityTerms? LiquidityOf(CollateralForecast? collateral, LiquidityParameters parameters) =>
        collateral is { Liquidity: { } liquidity }
            ? LiquidityOf(liquidity, collateral.VolatilityAnnual / Math.Sqrt(YearDays), [], parameters)
            : null;

    private static LiquidityTerms LiquidityOf(
        LiquidityForecast liquidity, double volatilityDaily, ImmutableArray<VegaTerms> vega,
        LiquidityParameters parameters) => new(
            Math.Max(1L, AmountDown(liquidity.VolumeDailyUsd)),
            Up(liquidity.SpreadFraction / 2d),
            Up(parameters.ImpactCoefficient * volatilityDaily),
            Up(volatilityDaily),
            [.. liquidity.Profile.Select(band => new DepthTerms(
                Up(band.DistanceFraction), AmountDown(band.CumulativeUsd)))],
            vega);

    private static ImmutableArray<VegaTerms> VegaOf(UnderlyingInputs inputs, LiquidityParameters parameters) =>
        inputs is { Market: { } market, Surface: { } surface }
            ?
            [
                .. VegaLiquidity.Of(market, surface, parameters).Select(bucket => new VegaTerms(
                    bucket.Until, Up(bucket.SpreadVolatility / 2d), Math.Max(1L, AmountDown(bucket.VolumeDailyUsd)))),
            ]
            : [];

    private static long Drift(FlowForecast flow, double volatilityAnnual, double horizonYears)
    {
        double cap = DriftDeviationsMaximum * volatilityAnnual * Math.Sqrt(horizonYears);
        return Math.Sign(flow.DriftFraction) * Up(Math.Min(Math.Abs(flow.DriftFraction), cap));
    }

    private static long Up(double fraction)
    {
        Require.Finite(fraction);
        return checked((long)Math.Ceiling(fraction * Nano));
    }

    private static long AmountDown(double usd)
    {
        Require.Finite(usd);
        return (long)Math.Floor(Math.Min(usd * MicroPerUsd, AmountMicroMaximum));
    }
}
