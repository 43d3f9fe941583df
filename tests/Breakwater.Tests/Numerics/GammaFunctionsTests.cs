using Breakwater.Numerics;
using MathNet.Numerics;

namespace Breakwater.Tests.Numerics;

/// <summary>Gamma and beta functions against mpmath 1.2.1 (30 digits) and against MathNet.Numerics.</summary>
public sealed class GammaFunctionsTests
{
    private const double LogGammaAbsolute = 1e-14; // documented, plus
    private const double LogGammaRelative = 1e-15;
    private const double BetaRelative = 1e-12; // the last shapes, 1000, lose three digits in x^a
    private const double SecondOpinionRelative = 1e-10; // MathNet's own accuracy for these shapes

    [Theory]
    [InlineData(1e-10, 23.025850929882735)]
    [InlineData(0.1, 2.252712651734206)]
    [InlineData(0.5, 0.57236494292470009)]
    [InlineData(1, 0.0)]
    [InlineData(1.0001, -5.7713342220477623e-5)]
    [InlineData(1.5, -0.12078223763524522)]
    [InlineData(2, 0.0)]
    [InlineData(2.5, 0.28468287047291916)]
    [InlineData(3, 0.69314718055994531)]
    [InlineData(7, 6.579251212010101)]
    [InlineData(9.99, 12.779315214350193)]
    [InlineData(10, 12.80182748008147)]
    [InlineData(33.3, 82.603723581654953)]
    [InlineData(171.5, 709.14316303092824)]
    [InlineData(1e5, 1051287.7089736569)]
    [InlineData(1e15, 33538776394910669.0)]
    public void LogGamma_agrees_with_high_precision(double x, double expected) =>
        Assert.Equal(
            expected,
            GammaFunctions.LogGamma(x),
            LogGammaAbsolute + (LogGammaRelative * Math.Abs(expected)));

    [Theory]
    [InlineData(0.5, 0.5, 0.2, 0.29516723530086655)]
    [InlineData(2, 3, 0.4, 0.5248)]
    [InlineData(10, 0.5, 0.99, 0.65792817515678447)]
    [InlineData(30, 40, 0.6, 0.99807411120246102)]
    [InlineData(100, 200, 0.2, 3.5460073665672375e-8)]
    [InlineData(0.1, 5, 1e-20, 0.012233375)]
    [InlineData(1000, 1000, 0.5, 0.5)]
    public void Incomplete_beta_agrees_with_high_precision(double a, double b, double x, double expected)
    {
        Assert.Equal(expected, GammaFunctions.RegularizedIncompleteBeta(a, b, x), BetaRelative * expected);
        if (x < 1e-16) return; // 1 − x is 1
        Assert.Equal(1.0 - expected, GammaFunctions.RegularizedIncompleteBeta(b, a, 1.0 - x), BetaRelative);
    }

    [Fact]
    public void MathNet_is_of_the_same_opinion()
    {
        double[] a = Points.Uniform(2_000, 0.05, 60.0, 1).ToArray();
        double[] b = Points.Uniform(2_000, 0.05, 60.0, 2).ToArray();
        double[] x = Points.Uniform(2_000, 0.0, 1.0, 3).ToArray();
        for (int i = 0; i < a.Length; i++)
        {
            Assert.Equal(SpecialFunctions.GammaLn(a[i]), GammaFunctions.LogGamma(a[i]), 1e-12);
            double expected = SpecialFunctions.BetaRegularized(a[i], b[i], x[i]);
            double actual = GammaFunctions.RegularizedIncompleteBeta(a[i], b[i], x[i]);
            Assert.Equal(expected, actual, SecondOpinionRelative);
        }
    }

    [Fact]
    public void LogGammaRatio_is_the_difference()
    {
        foreach (double x in Points.Uniform(2_000, 0.05, 50.0))
        {
            double difference = GammaFunctions.LogGamma(x + 1.7) - GammaFunctions.LogGamma(x);
            Assert.Equal(difference, GammaFunctions.LogGammaRatio(x, 1.7), 1e-12);
            Assert.Equal(DeterministicMath.Log(x), GammaFunctions.LogGammaRatio(x, 1.0), 1e-14);
        }
    }

    [Fact]
    public void Parts_of_the_beta_law_sum_to_one()
    {
        foreach (double x in Points.Uniform(2_000, 0.0, 1.0))
        {
            double sum = GammaFunctions.RegularizedIncompleteBeta(2.3, 7.1, x)
                + GammaFunctions.RegularizedIncompleteBeta(7.1, 2.3, 1.0 - x);
            Assert.Equal(1.0, sum, 1e-14);
        }

        Assert.Equal(0.0, GammaFunctions.RegularizedIncompleteBeta(2.0, 3.0, 0.0));
        Assert.Equal(1.0, GammaFunctions.RegularizedIncompleteBeta(2.0, 3.0, 1.0));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.5)]
    [InlineData(double.NaN)]
    public void Gamma_refuses_what_is_not_positive(double x) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => GammaFunctions.LogGamma(x));
}
