using Breakwater.Forecasts;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Surfaces;

namespace Breakwater.Scenarios;

/// <summary>σ̂ of METHODOLOGY 3.2: the filter, raised where options or the long run say more.</summary>
public static class FusedVolatility
{
    private const double YearDays = 365d;

    /// <summary>max(σ̂_t, 0.85·σ_ATM(1 d … 7 d), σ_floor) as shipped, per √year.</summary>
    /// <param name="forecast">Filter and floor.</param>
    /// <param name="surface">Surface of the underlying; <c>null</c> if it has none.</param>
    /// <param name="parameters">Share and expiries of the implied floor.</param>
    /// <returns>Per √year; &gt; 0.</returns>
    /// <remarks>σ_ATM(1 d … 7 d) is the forward volatility between the two expiries if the surface has a slice of at
    /// most
    /// seven days, else that of its first slice: nothing is read off an extrapolation. Implied volatility only raises.
    /// </remarks>
    public static double Of(UnderlyingForecast forecast, VolatilitySurface? surface, VolatilityParameters parameters)
    {
        double own = Math.Max(forecast.VolatilityAnnual, forecast.VolatilityFloorAnnual);
        return surface is null || surface.Slices.IsEmpty
            ? own
            : Math.Max(own, parameters.ImpliedShareFraction * ImpliedShort(surface, parameters));
    }

    private static double ImpliedShort(VolatilitySurface surface, VolatilityParameters parameters)
    {
        double from = parameters.ImpliedExpiryMinimumDays / YearDays;
        double to = parameters.ImpliedExpiryMaximumDays / YearDays;
        if (surface.SliceYears[0] > to)
        {
            return SurfaceEvaluation.VolatilityAnnual(surface, 0d, surface.SliceYears[0]);
        }

        double greatest = Math.Max(
            SurfaceEvaluation.VolatilityAnnual(surface, 0d, Math.Max(from, surface.SliceYears[0])),
            SurfaceEvaluation.VolatilityAnnual(surface, 0d, to));
        foreach (double years in surface.SliceYears)
        {
            if (years >= from && years <= to)
            {
                greatest = Math.Max(greatest, SurfaceEvaluation.VolatilityAnnual(surface, 0d, years));
            }
        }

        Require.Positive(greatest);
        return greatest;
    }
}
