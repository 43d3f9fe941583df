using System.Collections.Immutable;
using Breakwater.Adapters.Files;
using Breakwater.Margin.Tails;
using Breakwater.Parameters;
using Breakwater.Scenarios;
using Breakwater.Tests.Revaluation;

namespace Breakwater.Tests.Margin.Tails;

/// <summary>What a core reads of its losses is the same in the part that is ordered and in all of them.</summary>
public sealed class TailBasisLaws
{
    private const int Named = 10;

    private static readonly MarginParameters Parameters = ParameterFile.LoadNewestShipped().Value.Margin;
    private static readonly TinyMarket Tiny = TinyMarket.Default;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Measures_interval_and_named_scenarios_are_those_of_all_losses_in_order(bool isDesigned)
    {
        ScenarioSet set = (isDesigned
            ? ScenarioDesign.Build(Tiny.Market, Tiny.Surfaces, Tiny.Forecast, Tiny.Parameters, ScenarioSeed.NoBeacon)
            : Tiny.Scenarios).Maintenance;
        TailBasis basis = TailBasis.Of(set, Parameters);
        for (int seed = 0; seed < 20; seed++)
        {
            Random random = new(seed);
            int spread = seed % 4 == 0 ? 3 : 1_000_000_000; // some with many ties
            Int128[] losses = [.. set.Scenarios.Select(_ => (Int128)random.Next(-spread, spread))];
            ImmutableArray<int> all = TailEstimators.Order(losses, basis.Weights);
            int[] part = basis.Order<Int128>(losses, Named);
            Assert.Equal(all.Take(part.Length), part);
            Assert.True(part.Length >= Math.Min(Named, all.Length));
            foreach (TailMass tail in (TailMass[])[basis.Shortfall, basis.ValueAtRisk])
            {
                TailMeasure whole = TailEstimators.Measure(losses, basis.Weights, all, tail.Level);
                TailMeasure own = TailEstimators.Measure<Int128>(losses, basis.Weights, part, tail);
                Assert.Equal(
                    (whole.ValueAtRiskScenario, whole.TailSum, whole.TailMass),
                    (own.ValueAtRiskScenario, own.TailSum, own.TailMass));
            }

            Assert.Equal(IntervalOf(losses, basis, all), basis.Interval.Of<Int128>(losses, basis.Weights, part));
        }
    }

    // By the measures of all losses in order.
    private static (Int128 Low, Int128 High) IntervalOf(
        Int128[] losses, TailBasis basis, ImmutableArray<int> all)
    {
        int count = StandardError.EffectiveCount(basis.Weights);
        OrderStatisticInterval ranks =
            OrderStatisticInterval.Of(count, basis.ValueAtRisk.Level, new TailLevel(95, 100));
        return (At(ranks.LowerRank), At(ranks.UpperRank));

        Int128 At(int rank) => rank <= 0 ? losses[all[^1]]
            : rank >= count ? losses[all[0]]
            : TailEstimators.Measure(losses, basis.Weights, all, new TailLevel(rank, count)).ValueAtRisk;
    }
}
