using System.Collections.Immutable;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Revaluation;

/// <summary>Builds the plan of a revaluation, or says why it cannot be done.</summary>
internal static class RevaluationPlanning
{
    /// <summary>The implementation of <see cref="FullRevaluation.Prepare"/>.</summary>
    internal static Result<RevaluationPlan> Of(
        IEnumerable<Instrument> instruments,
        MarketSnapshot market,
        MarketForecast forecast,
        SurfaceSet surfaces,
        ScenarioSets scenarios,
        RiskParameters parameters)
    {
        ImmutableArray<Instrument> sorted = WithSpots(instruments, market, parameters);
        ImmutableArray<RiskRow>.Builder rows = ImmutableArray.CreateBuilder<RiskRow>(sorted.Length);
        rows.Count = sorted.Length;
        List<UnderlyingPlan> plans = [];
        List<AssetTerms> assets = [];
        List<Finding> findings = [];
        List<Failure> failures = [];
        foreach (IGrouping<AssetId, int> group in Enumerable.Range(0, sorted.Length)
            .GroupBy(row => sorted[row].Underlying).OrderBy(static group => group.Key))
        {
            UnderlyingInputs inputs = UnderlyingInputs.Of(
                group.Key, market, forecast, surfaces, scenarios, parameters);
            int refusedBefore = failures.Count;
            foreach (int row in group)
            {
                inputs.AddRefusals(sorted[row], failures);
            }

            if (failures.Count > refusedBefore) continue;
            UnderlyingPlanning planning = new(inputs, scenarios, parameters);
            foreach (int row in group)
            {
                rows[row] = planning.Add(sorted[row], row, findings);
            }

            assets.Add(AssetTermsQuantising.Of(
                inputs, forecast.FindCollateral(group.Key), scenarios, parameters));
            if (inputs.ReturnColumn >= 0) plans.Add(planning.Plan());
        }

        return failures.Count > 0
            ? Result<RevaluationPlan>.Refused(failures)
            : Result<RevaluationPlan>.Accepted(
                new RevaluationPlan(rows.MoveToImmutable(), [.. assets], scenarios, [.. plans], [.. findings]));
    }

    /// <summary>Instruments that cannot be valued, each with its first reason, in the order given.</summary>
    internal static ImmutableArray<RefusedInstrument> Refusals(
        IEnumerable<Instrument> instruments,
        MarketSnapshot market,
        MarketForecast forecast,
        SurfaceSet surfaces,
        ScenarioSets scenarios,
        RiskParameters parameters)
    {
        ImmutableArray<RefusedInstrument>.Builder refused = ImmutableArray.CreateBuilder<RefusedInstrument>();
        SortedDictionary<AssetId, UnderlyingInputs> known = [];
        List<Failure> failures = [];
        foreach (Instrument instrument in instruments)
        {
            if (!known.TryGetValue(instrument.Underlying, out UnderlyingInputs? inputs))
            {
                inputs = UnderlyingInputs.Of(
                    instrument.Underlying, market, forecast, surfaces, scenarios, parameters);
                known.Add(instrument.Underlying, inputs);
            }

            failures.Clear();
            inputs.AddRefusals(instrument, failures);
            if (failures.Count > 0) refused.Add(new RefusedInstrument(instrument, failures[0]));
        }

        return refused.ToImmutable();
    }

    // In order of name, once each, with spot of every underlying: what inverse futures earned is held as coin, and what
    // moves a collateral asset has its add-ons.
    private static ImmutableArray<Instrument> WithSpots(
        IEnumerable<Instrument> instruments, MarketSnapshot market, RiskParameters parameters)
    {
        SortedSet<Instrument> sorted = new(instruments);
        foreach (AssetId underlying in sorted.Select(static instrument => instrument.Underlying).Distinct().ToArray())
        {
            sorted.Add(new Spot(underlying));
            if (parameters.MovedBy(underlying) is { } mover && market.Find(mover) is not null)
            {
                sorted.Add(new Spot(mover));
            }
        }

        return [.. sorted];
    }
}
