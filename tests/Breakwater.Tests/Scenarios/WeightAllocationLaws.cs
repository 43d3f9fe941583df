using Breakwater.Numerics;
using Breakwater.Scenarios;

namespace Breakwater.Tests.Scenarios;

public sealed class WeightAllocationLaws
{
    [Fact]
    public void Weights_sum_to_the_total_are_positive_and_within_one_of_their_share()
    {
        for (uint trial = 0; trial < 200; trial++)
        {
            int count = 1 + (int)(Philox4x32.Block(trial, 0, 0, 0, 1).X0 % 300);
            double[] shares = [.. Enumerable.Range(0, count)
                .Select(index => 0.1 + Philox4x32.ToUniform(Philox4x32.Block(trial, (uint)index, 1, 0, 1).X0))];
            int total = 100 * count;
            int[] weights = WeightAllocation.Distribute(shares, total);
            Assert.Equal(total, weights.Sum());
            for (int index = 0; index < count; index++)
            {
                Assert.True(weights[index] >= 1);
                Assert.True(Math.Abs(weights[index] - (shares[index] / shares.Sum() * total)) <= 1d);
            }
        }
    }

    [Fact]
    public void A_share_of_nothing_still_weighs_one() =>
        Assert.Equal([1, 9], WeightAllocation.Distribute([0d, 1d], 10));

    // Shares 1.5, 1.5, 7: equal remainders are served by index.
    [Fact]
    public void Ties_are_served_by_index() =>
        Assert.Equal([2, 1, 7], WeightAllocation.Distribute([1.5, 1.5, 7d], 10));

    [Fact]
    public void More_entries_than_weight_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightAllocation.Distribute([1d, 1d], 1));
}
