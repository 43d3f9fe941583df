namespace Breakwater.Numerics;

/// <summary>
/// Elementary functions with the same bits on every platform: only + − × ÷ √, explicit fused multiply-add and
/// integer arithmetic on bit patterns (METHODOLOGY 0). NaN in gives NaN out; callers guard where a number enters.
/// </summary>
public static partial class DeterministicMath
{
    private const double Expm1LargeArgument = 40.0; // beyond, 1 is below a tenth of the last place of e^x
    private const double TanhSaturation = 20.0; // 1 − tanh 20 = 8.5e-18, below half the last place of 1
    private const double TwoTo53 = 9007199254740992.0;

    /// <summary>e^x.</summary>
    /// <param name="x">Any double; +∞ gives +∞, −∞ gives 0.</param>
    /// <returns>Above 709.78 +∞, below −745.13 zero; subnormal results included.</returns>
    /// <remarks>Error below 0.75 ulp where the result is normal, one ulp where subnormal
    /// (ElementaryAccuracyTests).</remarks>
    public static double Exp(double x) => ExponentialKernel<ScalarLanes, double>.Exp(x);

    /// <summary>ln x.</summary>
    /// <param name="x">Any double; zero gives −∞, negative numbers NaN, +∞ gives +∞; subnormals included.</param>
    /// <remarks>Error below 0.8 ulp (ElementaryAccuracyTests).</remarks>
    public static double Log(double x) => LogarithmKernel<ScalarLanes, double>.Log(x);

    /// <summary>e^x − 1 without cancellation near zero.</summary>
    /// <param name="x">Any double; +∞ gives +∞, −∞ gives −1.</param>
    /// <remarks>Error below 2 ulp.</remarks>
    public static double Expm1(double x)
    {
        if (!(Math.Abs(x) < Expm1LargeArgument)) return Exp(x) - 1.0;
        // e^x − 1 = 2^k·(e^r − 1) + (2^k − 1), with one rounding at the end.
        double r = ExponentialKernel<ScalarLanes, double>.Remainder(x, 0.0, out double rLow, out double k);
        double square = r * r;
        double polynomial = ExponentialKernel<ScalarLanes, double>.Polynomial(r, square);
        double minusOne = r + Math.FusedMultiplyAdd(square, polynomial, rLow);
        double power = ScalarLanes.PowerOfTwo(k + LaneBits.RoundingShift);
        return Math.FusedMultiplyAdd(power, minusOne, power - 1.0);
    }

    /// <summary>ln(1 + x) without cancellation near zero.</summary>
    /// <param name="x">Any double ≥ −1; −1 gives −∞, below NaN, +∞ gives +∞.</param>
    /// <remarks>Error below 2 ulp. The rounding error of 1 + x is put back as error/(1 + x), to first order.</remarks>
    public static double Log1p(double x)
    {
        if (!(x < TwoTo53)) return Log(x);
        double sum = 1.0 + x;
        if (!(sum > 0.0)) return Log(sum);
        double lost = x > 1.0 ? 1.0 - (sum - x) : x - (sum - 1.0); // exact: Dekker (1971), larger operand first
        return Log(sum) + (lost / sum);
    }

    /// <summary>x^y.</summary>
    /// <param name="x">Base; finite, &gt; 0.</param>
    /// <param name="y">Exponent; finite.</param>
    /// <returns>+∞ and 0 where the result is beyond the range of double.</returns>
    /// <remarks>Relative error below 2e-16 + 1e-18·|y ln x|: the logarithm is carried in two doubles.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">x not finite and positive, or y not finite.</exception>
    public static double Pow(double x, double y)
    {
        Require.Positive(x);
        Require.Finite(y);
        double high = LogExtended(x, out double low);
        double product = y * high;
        double clamped = ExponentialKernel<ScalarLanes, double>.Clamped(product);
        // Where clamped, only overflow or underflow is left and the low part does not matter.
        double productLow = clamped == product ? Math.FusedMultiplyAdd(y, high, -product) + (y * low) : 0.0;
        double power = ExponentialKernel<ScalarLanes, double>.Reduced(clamped, productLow, out double exponent);
        return ExponentialKernel<ScalarLanes, double>.Scaled(power, exponent);
    }

    /// <summary>Hyperbolic tangent.</summary>
    /// <param name="x">Any double; ±∞ gives ±1.</param>
    /// <remarks>Error below 3 ulp; odd in x to the bit.</remarks>
    public static double Tanh(double x)
    {
        double magnitude = Math.Abs(x);
        if (magnitude > TanhSaturation) return Math.CopySign(1.0, x);
        double e = Expm1(2.0 * magnitude);
        return Math.CopySign(e / (e + 2.0), x);
    }

    /// <summary>Inverse hyperbolic tangent.</summary>
    /// <param name="x">In [−1, 1]; ±1 gives ±∞, outside NaN.</param>
    /// <remarks>Error below 3 ulp; odd in x to the bit.</remarks>
    public static double Atanh(double x)
    {
        double magnitude = Math.Abs(x);
        if (magnitude > 1.0) return double.NaN;
        if (magnitude < 0.5)
        {
            double twice = 2.0 * magnitude;
            return Math.CopySign(0.5 * Log1p(twice + (twice * magnitude / (1.0 - magnitude))), x);
        }

        return Math.CopySign(0.5 * Log1p(2.0 * magnitude / (1.0 - magnitude)), x);
    }

    /// <summary>ln x = returned + low to about 60 bits, x finite and positive.</summary>
    /// <param name="x">Argument, dimensionless; finite and &gt; 0.</param>
    /// <param name="low">Receives the trailing part of ln x, dimensionless.</param>
    private static double LogExtended(double x, out double low)
    {
        const double ln2High = 0.6931471803691238; // the first 32 bits of ln 2: k·ln2High is exact
        const double ln2Low = 1.9082149292705877e-10; // ln 2 − ln2High
        const double twoTo54 = 18014398509481984.0;
        bool subnormal = x < 2.2250738585072014e-308;
        double k = ScalarLanes.SplitExponent(subnormal ? x * twoTo54 : x, out double mantissa);
        if (subnormal) k -= 54.0;
        double f = mantissa - 1.0;
        double denominator = 2.0 + f;
        double s = f / denominator;
        double residual = Math.FusedMultiplyAdd(-s, denominator, f) - (s * (f - (denominator - 2.0)));
        double sLow = residual / denominator;
        double cubic = s * (s * s) * LogarithmKernel<ScalarLanes, double>.Series(s * s);
        // k·ln2High + 2s, then the cubic term, each with its rounding error kept (two-sum, Knuth).
        double first = TwoSum(k * ln2High, 2.0 * s, out double lostFirst);
        double second = TwoSum(first, cubic, out double lostSecond);
        double rest = Math.FusedMultiplyAdd(k, ln2Low, 2.0 * sLow) + (lostFirst + lostSecond);
        double high = second + rest;
        low = second - high + rest;
        return high;
    }

    private static double TwoSum(double a, double b, out double lost)
    {
        double sum = a + b;
        double part = sum - a;
        lost = a - (sum - part) + (b - part);
        return sum;
    }
}
