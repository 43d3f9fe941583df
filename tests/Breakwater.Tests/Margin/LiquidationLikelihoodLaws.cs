using Breakwater.Accounts;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Scenarios;
using Breakwater.Tests.Engine;

namespace Breakwater.Tests.Margin;

/// <summary>PL(24 h) above 20 % warns, whatever the ratio of equity to margin (METHODOLOGY 6.1).</summary>
public sealed class LiquidationLikelihoodLaws
{
    private static readonly MarketValuation Valued =
        MarketRevaluation.Of(EngineWorld.Base, null, UnitRuns.InOrder, MadeUpDesign.Build).Value;

    private static readonly ScenarioLosses Losses = LossesOf(Long(500));

    [Fact]
    public void More_equity_never_makes_liquidation_likely_and_the_trigger_is_a_tenth_of_the_weight_at_the_end()
    {
        Money maintenance = Money.FromMicroDollars(1_000_000);
        ScenarioSet set = Losses.Set;
        long all = set.Scenarios.Sum(static own => (long)own.Weight);
        bool before = true;
        int changes = 0;
        foreach (long room in Enumerable.Range(-2, 4_000).Select(static step => step * 5_000_000L))
        {
            bool isHigh = LiquidationLikelihood.IsHigh(
                Losses, maintenance + Money.FromMicroDollars(room), maintenance);
            Assert.True(before || !isHigh, $"room {room}");
            changes += before != isHigh ? 1 : 0;
            before = isHigh;
            if (room < 0) continue;
            long beyond = 0;
            for (int scenario = 0; scenario < set.Count; scenario++)
            {
                double daily = (double)Losses[scenario] * Math.Sqrt(24.0 / set.HorizonHours.Min());
                beyond += daily > room + 1e-3 ? set.Scenarios[scenario].Weight : 0;
            }

            Assert.Equal(beyond * 10 > all, isHigh);
        }

        Assert.Equal(1, changes);
    }

    [Fact]
    public void What_is_harmless_without_a_root_is_harmless_with_it()
    {
        ScenarioSet set = Losses.Set;
        foreach (long room in (long[])[0, 1, 2, 999, 1_000_000, 123_456_789, (1L << 61) - 1])
        {
            long most = (long)LiquidationLikelihood.MostHarmless(room, set);
            Assert.True(LiquidationLikelihood.IsHarmless(room, most, set));
            Assert.False(LiquidationLikelihood.IsHarmless(room, most + 1, set));
        }
    }

    [Fact]
    public void An_account_that_is_healthy_by_its_ratio_is_warned_where_liquidation_is_likely_and_let_go_in_two_ticks()
    {
        RiskParameters parameters = LawMarket.Parameters;
        AccountMargin calm = new(Of(1_000), Of(200), Of(120), Of(100), MarginStage.Healthy, []);
        AccountStanding standing = AccountStanding.New.Ticked(
            calm with { IsLiquidationLikely = true }, MadeUpMarket.Start, SpeedMode.Ordinary, parameters);
        Assert.Equal(MarginStage.Warning, standing.Stage);
        List<MarginStage> stages = [];
        for (int tick = 1; tick <= 3; tick++)
        {
            standing = standing.Ticked(
                calm, MadeUpMarket.Start.AddMilliseconds(tick), SpeedMode.Ordinary, parameters);
            stages.Add(standing.Stage);
        }

        Assert.Equal([MarginStage.Warning, MarginStage.Healthy, MarginStage.Healthy], stages);
    }

    private static Money Of(long dollars) => Money.FromMicroDollars(dollars * 1_000_000L);

    private static Subaccount Long(Int128 lots) => new(
        "long", [],
        [
            new Position(
                InstrumentName.Parse("BTC_USDC-PERPETUAL"), lots, [new PositionEntry(lots, null)]),
        ]);

    private static ScenarioLosses LossesOf(Subaccount account) => ScenarioLosses.Of(
        MarginAccount.Of(
            account, Valued.Arrays, LawMarket.Parameters, Breakwater.Collateral.ProtocolHoldings.Neutral).Exposures,
        Valued.Arrays, MarginHorizon.Initial);
}
