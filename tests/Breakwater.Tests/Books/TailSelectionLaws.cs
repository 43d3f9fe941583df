using Breakwater.Books;
using Breakwater.Margin.Tails;

namespace Breakwater.Tests.Books;

/// <summary>Selection equals the sorted estimators of <see cref="TailEstimators"/>.</summary>
public sealed class TailSelectionLaws
{
    [Fact]
    public void Selection_equals_sorting_also_with_ties_and_any_weights()
    {
        Random random = new(7);
        for (int trial = 0; trial < 3000; trial++)
        {
            int count = random.Next(1, 300);
            long range = 1L << random.Next(1, 50);
            double[] losses = new double[count];
            int[] weights = new int[count];
            for (int i = 0; i < count; i++)
            {
                losses[i] = random.NextInt64(-range, range);
                weights[i] = random.Next(1, 1 + (1 << random.Next(1, 12)));
            }

            TailLevel shortfall = TailLevel.OfThousandths(random.Next(1, 1000));
            TailLevel atRisk = TailLevel.OfThousandths(random.Next(1, 1000));
            TailMasses masses = TailMasses.Of(weights.Sum(weight => (long)weight), shortfall, atRisk);
            TailMeasure plain = TailEstimators.Measure(
                losses.Select(loss => (Int128)loss).ToArray(), weights, shortfall);
            TailMeasure plainAtRisk = TailEstimators.Measure(
                losses.Select(loss => (Int128)loss).ToArray(), weights, atRisk);
            TailSelection.Part part = TailSelection.Find(losses, weights, masses.Unit, masses.Shortfall);
            Assert.Equal(plain.ValueAtRisk, part.Boundary);
            Assert.Equal(
                plain.ExpectedShortfallUp, TailSelection.ShortfallUp(part, masses.Unit, masses.Shortfall));
            Assert.Equal(
                plainAtRisk.ValueAtRisk,
                TailSelection.Find(losses, weights, masses.Unit, masses.ValueAtRisk).Boundary);
        }
    }

    [Fact]
    public void Scenarios_with_weight_are_ordered_once_each()
    {
        Random random = new(3);
        int[] weights = [.. Enumerable.Range(0, 500).Select(_ => random.Next(3))];
        double[] coordinates = [.. Enumerable.Range(0, 1500).Select(_ => random.NextDouble())];
        Assert.Equal(
            Enumerable.Range(0, 500).Where(scenario => weights[scenario] > 0),
            ScenarioOrder.Of(coordinates, weights, 8).Order());
    }
}
