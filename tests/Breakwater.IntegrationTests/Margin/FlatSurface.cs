using Breakwater.Instruments;
using Breakwater.Pricing;
using Breakwater.Surfaces;

namespace Breakwater.IntegrationTests.Margin;

/// <summary>A surface without skew: every slice holds its at-the-money variance at all strikes.</summary>
internal static class FlatSurface
{
    /// <summary>The surfaces, flattened.</summary>
    public static SurfaceSet Of(SurfaceSet surfaces) => new([.. surfaces.Surfaces.Select(Of)]);

    private static VolatilitySurface Of(VolatilitySurface surface) => new(
        surface.Underlying, surface.At,
        [.. surface.Slices.Select(slice => slice with
        {
            Svi = new SviParameters(slice.Svi.TotalVariance(0.0), 0.0, 0.0, 0.0, slice.Svi.Sigma),
        })],
        surface.Forwards, surface.LevelCertified, surface.State, surface.Findings, surface.ShockRatio);

    /// <summary>The listed put whose forward delta under a surface is nearest to −0.10.</summary>
    /// <param name="day">The day.</param>
    /// <param name="asset">Underlying.</param>
    /// <param name="days">Wanted days to expiry.</param>
    public static VanillaOption TenDeltaPut(RealDay day, AssetId asset, double days)
    {
        VolatilitySurface surface = day.Valued.Surfaces.Find(asset)!; // both assets have surfaces
        return Enumerable.Range(30, 70)
            .Select(percent => day.Listed(asset, days, percent / 100.0, OptionRight.Put)).Distinct()
            .MinBy(put => Math.Abs(Delta(surface, put) + 0.10))!; // every expiry has puts
    }

    private static double Delta(VolatilitySurface surface, VanillaOption put)
    {
        double years = put.Expiry.YearsSince(surface.At);
        double forward = surface.Forwards.ForwardUsd(years);
        double strike = (double)put.StrikeUsd;
        double volatility = SurfaceEvaluation.VolatilityAnnual(surface, Math.Log(strike / forward), years);
        return Black76.Greeks(OptionRight.Put, forward, strike, volatility, years, 1.0).Delta;
    }
}
