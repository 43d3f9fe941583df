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
            ImmutableArray<int> part = basis.Order(losses, Named);
            Assert.Equal(all.Take(part.Length), part);
            Assert.True(part.Length >= Math.Min(Named, all.Length));
            foreach (TailLevel level in (TailLevel[])[
                basis.Shortfall, basis.ValueAtRisk, new TailLevel(basis.Interval.LowerRank, basis.EffectiveCount)])
            {
                if (level.Numerator <= 0) continue;
                TailMeasure whole = TailEstimators.Measure(losses, basis.Weights, all, level);
                TailMeasure own = TailEstimators.Measure(losses, basis.Weights, part, level);
                Assert.Equal(
                    (whole.ValueAtRiskScenario, whole.TailSum, whole.TailMass),
                    (own.ValueAtRiskScenario, own.TailSum, own.TailMass));
            }
        }
    }
}
