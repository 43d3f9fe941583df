using System.Runtime.InteropServices;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Revaluation;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Explanation;

/// <summary>Everything a margin is computed from besides the account, so that it can be computed again where something
/// has moved (METHODOLOGY 4.9).</summary>
/// <param name="Market">The market.</param>
/// <param name="Forecast">Its forecasts.</param>
/// <param name="Surfaces">Its surfaces.</param>
/// <param name="Scenarios">Both scenario sets.</param>
/// <param name="Parameters">Governed constants.</param>
public sealed record ExplainedMarket(
    MarketSnapshot Market,
    MarketForecast Forecast,
    SurfaceSet Surfaces,
    ScenarioSets Scenarios,
    RiskParameters Parameters)
{
    /// <summary>Multipliers and memory of the account.</summary>
    public MarginContext Context { get; init; } = MarginContext.Neutral;

    /// <summary>Risk arrays of instruments and of spot of their underlyings.</summary>
    /// <param name="instruments">Instruments in any order.</param>
    public RiskArrays Revalue(IEnumerable<Instrument> instruments) =>
        FullRevaluation.Run(instruments, Market, Forecast, Surfaces, Scenarios, Parameters);

    /// <summary>The same at the maintenance horizon alone: entries of the initial horizon are zero, so that an
    /// assessment of them tells equity and maintenance margin at half the price.</summary>
    /// <param name="instruments">Instruments in any order.</param>
    public RiskArrays RevalueMaintenance(IEnumerable<Instrument> instruments)
    {
        RevaluationPlan plan = Prepare(instruments);
        long[] entries = new long[plan.EntryCount];
        FillMaintenance(plan, entries, only: null);
        return FullRevaluation.Assemble(plan, ImmutableCollectionsMarshal.AsImmutableArray(entries));
    }

    /// <summary>Plan of a revaluation.</summary>
    /// <param name="instruments">Instruments in any order; margined before, so none is refused.</param>
    internal RevaluationPlan Prepare(IEnumerable<Instrument> instruments) =>
        FullRevaluation.Prepare(instruments, Market, Forecast, Surfaces, Scenarios, Parameters).Value;

    /// <summary>Fills the entries of the maintenance horizon.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="entries">[entry] all entries of the plan; those of the maintenance horizon are overwritten.</param>
    /// <param name="only">Fills only what moves with this underlying; <c>null</c>: everything.</param>
    internal static void FillMaintenance(RevaluationPlan plan, Span<long> entries, AssetId? only)
    {
        int? column = only is { } asset
            ? FactorLayout.Column(plan.Scenarios.Maintenance.IndexOf(asset), RiskFactorKind.SpotReturn)
            : null;
        for (int unit = 0; unit < plan.UnitCount; unit++)
        {
            (UnderlyingPlan underlying, ScenarioSet set, _, _) = plan.UnitOf(unit);
            if (set.Horizon == MarginHorizon.Maintenance
                && (column is null || underlying.ReturnColumn == column)
                && FullRevaluation.Fill(plan, unit, entries) is Failure failure)
            {
                throw new InvalidOperationException(failure.Message);
            }
        }
    }

    /// <summary>What the scenario sets are made of.</summary>
    internal ScenarioInputs ScenarioInputs => ScenarioDesign.InputsOf(
        Market, Surfaces, Forecast, Parameters,
        (Scenarios.Maintenance.Seed, Scenarios.Maintenance.SeedBefore));
}
