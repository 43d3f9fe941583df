using System.Collections.Immutable;
using Breakwater.Forecasts;
using Breakwater.Markets;
using Breakwater.Revaluation;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Engine;

/// <summary>How often each stage of a valuation ran, by asset; 0 where what was known was taken again.</summary>
/// <param name="Assemblies">Markets assembled from observations.</param>
/// <param name="Forecasts">Forecasts of underlyings and of collateral assets.</param>
/// <param name="Surfaces">Surfaces fitted.</param>
/// <param name="Designs">Pairs of scenario sets designed: 0 or 1.</param>
/// <param name="RowGroups">Assets whose instruments were revalued.</param>
public readonly record struct StageCounts(int Assemblies, int Forecasts, int Surfaces, int Designs, int RowGroups);

/// <summary>A market with everything that is derived from it before any account is looked at.</summary>
/// <remarks>What it was made of is kept beside each part, so that the next valuation can take again what has not
/// changed: <see cref="MarketRevaluation"/>.</remarks>
public sealed record MarketValuation
{
    internal MarketValuation(MarketGround ground, MarketStages stages, RiskArrays arrays)
    {
        Ground = ground;
        Stages = stages;
        Arrays = arrays;
        Refusals = [.. stages.Rows.Values.SelectMany(static own => own.Refusals)];
    }

    /// <summary>What it was derived from.</summary>
    public MarketGround Ground { get; }

    /// <summary>The snapshot.</summary>
    public MarketSnapshot Market => Stages.Market;

    /// <summary>Forecasts.</summary>
    public MarketForecast Forecast => Stages.Forecast;

    /// <summary>Surfaces.</summary>
    public SurfaceSet Surfaces => Stages.Surfaces;

    /// <summary>Both scenario sets.</summary>
    public ScenarioSets Scenarios => Stages.Scenarios;

    /// <summary>Risk arrays of every instrument that can be revalued, and of spot of its underlying.</summary>
    public RiskArrays Arrays { get; }

    /// <summary>Instruments without a row, in order of asset and name: an account that holds one cannot be margined.
    /// </summary>
    public ImmutableArray<RefusedInstrument> Refusals { get; }

    /// <summary>What the market, its forecasts and its surfaces lack; scenarios and revaluation add their own.
    /// </summary>
    public ImmutableArray<Finding> Findings =>
    [
        .. Forecast.Underlyings.SelectMany(static own => own.Findings),
        .. Forecast.Collateral.SelectMany(static own => own.Findings),
        .. Surfaces.Surfaces.SelectMany(static own => own.Findings),
    ];

    /// <summary>What was done to derive it.</summary>
    public StageCounts Redone => new(
        Stages.Assembled.RedoneCount,
        Stages.Underlyings.RedoneCount + Stages.Collateral.RedoneCount,
        Stages.Fitted.RedoneCount,
        Stages.IsDesigned ? 1 : 0,
        Stages.Rows.RedoneCount);

    internal MarketStages Stages { get; }

    /// <summary>The same valuation with other terms in its arrays.</summary>
    internal MarketValuation With(RiskArrays arrays) => new(Ground, Stages, arrays);
}
