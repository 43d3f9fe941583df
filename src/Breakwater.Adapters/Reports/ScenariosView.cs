using System.Collections.Immutable;
using Breakwater.Explanation;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Adapters.Reports;

/// <summary>What the scenario report shows, worked out once for people and machines.</summary>
/// <param name="Market">The market and its sets.</param>
/// <param name="Derived">What forecasts and surfaces lack.</param>
internal sealed record ScenariosView(ExplainedMarket Market, ImmutableArray<Finding> Derived)
{
    /// <summary>Blocks that carry the weights.</summary>
    public static ImmutableArray<ScenarioBlock> Weighted { get; } = [ScenarioBlock.A, ScenarioBlock.B];

    /// <summary>Both sets.</summary>
    public ScenarioSets Sets => Market.Scenarios;

    /// <summary>Both sets, maintenance first.</summary>
    public ImmutableArray<ScenarioSet> Both => [Sets.Maintenance, Sets.Initial];

    /// <summary>What a set is made of, per underlying of the layout.</summary>
    public ImmutableArray<UnderlyingVolatility> Volatilities =>
        [.. Sets.Maintenance.Underlyings.Select(asset => VolatilityOf(asset))];

    /// <summary>Findings of market, forecasts, surfaces and sets, each once.</summary>
    public ImmutableArray<Finding> Findings =>
    [
        .. Market.Market.Findings.Concat(Derived)
            .Concat(Sets.Maintenance.Findings).Concat(Sets.Initial.Findings).Distinct(),
    ];

    /// <summary>Blocks of a set in order of id, with what they hold.</summary>
    public static ImmutableArray<BlockSummary> Blocks(ScenarioSet set) =>
    [
        .. set.Scenarios.GroupBy(scenario => scenario.Block).Select(block => new BlockSummary(
            block.Key, block.Count(), block.First().Id, block.Sum(scenario => (long)scenario.Weight),
            block.Min(scenario => scenario.Weight), block.Max(scenario => scenario.Weight),
            block.Min(scenario => scenario.DampeningNano) / (double)ScenarioSet.NanoOne)),
    ];

    /// <summary>σ̂√h of one underlying: standard deviation the forecast expects of its log return.</summary>
    public double Expected(ScenarioSet set, int underlying) =>
        Volatilities[underlying].FusedAnnual * Math.Sqrt(set.HorizonYears(underlying));

    private UnderlyingVolatility VolatilityOf(AssetId asset)
    {
        UnderlyingForecast forecast = Market.Forecast.Find(asset)
            ?? throw new ArgumentException($"{asset} has no forecast", nameof(asset));
        VolatilitySurface? surface = Market.Surfaces.Find(asset);
        return new UnderlyingVolatility(
            asset, forecast.VolatilityAnnual, forecast.VolatilityFloorAnnual,
            FusedVolatility.Of(forecast, surface, Market.Parameters.Volatility), surface?.State);
    }
}

/// <summary>Volatilities of one underlying, per √year.</summary>
/// <param name="Asset">The underlying.</param>
/// <param name="FilteredAnnual">σ̂_t of the filter.</param>
/// <param name="FloorAnnual">Floor of the long run.</param>
/// <param name="FusedAnnual">σ̂ the scenarios use: the greatest of filter, floor and share of implied.</param>
/// <param name="Surface">State of its surface; <c>null</c> if it has none.</param>
internal sealed record UnderlyingVolatility(
    AssetId Asset, double FilteredAnnual, double FloorAnnual, double FusedAnnual, SurfaceState? Surface);

/// <summary>One block of a set.</summary>
/// <param name="Block">Which.</param>
/// <param name="Count">Its scenarios.</param>
/// <param name="FirstId">Id of the first.</param>
/// <param name="Weight">Sum of the weights.</param>
/// <param name="WeightMin">Least weight.</param>
/// <param name="WeightMax">Greatest weight.</param>
/// <param name="DampeningMin">Strongest dampening; 1 is none.</param>
internal sealed record BlockSummary(
    ScenarioBlock Block, int Count, int FirstId, long Weight, int WeightMin, int WeightMax, double DampeningMin);
