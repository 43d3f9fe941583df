using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Forecasts;

/// <summary>What the histories say about the next hours: realised volatility of every underlying.</summary>
/// <param name="Underlyings">Forecasts in order of asset.</param>
public sealed record MarketForecast(ImmutableArray<UnderlyingForecast> Underlyings)
{
    /// <summary>What the histories say about assets as collateral: underlyings and others, in order of asset.</summary>
    public ImmutableArray<CollateralForecast> Collateral { get; init; } = [];

    /// <summary>Forecast of one asset as collateral; <c>null</c> if there is none.</summary>
    public CollateralForecast? FindCollateral(AssetId asset)
    {
        foreach (CollateralForecast forecast in Collateral)
        {
            if (forecast.Asset == asset)
            {
                return forecast;
            }
        }

        return null;
    }

    /// <summary>The same without the floor of METHODOLOGY 3.2: what is expected, where margin asks what is prudent.
    /// </summary>
    public MarketForecast WithoutFloor() => this with
    {
        Underlyings =
        [
            .. Underlyings.Select(own => own with
            {
                VolatilityFloorAnnual = Math.Min(own.VolatilityFloorAnnual, own.VolatilityAnnual),
            }),
        ],
    };

    /// <summary>Forecast of one underlying; <c>null</c> if there is none.</summary>
    public UnderlyingForecast? Find(AssetId asset)
    {
        foreach (UnderlyingForecast forecast in Underlyings)
        {
            if (forecast.Asset == asset)
            {
                return forecast;
            }
        }

        return null;
    }
}

/// <summary>Forecast of one underlying.</summary>
/// <param name="Asset">The underlying.</param>
/// <param name="VolatilityAnnual">σ̂_t of METHODOLOGY 3.2: the filtered realised volatility, per √year; finite, &gt; 0.
/// Not yet fused with the implied one, not yet floored.</param>
/// <param name="VolatilityLongAnnual">σ_long of METHODOLOGY 3.2, per √year; finite, &gt; 0.</param>
/// <param name="VolatilityFloorAnnual">σ_floor = 0.75·σ_long as shipped, per √year; finite, &gt; 0.</param>
/// <param name="History">Hourly closes with the variance the filter knew at each.</param>
/// <param name="Findings">Holes and how they were bridged, short histories, proxies; in canonical order.</param>
public sealed record UnderlyingForecast(
    AssetId Asset,
    double VolatilityAnnual,
    double VolatilityLongAnnual,
    double VolatilityFloorAnnual,
    FilteredHistory History,
    ImmutableArray<Finding> Findings)
{
    /// <summary>Memory of the filter, to carry it on along a path.</summary>
    public FilterState Filter { get; init; } = FilterState.Uniform(VolatilityAnnual);

    /// <summary>What closing costs; <c>null</c> where closing is to cost nothing.</summary>
    public LiquidityForecast? Liquidity { get; init; }

    /// <summary>What the order flow says.</summary>
    public FlowForecast Flow { get; init; } = FlowForecast.Neutral;

    /// <summary>How calm the filter is against its own past: 1 below its median, 0 from its upper quantile on, linear
    /// between (METHODOLOGY 4.7).</summary>
    public double Calmness { get; init; }

    /// <summary>Size of the newest move of at most an hour, in the deviations the filter expected of an hour before it;
    /// ≥ 0, 0 where none is recorded. Beyond a governed number the speed limit is lifted (METHODOLOGY 4.7).</summary>
    public double ShockDeviations { get; init; }
}

/// <summary>Hourly closes of one underlying with the filtered variance known at each: structure of arrays.</summary>
/// <remarks>All three have the same length; hours rise strictly; a missing hour is a hole, never a repeated price.
/// </remarks>
/// <param name="Hours">Unix hours (milliseconds ÷ 3,600,000) of the closes.</param>
/// <param name="LogPrices">Natural logarithms of the closes in USD.</param>
/// <param name="VarianceHourly">σ̂² per hour after the return that ends at the hour; &gt; 0.</param>
public sealed record FilteredHistory(
    ImmutableArray<long> Hours, ImmutableArray<double> LogPrices, ImmutableArray<double> VarianceHourly)
{
    /// <summary>A history that knows nothing.</summary>
    public static FilteredHistory Empty { get; } = new([], [], []);
}
