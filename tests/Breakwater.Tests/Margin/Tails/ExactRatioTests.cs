using Breakwater.Margin.Tails;

namespace Breakwater.Tests.Margin.Tails;

public sealed class ExactRatioTests
{
    [Theory]
    [InlineData(7, 2, "7/2", 4, 3)]
    [InlineData(-7, 2, "-7/2", -3, -4)]
    [InlineData(6, 3, "2", 2, 2)]
    [InlineData(0, 9, "0", 0, 0)]
    public void Rounds_in_the_direction_it_names(int numerator, int denominator, string text, int up, int down)
    {
        ExactRatio ratio = ExactRatio.Of(numerator, denominator);
        Assert.Equal((text, (Int128)up, (Int128)down), (ratio.ToString(), ratio.Up, ratio.Down));
    }

    [Fact]
    public void A_denominator_that_is_not_positive_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ExactRatio.Of(1, 0));
}
