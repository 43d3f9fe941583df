using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Scenarios;

namespace Breakwater.Tests.Engine;

/// <summary>Which event redoes which stage: the table of docs/adr/0080. Two underlyings and two collateral assets are
/// observed; instruments are on the underlyings.</summary>
public sealed class StageTests
{
    private static readonly MarketValuation Start =
        MarketRevaluation.Of(EngineWorld.Base, null, UnitRuns.InOrder, MadeUpDesign.Build).Value;

    private static MarketObservations Seen => EngineWorld.Base.Observations;

    [Fact]
    public void A_first_valuation_runs_every_stage() =>
        Assert.Equal(new StageCounts(4, 6, 2, 1, 2), Start.Redone);

    [Fact]
    public void Nothing_new_redoes_nothing() => Check(EngineWorld.Base, default);

    [Fact]
    public void A_tick_of_one_underlying_redoes_its_own_stages() =>
        Check(With(MadeUpMarket.Btc, own => Ticked(own, MadeUpMarket.Start, 65_200d)), new StageCounts(1, 2, 1, 0, 1));

    [Fact]
    public void A_quote_of_one_instrument_redoes_assembly_surface_and_rows_of_its_underlying() =>
        Check(
            With(MadeUpMarket.Eth, own => own with
            {
                Chain = own.Chain! with
                {
                    Rows = own.Chain.Rows.SetItem(
                        2, own.Chain.Rows[2] with { AskCoin = own.Chain.Rows[2].AskCoin * 1.001 }),
                },
            }),
            new StageCounts(1, 0, 1, 0, 1));

    [Fact]
    public void A_tick_at_a_later_instant_revalues_everything_that_time_runs_out_for() =>
        Check(
            With(MadeUpMarket.Btc, own => Ticked(own, MadeUpMarket.Start.AddMilliseconds(2_000), 65_200d), 2_000),
            new StageCounts(4, 4, 1, 0, 2));

    [Fact]
    public void A_clock_that_brings_no_newer_chain_redoes_nothing() => Check(
        EngineWorld.Base with
        {
            Observations = Seen with { AtRequested = Seen.AtRequested.AddMilliseconds(30_000) },
        },
        default);

    [Fact]
    public void A_mark_of_the_perpetual_redoes_no_forecast_and_no_surface() =>
        Check(
            With(MadeUpMarket.Eth, own => own with { Futures = own.Futures! with { PerpetualMarkUsd = 1_901d } }),
            new StageCounts(1, 0, 0, 0, 1));

    [Fact]
    public void A_new_hourly_close_redoes_forecast_and_scenario_sets()
    {
        MarketValuation own = Check(
            With(MadeUpMarket.Eth, seen => seen with
            {
                Prices = [seen.Prices[0] with { Closes = seen.Prices[0].Closes.SetItem(200, Point(seen, 200)) }],
            }),
            null);
        // The collateral asset pegged to it looks at its past, too.
        Assert.Equal(new StageCounts(1, 3, 1, 1, 2), own.Redone);
    }

    [Fact]
    public void A_new_parameter_version_redoes_everything_but_assembly()
    {
        EngineWorld world = new(1, 1);
        world.Step(new LiveBook(), Start, WorldEvent.Parameters);
        Check(world.Ground, new StageCounts(0, 6, 2, 1, 2));
    }

    [Fact]
    public void A_new_beacon_redoes_scenario_sets_and_revaluation() =>
        Check(EngineWorld.Base with { Beacon = [.. Enumerable.Repeat((byte)7, 32)] }, new StageCounts(0, 0, 0, 1, 2));

    [Fact]
    public void The_next_eighth_of_block_B_redoes_scenario_sets_within_the_hour()
    {
        const long HalfHour = Timestamp.HourMilliseconds / 2;
        Check(
            With(MadeUpMarket.Btc, own => Ticked(own, MadeUpMarket.Start.AddMilliseconds(HalfHour), 65_200d), HalfHour),
            new StageCounts(4, 4, 2, 1, 2));
    }

    [Fact]
    public void Scenario_sets_that_are_given_redo_revaluation_only()
    {
        ScenarioSets given = MarketRevaluation.Of(
            EngineWorld.Base with { Beacon = [.. Enumerable.Repeat((byte)7, 32)] }, null, UnitRuns.InOrder,
            MadeUpDesign.Build).Value.Scenarios;
        Check(EngineWorld.Base with { Scenarios = given }, new StageCounts(0, 0, 0, 0, 2));
    }

    [Fact]
    public void A_listed_instrument_revalues_its_underlying_only() => Check(
        EngineWorld.Base with
        {
            Instruments = EngineWorld.Base.Instruments.Add(InstrumentName.Parse("ETH-27MAR26-2500-C")),
        },
        new StageCounts(0, 0, 0, 0, 1));

    [Fact]
    public void An_instrument_that_cannot_be_revalued_is_named_and_the_others_have_rows()
    {
        MarketValuation own = MarketRevaluation.Of(
            EngineWorld.Base with
            {
                Instruments = EngineWorld.Base.Instruments
                    .Add(InstrumentName.Parse("BTC-6FEB25-60000-C")).Add(InstrumentName.Parse("SOL_USDC-PERPETUAL")),
            },
            Start, UnitRuns.InOrder, MadeUpDesign.Build).Value;
        Assert.Equal(
            ["BTC-6FEB25-60000-C", "SOL", "SOL_USDC-PERPETUAL"],
            own.Refusals.Select(refused => refused.Instrument.Name));
        Assert.Equal(FailureReason.Expired, own.Refusals[0].Reason.Reason);
        Assert.Equal(Start.Arrays.Rows.Length, own.Arrays.Rows.Length);
    }

    [Fact]
    public void A_market_without_a_price_and_an_asset_that_is_not_governed_are_refused()
    {
        MarketGround empty = EngineWorld.Base with { Observations = new(MadeUpMarket.Start, []) };
        Assert.Equal(FailureReason.Missing, MarketRevaluation.Of(empty).Failures.Single().Reason);
        AssetId stranger = AssetId.Of("DOGE");
        MarketGround foreign = EngineWorld.Base with
        {
            Observations = Seen with
            {
                Underlyings = Seen.Underlyings.Add(Seen.Underlyings[0] with { Asset = stranger, Chain = null }),
            },
        };
        Assert.Equal(FailureReason.Unknown, MarketRevaluation.Of(foreign).Failures.Single().Reason);
    }

    private static MarketValuation Check(MarketGround ground, StageCounts? expected)
    {
        MarketValuation own = MarketRevaluation.Of(ground, Start, UnitRuns.InOrder, MadeUpDesign.Build).Value;
        if (expected is { } counts) Assert.Equal(counts, own.Redone);
        Plain.Of(ground, MadeUpDesign.Build).AssertSame(own, "stage");
        return own;
    }

    private static MarketGround With(
        AssetId asset, Func<UnderlyingObservations, UnderlyingObservations> change, long later = 0) =>
        EngineWorld.Base with
        {
            Observations = new MarketObservations(
                Seen.AtRequested.AddMilliseconds(later),
                [.. Seen.Underlyings.Select(own => own.Asset == asset ? change(own) : own)]),
        };

    private static UnderlyingObservations Ticked(UnderlyingObservations own, Timestamp at, double index) => own with
    {
        Chain = new ChainObservation(at, [.. own.Chain!.Rows.Select(row => row with { IndexUsd = index })]),
    };

    private static PricePoint Point(UnderlyingObservations seen, int index) => seen.Prices[0].Closes[index] with
    {
        Value = seen.Prices[0].Closes[index].Value * 1.001,
    };
}
