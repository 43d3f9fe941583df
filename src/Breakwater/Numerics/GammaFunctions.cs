namespace Breakwater.Numerics;

/// <summary>The gamma function in logarithms, and the regularised incomplete beta function.</summary>
/// <remarks>Sources: NIST Digital Library of Mathematical Functions, 5.11.1 (Stirling's series), 8.17.22 (continued
/// fraction of the incomplete beta function); Lentz (1976), Applied Optics 15, 668, for its evaluation.</remarks>
public static class GammaFunctions
{
    private const double StirlingMin = 10.0; // seven terms of the series leave 3e-17 from there
    private const double HalfLnTwoPi = 0.9189385332046728;
    private const double FractionPrecision = 1e-16;
    private const int FractionTermsMax = 100_000; // of order √(a + b) are needed
    private const double Tiny = 1e-300; // keeps Lentz's quotients from zero

    /// <summary>ln Γ(x).</summary>
    /// <param name="x">Finite, &gt; 0.</param>
    /// <remarks>Error below 1e-14 + 1e-15·|ln Γ(x)| (GammaFunctionsTests).</remarks>
    /// <exception cref="ArgumentOutOfRangeException">x not finite and positive.</exception>
    public static double LogGamma(double x)
    {
        Require.Positive(x);
        double shifted = x;
        double product = 1.0;
        for (; shifted < StirlingMin; shifted += 1.0) product *= shifted;
        double logProduct = product == 1.0 ? 0.0 : DeterministicMath.Log(product);
        double leading = ((shifted - 0.5) * DeterministicMath.Log(shifted)) - shifted + HalfLnTwoPi;
        return leading + StirlingTail(shifted) - logProduct;
    }

    /// <summary>ln Γ(x + shift) − ln Γ(x) without the cancellation of the difference.</summary>
    /// <param name="x">Finite, &gt; 0.</param>
    /// <param name="shift">Finite, ≥ 0.</param>
    /// <remarks>Error about 1e-15·(1 + |result|), also for large x.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">x not finite and positive, or shift negative.</exception>
    public static double LogGammaRatio(double x, double shift)
    {
        Require.Positive(x);
        Require.NonNegative(shift);
        double low = x;
        double ratio = 1.0;
        for (; low < StirlingMin; low += 1.0) ratio *= low / (low + shift);
        double high = low + shift;
        // (h − ½) ln h − (l − ½) ln l − (h − l), with ln h = ln l + ln(1 + shift/l).
        double growth = (high - 0.5) * DeterministicMath.Log1p(shift / low);
        double level = shift * DeterministicMath.Log(low);
        return level + (growth - shift + (StirlingTail(high) - StirlingTail(low))) + DeterministicMath.Log(ratio);
    }

    /// <summary>I_x(a, b), the distribution function of the beta law.</summary>
    /// <param name="a">First shape, finite, &gt; 0.</param>
    /// <param name="b">Second shape, finite, &gt; 0.</param>
    /// <param name="x">In [0, 1].</param>
    /// <returns>In [0, 1].</returns>
    /// <remarks>Relative error of I or of 1 − I, whichever is the smaller part: about 1e-14·(1 + |ln I|) for shapes up
    /// to 1e4.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A shape not finite and positive, or x outside [0, 1].</exception>
    public static double RegularizedIncompleteBeta(double a, double b, double x)
    {
        Require.InRange(x, 0.0, 1.0);
        return IncompleteBeta(a, b, x, 1.0 - x);
    }

    /// <summary>I_x(a, b) with y = 1 − x given by the caller, who knows it to full precision.</summary>
    /// <param name="a">First shape, dimensionless; &gt; 0.</param>
    /// <param name="b">Second shape, dimensionless; &gt; 0.</param>
    /// <param name="x">Upper limit of the integral, dimensionless; ≤ 0 gives 0.</param>
    /// <param name="y">1 − x, dimensionless; ≤ 0 gives 1.</param>
    internal static double IncompleteBeta(double a, double b, double x, double y)
    {
        Require.Positive(a);
        Require.Positive(b);
        if (x <= 0.0 || y <= 0.0) return x <= 0.0 ? 0.0 : 1.0;
        return IsLowerFractionFast(a, b, x) ? LowerBeta(a, b, x, y) : 1.0 - LowerBeta(b, a, y, x);
    }

    /// <summary>Whether the continued fraction of I_x(a, b) itself converges fast: x &lt; (a + 1)/(a + b +
    /// 2).</summary>
    /// <param name="a">First shape, dimensionless; &gt; 0.</param>
    /// <param name="b">Second shape, dimensionless; &gt; 0.</param>
    /// <param name="x">Upper limit of the integral, dimensionless; in [0, 1].</param>
    internal static bool IsLowerFractionFast(double a, double b, double x) => x * (a + b + 2.0) < a + 1.0;

    /// <summary>I_x(a, b) by its continued fraction, all of whose accuracy is relative.</summary>
    /// <param name="a">First shape, dimensionless; &gt; 0.</param>
    /// <param name="b">Second shape, dimensionless; &gt; 0.</param>
    /// <param name="x">Upper limit of the integral, dimensionless; in (0, 1).</param>
    /// <param name="y">1 − x to full precision, dimensionless; in (0, 1).</param>
    internal static double LowerBeta(double a, double b, double x, double y)
    {
        // 1/B(a, b) = Γ(a + b)/(Γ(a)·Γ(b)), the ratio taken at the larger shape.
        double logInverseBeta = a >= b
            ? LogGammaRatio(a, b) - LogGamma(b)
            : LogGammaRatio(b, a) - LogGamma(a);
        double logX = x < 0.5 ? DeterministicMath.Log(x) : DeterministicMath.Log1p(-y);
        double logY = y < 0.5 ? DeterministicMath.Log(y) : DeterministicMath.Log1p(-x);
        return DeterministicMath.Exp(logInverseBeta + (a * logX) + (b * logY)) / (a * BetaFraction(a, b, x));
    }

    /// <summary>1 + d₁/(1 + d₂/(1 + …)) of DLMF 8.17.22, by the modified Lentz method.</summary>
    /// <param name="a">First shape, dimensionless; &gt; 0.</param>
    /// <param name="b">Second shape, dimensionless; &gt; 0.</param>
    /// <param name="x">Upper limit of the integral, dimensionless; in (0, 1).</param>
    private static double BetaFraction(double a, double b, double x)
    {
        double value = 1.0;
        double c = 1.0;
        double d = 0.0;
        for (int term = 1; term <= FractionTermsMax; term++)
        {
            int m = term / 2;
            double coefficient = term % 2 == 0
                ? m * (b - m) * x / ((a + (2.0 * m) - 1.0) * (a + (2.0 * m)))
                : -(a + m) * (a + b + m) * x / ((a + (2.0 * m)) * (a + (2.0 * m) + 1.0));
            d = 1.0 / NonZero(1.0 + (coefficient * d));
            c = NonZero(1.0 + (coefficient / c));
            double factor = c * d;
            value *= factor;
            if (Math.Abs(factor - 1.0) <= FractionPrecision) return value;
        }

        throw new InvalidOperationException($"incomplete beta fraction of shapes {a:R}, {b:R} did not converge");
    }

    private static double NonZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;

    /// <summary>Stirling's series Σ B₂ₖ/(2k(2k−1)x^(2k−1)), seven terms, x ≥ 10.</summary>
    /// <param name="x">Argument of ln Γ, dimensionless; ≥ 10.</param>
    private static double StirlingTail(double x)
    {
        double inverse = 1.0 / x;
        double z = inverse * inverse;
        double sum = 1.0 / 156.0;
        sum = Math.FusedMultiplyAdd(sum, z, -691.0 / 360360.0);
        sum = Math.FusedMultiplyAdd(sum, z, 1.0 / 1188.0);
        sum = Math.FusedMultiplyAdd(sum, z, -1.0 / 1680.0);
        sum = Math.FusedMultiplyAdd(sum, z, 1.0 / 1260.0);
        sum = Math.FusedMultiplyAdd(sum, z, -1.0 / 360.0);
        sum = Math.FusedMultiplyAdd(sum, z, 1.0 / 12.0);
        return sum * inverse;
    }
}
