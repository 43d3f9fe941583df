using Breakwater.Numerics;

namespace Breakwater.Tests.Numerics;

/// <summary>Error functions and the laws that join the functions of the normal distribution.</summary>
public sealed class NormalDistributionLaws
{
    private const double Relative = 1e-15; // documented
    private const double RoundTripRelative = 4e-15; // InverseCdf's 1e-15 times the condition of Φ where |x| ≤ 2

    // mpmath 1.2.1, 40 digits: x, erfc(x), exp(x²)·erfc(x).
    [Theory]
    [InlineData(-26, 2.0, 7.6577249314905684e+293)]
    [InlineData(-5, 1.9999999999984625, 144009798674.66104)]
    [InlineData(-0.7071, 1.682684851094082, 2.7742517006823095)]
    [InlineData(-0.3, 1.3286267594591274, 1.4537492328427656)]
    [InlineData(1e-10, 0.99999999988716208, 0.99999999988716208)]
    [InlineData(0.1, 0.88753708398171511, 0.89645697996912664)]
    [InlineData(0.5, 0.47950012218695346, 0.61569034419292587)]
    [InlineData(0.7, 0.32219880616258153, 0.52593033734944094)]
    [InlineData(0.71, 0.31533444978255571, 0.52203457478743114)]
    [InlineData(1, 0.15729920705028513, 0.427583576155807)]
    [InlineData(2, 0.0046777349810472658, 0.25539567631050574)]
    [InlineData(5, 1.5374597944280349e-12, 0.11070463773306863)]
    [InlineData(10, 2.0884875837625448e-45, 0.056140992743822586)]
    [InlineData(20, 5.3958656116079009e-176, 0.028174348741051319)]
    [InlineData(26, 5.6631924088561428e-296, 0.021683584850562907)]
    [InlineData(26.5, 2.2109076642637343e-307, 0.021275046685371106)]
    public void Error_functions_agree_with_high_precision(double x, double complement, double scaled)
    {
        Close(complement, NormalDistribution.Erfc(x), Relative);
        Close(scaled, NormalDistribution.ScaledErfc(x), Relative * Math.Max(1.0, x < 0.0 ? x * x : 0.0));
    }

    [Fact]
    public void Cdf_of_the_inverse_is_the_probability()
    {
        foreach (double p in Points.Uniform(20_000, 0.02, 0.98))
        {
            Close(p, NormalDistribution.Cdf(NormalDistribution.InverseCdf(p)), RoundTripRelative);
        }
    }

    [Fact]
    public void Inverse_of_the_cdf_is_the_number()
    {
        foreach (double x in Points.Uniform(20_000, -37.5, -0.01))
        {
            double back = NormalDistribution.InverseCdf(NormalDistribution.Cdf(x));
            // Near ½ the last place of the probability is worth √(2π) of it in x.
            Assert.Equal(x, back, (2e-15 * Math.Abs(x)) + 3e-16);
        }
    }

    [Fact]
    public void Inverse_keeps_its_accuracy_next_to_one_half()
    {
        // Φ⁻¹(½ + q) = √(2π)·(q + π/3·q³ + O(q⁵)): the next term is 7π²/30·q⁵.
        foreach (double q in new[] { Math.ScaleB(1.0, -50), Math.ScaleB(1.0, -30), Math.ScaleB(1.0, -14) })
        {
            double series = 2.5066282746310002 * (q + (Math.PI / 3.0 * q * q * q));
            Close(series, NormalDistribution.InverseCdf(0.5 + q), 1e-15);
            Close(-series, NormalDistribution.InverseCdf(0.5 - q), 1e-15);
        }

        Assert.Equal(0.0, NormalDistribution.InverseCdf(0.5));
    }

    [Fact]
    public void Cdf_rises_and_its_parts_sum_to_one()
    {
        double last = 0.0;
        foreach (double x in Points.Uniform(50_000, -38.0, 9.0).Order())
        {
            double here = NormalDistribution.Cdf(x);
            Assert.True(here >= last, $"falls at {x:R}");
            Assert.Equal(1.0, here + NormalDistribution.Cdf(-x), 2.3e-16);
            last = here;
        }
    }

    [Fact]
    public void Density_is_even_and_Mills_ratio_joins_density_and_tail()
    {
        foreach (double x in Points.Uniform(20_000, 0.0, 37.0))
        {
            Assert.Equal(NormalDistribution.Density(x), NormalDistribution.Density(-x));
            double tail = NormalDistribution.Density(x) * NormalDistribution.MillsRatio(x);
            Close(NormalDistribution.Cdf(-x), tail, Relative);
        }
    }

    [Fact]
    public void Limits_are_kept()
    {
        Assert.Equal(0.0, NormalDistribution.Cdf(double.NegativeInfinity));
        Assert.Equal(1.0, NormalDistribution.Cdf(double.PositiveInfinity));
        Assert.Equal(0.5, NormalDistribution.Cdf(0.0));
        Assert.Equal(0.0, NormalDistribution.Cdf(-39.0));
        Assert.Equal(0.0, NormalDistribution.Density(double.PositiveInfinity));
        Assert.Equal(0.0, NormalDistribution.Erfc(1e300));
        Assert.Equal(2.0, NormalDistribution.Erfc(-1e300));
        Assert.True(double.IsNaN(NormalDistribution.Cdf(double.NaN)));
        Assert.True(NormalDistribution.ScaledErfc(double.MaxValue) >= 0.0);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void Inverse_refuses_what_is_no_probability(double p) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalDistribution.InverseCdf(p));

    private static void Close(double expected, double actual, double relative) =>
        Assert.True(Math.Abs(actual - expected) <= relative * Math.Abs(expected), $"{actual:R}, not {expected:R}");
}
