using Breakwater.Surfaces;

namespace Breakwater.Sensitivities;

/// <summary>Volatility of a surface with its slope in log-moneyness, for smile-consistent deltas.</summary>
/// <param name="VolatilityAnnual">σ(k, T), per √year.</param>
/// <param name="Slope">σ'(k), volatility per unit of log-moneyness.</param>
public readonly record struct SurfaceSkew(double VolatilityAnnual, double Slope)
{
    /// <summary>Volatility and slope at one point of a surface.</summary>
    /// <param name="surface">The surface.</param>
    /// <param name="k">Log-moneyness ln(K/F_T); finite.</param>
    /// <param name="expiryYears">Time to expiry, years; &gt; 0.</param>
    /// <remarks>Where the running maximum over slices changes from one to the next, the slope is the earlier one's.
    /// </remarks>
    public static SurfaceSkew At(VolatilitySurface surface, double k, double expiryYears)
    {
        double variance = SurfaceEvaluation.TotalVariance(surface, k, expiryYears);
        double volatility = Math.Sqrt(variance / expiryYears);
        double slope = VarianceSlope(surface, k, expiryYears);
        return new SurfaceSkew(volatility, volatility > 0.0 ? slope / (2.0 * volatility * expiryYears) : 0.0);
    }

    // ∂w̄/∂k, by the interpolation of METHODOLOGY 2.3: linear between expiries, carried on beyond the last.
    private static double VarianceSlope(VolatilitySurface surface, double k, double expiryYears)
    {
        double variance = 0.0;
        double slope = 0.0;
        double years = 0.0;
        for (int i = 0; i < surface.Svi.Length; i++)
        {
            (double nextVariance, double nextSlope) = Higher(surface.Svi[i], k, variance, slope);
            if (surface.SliceYears[i] > expiryYears)
            {
                double share = (expiryYears - years) / (surface.SliceYears[i] - years);
                return slope + share * (nextSlope - slope);
            }

            variance = nextVariance;
            slope = nextSlope;
            years = surface.SliceYears[i];
        }

        return slope;
    }

    private static (double Variance, double Slope) Higher(
        in SviParameters slice, double k, double variance, double slope)
    {
        double own = slice.TotalVariance(k);
        return own > variance ? (own, slice.Slope(k)) : (variance, slope);
    }
}
