using Breakwater.Numerics;

namespace Breakwater.Surfaces;

/// <summary>Total implied variance w̄ of a surface at any strike and expiry (METHODOLOGY 2.2, 2.3).</summary>
/// <remarks>
/// At a listed expiry w̄(k, T_i) is the maximum over the slices up to it, between expiries linear in T at fixed k,
/// before the first proportional to T, after the last rising at the last forward variance at k = 0, at least a quarter
/// of the growth of a flat volatility. So it never falls in T at any k. Nothing is allocated.
/// Cost: one square root a slice up to the next expiry; 30–60 ns for twelve slices.
/// </remarks>
public static class SurfaceEvaluation
{
    private const double FlatGrowthFloorFraction = 0.25; // METHODOLOGY 2.3

    /// <summary>Total variance of a surface.</summary>
    /// <param name="surface">The surface.</param>
    /// <param name="k">Log-moneyness ln(K/F_T); finite.</param>
    /// <param name="expiryYears">Time to expiry, years; ≥ 0. At 0 the variance is 0.</param>
    public static double TotalVariance(VolatilitySurface surface, double k, double expiryYears) =>
        TotalVariance(surface.Svi.AsSpan(), surface.SliceYears.AsSpan(), k, expiryYears);

    /// <summary>Total variance of slices, such as shocked ones.</summary>
    /// <param name="slices">[slice] parameters, in order of expiry; at least one; not modified.</param>
    /// <param name="sliceYears">[slice] time to expiry, years; &gt; 0, strictly rising; not modified.</param>
    /// <param name="k">Log-moneyness ln(K/F_T); finite.</param>
    /// <param name="expiryYears">Time to expiry, years; ≥ 0. At 0 the variance is 0.</param>
    public static double TotalVariance(
        ReadOnlySpan<SviParameters> slices, ReadOnlySpan<double> sliceYears, double k, double expiryYears)
    {
        if (slices.Length == 0 || sliceYears.Length != slices.Length || !(expiryYears >= 0.0) || !double.IsFinite(k))
        {
            ThrowOutsideDomain(slices.Length, sliceYears.Length, k, expiryYears);
        }

        double running = 0.0;
        int next = 0;
        while (next < slices.Length && sliceYears[next] <= expiryYears)
        {
            running = Math.Max(running, slices[next].TotalVariance(k));
            next++;
        }

        double following = next == slices.Length ? running : Math.Max(running, slices[next].TotalVariance(k));
        return Between(slices, sliceYears, next, running, following, expiryYears);
    }

    /// <summary>Total variances at one strike and two expiries, in one pass over the slices.</summary>
    /// <param name="slices">[slice] parameters, in order of expiry; at least one; not modified.</param>
    /// <param name="sliceYears">[slice] time to expiry, years; &gt; 0, strictly rising; not modified.</param>
    /// <param name="k">Log-moneyness ln(K/F_T) at both; finite.</param>
    /// <param name="earlierYears">Time to the earlier expiry, years; ≥ 0.</param>
    /// <param name="laterYears">Time to the later expiry, years; not before the earlier one.</param>
    /// <returns>The bits of
    /// <see cref="TotalVariance(ReadOnlySpan{SviParameters}, ReadOnlySpan{double}, double, double)"/>
    /// at either expiry.</returns>
    public static (double Earlier, double Later) TotalVariances(
        ReadOnlySpan<SviParameters> slices,
        ReadOnlySpan<double> sliceYears,
        double k,
        double earlierYears,
        double laterYears)
    {
        if (slices.Length == 0 || sliceYears.Length != slices.Length || !double.IsFinite(k)
            || !(earlierYears >= 0.0) || !(laterYears >= earlierYears))
        {
            ThrowOutsideDomain(slices.Length, sliceYears.Length, k, earlierYears);
            Require.NonNegative(laterYears - earlierYears);
        }

        double running = 0.0;
        double earlier = -1.0;
        for (int next = 0; ; next++)
        {
            double following = next == slices.Length ? running : Math.Max(running, slices[next].TotalVariance(k));
            if (earlier < 0.0 && IsAhead(sliceYears, next, earlierYears))
            {
                earlier = Between(slices, sliceYears, next, running, following, earlierYears);
            }

            if (IsAhead(sliceYears, next, laterYears))
            {
                return (earlier, Between(slices, sliceYears, next, running, following, laterYears));
            }

            running = following;
        }
    }

    /// <summary>Annualised log-normal volatility of a surface, per √year.</summary>
    /// <param name="surface">The surface.</param>
    /// <param name="k">Log-moneyness ln(K/F_T); finite.</param>
    /// <param name="expiryYears">Time to expiry, years; &gt; 0.</param>
    public static double VolatilityAnnual(VolatilitySurface surface, double k, double expiryYears)
    {
        Require.Positive(expiryYears);
        return Math.Sqrt(TotalVariance(surface, k, expiryYears) / expiryYears);
    }

    private static bool IsAhead(ReadOnlySpan<double> sliceYears, int next, double expiryYears) =>
        next == sliceYears.Length || sliceYears[next] > expiryYears;

    // Between the running maximum before a slice and that with it; behind the last slice, which `next` then passes.
    private static double Between(
        ReadOnlySpan<SviParameters> slices,
        ReadOnlySpan<double> sliceYears,
        int next,
        double running,
        double following,
        double expiryYears)
    {
        if (next == slices.Length)
        {
            return expiryYears == sliceYears[next - 1] ? running : running + Growth(slices, sliceYears, expiryYears);
        }

        double previousYears = next > 0 ? sliceYears[next - 1] : 0.0;
        double share = (expiryYears - previousYears) / (sliceYears[next] - previousYears);
        return running + share * (following - running);
    }

    private static double Growth(
        ReadOnlySpan<SviParameters> slices, ReadOnlySpan<double> sliceYears, double expiryYears)
    {
        int last = slices.Length - 1;
        double before = 0.0;
        for (int i = 0; i < last; i++)
        {
            before = Math.Max(before, slices[i].TotalVariance(0.0));
        }

        double atm = Math.Max(before, slices[last].TotalVariance(0.0));
        double flatRate = atm / sliceYears[last];
        double rate = last == 0
            ? flatRate
            : Math.Max((atm - before) / (sliceYears[last] - sliceYears[last - 1]), FlatGrowthFloorFraction * flatRate);
        return rate * (expiryYears - sliceYears[last]);
    }

    private static void ThrowOutsideDomain(int sliceCount, int yearCount, double k, double expiryYears)
    {
        if (sliceCount == 0) throw new ArgumentException("a surface needs at least one slice");
        Require.Count(yearCount, sliceCount);
        Require.Finite(k);
        Require.NonNegative(expiryYears);
    }
}
