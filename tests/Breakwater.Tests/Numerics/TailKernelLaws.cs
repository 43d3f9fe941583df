using Breakwater.Numerics;

namespace Breakwater.Tests.Numerics;

/// <summary>The parts of the tail against the accurate law of the same room.</summary>
public sealed class TailKernelLaws
{
    private const int PointCount = 20_000;

    // Two Horner schemes with positive coefficients, two divisions, and the exponential of the law itself.
    private const double RatioTolerance = 2.5e-15;

    // Rounding of the argument apart, 1.5 ulp.
    private const double ExponentialTolerance = 3.5e-16;

    [Fact]
    public void The_tail_is_that_of_the_normal_law()
    {
        foreach (double a in Points.Uniform(PointCount, 0.0, 8.0))
        {
            double ratio = TailKernel<ScalarLanes, double>.Numerator(a)
                / TailKernel<ScalarLanes, double>.Denominator(a);
            double mills = NormalKernel<ScalarLanes, double>.MillsRatio(a) / Math.Sqrt(2.0 * Math.PI);
            Assert.InRange(ratio / mills - 1.0, -RatioTolerance, RatioTolerance);
        }
    }

    [Fact]
    public void The_tail_at_zero_is_one_half() => Assert.Equal(
        0.5, TailKernel<ScalarLanes, double>.Numerator(0.0) / TailKernel<ScalarLanes, double>.Denominator(0.0));

    [Fact]
    public void The_tail_falls_out_to_a_hundred_deviations()
    {
        double before = 1.0;
        for (double a = 0.0; a <= 100.0; a += 0.01)
        {
            double ratio = TailKernel<ScalarLanes, double>.Numerator(a)
                / TailKernel<ScalarLanes, double>.Denominator(a);
            Assert.InRange(ratio, 1e-3, before);
            before = ratio;
        }
    }

    [Fact]
    public void The_exponential_is_that_of_the_library_of_the_house()
    {
        IEnumerable<double> wide = Points.Uniform(PointCount, -1_400.0, 1_400.0);
        foreach (double x in wide.Concat(Points.Uniform(PointCount, -3.0, 3.0)))
        {
            double expected = DeterministicMath.Exp(-0.5 * x);
            double error = TailKernel<ScalarLanes, double>.HalfExponential(x) / expected - 1.0;
            Assert.InRange(error, -ExponentialTolerance, ExponentialTolerance);
        }
    }

    [Fact]
    public void A_ratio_is_split_near_one_and_put_together_exactly()
    {
        double[] pairs = [.. Points.Doubles(PointCount, -150, 150).Select(Math.Abs)];
        for (int i = 0; i + 1 < pairs.Length; i++)
        {
            double k = ScalarLanes.SplitRatio(pairs[i], pairs[i + 1], out double scaled);
            Assert.Equal(Math.ScaleB(pairs[i + 1], (int)k), scaled);
            Assert.InRange(Math.Abs(Math.Log2(pairs[i] / scaled)), 0.0, 0.5862);
        }
    }
}
