using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Revaluation;
using Breakwater.Surfaces;

namespace Breakwater.Engine;

/// <summary>Revalued instruments of one asset, and those that cannot be revalued.</summary>
/// <param name="Arrays">Their arrays; <c>null</c> if nothing of the asset can be revalued.</param>
/// <param name="Refusals">Why instruments have no row.</param>
internal sealed record RowGroup(RiskArrays? Arrays, ImmutableArray<RefusedInstrument> Refusals)
{
    /// <summary>Revalues the assets whose keys are new; units of all of them are run together.</summary>
    /// <param name="inputs">Asset and key of each group.</param>
    /// <param name="before">The last run; <c>null</c> if there was none.</param>
    /// <param name="run">Runs the units.</param>
    internal static Stage<RowKey, RowGroup> Run(
        ImmutableArray<(AssetId Asset, RowKey Key)> inputs, Stage<RowKey, RowGroup>? before, UnitRun run)
    {
        Stage<RowKey, Draft> drafts = Stage<RowKey, Draft>.Of(
            [.. inputs.Where(own => before?.Find(own.Asset) is not { } known || !known.Key.Equals(own.Key))],
            static key => Draft.Of(key), static (after, _) => after, null, run);
        ImmutableArray<(Draft Draft, int Unit)> units =
        [
            .. drafts.Values.SelectMany(static own =>
                Enumerable.Range(0, own.Plan?.UnitCount ?? 0).Select(unit => (own, unit))),
        ];
        run(units.Length, index => units[index].Draft.Fill(units[index].Unit));
        return Stage<RowKey, RowGroup>.Of(
            inputs, key => drafts.Results.First(own => ReferenceEquals(own.Key, key)).Value.Finish(),
            static (after, _) => after, before, UnitRuns.InOrder);
    }

    private sealed class Draft(
        RevaluationPlan? plan, ImmutableArray<Instrument> admitted, ImmutableArray<RefusedInstrument> refusals)
    {
        // Units fill all of it, and each touches its own first: no thread has to clear thirty megabytes for them.
        private readonly long[] _entries = GC.AllocateUninitializedArray<long>(plan?.EntryCount ?? 0);
        private readonly Failure?[] _failures = new Failure?[plan?.UnitCount ?? 0];

        internal RevaluationPlan? Plan => plan;

        internal static Draft Of(RowKey key)
        {
            MarketSnapshot market = new(key.At, Only(key.Market), []);
            MarketForecast forecast = new(Only(key.Forecast)) { Collateral = Only(key.Collateral) };
            SurfaceSet surfaces = new(Only(key.Surface));
            ImmutableArray<RefusedInstrument> refusals = RevaluationPlanning.Refusals(
                key.Instruments, market, forecast, surfaces, key.Scenarios, key.Parameters);
            ImmutableArray<Instrument> admitted =
                [.. key.Instruments.Where(own => !refusals.Any(refused => refused.Instrument == own))];
            return new Draft(
                admitted.IsEmpty
                    ? null
                    : FullRevaluation.Prepare(
                        admitted, market, forecast, surfaces, key.Scenarios, key.Parameters).Value,
                admitted, refusals);
        }

        internal void Fill(int unit) => _failures[unit] = FullRevaluation.Fill(plan!, unit, _entries); // units need one

        // A loss that does not fit refuses the whole asset: its instruments have one plan.
        internal RowGroup Finish()
        {
            Failure? failure = _failures.FirstOrDefault(static own => own is not null);
            return plan is null || failure is not null
                ? new RowGroup(
                    null,
                    [
                        .. refusals,
                        .. failure is null ? [] : admitted.Select(own => new RefusedInstrument(own, failure)),
                    ])
                : new RowGroup(
                    FullRevaluation.Assemble(plan, ImmutableCollectionsMarshal.AsImmutableArray(_entries)), refusals);
        }

        private static ImmutableArray<T> Only<T>(T? own)
            where T : class => own is null ? [] : [own];
    }
}
