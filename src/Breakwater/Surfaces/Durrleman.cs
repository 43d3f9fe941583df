using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Breakwater.Numerics;

namespace Breakwater.Surfaces;

/// <summary>Durrleman's function g: a slice is free of butterfly arbitrage where g ≥ 0 and its wings are below
/// 2.</summary>
/// <remarks>
/// g_c(k) = (1 − kw'/2w)² − (w'²/4)(1/w + c²/4) + w''/2. With c = 1 it is the condition itself; g_c(k) ≥ 0 says that
/// the
/// slice moved to level c, c²·w(k/c), has g ≥ 0 at c·k. Sources: Gatheral and Jacquier (2014), eq. 2.1 and lemma 2.2;
/// METHODOLOGY 2.2. A minimum is looked for on k = M + Sigma·(t − 1/t)/2, where root (k − M)² + Sigma² is rational in t
/// and every feature of a slice is as wide as the next, then refined on the analytic derivative.
/// </remarks>
public static class Durrleman
{
    // Quarter octaves of t: neighbours are 17 % of Sigma apart at the base, the last point is 2,048 Sigma away.
    private const double StepRatio = 1.1892071150027210667; // 2^(1/4)
    private const int StepsPerSide = 48;
    private const int PointCount = 2 * StepsPerSide; // The innermost points lie half a step from t = 1.
    private const int RefinementsMax = 80; // Halvings that take any bracket of doubles to neighbouring numbers.

    private static readonly ImmutableArray<double> Sinh = Table(t => 0.5 * (t - 1.0 / t));
    private static readonly ImmutableArray<double> Cosh = Table(t => 0.5 * (t + 1.0 / t));
    private static readonly ImmutableArray<double> Secant = Table(t => 2.0 / (t + 1.0 / t)); // 1/cosh

    /// <summary>g at one log-moneyness.</summary>
    /// <param name="slice">The slice; its total variance at <paramref name="k"/> must be positive.</param>
    /// <param name="k">Log-moneyness; finite.</param>
    /// <param name="level">The factor c; 1 for the slice as it is.</param>
    public static double G(in SviParameters slice, double k, double level = 1.0) =>
        G(slice.TotalVariance(k), slice.Slope(k), slice.Curvature(k), k, level);

    /// <summary>g from total variance and its derivatives.</summary>
    /// <param name="variance">w; &gt; 0.</param>
    /// <param name="slope">w'.</param>
    /// <param name="curvature">w''.</param>
    /// <param name="k">Log-moneyness.</param>
    /// <param name="level">The factor c; 1 for the slice as it is.</param>
    public static double G(double variance, double slope, double curvature, double k, double level = 1.0)
    {
        double relative = slope / variance;
        double straight = 1.0 - 0.5 * k * relative;
        return straight * straight - 0.25 * slope * relative - 0.0625 * level * level * slope * slope
            + 0.5 * curvature;
    }

    /// <summary>Derivative of g in k.</summary>
    /// <param name="slice">The slice; its total variance at <paramref name="k"/> must be positive.</param>
    /// <param name="k">Log-moneyness; finite.</param>
    /// <param name="level">The factor c; 1 for the slice as it is.</param>
    public static double Slope(in SviParameters slice, double k, double level = 1.0)
    {
        double x = k - slice.M;
        double square = x * x + slice.Sigma * slice.Sigma;
        double w = slice.TotalVariance(k);
        double w1 = slice.Slope(k);
        double w2 = slice.Curvature(k);
        double w3 = square > 0.0 ? -3.0 * x * w2 / square : 0.0;
        double u = w1 / w;
        double u1 = w2 / w - u * u;
        return -(1.0 - 0.5 * k * u) * (u + k * u1) - 0.25 * (w2 * u + w1 * u1)
            - 0.125 * level * level * w1 * w2 + 0.5 * w3;
    }

    /// <summary>Least g over the whole axis, and where.</summary>
    /// <param name="slice">The slice; its least total variance must be positive.</param>
    /// <param name="level">The factor c; 1 for the slice as it is.</param>
    /// <returns>The minimum up to 2,000 Sigma from M (beyond, g is at its limit) and its log-moneyness.</returns>
    public static (double Value, double K) Minimum(in SviParameters slice, double level = 1.0)
    {
        double reach = Sinh[PointCount - 1] * slice.Sigma;
        return Minimum(slice, slice.M - reach, slice.M + reach, level);
    }

    /// <summary>Least g on an interval of log-moneyness, and where; the argument to about 1e-12.</summary>
    /// <param name="slice">The slice; its least total variance must be positive.</param>
    /// <param name="low">Lower end of the interval.</param>
    /// <param name="high">Upper end of the interval; above <paramref name="low"/>.</param>
    /// <param name="level">The factor c; 1 for the slice as it is.</param>
    public static (double Value, double K) Minimum(in SviParameters slice, double low, double high, double level)
    {
        Require.Positive(high - low);
        Require.Positive(slice.MinimumVariance);
        (double Value, double K) best = (G(slice, low, level), low);
        best = Lower(best, slice, high, level);
        double before = low;
        for (int i = 0; i < PointCount; i++)
        {
            double at = slice.M + slice.Sigma * Sinh[i];
            if (at <= low) continue;
            double end = Math.Min(at, high);
            best = Lower(best, slice, end, level);
            best = Lower(best, slice, StationaryPoint(slice, before, end, level, RefinementsMax), level);
            before = end;
            if (at >= high) break;
        }

        return best;
    }

    /// <summary>Whether a slice is free of butterfly arbitrage at every strike.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="level">The factor c; 1 for the slice as it is.</param>
    /// <remarks>
    /// 96 points at once in vectors, each lane plain IEEE arithmetic, so every vector width agrees; between points only
    /// where g is small enough to dip below zero there. Some 50 ns; nothing is allocated.
    /// </remarks>
    public static bool IsButterflyFree(in SviParameters slice, double level = 1.0)
    {
        bool hasDomain = slice.Sigma > 0.0 && slice.B >= 0.0 && slice.MinimumVariance > 0.0;
        if (!hasDomain || !(level * slice.SteeperWing < WingLimit)) return false;
        Span<Vector512<double>> values = stackalloc Vector512<double>[PointCount / LaneCount];
        double least = Tabulate(slice, level, values);
        if (least < 0.0) return false;
        return least > DipMaximum || !HasDip(slice, level, MemoryMarshal.Cast<Vector512<double>, double>(values));
    }

    /// <summary>Slope of a wing at and above which some price has no finite moment (Lee, 2004; METHODOLOGY 2.2).
    /// </summary>
    public const double WingLimit = 2.0;

    // Between neighbours of the table g dips at most so far below both: 0.0061 was the deepest of 122,419 random slices
    // whose least g lay within [-0.3, 0.1]; law: DurrlemanLaws.The_table_never_misses_a_dip.
    private const double DipMaximum = 0.01;
    private const int LaneCount = 8;
    private const int DipRefinements = 30; // Halvings of a bracket: g is then within 1e-15 of its least.

    private static double Tabulate(in SviParameters slice, double level, Span<Vector512<double>> values)
    {
        ReadOnlySpan<Vector512<double>> sinh = MemoryMarshal.Cast<double, Vector512<double>>(Sinh.AsSpan());
        ReadOnlySpan<Vector512<double>> cosh = MemoryMarshal.Cast<double, Vector512<double>>(Cosh.AsSpan());
        ReadOnlySpan<Vector512<double>> secant = MemoryMarshal.Cast<double, Vector512<double>>(Secant.AsSpan());
        Vector512<double> one = Vector512<double>.One;
        Vector512<double> rho = Vector512.Create(slice.Rho);
        Vector512<double> sigma = Vector512.Create(slice.Sigma);
        Vector512<double> a = Vector512.Create(slice.A);
        Vector512<double> m = Vector512.Create(slice.M);
        Vector512<double> bSigma = Vector512.Create(slice.B * slice.Sigma);
        double halfBOverSigma = 0.5 * slice.B / slice.Sigma;
        double quarticWeight = 0.0625 * level * level;
        Vector512<double> least = Vector512.Create(double.MaxValue);
        for (int i = 0; i < values.Length; i++)
        {
            Vector512<double> k = m + sigma * sinh[i];
            Vector512<double> w = a + bSigma * (rho * sinh[i] + cosh[i]);
            Vector512<double> w1 = slice.B * (rho + sinh[i] * secant[i]);
            Vector512<double> halfCurvature = halfBOverSigma * (secant[i] * secant[i] * secant[i]);
            Vector512<double> relative = w1 / w;
            Vector512<double> straight = one - 0.5 * (k * relative);
            values[i] = straight * straight - 0.25 * (w1 * relative) - quarticWeight * (w1 * w1) + halfCurvature;
            least = Vector512.Min(least, values[i]);
        }

        double value = least[0];
        for (int lane = 1; lane < LaneCount; lane++) value = Math.Min(value, least[lane]);
        return value;
    }

    private static bool HasDip(in SviParameters slice, double level, ReadOnlySpan<double> values)
    {
        for (int i = 1; i < values.Length; i++)
        {
            if (Math.Min(values[i - 1], values[i]) > DipMaximum) continue;
            double low = slice.M + slice.Sigma * Sinh[i - 1];
            double high = slice.M + slice.Sigma * Sinh[i];
            double at = StationaryPoint(slice, low, high, level, DipRefinements);
            if (G(slice, at, level) < 0.0) return true;
        }

        return false;
    }

    private static (double Value, double K) Lower(
        (double Value, double K) best, in SviParameters slice, double k, double level)
    {
        double value = G(slice, k, level);
        return value < best.Value ? (value, k) : best;
    }

    // Root of the derivative by bisection where it rises through zero between the ends; else the nearer end.
    private static double StationaryPoint(
        in SviParameters slice, double low, double high, double level, int refinements)
    {
        if (!(Slope(slice, low, level) < 0.0 && Slope(slice, high, level) > 0.0)) return high;
        for (int i = 0; i < refinements; i++)
        {
            double middle = 0.5 * (low + high);
            if (Slope(slice, middle, level) < 0.0) low = middle;
            else high = middle;
        }

        return 0.5 * (low + high);
    }

    private static ImmutableArray<double> Table(Func<double, double> ofT)
    {
        double[] values = new double[PointCount];
        double t = Math.Sqrt(StepRatio);
        for (int i = 0; i < StepsPerSide; i++)
        {
            values[StepsPerSide + i] = ofT(t);
            values[StepsPerSide - 1 - i] = ofT(1.0 / t);
            t *= StepRatio;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }
}
