using Breakwater.Forecasts;
using Breakwater.Markets;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Engine;

/// <summary>Every stage of a valuation with what it read.</summary>
internal sealed record MarketStages
{
    /// <summary>Markets by asset.</summary>
    internal required Stage<AssemblyKey, AssembledUnderlying> Assembled { get; init; }

    /// <summary>The snapshot that they make together.</summary>
    internal required MarketSnapshot Market { get; init; }

    /// <summary>Forecasts of underlyings.</summary>
    internal required Stage<ForecastKey, UnderlyingForecast> Underlyings { get; init; }

    /// <summary>Forecasts of collateral.</summary>
    internal required Stage<CollateralKey, CollateralForecast> Collateral { get; init; }

    /// <summary>Surfaces.</summary>
    internal required Stage<SurfaceKey, VolatilitySurface> Fitted { get; init; }

    /// <summary>What the scenario sets were designed from; <c>null</c> where they were given.</summary>
    internal required ScenarioKey? ScenarioKey { get; init; }

    /// <summary>Both scenario sets.</summary>
    internal required ScenarioSets Scenarios { get; init; }

    /// <summary>Whether they were designed anew.</summary>
    internal required bool IsDesigned { get; init; }

    /// <summary>Revalued instruments by asset.</summary>
    internal required Stage<RowKey, RowGroup> Rows { get; init; }

    /// <summary>Forecasts as one.</summary>
    internal MarketForecast Forecast => new([.. Underlyings.Values]) { Collateral = [.. Collateral.Values] };

    /// <summary>Surfaces as one.</summary>
    internal SurfaceSet Surfaces => new([.. Fitted.Values]);
}
