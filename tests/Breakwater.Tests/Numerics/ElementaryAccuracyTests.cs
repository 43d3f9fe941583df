using System.Numerics;
using Breakwater.Numerics;

namespace Breakwater.Tests.Numerics;

/// <summary>exp and ln against 200-bit fixed-point series on 10⁵ and more points each.</summary>
public sealed class ElementaryAccuracyTests(ITestOutputHelper output)
{
    private const double ExpUlps = 0.75; // documented bound
    private const double LogUlps = 0.8; // documented bound
    private const int PointCount = 60_000;

    [Fact]
    public void Exp_is_within_its_documented_error()
    {
        double worst = Worst(Points.Uniform(PointCount, -708.0, 709.5), ExpError);
        worst = Math.Max(worst, Worst(Points.Doubles(PointCount, -40, 3), ExpError));
        output.WriteLine($"exp: {worst:F4} ulp");
        Assert.True(worst < ExpUlps, $"{worst} ulp");
    }

    [Fact]
    public void Exp_is_right_to_one_unit_where_subnormal()
    {
        double worst = Worst(Points.Uniform(5_000, -745.1, -708.4), ExpError);
        Assert.True(worst <= 1.0, $"{worst} ulp");
    }

    [Fact]
    public void Log_is_within_its_documented_error()
    {
        double worst = Worst(Points.Doubles(PointCount, -1074, 1024).Select(Math.Abs), LogError);
        worst = Math.Max(worst, Worst(Points.Uniform(PointCount, 0.5, 2.0), LogError));
        worst = Math.Max(worst, Worst(Points.Doubles(10_000, -50, -3).Select(d => 1.0 + d), LogError));
        output.WriteLine($"log: {worst:F4} ulp");
        Assert.True(worst < LogUlps, $"{worst} ulp");
    }

    [Fact]
    public void Exp_and_log_keep_their_limits()
    {
        Assert.Equal(double.PositiveInfinity, DeterministicMath.Exp(double.PositiveInfinity));
        Assert.Equal(double.PositiveInfinity, DeterministicMath.Exp(709.79));
        Assert.Equal(0.0, DeterministicMath.Exp(double.NegativeInfinity));
        Assert.Equal(0.0, DeterministicMath.Exp(-745.2));
        Assert.Equal(double.Epsilon, DeterministicMath.Exp(-745.1));
        Assert.Equal(1.0, DeterministicMath.Exp(0.0));
        Assert.True(double.IsNaN(DeterministicMath.Exp(double.NaN)));
        Assert.Equal(double.NegativeInfinity, DeterministicMath.Log(0.0));
        Assert.Equal(double.NegativeInfinity, DeterministicMath.Log(-0.0));
        Assert.Equal(double.PositiveInfinity, DeterministicMath.Log(double.PositiveInfinity));
        Assert.Equal(0.0, DeterministicMath.Log(1.0));
        Assert.True(double.IsNaN(DeterministicMath.Log(-double.Epsilon)));
        Assert.True(double.IsNaN(DeterministicMath.Log(double.NegativeInfinity)));
        Assert.True(double.IsNaN(DeterministicMath.Log(double.NaN)));
    }

    private static double Worst(IEnumerable<double> points, Func<double, double> error) => points.Max(error);

    private static double ExpError(double x)
    {
        (BigInteger mantissa, int exponent) = ExactNumbers.Exp(ExactNumbers.Fixed(x));
        return ExactNumbers.Ulps(DeterministicMath.Exp(x), mantissa, exponent);
    }

    private static double LogError(double x) =>
        x == 1.0 ? 0.0 : ExactNumbers.Ulps(DeterministicMath.Log(x), ExactNumbers.Log(x), 0);
}
