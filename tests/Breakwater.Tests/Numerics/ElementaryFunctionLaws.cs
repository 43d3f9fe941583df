using System.Numerics;
using Breakwater.Numerics;

namespace Breakwater.Tests.Numerics;

/// <summary>The functions beside exp and ln: identities, second opinions of the library, exact references.</summary>
public sealed class ElementaryFunctionLaws(ITestOutputHelper output)
{
    private const double LibraryUlps = 4.0; // the documented 3 at most, and the library's own error
    private const double PowUlps = 2.0;

    [Fact]
    public void Log_undoes_exp()
    {
        foreach (double x in Points.Uniform(20_000, -700.0, 700.0))
        {
            // exp's 0.75 ulp is an absolute error of the logarithm.
            Assert.Equal(x, DeterministicMath.Log(DeterministicMath.Exp(x)), 2e-16 + (1.2e-16 * Math.Abs(x)));
        }
    }

    [Fact]
    public void Exp_and_log_rise()
    {
        AssertRising(Points.Uniform(20_000, -745.0, 709.0), DeterministicMath.Exp);
        AssertRising(Points.Doubles(20_000, -1074, 1024).Select(Math.Abs), DeterministicMath.Log);
    }

    [Fact]
    public void Functions_agree_with_the_library()
    {
        double[] small = Points.Doubles(20_000, -30, 6).ToArray();
        double[] unit = Points.Uniform(20_000, -1.0, 1.0).ToArray();
        double[] angles = Points.Doubles(20_000, -30, 20).ToArray();
        Report("expm1", small, DeterministicMath.Expm1, x => Math.Abs(x) < 1e-5 ? x + (x * x / 2) + (x * x * x / 6)
            : ExpMinusOne(x));
        Report("log1p", small.Where(x => x > -1.0), DeterministicMath.Log1p, LogOnePlus);
        Report("tanh", small, DeterministicMath.Tanh, Math.Tanh);
        Report("atanh", unit, DeterministicMath.Atanh, Math.Atanh);
        Report("sin", angles, DeterministicMath.Sin, Math.Sin);
        Report("cos", angles, DeterministicMath.Cos, Math.Cos);
        double[] other = Points.Doubles(20_000, -30, 20, 77).ToArray();
        int i = 0;
        Report("atan2", angles, y => DeterministicMath.Atan2(y, other[i]), y => Math.Atan2(y, other[i++]));
    }

    [Fact]
    public void Pow_is_within_its_documented_error()
    {
        double worst = 0.0;
        double[] exponents = Points.Uniform(10_000, -30.0, 30.0, 3).ToArray();
        int i = 0;
        foreach (double x in Points.Doubles(10_000, -20, 20).Select(Math.Abs))
        {
            double y = exponents[i++];
            BigInteger product = (ExactNumbers.Log(x) * ExactNumbers.Fixed(y)) >> ExactNumbers.Bits;
            (BigInteger mantissa, int exponent) = ExactNumbers.Exp(product);
            double actual = DeterministicMath.Pow(x, y);
            if (double.IsNormal(actual)) worst = Math.Max(worst, ExactNumbers.Ulps(actual, mantissa, exponent));
        }

        output.WriteLine($"pow: {worst:F3} ulp");
        Assert.True(worst < PowUlps, $"{worst} ulp");
    }

    [Fact]
    public void Pow_keeps_its_exact_cases_and_limits()
    {
        Assert.Equal(1.0, DeterministicMath.Pow(7.3, 0.0));
        Assert.Equal(7.3, DeterministicMath.Pow(7.3, 1.0));
        Assert.Equal(1024.0, DeterministicMath.Pow(2.0, 10.0));
        Assert.Equal(1e22, DeterministicMath.Pow(10.0, 22.0));
        Assert.Equal(double.PositiveInfinity, DeterministicMath.Pow(10.0, 1e300));
        Assert.Equal(0.0, DeterministicMath.Pow(10.0, -1e300));
        Assert.Throws<ArgumentOutOfRangeException>(() => DeterministicMath.Pow(0.0, 1.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => DeterministicMath.Pow(2.0, double.NaN));
    }

    [Fact]
    public void Angles_keep_their_signs_and_quadrants()
    {
        Assert.Equal(Math.PI, DeterministicMath.Atan2(0.0, -1.0));
        Assert.Equal(-Math.PI, DeterministicMath.Atan2(-0.0, -1.0));
        Assert.Equal(Math.PI / 2.0, DeterministicMath.Atan2(1.0, 0.0));
        Assert.Equal(-Math.PI / 4.0, DeterministicMath.Atan2(-1e308, 1e308));
        Assert.Equal(0.0, DeterministicMath.Atan2(0.0, 0.0));
        Assert.Equal(1.0, DeterministicMath.Cos(0.0));
        Assert.Equal(6.123233995736766e-17, DeterministicMath.Cos(Math.PI / 2.0)); // π/2 less its double
        Assert.Equal(1.2246467991473532e-16, DeterministicMath.Sin(Math.PI));
        Assert.Throws<ArgumentOutOfRangeException>(() => DeterministicMath.Sin(1.1e9));
        Assert.Throws<ArgumentOutOfRangeException>(() => DeterministicMath.Cos(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => DeterministicMath.Atan2(double.NaN, 1.0));
    }

    [Fact]
    public void Limits_of_the_hyperbolic_functions_are_kept()
    {
        Assert.Equal(-1.0, DeterministicMath.Expm1(double.NegativeInfinity));
        Assert.Equal(double.PositiveInfinity, DeterministicMath.Expm1(710.0));
        Assert.Equal(double.NegativeInfinity, DeterministicMath.Log1p(-1.0));
        Assert.True(double.IsNaN(DeterministicMath.Log1p(-1.5)));
        Assert.Equal(double.PositiveInfinity, DeterministicMath.Log1p(double.PositiveInfinity));
        Assert.Equal(1e-300, DeterministicMath.Log1p(1e-300));
        Assert.Equal(1.0, DeterministicMath.Tanh(double.PositiveInfinity));
        Assert.Equal(-1.0, DeterministicMath.Tanh(-25.0));
        Assert.Equal(double.PositiveInfinity, DeterministicMath.Atanh(1.0));
        Assert.True(double.IsNaN(DeterministicMath.Atanh(1.5)));
        Assert.True(double.IsNaN(DeterministicMath.Tanh(double.NaN)));
    }

    private static void AssertRising(IEnumerable<double> points, Func<double, double> function)
    {
        double last = double.NegativeInfinity;
        foreach (double x in points.Order())
        {
            double here = function(x);
            Assert.True(here >= last, $"falls at {x:R}");
            last = here;
        }
    }

    private void Report(string name, IEnumerable<double> points, Func<double, double> own, Func<double, double> library)
    {
        double worst = 0.0;
        double at = 0.0;
        foreach (double x in points)
        {
            double actual = own(x);
            double expected = library(x);
            double unit = Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected);
            double error = actual == expected ? 0.0 : Math.Abs(actual - expected) / unit;
            if (error > worst) (worst, at) = (error, x);
        }

        output.WriteLine($"{name}: {worst:F1} units against the library, at {at:R}");
        Assert.True(worst <= LibraryUlps, $"{name}: {worst} units at {at:R}");
    }

    /// <summary>e^x − 1 in 200-bit fixed point.</summary>
    private static double ExpMinusOne(double x)
    {
        (BigInteger mantissa, int exponent) = ExactNumbers.Exp(ExactNumbers.Fixed(x));
        BigInteger value = exponent >= 0 ? mantissa << exponent : mantissa >> -exponent;
        return Math.ScaleB((double)((value - ExactNumbers.One) >> 60), 60 - ExactNumbers.Bits);
    }

    /// <summary>ln(1 + x) in 200-bit fixed point, 1 + x exact there.</summary>
    private static double LogOnePlus(double x)
    {
        BigInteger value = ExactNumbers.LogFixed(ExactNumbers.One + ExactNumbers.Fixed(x));
        return Math.ScaleB((double)(value >> 60), 60 - ExactNumbers.Bits);
    }
}
