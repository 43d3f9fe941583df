using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Surfaces;

/// <summary>The surface of an underlying that has no usable options: flat, with the smile of its class (METHODOLOGY
/// 2.4).
/// </summary>
internal static class SurfaceBorrowing
{
    /// <summary>Volatility assumed where not even a history is known: that of a young, small asset.</summary>
    internal const double NoForecastVolatility = 1.5; // Of the order of realised volatilities of class 3 in a crash.

    private static readonly ImmutableArray<int> KnotDays = [1, 7, 14, 30, 60, 90, 180, 365]; // Deribit's ladder

    /// <summary>Slices at usual expiries, free of arbitrage by construction: eSSVI with one ρ and ψ ∝ √θ.</summary>
    internal static ImmutableArray<SurfaceSlice> Slices(SurfaceDraft draft)
    {
        double variance = draft.ForecastVolatility * draft.ForecastVolatility;
        double rho = draft.Parameters.DefaultRhoOf(draft.RiskClass);
        double smile = Math.Max(draft.Parameters.DefaultSmileOf(draft.RiskClass), SmileMinimum);
        ImmutableArray<SurfaceSlice>.Builder slices = ImmutableArray.CreateBuilder<SurfaceSlice>(KnotDays.Length);
        foreach (int days in KnotDays)
        {
            Timestamp expiry = draft.Market.At.AddMilliseconds(days * Timestamp.DayMilliseconds);
            double years = expiry.YearsSince(draft.Market.At);
            double theta = variance * years;
            double most = EssviParameters.PsiMaximum(theta, rho, draft.Parameters.LevelCertified);
            EssviParameters slice = new(theta, rho, Math.Min(smile * Math.Sqrt(theta), most));
            slices.Add(new SurfaceSlice(
                expiry, years, draft.Forwards.ForwardUsd(years), slice.ToSvi(), default, SurfaceState.Degraded));
        }

        return slices.MoveToImmutable();
    }

    private const double SmileMinimum = 1e-3; // As raw SVI a slice needs some smile.
}
