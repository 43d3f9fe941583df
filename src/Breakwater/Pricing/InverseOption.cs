using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Pricing;

/// <summary>
/// Value and sensitivities of a coin-settled option, V/F with zero coin rate, per unit of underlying.
/// </summary>
/// <param name="Price">V/F, coin.</param>
/// <param name="Delta">∂(V/F)/∂F = ω·(K/F²)·Φ(ωd2), coin per money.</param>
/// <param name="Gamma">∂²(V/F)/∂F² = Γ/F − 2Δ/F² + 2V/F³, coin per money squared.</param>
/// <param name="Vega">Vega/F, coin per 1.00 of volatility.</param>
/// <param name="NetCoinDelta">Δ − V/F = ω·(K/F)·Φ(ωd2): coin-neutral hedge, units of underlying.</param>
public readonly record struct InverseGreeks(double Price, double Delta, double Gamma, double Vega, double NetCoinDelta);

/// <summary>Coin-settled (inverse) European options (METHODOLOGY 1.1, 1.2).</summary>
public static class InverseOption
{
    private const double MagnitudeMin = 1e-50; // as Black76Greeks: no product overflows
    private const double MagnitudeMax = 1e50;

    /// <summary>Coin value Black(F, K, w)/F.</summary>
    /// <param name="right">Call or put.</param>
    /// <param name="forward">Forward price, money per unit of underlying; in [1e-50, 1e50].</param>
    /// <param name="strike">Strike, same unit; in [1e-50, 1e50].</param>
    /// <param name="totalVariance">w = σ²T; finite, ≥ 0.</param>
    /// <returns>Coin per unit of underlying, relative accuracy of <see cref="Black76.Value"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or not a number.</exception>
    public static double CoinValue(OptionRight right, double forward, double strike, double totalVariance)
    {
        Require.InRange(forward, MagnitudeMin, MagnitudeMax);
        Require.InRange(strike, MagnitudeMin, MagnitudeMax);
        return Black76.Value(right, forward, strike, totalVariance) / forward;
    }

    /// <summary>Value in money: coin value × price of the coin.</summary>
    /// <param name="right">Call or put.</param>
    /// <param name="forward">Forward price, money per unit of underlying; in [1e-50, 1e50].</param>
    /// <param name="strike">Strike, same unit; in [1e-50, 1e50].</param>
    /// <param name="totalVariance">w = σ²T; finite, ≥ 0.</param>
    /// <param name="spot">Index price of the coin, money; in [1e-50, 1e50].</param>
    /// <returns>Money per unit of underlying.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or not a number.</exception>
    public static double UsdValue(OptionRight right, double forward, double strike, double totalVariance, double spot)
    {
        Require.InRange(spot, MagnitudeMin, MagnitudeMax);
        return CoinValue(right, forward, strike, totalVariance) * spot;
    }

    /// <summary>
    /// Coin value and its sensitivities; delta and net coin delta without the cancellation of Δ − V/F.
    /// </summary>
    /// <param name="right">Call or put.</param>
    /// <param name="forward">Forward price, money per unit of underlying; in [1e-50, 1e50].</param>
    /// <param name="strike">Strike, same unit; in [1e-50, 1e50].</param>
    /// <param name="volatilityAnnual">Log-normal volatility per √year; in [0, 1e50].</param>
    /// <param name="expiryYears">Time to expiry, ACT/365 years; in [0, 1e50].</param>
    /// <returns>Relative error below 1e-12. σ√T below 1e-50 counts as zero: a step, gamma and vega of it 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or not a number.</exception>
    public static InverseGreeks Greeks(
        OptionRight right,
        double forward,
        double strike,
        double volatilityAnnual,
        double expiryYears)
    {
        Black76Greeks money = Black76.Greeks(right, forward, strike, volatilityAnnual, expiryYears);
        double strikeRatio = strike / forward;
        double netCoinDelta = -strikeRatio * money.DualDelta;
        // ∂/∂F of ω(K/F²)Φ(ωd2): the density term K·φ(d2)/(F³s) equals Γ/F, because K·φ(d2) = F·φ(d1).
        double gamma = money.Gamma / forward - 2.0 * netCoinDelta / forward / forward;
        return new InverseGreeks(
            money.Price / forward,
            netCoinDelta / forward,
            gamma,
            money.Vega / forward,
            netCoinDelta);
    }
}
