using Breakwater.Pricing;
using Breakwater.Sensitivities;

namespace Breakwater.Tests.Sensitivities;

public sealed class SettlementAveragingLaws
{
    private const double Tolerance = 1e-12; // relative: both sides are a few operations
    private const double SecondYears = 1.0 / 31_536_000.0;

    private static readonly SettlementAveraging Averaging = new(1_800 * SecondYears, 1_800);

    [Theory]
    [InlineData(1_800)]
    [InlineData(1_801)]
    [InlineData(86_400)]
    [InlineData(31_536_000)]
    public void Before_the_window_the_variance_is_that_of_the_settlement_average(int seconds)
    {
        double years = seconds * SecondYears;
        double expected = TwapSettlement.EffectiveVariance(1.0, years, TwapWindow.Default);

        Assert.Equal(1.0, Averaging.VarianceFactor(years) * years / expected, Tolerance);
    }

    // The reduction matches the first two moments of the average: it differs by the second order in σ²T.
    [Theory]
    [InlineData(1_799.5)]
    [InlineData(900.0)]
    [InlineData(60.25)]
    [InlineData(0.5)]
    public void Inside_the_window_overdue_fixings_count_as_due_now(double seconds)
    {
        const double sigma = 0.1;
        double years = seconds * SecondYears;
        double expected = TwapSettlement.Reduce(100.0, 100.0, sigma, years, default, TwapWindow.Default).TotalVariance;

        Assert.Equal(1.0, sigma * sigma * Averaging.VarianceFactor(years) * years / expected, 1e-6);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(100.7)]
    [InlineData(1_700.2)]
    [InlineData(5_000.0)]
    public void The_decay_factor_is_the_derivative_of_the_variance(double seconds)
    {
        double years = seconds * SecondYears;
        double step = 0.01 * SecondYears;
        double slope = (Variance(years + step) - Variance(years - step)) / (2.0 * step);

        Assert.Equal(slope, Averaging.DecayFactor(years), 1e-7);
    }

    [Fact]
    public void INV_M9_The_variance_left_never_jumps()
    {
        for (double seconds = 0.0; seconds < 2_000.0; seconds += 0.125)
        {
            double change = Variance((seconds + 0.125) * SecondYears) - Variance(seconds * SecondYears);
            Assert.InRange(change, 0.0, 0.125 * SecondYears * (1.0 + 1e-9));
        }
    }

    private static double Variance(double years) => years * Averaging.VarianceFactor(years);
}
