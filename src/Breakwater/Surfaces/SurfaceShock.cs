using Breakwater.Numerics;

namespace Breakwater.Surfaces;

/// <summary>Shocks of a surface that keep it free of arbitrage (METHODOLOGY 2.5).</summary>
/// <remarks>
/// Sticky moneyness: the shocked slices are read at k' = ln(K/F'). Sticky strike is the caller's choice of where to read:
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
    private const double FlatteningRatio = 0.9; // One step down of b above the certified level.
    private const int FlatteningsMax = 120; // 0.9^120 = 3e-6 of the slope: a flat slice, where g = 1.
    private const int HalvingsMax = 10; // A thousandth of a twist is none.

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
    /// <remarks>Nothing is allocated. Without a twist and within the certified level some 10 ns a slice; a twist costs a
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
    internal static SviParameters Flattened(in SviParameters slice)
    {
        double variance = slice.TotalVariance(0.0);
        SviParameters flattened = slice;
        for (int i = 0; i < FlatteningsMax && !Durrleman.IsButterflyFree(flattened); i++)
        {
            flattened = (flattened with { B = FlatteningRatio * flattened.B }).WithAtmVariance(variance);
        }

        return flattened;
    }

    private static SviParameters Twisted(in SviParameters slice, in SmileShock shock)
    {
        double variance = slice.TotalVariance(0.0);
        double share = 1.0;
        for (int i = 0; i < HalvingsMax; i++)
        {
            SviParameters twisted = (slice with
            {
                Rho = Clipped(slice.Rho, share * shock.RhoShift),
                B = Math.Max(0.0, slice.B * (1.0 + share * shock.SmileRelative)),
            }).WithAtmVariance(variance);
            if (Durrleman.IsButterflyFree(twisted)) return twisted;
            share *= 0.5;
        }

        return slice;
    }

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
