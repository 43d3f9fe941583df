using Breakwater.Numerics;

namespace Breakwater.Surfaces;

/// <summary>Shocks of a surface that keep it free of arbitrage (METHODOLOGY 2.5).</summary>
/// <remarks>
/// Sticky moneyness: the shocked slices are read at k' = ln(K/F'). Sticky strike is the caller's choice of where to
/// read:
/// at k' + x for a spot move x. Level shocks whose c_T falls in T can break the order of the slices in the wings, which
/// the running maximum of <see cref="SurfaceEvaluation"/> restores.
/// </remarks>
public static class SurfaceShock
{
    private const double LevelMinimum = 0.1; // METHODOLOGY 2.5
    private const double ReferenceYears = 30.0 / 365.0; // METHODOLOGY 2.5: levels are stated for 30 days
    private const double DayYears = 1.0 / 365.0;
    private const double ShortExponent = 0.30; // METHODOLOGY 2.5, T < 30 d
    private const double LongExponent = 0.13; // METHODOLOGY 2.5, otherwise
    private const double RhoLimit = 0.95; // METHODOLOGY 2.2: bounds of ρ
    private const int ShareHalvings = 24; // 6e-8 of a twist or a slope is none.

    /// <summary>Factor g(T) by which a level shock of the 30-day volatility reaches an expiry.</summary>
    /// <param name="expiryYears">Time to expiry, years; &gt; 0. Below a day as at a day.</param>
    public static double TermScale(double expiryYears)
    {
        double exponent = expiryYears < ReferenceYears ? ShortExponent : LongExponent;
        double ratio = ReferenceYears / Math.Max(expiryYears, DayYears);
        return DeterministicMath.Exp(exponent * DeterministicMath.Log(ratio));
    }

    /// <summary>Fills the slices of the shocked surface.</summary>
    /// <param name="surface">The surface; not modified.</param>
    /// <param name="shock">The shock; finite.</param>
    /// <param name="shocked">[slice] filled: the shocked parameters, each free of butterfly arbitrage; times to expiry
    /// stay those of <see cref="VolatilitySurface.SliceYears"/>.</param>
    /// <remarks>Nothing is allocated. Without a twist and within the certified level some 10 ns a slice; a twist costs
    /// a
    /// look at g, some 100 ns a slice.</remarks>
    public static void Apply(VolatilitySurface surface, in SmileShock shock, Span<SviParameters> shocked)
    {
        Require.Count(shocked.Length, surface.Svi.Length);
        RequireFinite(shock);
        ReadOnlySpan<SviParameters> slices = surface.Svi.AsSpan();
        ReadOnlySpan<double> scales = surface.LevelTermScales.AsSpan();
        for (int i = 0; i < slices.Length; i++)
        {
            double level = Math.Max(LevelMinimum, 1.0 + shock.LevelRelative * scales[i]);
            SviParameters slice = slices[i].AtLevel(level);
            if (level > surface.LevelCertified) slice = Flattened(slice);
            if (shock.HasTwist) slice = Twisted(slice, shock);
            shocked[i] = slice;
        }
    }

    /// <summary>The slice with b taken down, at unchanged w(0), until it is free of butterfly arbitrage.</summary>
    /// <remarks>By no more than it takes, so that nothing jumps where a level passes what is certified (M9).</remarks>
    internal static SviParameters Flattened(in SviParameters slice)
    {
        if (Durrleman.IsButterflyFree(slice)) return slice;
        double variance = slice.TotalVariance(0.0);
        SviParameters flattened = WithSlope(slice, 0.0, variance); // where g = 1
        (double low, double high) = (0.0, 1.0);
        for (int i = 0; i < ShareHalvings; i++)
        {
            double middle = 0.5 * (low + high);
            SviParameters tried = WithSlope(slice, middle, variance);
            if (Durrleman.IsButterflyFree(tried)) (low, flattened) = (middle, tried);
            else high = middle;
        }

        return flattened;
    }

    // As much of the twist as leaves the slice free of butterfly arbitrage; none if it is not free before.
    private static SviParameters Twisted(in SviParameters slice, in SmileShock shock)
    {
        double variance = slice.TotalVariance(0.0);
        SviParameters twisted = WithTwist(slice, shock, 1.0, variance);
        if (Durrleman.IsButterflyFree(twisted)) return twisted;
        twisted = slice;
        (double low, double high) = (0.0, 1.0);
        for (int i = 0; i < ShareHalvings; i++)
        {
            double middle = 0.5 * (low + high);
            SviParameters tried = WithTwist(slice, shock, middle, variance);
            if (Durrleman.IsButterflyFree(tried)) (low, twisted) = (middle, tried);
            else high = middle;
        }

        return twisted;
    }

    private static SviParameters WithSlope(in SviParameters slice, double share, double variance) =>
        (slice with { B = share * slice.B }).WithAtmVariance(variance);

    private static SviParameters WithTwist(
        in SviParameters slice, in SmileShock shock, double share, double variance) => (slice with
        {
            Rho = Clipped(slice.Rho, share * shock.RhoShift),
            B = Math.Max(0.0, slice.B * (1.0 + share * shock.SmileRelative)),
        }).WithAtmVariance(variance);

    // A slice fitted beyond the limit is not pulled back, only never moved further out.
    private static double Clipped(double rho, double shift) =>
        Math.Clamp(rho + shift, Math.Min(rho, -RhoLimit), Math.Max(rho, RhoLimit));

    private static void RequireFinite(in SmileShock shock)
    {
        Require.Finite(shock.LevelRelative);
        Require.Finite(shock.RhoShift);
        Require.Finite(shock.SmileRelative);
    }
}
