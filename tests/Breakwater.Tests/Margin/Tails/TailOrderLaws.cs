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
            Int128[] losses = [.. Enumerable.Range(0, count).Select(_ => (Int128)random.Next(-spread, spread))];
            int[] weights = [.. Enumerable.Range(0, count).Select(_ => random.Next(0, 1 << random.Next(1, 11)))];
            weights[random.Next(count)]++;
            TailLevel level = TailLevel.OfThousandths(random.Next(1, 1000));
            ImmutableArray<int> all = TailEstimators.Order(losses, weights);
            ImmutableArray<int> greatest = TailOrder.Of(losses, weights, level);
            Assert.Equal(all[..greatest.Length].AsEnumerable(), greatest);
            TailMeasure whole = TailEstimators.Measure(losses, weights, all, level);
            TailMeasure part = TailEstimators.Measure(losses, weights, greatest, level);
            Assert.Equal(whole with { Tail = [] }, part with { Tail = [] });
            Assert.Equal(whole.Tail.AsEnumerable(), part.Tail);
        }
    }
}
