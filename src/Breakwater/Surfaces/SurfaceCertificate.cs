namespace Breakwater.Surfaces;

/// <summary>Checks that slices make a surface free of arbitrage (METHODOLOGY 2.2, 2.3).</summary>
/// <remarks>
/// Butterflies: the minimum of g over the whole axis, as the slice is and at the certified level. Calendars: order of
/// neighbouring slices on 401 points of |k| ≤ 10·√w(0) of either and on 301 points of |k| ≤ 3. Between slices: g of the
/// interpolated variance at the quarter points on the same k.
/// </remarks>
public static class SurfaceCertificate
{
    private const int WidePointCount = 401; // METHODOLOGY 2.2
    private const int FixedPointCount = 301; // METHODOLOGY 2.2
    private const double WideReach = 10.0; // METHODOLOGY 2.2, units of √w(0)
    private const double FixedReach = 3.0; // METHODOLOGY 2.2, log-moneyness
    private const double CalendarTolerance = 1e-13; // Relative: slices equal up to rounding are in order.

    /// <summary>Whether the certificate holds.</summary>
    /// <param name="slices">[slice] parameters, in order of expiry; not modified.</param>
    /// <param name="level">Level c to which slices must stay free of butterflies; ≥ 1.</param>
    public static bool Holds(ReadOnlySpan<SviParameters> slices, double level) => !Fails(slices, level, null);

    /// <summary>Whether the conditions of one slice hold: its butterflies, its order after the slice before it, and the
    /// butterflies between the two.</summary>
    /// <param name="slices">[slice] parameters, in order of expiry; not modified.</param>
    /// <param name="index">The slice, from 0.</param>
    /// <param name="certifiedLevel">Level c to which the slice must stay free of butterflies; ≥ 1.</param>
    public static bool Holds(ReadOnlySpan<SviParameters> slices, int index, double certifiedLevel) =>
        !FailsAt(slices, index, certifiedLevel, null, isBetweenSkipped: false);

    /// <summary>Adds the worst point of every violated condition.</summary>
    /// <param name="slices">[slice] parameters, in order of expiry; not modified.</param>
    /// <param name="level">Level c to which slices must stay free of butterflies; ≥ 1.</param>
    /// <param name="points">Receives (later slice, k) of every violation.</param>
    /// <returns>Whether there was a violation.</returns>
    internal static bool Collect(
        ReadOnlySpan<SviParameters> slices, double level, List<(int Slice, double K)> points) =>
        Fails(slices, level, points);

    private static bool Fails(ReadOnlySpan<SviParameters> slices, double level, List<(int Slice, double K)>? points)
    {
        bool hasFailed = false;
        for (int i = 0; i < slices.Length; i++)
        {
            hasFailed |= FailsAt(slices, i, level, points, hasFailed);
            if (hasFailed && points is null) return true;
        }

        return hasFailed;
    }

    // Between slices of which one has failed already, nothing new is to be learnt.
    private static bool FailsAt(
        ReadOnlySpan<SviParameters> slices,
        int index,
        double level,
        List<(int Slice, double K)>? points,
        bool isBetweenSkipped)
    {
        bool hasFailed = HasButterfly(slices[index], level, index, points);
        if (index == 0) return hasFailed;
        hasFailed |= HasDisorder(slices[index - 1], slices[index], index, points);
        if (hasFailed || isBetweenSkipped) return hasFailed;
        return HasButterflyBetween(slices[index - 1], slices[index], index, points);
    }

    private static bool HasButterfly(
        in SviParameters slice, double level, int index, List<(int Slice, double K)>? points)
    {
        if (Durrleman.IsButterflyFree(slice, level) && Durrleman.IsButterflyFree(slice)) return false;
        if (points is not null && slice.MinimumVariance > 0.0 && slice.Sigma > 0.0)
        {
            points.Add((index, Durrleman.Minimum(slice, level).K));
            points.Add((index, Durrleman.Minimum(slice).K));
        }

        return true;
    }

    private static bool HasDisorder(
        in SviParameters earlier, in SviParameters later, int index, List<(int Slice, double K)>? points)
    {
        double worst = 0.0;
        double at = 0.0;
        Scan(earlier, later, WideReach * Math.Sqrt(later.TotalVariance(0.0)), WidePointCount, ref worst, ref at);
        Scan(earlier, later, WideReach * Math.Sqrt(earlier.TotalVariance(0.0)), WidePointCount, ref worst, ref at);
        Scan(earlier, later, FixedReach, FixedPointCount, ref worst, ref at);
        if (worst > 0.0) points?.Add((index, at));
        return worst > 0.0;
    }

    private static void Scan(
        in SviParameters earlier, in SviParameters later, double reach, int count, ref double worst, ref double at)
    {
        for (int j = 0; j < count; j++)
        {
            double k = reach * (2.0 * j / (count - 1) - 1.0);
            double before = earlier.TotalVariance(k);
            double fall = before * (1.0 - CalendarTolerance) - later.TotalVariance(k);
            if (fall > worst)
            {
                worst = fall;
                at = k;
            }
        }
    }

    private static bool HasButterflyBetween(
        in SviParameters earlier, in SviParameters later, int index, List<(int Slice, double K)>? points)
    {
        double worst = 0.0;
        double at = 0.0;
        ScanBetween(earlier, later, WideReach * Math.Sqrt(later.TotalVariance(0.0)), WidePointCount, ref worst, ref at);
        ScanBetween(earlier, later, FixedReach, FixedPointCount, ref worst, ref at);
        if (worst < 0.0) points?.Add((index, at));
        return worst < 0.0;
    }

    private static void ScanBetween(
        in SviParameters earlier, in SviParameters later, double reach, int count, ref double worst, ref double at)
    {
        for (int j = 0; j < count; j++)
        {
            double k = reach * (2.0 * j / (count - 1) - 1.0);
            (double w0, double s0, double c0) = (earlier.TotalVariance(k), earlier.Slope(k), earlier.Curvature(k));
            (double w1, double s1, double c1) = (later.TotalVariance(k), later.Slope(k), later.Curvature(k));
            for (int quarter = 1; quarter <= 3; quarter++)
            {
                double share = 0.25 * quarter;
                double g = Durrleman.G(
                    w0 + share * (w1 - w0), s0 + share * (s1 - s0), c0 + share * (c1 - c0), k);
                if (g < worst)
                {
                    worst = g;
                    at = k;
                }
            }
        }
    }
}
