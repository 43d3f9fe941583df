using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Explanation;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Numerics;
using Breakwater.Revaluation;
using Breakwater.Scenarios;
using Breakwater.Tests.Margin;
using Breakwater.Tests.Revaluation;

namespace Breakwater.Tests.Explanation;

public sealed class LossDistributionLaws
{
    private static readonly TinyMarket Tiny = TinyMarket.Build(randomCount: 60, seed: 3);

    private static readonly ExplainedMarket Market = new(
        Tiny.Market, Tiny.Forecast, Tiny.Surfaces, Tiny.Scenarios, Tiny.Parameters);

    private static readonly RiskArrays Arrays = Market.Revalue(TinyMarket.Instruments);

    [Fact]
    public void Both_cores_are_those_of_the_report() => ForAll((book, both, _) =>
    {
        MarginReport report = PortfolioMargin.Assess(book, Arrays, Tiny.Parameters);
        Assert.Equal((MarginHorizon.Maintenance, MarginHorizon.Initial), (both[0].Horizon, both[1].Horizon));
        Assert.Equal(Told(report.CoreMaintenance), Told(both[0].Core));
        Assert.Equal(Told(report.CoreInitial), Told(both[1].Core));
    });

    [Fact]
    public void Bins_hold_all_weight_of_the_distribution_without_gaps_and_within_their_number() =>
        ForAll((_, both, binCount) =>
        {
            foreach (LossDistribution own in both)
            {
                ImmutableArray<Scenario> scenarios = SetOf(own).Scenarios;
                Assert.InRange(own.Bins.Length, 1, binCount);
                Assert.Equal(WeightOf(own), own.Bins.Sum(static bin => bin.Weight));
                Assert.Equal(
                    scenarios.Count(static scenario => scenario.Weight > 0),
                    own.Bins.Sum(static bin => bin.ScenarioCount));
                for (int bin = 1; bin < own.Bins.Length; bin++)
                {
                    Assert.Equal(own.Bins[bin - 1].To, own.Bins[bin].From);
                    Assert.Equal(own.Bins[0].To - own.Bins[0].From, own.Bins[bin].To - own.Bins[bin].From);
                }

                Assert.True(own.Bins[0].ScenarioCount > 0 && own.Bins[^1].ScenarioCount > 0);
            }
        });

    [Fact]
    public void The_bin_of_value_at_risk_is_the_one_in_which_the_weight_above_falls_to_the_level() =>
        ForAll((_, both, _) =>
        {
            foreach (LossDistribution own in both)
            {
                long above = own.Bins.Where(bin => bin.From > own.Core.ValueAtRisk).Sum(static bin => (long)bin.Weight);
                long from = own.Bins.Where(bin => bin.To > own.Core.ValueAtRisk).Sum(static bin => (long)bin.Weight);
                long tail = (1000L - Tiny.Parameters.Margin.ValueAtRiskLevelThousandths) * WeightOf(own);
                Assert.True(1000 * above <= tail && 1000 * from >= tail, $"{above} ≤ {tail} / 1000 ≤ {from}");
            }
        });

    [Fact]
    public void The_tail_averages_to_the_expected_shortfall_and_falls() => ForAll((_, both, _) =>
    {
        foreach (LossDistribution own in both)
        {
            double mean = own.Tail.Sum(static tail => tail.ShareNano / 1e9 * (double)tail.Loss.Loss.MicroDollars);
            double shares = own.Tail.Sum(static tail => tail.ShareNano / 1e9);
            Assert.InRange(shares, 1d - (own.Tail.Length * 1e-9), 1d + 1e-12);

            // Shares are rounded down by up to 1e-9 each, the shortfall up by a unit.
            double greatest = own.Tail.Max(static tail => Math.Abs((double)tail.Loss.Loss.MicroDollars));
            double room = (own.Tail.Length * 1e-9 * greatest) + 1d;
            Assert.InRange((double)own.Core.ExpectedShortfall.MicroDollars - mean, -room, room);
            for (int at = 1; at < own.Tail.Length; at++)
            {
                Assert.True(own.Tail[at].Loss.Loss <= own.Tail[at - 1].Loss.Loss);
            }

            Assert.All(own.Tail, static tail => Assert.True(tail.Loss.Scenario.Weight > 0));
        }
    });

    [Fact]
    public void Every_deterministic_scenario_is_told_once_the_worst_first() => ForAll((_, both, _) =>
    {
        foreach (LossDistribution own in both)
        {
            Assert.Equal(
                SetOf(own).Scenarios.Where(static scenario => scenario.Weight == 0).Select(static own => own.Id),
                own.Deterministic.Select(static loss => loss.Scenario.Id).Order());
            Assert.Equal(own.Core.WorstScenario, own.Deterministic[0]);
        }
    });

    [Fact]
    public void An_account_without_risk_has_one_bin_at_zero()
    {
        LossDistribution own = LossDistribution.Of(LawMarket.Empty, Arrays, Market, 60)[0];
        Assert.Equal(new LossBin(Money.Zero, Money.FromMicroDollars(1), WeightOf(own),
            SetOf(own).Scenarios.Count(static scenario => scenario.Weight > 0)), Assert.Single(own.Bins));
    }

    private static ScenarioSet SetOf(LossDistribution own) => own.Horizon == MarginHorizon.Maintenance
        ? Tiny.Scenarios.Maintenance
        : Tiny.Scenarios.Initial;

    private static int WeightOf(LossDistribution own) =>
        SetOf(own).Scenarios.Sum(static scenario => scenario.Weight);

    private static (Money, CoreBinding, Money, Money, ScenarioLoss, Money) Told(CoreRequirement core) => (
        core.Amount, core.Binding, core.ExpectedShortfall, core.ValueAtRisk, core.WorstScenario, core.StandardError);

    private static void ForAll(Action<Subaccount, ImmutableArray<LossDistribution>, int> holds)
    {
        Random random = new(17);
        Instrument[] instruments = [.. TinyMarket.Instruments.Where(static own => own is not Spot)];
        for (int round = 0; round < 40; round++)
        {
            Subaccount book = new(
                "drawn", [],
                [
                    .. Enumerable.Range(0, 1 + random.Next(5)).Select(_ => LawMarket.Hold(
                        instruments[random.Next(instruments.Length)], random.Next(-50, 51) * 2 + 1)),
                ]);
            int binCount = random.Next(1, LossDistribution.BinCountMax + 1);
            holds(book, LossDistribution.Of(book, Arrays, Market, binCount), binCount);
        }
    }
}
