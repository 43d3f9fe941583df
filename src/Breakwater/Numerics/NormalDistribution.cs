namespace Breakwater.Numerics;

/// <summary>The standard normal law and the error functions that belong to it (METHODOLOGY 1.2, Numerics).</summary>
/// <remarks>NaN in gives NaN out for the distribution functions; the others guard.</remarks>
public static class NormalDistribution
{
    private const double SqrtTwo = 1.4142135623730951;
    private const double SqrtTwoOverPi = 0.7978845608028654;
    private const double CentreProbability = 0.34; // |p − ½| below it means |x| < 1: Φ(1) − ½ = 0.3413
    private const double PolishMin = 1e-290; // Φ and φ are normal doubles there with all their bits
    private const double ScaledErfcMin = -26.6; // 2·exp(x²) overflows below −26.62

    /// <summary>Φ(x), the probability of a standard normal variable not above x.</summary>
    /// <param name="x">Any double; −∞ gives 0, +∞ gives 1.</param>
    /// <returns>In [0, 1].</returns>
    /// <remarks>Relative error below 5e-16 down to x = −37, below 2 units in the last place for |x| &lt; 1;
    /// further down the value is subnormal and right to one unit in its last place.</remarks>
    public static double Cdf(double x) => NormalKernel<ScalarLanes, double>.Cdf(x);

    /// <summary>φ(x) = exp(−x²/2)/√(2π).</summary>
    /// <param name="x">Any double; ±∞ gives 0.</param>
    /// <remarks>Error below 0.75 ulp where the result is normal; x²/2 is carried in two doubles.</remarks>
    public static double Density(double x) => NormalKernel<ScalarLanes, double>.Density(x);

    /// <summary>x with Φ(x) = p.</summary>
    /// <param name="p">Probability, in (0, 1).</param>
    /// <remarks>Relative error below 1e-15 for p ≥ 1e-300, also around ½, where the result is p − ½ times √(2π).
    /// Start: Wichura (1988), AS 241, Applied Statistics 37, 477–484; then one Newton step.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">p is NaN or not strictly between 0 and 1.</exception>
    public static double InverseCdf(double p)
    {
        Require.StrictlyBetween(p, 0.0, 1.0);
        double fromHalf = Math.Abs(p - 0.5);
        double tail = p < 0.5 ? p : 1.0 - p;
        double start = NormalQuantileStart.Magnitude(fromHalf, tail);
        double magnitude = Polished(start, fromHalf, tail);
        return p < 0.5 ? -magnitude : magnitude;
    }

    /// <summary>One Newton step on Φ(x) − ½ in the centre and on 1 − Φ(x) in the tail: neither cancels.</summary>
    /// <param name="start">Approximate quantile, standard deviations.</param>
    /// <param name="fromHalf">Φ(x) − ½ to be reached, a probability.</param>
    /// <param name="tail">1 − Φ(x) to be reached, a probability.</param>
    private static double Polished(double start, double fromHalf, double tail)
    {
        if (tail < PolishMin) return start;
        double excess = fromHalf < CentreProbability
            ? fromHalf - (start * NormalKernel<ScalarLanes, double>.CentreSlope(start * start))
            : Cdf(-start) - tail;
        return start + (excess / Density(start));
    }

    /// <summary>erfc(x) = 2/√π·∫ₓ^∞ exp(−t²) dt.</summary>
    /// <param name="x">Finite.</param>
    /// <returns>In [0, 2]; zero above 27.3.</returns>
    /// <remarks>Relative error below 1e-15 where the result is normal.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">x is NaN or infinite.</exception>
    public static double Erfc(double x)
    {
        Require.Finite(x);
        double scaled = x * SqrtTwo;
        if (Math.Abs(scaled) < 1.0)
        {
            double slope = NormalKernel<ScalarLanes, double>.CentreSlope(2.0 * x * x);
            return Math.FusedMultiplyAdd(-2.0 * scaled, slope, 1.0);
        }

        double magnitude = Math.Min(Math.Abs(x), 28.0); // erfc(28) is zero
        double square = magnitude * magnitude;
        double squareLow = Math.FusedMultiplyAdd(magnitude, magnitude, -square);
        double y = ExponentialKernel<ScalarLanes, double>.Reduced(-square, -squareLow, out double exponent);
        double upper = ExponentialKernel<ScalarLanes, double>.Scaled(y * ScaledErfc(magnitude), exponent);
        return x < 0.0 ? 2.0 - upper : upper;
    }

    /// <summary>erfcx(x) = exp(x²)·erfc(x).</summary>
    /// <param name="x">Finite, ≥ −26.6 (below, the result leaves the range of double).</param>
    /// <remarks>Relative error below 1e-15 for x ≥ 0; for x &lt; 0 the error of the exponential of x² is
    /// added.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">x is NaN, infinite or below −26.6.</exception>
    public static double ScaledErfc(double x)
    {
        Require.InRange(x, ScaledErfcMin, double.MaxValue);
        double magnitude = Math.Abs(x);
        double upper = SqrtTwoOverPi * MillsRatio(Math.Min(magnitude, 1e308) * SqrtTwo);
        if (x >= 0.0) return upper;
        double square = x * x;
        double squareLow = Math.FusedMultiplyAdd(x, x, -square);
        double y = ExponentialKernel<ScalarLanes, double>.Reduced(square, squareLow, out double exponent);
        return (2.0 * ExponentialKernel<ScalarLanes, double>.Scaled(y, exponent)) - upper;
    }

    /// <summary>Mills' ratio M(x) = (1 − Φ(x))/φ(x).</summary>
    /// <param name="x">Finite, ≥ 0.</param>
    /// <remarks>Relative error below 5e-16.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">x is NaN, infinite or negative.</exception>
    public static double MillsRatio(double x)
    {
        Require.NonNegative(x);
        return NormalKernel<ScalarLanes, double>.MillsRatio(x);
    }
}
