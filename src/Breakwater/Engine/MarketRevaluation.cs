using System.Collections.Immutable;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Revaluation;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Engine;

/// <summary>Values a market, and redoes of the valuation before only what reads something that has changed.</summary>
/// <remarks>
/// Stages in order: assembly, forecast, surface by asset; scenario inputs and sets; revaluation by asset. Each is a
/// pure function of a key that holds everything it reads; where the key is that of before, so is the value. The result
/// is that of a valuation without a past, bit for bit (EngineLaws). Which event redoes which stage: docs/adr/0080.
/// </remarks>
public static class MarketRevaluation
{
    /// <summary>Values a market.</summary>
    /// <param name="ground">Everything that is given.</param>
    /// <param name="before">A valuation of any market, from which equal parts are taken; <c>null</c>: none.</param>
    /// <param name="run">Runs independent units; <c>null</c>: one after another.</param>
    /// <returns>The valuation, or why nothing can be valued: no price at all, or an asset that is not governed.
    /// </returns>
    public static Result<MarketValuation> Of(
        MarketGround ground, MarketValuation? before = null, UnitRun? run = null) =>
        Of(ground, before, run ?? UnitRuns.InOrder, ScenarioDesign.Build);

    /// <summary>The same with another design of scenario sets, so that laws can walk through a hundred thousand of
    /// histories.</summary>
    /// <param name="ground">Everything that is given.</param>
    /// <param name="before">A valuation made with the same design.</param>
    /// <param name="run">Runs independent units.</param>
    /// <param name="design">A pure function of the scenario inputs.</param>
    internal static Result<MarketValuation> Of(
        MarketGround ground, MarketValuation? before, UnitRun run, Func<ScenarioInputs, ScenarioSets> design)
    {
        MarketStages? past = before?.Stages;
        (Stage<AssemblyKey, AssembledUnderlying>? assembled, SnapshotOutcome outcome) = Assemble(ground, past, run);
        if (outcome is not SnapshotOutcome.Usable usable || assembled is null) return Refused(outcome);
        MarketSnapshot market = CollateralMarkets.Separate(usable.Market, ground.Parameters);
        ImmutableArray<Failure> strangers = Ungoverned(market, ground.Parameters);
        if (!strangers.IsEmpty) return Result<MarketValuation>.Refused(strangers);
        Stage<ForecastKey, UnderlyingForecast> underlyings = Forecast(market, ground, past, run);
        Stage<CollateralKey, CollateralForecast> collateral = Collateral(market, underlyings, ground, past, run);
        Stage<SurfaceKey, VolatilitySurface> fitted = Fit(market, underlyings, ground, past, run);
        (ScenarioKey? key, ScenarioSets scenarios, bool isDesigned) =
            Design(market, underlyings, fitted, ground, past, design);
        MarketStages stages = new()
        {
            Assembled = assembled,
            Market = market,
            Underlyings = underlyings,
            Collateral = collateral,
            Fitted = fitted,
            ScenarioKey = key,
            Scenarios = scenarios,
            IsDesigned = isDesigned,
            Rows = RowGroup.Run(
                RowInputs.Of(market, underlyings, collateral, fitted, scenarios, ground), past?.Rows, run),
        };
        return Result<MarketValuation>.Accepted(new MarketValuation(ground, stages, Joined(stages)));
    }

    /// <summary>Assets of a market that the parameters do not govern.</summary>
    /// <param name="market">The market.</param>
    /// <param name="parameters">Governed constants.</param>
    public static ImmutableArray<Failure> Ungoverned(MarketSnapshot market, RiskParameters parameters) =>
    [
        .. market.Underlyings.Where(own => parameters.Find(own.Asset) is null).Select(own => new Failure(
            FailureReason.Unknown, "the asset of a market is not governed by the parameters", Value: own.Asset.Name)),
    ];

    private static (Stage<AssemblyKey, AssembledUnderlying>? Assembled, SnapshotOutcome Outcome) Assemble(
        MarketGround ground, MarketStages? past, UnitRun run)
    {
        MarketObservations seen = ground.Observations;
        Stage<AssemblyKey, AssembledUnderlying>? stage = SnapshotAssembly.NewestTime(seen) is { } at
            ? Stage<AssemblyKey, AssembledUnderlying>.Of(
                [.. seen.Underlyings.Select(own => (own.Asset, new AssemblyKey(own, at)))],
                static key => AssembledUnderlying.Of(key.Seen, key.At), Settling.Of, past?.Assembled, run)
            : null;
        return (stage, SnapshotAssembly.Build(seen, (own, _) => stage!.Find(own.Asset)!.Value)); // asked where at is
    }

    private static Stage<ForecastKey, UnderlyingForecast> Forecast(
        MarketSnapshot market, MarketGround ground, MarketStages? past, UnitRun run)
    {
        UnderlyingMarket leader = VolatilityForecast.Leader(market);
        return Stage<ForecastKey, UnderlyingForecast>.Of(
            [.. market.Underlyings.Select(own => (own.Asset, ForecastKey.Of(own, leader, ground.Parameters)))],
            static key => VolatilityForecast.OfUnderlying(key.Market, key.Leader, key.Parameters),
            Settling.Of, past?.Underlyings, run);
    }

    private static Stage<CollateralKey, CollateralForecast> Collateral(
        MarketSnapshot market, Stage<ForecastKey, UnderlyingForecast> underlyings, MarketGround ground,
        MarketStages? past, UnitRun run) => Stage<CollateralKey, CollateralForecast>.Of(
        [
            .. underlyings.Values.Select(own => (own.Asset, CollateralKey.Of(own, market.At, ground.Parameters)))
                .Concat(market.CollateralAssets.Select(own => (own.Asset, new CollateralKey(
                    null, own, CollateralForecast.PegPricesOf(own.Asset, market, ground.Parameters), market.At,
                    ground.Parameters))))
                .OrderBy(static own => own.Asset),
        ],
        static key => key.Make(), Settling.Of, past?.Collateral, run);

    private static Stage<SurfaceKey, VolatilitySurface> Fit(
        MarketSnapshot market, Stage<ForecastKey, UnderlyingForecast> forecasts, MarketGround ground,
        MarketStages? past, UnitRun run) => Stage<SurfaceKey, VolatilitySurface>.Of(
        [
            .. market.Underlyings.Select(own => (
                own.Asset, SurfaceKey.Of(own, market.At, forecasts.Find(own.Asset)?.Value, ground))),
        ],
        static key => key.Make(), static (after, _) => after, past?.Fitted, run);

    private static (ScenarioKey? Key, ScenarioSets Sets, bool IsDesigned) Design(
        MarketSnapshot market, Stage<ForecastKey, UnderlyingForecast> underlyings,
        Stage<SurfaceKey, VolatilitySurface> fitted, MarketGround ground, MarketStages? past,
        Func<ScenarioInputs, ScenarioSets> design)
    {
        if (ground.Scenarios is { } held) return (null, held, false);
        ScenarioInputs inputs = ScenarioDesign.InputsOf(
            market, new SurfaceSet([.. fitted.Values]), new MarketForecast([.. underlyings.Values]), ground.Parameters,
            ground.Beacon, ground.BeaconBefore);
        ScenarioKey key = ScenarioKey.Of(inputs);
        return past?.ScenarioKey is { } known && known.Equals(key)
            ? (known, past.Scenarios, false)
            : (key, design(inputs), true);
    }

    private static RiskArrays Joined(MarketStages stages) => RiskArrays.Join(
        [
            .. stages.Rows.Results.Where(static own => own.Value.Arrays is not null)
                .Select(static own => (own.Asset, own.Value.Arrays!)), // filtered
        ],
        stages.Scenarios);

    private static Result<MarketValuation> Refused(SnapshotOutcome outcome) => Result<MarketValuation>.Refused(
        outcome is SnapshotOutcome.Unusable unusable
            ? [.. unusable.Findings.Select(static own => new Failure(
                FailureReason.Missing, own.Message, Place: own.Subject))]
            : [new Failure(FailureReason.Missing, "nothing is quoted")]);
}
