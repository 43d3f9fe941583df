using System.Globalization;
using System.Text.Json;
using Breakwater.Numerics;

namespace Breakwater.Tests.Numerics;

public sealed class BivariateNormalTests
{
    private const double Absolute = 1e-14; // the class of accuracy of Genz (2004)
    private const double PrintedAbsolute = 5e-7; // the file's tolerance

    // The table prints 0.163319 at (−½, −½, ½); the value is 0.163319521309 (mpmath 1.2.1), which rounds to 0.163320.
    private const double MisprintAbsolute = 5.3e-7;

    [Fact]
    public void The_published_table_is_reproduced()
    {
        foreach ((JsonElement inputs, JsonElement expected) in ReferenceFile.Cases("bivariate-normal"))
        {
            double value = BivariateNormal.Cdf(Number(inputs, "a"), Number(inputs, "b"), Number(inputs, "rho"));
            double printed = Number(expected, "cdf");
            Assert.Equal(printed, value, printed == 0.163319 ? MisprintAbsolute : PrintedAbsolute);
        }
    }

    // mpmath 1.2.1, 25 digits: ∫ φ(x)·Φ((b − ρx)/√(1 − ρ²)) dx to a, split around the step of Φ.
    [Theory]
    [InlineData(0.3, -0.7, 0.2, 0.17289130039851153)]
    [InlineData(-1.2, 0.4, -0.6, 0.02682981285632466)]
    [InlineData(1, 1, 0.75, 0.77314644285709828)]
    [InlineData(-2, -2.1, 0.9, 0.011602447693606218)]
    [InlineData(0.5, 0.5, 0.92, 0.63499649420248291)]
    [InlineData(0.5, 0.4, 0.93, 0.6174894681885553)]
    [InlineData(-1, -1.3, 0.95, 0.0908391429518738)]
    [InlineData(1.5, -1.4, -0.95, 0.025367349102054662)]
    [InlineData(-0.2, 0.3, -0.97, 0.06028302852117097)]
    [InlineData(0.1, 0.1, 0.99, 0.51741367034642031)]
    [InlineData(2, 1.99, 0.9999, 0.97659566669089192)]
    [InlineData(-0.5, 0.6, -0.9999, 0.034284420975913824)]
    [InlineData(-3, -3, 0.98, 0.0010009758725533817)]
    [InlineData(0, 0, -0.999999, 0.00022507909779587066)]
    [InlineData(0.7, 0.7, 0.999999, 0.7578601773528124)]
    [InlineData(-4, 3, -0.93, 3.1885152023100225e-7)]
    [InlineData(3, 2.5, -0.924, 0.99244043664259377)]
    public void High_precision_quadrature_agrees(double a, double b, double rho, double expected)
    {
        Assert.Equal(expected, BivariateNormal.Cdf(a, b, rho), Absolute);
        Assert.Equal(expected, BivariateNormal.Cdf(b, a, rho), Absolute);
    }

    [Fact]
    public void Halves_at_the_origin_follow_Sheppard()
    {
        foreach (double rho in Points.Uniform(2_000, -1.0, 1.0))
        {
            double expected = 0.25 + (Math.Asin(rho) / (2.0 * Math.PI)); // Sheppard (1899)
            Assert.Equal(expected, BivariateNormal.Cdf(0.0, 0.0, rho), Absolute);
        }
    }

    [Fact]
    public void Reflection_of_one_variable_splits_the_margin()
    {
        double[] a = Points.Uniform(3_000, -6.0, 6.0, 2).ToArray();
        double[] b = Points.Uniform(3_000, -6.0, 6.0, 3).ToArray();
        double[] rho = Points.Uniform(3_000, -1.0, 1.0, 4).ToArray();
        for (int i = 0; i < a.Length; i++)
        {
            double both = BivariateNormal.Cdf(a[i], b[i], rho[i]) + BivariateNormal.Cdf(a[i], -b[i], -rho[i]);
            Assert.Equal(NormalDistribution.Cdf(a[i]), both, Absolute);
        }
    }

    [Fact]
    public void Correlation_near_one_joins_the_limit_continuously()
    {
        foreach (double a in Points.Uniform(200, -4.0, 4.0))
        {
            Assert.Equal(NormalDistribution.Cdf(Math.Min(a, 0.3)), BivariateNormal.Cdf(a, 0.3, 1.0));
            Assert.Equal(BivariateNormal.Cdf(a, 0.3, 1.0), BivariateNormal.Cdf(a, 0.3, 1.0 - 1e-15), 1e-7);
            Assert.Equal(BivariateNormal.Cdf(a, 0.3, -1.0), BivariateNormal.Cdf(a, 0.3, -1.0 + 1e-15), 1e-7);
        }
    }

    [Fact]
    public void Values_rise_with_each_bound_and_with_correlation()
    {
        foreach (double rho in Points.Uniform(500, -1.0, 1.0, 8))
        {
            Assert.True(BivariateNormal.Cdf(0.4, 0.2, rho) <= BivariateNormal.Cdf(0.5, 0.2, rho) + Absolute);
            double higher = Math.Min(1.0, rho + 0.05);
            Assert.True(BivariateNormal.Cdf(-0.4, 0.2, rho) <= BivariateNormal.Cdf(-0.4, 0.2, higher) + Absolute);
        }
    }

    [Fact]
    public void Far_bounds_reach_the_margins()
    {
        foreach (double rho in new[] { -1.0, -0.99, -0.5, 0.0, 0.7, 0.95, 1.0 })
        {
            Assert.Equal(0.0, BivariateNormal.Cdf(-1e300, 2.0, rho));
            Assert.Equal(NormalDistribution.Cdf(0.7), BivariateNormal.Cdf(0.7, 1e300, rho), 1e-15);
            Assert.Equal(1.0, BivariateNormal.Cdf(1e10, 1e300, rho));
        }
    }

    [Theory]
    [InlineData(double.NaN, 0.0, 0.0)]
    [InlineData(0.0, double.PositiveInfinity, 0.0)]
    [InlineData(0.0, 0.0, 1.0000001)]
    [InlineData(0.0, 0.0, double.NaN)]
    public void Arguments_outside_the_domain_are_refused(double a, double b, double rho) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BivariateNormal.Cdf(a, b, rho));

    private static double Number(JsonElement part, string field) =>
        double.Parse(part.GetProperty(field).GetString()!, CultureInfo.InvariantCulture);
}
