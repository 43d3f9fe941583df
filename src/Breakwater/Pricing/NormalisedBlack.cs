using System.Runtime.CompilerServices;
using Breakwater.Numerics;

namespace Breakwater.Pricing;

/// <summary>
/// The out-of-the-money Black value as a fraction of the smaller of forward and strike, without cancellation.
/// With x = −|ln(F/K)| ≤ 0, s the total standard deviation, h = x/s, t = s/2 and M Mills' ratio (1 − Φ)/φ, the
/// fraction is φ(h + t)·D, D = M(−h − t) − M(−h + t). Accuracy: relative 4e-15 + 1e-16·h² for h ≥ −38.
/// </summary>
/// <remarks>
/// The form is that of Jäckel (2015), "Let's be rational", Wilmott 75, 40–53, section 6, in Mills' ratios. Where D is
/// a difference of near equals it is summed as a Taylor series in t, whose derivatives obey a three-term recursion.
/// </remarks>
internal static class NormalisedBlack
{
    /// <summary>ln √(2π), rounded to double.</summary>
    internal const double LnSqrtTwoPi = 0.91893853320467274;

    private const double D1Min = -39.0; // φ(39) is below half the least subnormal
    private const double SeriesTimeNear = 0.5; // the series wins below it where h > NearLimit ...
    private const double SeriesTimeFar = 0.25; // ... and below this beyond: experiment against 40 digits, both ≤ 20 ulp
    private const double NearLimit = -3.0;
    private const double ForwardLimit = -8.0; // the forward recursion loses h² ulp; beyond, the backward one converges
    private const int BackwardOrder = 19; // first order dropped at h = −8, t = 0.25 is below 1e-17 of the sum
    private const double RatioMin = 1e-290; // a quotient above it is a normal double, so its logarithm is accurate
    private const double SeriesTolerance = 1e-17; // a term below this share of the sum cannot change its last bit

    /// <summary>x = −|ln(F/K)|, relative error of a few ulp also where forward and strike nearly agree.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double LogMoneyness(double forward, double strike)
    {
        double low = Math.Min(forward, strike);
        double high = Math.Max(forward, strike);
        // The difference is exact when the quotient is above one half (Sterbenz).
        if (low + low >= high) return DeterministicMath.Log1p((low - high) / high);
        double ratio = low / high;
        return ratio > RatioMin
            ? DeterministicMath.Log(ratio)
            : DeterministicMath.Log(low) - DeterministicMath.Log(high);
    }

    /// <summary>Value of the out-of-the-money option as a fraction of min(F, K), in [0, 1].</summary>
    /// <param name="x">−|ln(F/K)|, ≤ 0.</param>
    /// <param name="s">Total standard deviation σ√T, &gt; 0.</param>
    internal static double Fraction(double x, double s)
    {
        double h = x / s;
        double t = 0.5 * s;
        double d1 = h + t;
        if (!(d1 > D1Min)) return 0.0;
        double density = NormalDistribution.Density(d1);
        if (IsSeries(h, t)) return density * SeriesDifference(h, t);
        return d1 > 0.0
            ? 1.0 - density * (Mills(d1) + Mills(t - h))
            : density * (Mills(-d1) - Mills(t - h));
    }

    /// <summary>D: fraction ÷ φ(h + t), which stays a normal number where the fraction underflows.</summary>
    internal static double OverDensity(double h, double t)
    {
        if (IsSeries(h, t)) return SeriesDifference(h, t);
        double d1 = h + t;
        return d1 > 0.0
            ? 1.0 / NormalDistribution.Density(d1) - (Mills(d1) + Mills(t - h))
            : Mills(-d1) - Mills(t - h);
    }

    /// <summary>(1 − fraction) ÷ φ(h + t), for h + t ≥ 0: a sum of positive terms.</summary>
    internal static double ComplementOverDensity(double h, double t) => Mills(h + t) + Mills(t - h);

    /// <summary>Mills' ratio (1 − Φ(a))/φ(a), a ≥ 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Mills(double a) => NormalKernel<ScalarLanes, double>.MillsRatio(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsSeries(double h, double t) => t < (h > NearLimit ? SeriesTimeNear : SeriesTimeFar);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double SeriesDifference(double h, double t) =>
        h > ForwardLimit ? ForwardSeries(h, t) : BackwardSeries(h, t);

    /// <summary>D = 2·Σ I_n tⁿ/n! over odd n, I_0 = M(−h), I_1 = 1 + h·I_0, I_{n+1} = h·I_n + n·I_{n−1}.</summary>
    /// <remarks>I_n is the n-th derivative of Φ/φ at h: ∫ uⁿ exp(hu − u²/2) du, hence all terms are positive.</remarks>
    private static double ForwardSeries(double h, double t)
    {
        double square = t * t;
        double even = Mills(-h);
        double odd = Math.FusedMultiplyAdd(h, even, 1.0);
        double coefficient = t;
        double sum = t * odd;
        double n = 1.0;
        double term = sum;
        while (term > SeriesTolerance * sum)
        {
            even = Math.FusedMultiplyAdd(h, odd, n * even);
            odd = Math.FusedMultiplyAdd(h, even, (n + 1.0) * odd);
            coefficient *= square / ((n + 1.0) * (n + 2.0));
            term = coefficient * odd;
            sum += term;
            n += 2.0;
        }

        return 2.0 * sum;
    }

    /// <summary>
    /// The same sum with J_n = I_n/n! run downwards, J_{n−1} = (n + 1)·J_{n+1} − h·J_n: no cancellation.
    /// </summary>
    private static double BackwardSeries(double h, double t)
    {
        double square = t * t;
        double odd = 1e-200; // any start scales out; the recursion grows by at most |h|^19
        double even = 0.0;
        double sum = 0.0;
        for (int n = BackwardOrder; n > 0; n -= 2)
        {
            sum = Math.FusedMultiplyAdd(sum, square, odd);
            even = Math.FusedMultiplyAdd(-h, odd, (n + 1) * even);
            odd = Math.FusedMultiplyAdd(-h, even, n * odd);
        }

        // After the last pass `even` is J_0, whose true value is Mills' ratio.
        return 2.0 * t * sum * (Mills(-h) / even);
    }
}
