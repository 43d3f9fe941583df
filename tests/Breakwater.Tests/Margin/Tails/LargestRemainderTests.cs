using Breakwater.Margin.Tails;

namespace Breakwater.Tests.Margin.Tails;

public sealed class LargestRemainderTests
{
    // Parts 1/3, 4/3, 7/3 round down to 0, 1, 2; the total 4 leaves one unit, remainders tie, the first takes it.
    [Fact]
    public void Ties_go_to_the_lower_index()
    {
        Int128[] parts = new Int128[3];
        LargestRemainder.Split([1, 4, 7], 3, 4, parts);
        Assert.Equal([1, 1, 2], parts);
    }

    [Fact]
    public void The_largest_remainder_takes_the_unit_whatever_its_sign()
    {
        Int128[] parts = new Int128[2];
        LargestRemainder.Split([-5, 9], 4, 1, parts); // -1.25 and 2.25: remainders 0.75 and 0.25
        Assert.Equal([-1, 2], parts);
    }

    [Fact]
    public void A_total_that_is_no_rounding_of_the_sum_is_refused() =>
        Assert.Throws<ArgumentException>(() => LargestRemainder.Split([1, 1], 2, 5, new Int128[2]));
}
