using Breakwater.Forecasts;
using Breakwater.Numerics;
using Breakwater.Parameters;

namespace Breakwater.Scenarios;

/// <summary>Liquidity-adjusted volatility (METHODOLOGY 4.4).</summary>
public static class LiquidityVolatility
{
    /// <summary>σ_LA: σ²_LA = σ̂²·(1 + κ_D·(D_ref/D1 − 1)⁺) + (s_eff/2)²/h, at least σ̂ and at most twice it as
    /// shipped.
    /// </summary>
    /// <param name="volatilityAnnual">σ̂, per √year; finite, &gt; 0.</param>
    /// <param name="horizonYears">h, years; &gt; 0.</param>
    /// <param name="liquidity">Depth and spread; where no depth is known both depths are equal.</param>
    /// <param name="parameters">κ_D and the cap.</param>
    /// <returns>Per √year; not below <paramref name="volatilityAnnual"/>.</returns>
    public static double Of(
        double volatilityAnnual, double horizonYears, LiquidityForecast liquidity, LiquidityParameters parameters)
    {
        Require.Positive(volatilityAnnual);
        Require.Positive(horizonYears);
        double shortfall = Math.Max(0d, (liquidity.DepthReferenceUsd / liquidity.DepthUsd) - 1d);
        double halfSpread = 0.5 * liquidity.SpreadFraction;
        double variance = (volatilityAnnual * volatilityAnnual * (1d + (parameters.DepthSensitivity * shortfall)))
            + (halfSpread * halfSpread / horizonYears);
        return Math.Clamp(
            Math.Sqrt(variance), volatilityAnnual, volatilityAnnual * parameters.VolatilityRatioMaximum);
    }
}
