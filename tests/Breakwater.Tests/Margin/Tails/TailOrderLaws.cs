using System.Collections.Immutable;
using Breakwater.Margin.Tails;

namespace Breakwater.Tests.Margin.Tails;

public sealed class TailOrderLaws
{
    private const int Rounds = 3_000;

    [Fact]
    public void The_greatest_losses_come_in_the_order_of_all_and_are_enough_for_the_tail()
    {
        Random random = new(5);
        for (int round = 0; round < Rounds; round++)
        {
            int count = random.Next(1, 400);
            int spread = random.Next(1, 1 << random.Next(1, 30)); // a small one makes ties
            long[] losses = [.. Enumerable.Range(0, count).Select(_ => (long)random.Next(-spread, spread))];
            Int128[] wide = [.. losses.Select(static own => (Int128)own)];
            int[] weights = [.. Enumerable.Range(0, count).Select(_ => random.Next(0, 1 << random.Next(1, 11)))];
            weights[random.Next(count)]++;
            int[] weighted = [.. Enumerable.Range(0, count).Where(own => weights[own] > 0)];
            TailLevel level = TailLevel.OfThousandths(random.Next(1, 1000));
            TailMass mass = TailMass.Of(weights, level);
            ImmutableArray<int> all = TailEstimators.Order(wide, weights);
            int[] greatest = TailOrder.Of<long>(losses, weights, weighted, (long)mass.Weights);
            Assert.Equal(all[..greatest.Length].AsEnumerable(), greatest);
            Assert.Equal(greatest, TailOrder.Of<Int128>(wide, weights, weighted, (long)mass.Weights));
            TailMeasure whole = TailEstimators.Measure(wide, weights, all, level);
            TailMeasure part = TailEstimators.Measure<long>(losses, weights, greatest, mass);
            Assert.Equal(whole with { Tail = [] }, part with { Tail = [] });
            Assert.Equal(whole.Tail.AsEnumerable(), part.Tail);
            Assert.Equal(whole.ValueAtRisk, TailEstimators.ValueAtRisk<long>(losses, weights, greatest, mass));
            Assert.Equal(
                StandardError.OfShortfallUp(wide, weights, whole),
                StandardError.OfShortfallUp<long>(losses, weights, part, WeightSums.Of(weights)));
        }
    }
}
