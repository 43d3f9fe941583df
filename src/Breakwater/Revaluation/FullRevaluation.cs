using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Revaluation;

/// <summary>Reprices every instrument in every scenario of both sets at both times (METHODOLOGY 4.1).</summary>
/// <remarks>
/// <see cref="Run"/> = <see cref="Prepare"/>, <see cref="Fill"/> of every unit, <see cref="Assemble"/>; a shell with
/// more than one thread calls the three itself. The result does not depend on the order of the instruments or units.
/// Cost: see RevaluationBenchmark.
/// </remarks>
public static class FullRevaluation
{
    /// <summary>Risk arrays of the given instruments and of spot of their underlyings.</summary>
    /// <param name="instruments">Instruments in any order; each is revalued once.</param>
    /// <param name="market">The market; everything is valued as of its time.</param>
    /// <param name="forecast">Forecasts of the market: volatility, liquidity, flow.</param>
    /// <param name="surfaces">Surfaces of the market.</param>
    /// <param name="scenarios">Both scenario sets.</param>
    /// <param name="parameters">Lots, funding and constants of valuation.</param>
    /// <exception cref="InvalidOperationException">Refused; <see cref="TryRun"/> says why.</exception>
    public static RiskArrays Run(
        IEnumerable<Instrument> instruments,
        MarketSnapshot market,
        MarketForecast forecast,
        SurfaceSet surfaces,
        ScenarioSets scenarios,
        RiskParameters parameters) => TryRun(instruments, market, forecast, surfaces, scenarios, parameters).Value;

    /// <summary>The same, or the reasons why not: an expired instrument, an underlying without market, surface,
    /// parameters or scenarios, a P&amp;L beyond the range of the arrays.</summary>
    /// <param name="instruments">Instruments in any order; each is revalued once.</param>
    /// <param name="market">The market; everything is valued as of its time.</param>
    /// <param name="forecast">Forecasts of the market: volatility, liquidity, flow.</param>
    /// <param name="surfaces">Surfaces of the market.</param>
    /// <param name="scenarios">Both scenario sets.</param>
    /// <param name="parameters">Lots, funding and constants of valuation.</param>
    public static Result<RiskArrays> TryRun(
        IEnumerable<Instrument> instruments,
        MarketSnapshot market,
        MarketForecast forecast,
        SurfaceSet surfaces,
        ScenarioSets scenarios,
        RiskParameters parameters)
    {
        Result<RevaluationPlan> prepared = Prepare(instruments, market, forecast, surfaces, scenarios, parameters);
        if (!prepared.IsAccepted) return Result<RiskArrays>.Refused(prepared.Failures);
        RevaluationPlan plan = prepared.Value;
        long[] entries = new long[plan.EntryCount];
        for (int unit = 0; unit < plan.UnitCount; unit++)
        {
            if (Fill(plan, unit, entries) is Failure failure) return Result<RiskArrays>.Refused(failure);
        }

        return Result<RiskArrays>.Accepted(Assemble(plan, ImmutableCollectionsMarshal.AsImmutableArray(entries)));
    }

    /// <summary>Works out what no scenario changes, and cuts the work into units.</summary>
    /// <param name="instruments">Instruments in any order; each is revalued once.</param>
    /// <param name="market">The market; everything is valued as of its time.</param>
    /// <param name="forecast">Forecasts of the market: volatility, liquidity, flow.</param>
    /// <param name="surfaces">Surfaces of the market.</param>
    /// <param name="scenarios">Both scenario sets.</param>
    /// <param name="parameters">Lots, funding and constants of valuation.</param>
    public static Result<RevaluationPlan> Prepare(
        IEnumerable<Instrument> instruments,
        MarketSnapshot market,
        MarketForecast forecast,
        SurfaceSet surfaces,
        ScenarioSets scenarios,
        RiskParameters parameters) =>
        RevaluationPlanning.Of(instruments, market, forecast, surfaces, scenarios, parameters);

    /// <summary>Fills the entries of one unit.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="unitIndex">Which unit, in [0, <see cref="RevaluationPlan.UnitCount"/>).</param>
    /// <param name="entries">[<see cref="RevaluationPlan.EntryCount"/>] all entries; the unit's own are
    /// overwritten.</param>
    /// <returns><c>null</c>, or the first P&amp;L that does not fit.</returns>
    public static Failure? Fill(RevaluationPlan plan, int unitIndex, Span<long> entries)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(entries.Length, plan.EntryCount);
        return new UnitFilling(plan, unitIndex).Into(entries);
    }

    /// <summary>Joins filled entries with the rows of their plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="entries">[<see cref="RevaluationPlan.EntryCount"/>] entries of which every unit was filled.</param>
    public static RiskArrays Assemble(RevaluationPlan plan, ImmutableArray<long> entries) =>
        new(plan.Rows, plan.Assets, plan.Scenarios, entries, plan.Findings);
}
