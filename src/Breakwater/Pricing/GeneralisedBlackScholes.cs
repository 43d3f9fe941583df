using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Pricing;

/// <summary>
/// Value and sensitivities to spot of a European option with a continuous yield, per unit of underlying.
/// </summary>
/// <param name="Price">Value, money.</param>
/// <param name="Delta">∂V/∂S, units of underlying.</param>
/// <param name="Gamma">∂²V/∂S².</param>
/// <param name="Vega">∂V/∂σ, money per 1.00 of volatility.</param>
/// <param name="Theta">Change of value per year of passing time, spot held (−∂V/∂T), money per year.</param>
/// <param name="ThetaPerDay">Theta/365, money per day.</param>
/// <param name="Rho">∂V/∂r, spot and yield held, money per 1.00 of rate.</param>
/// <param name="DividendRho">∂V/∂q, spot and rate held, money per 1.00 of yield.</param>
/// <param name="CarryRho">∂V/∂b, b = r − q, rate held: −DividendRho.</param>
/// <param name="Elasticity">Δ·S/V, percent of value per percent of spot; 0 where the value is 0.</param>
/// <param name="DeltaForward">∂V/∂F, units of underlying.</param>
/// <param name="StrikeSensitivity">∂V/∂K.</param>
/// <param name="StrikeProbabilityItm">Φ(ωd2), not discounted.</param>
public readonly record struct BlackScholesGreeks(
    double Price,
    double Delta,
    double Gamma,
    double Vega,
    double Theta,
    double ThetaPerDay,
    double Rho,
    double DividendRho,
    double CarryRho,
    double Elasticity,
    double DeltaForward,
    double StrikeSensitivity,
    double StrikeProbabilityItm);

/// <summary>
/// European options on a spot with rate r and yield q: Black-76 on the forward S·e^{(r−q)T}. Source: Haug (1998),
/// Option Pricing Formulas, sections 1.1 and 1.3 (generalised Black–Scholes, cost of carry b = r − q).
/// </summary>
public static class GeneralisedBlackScholes
{
    /// <summary>Value.</summary>
    /// <param name="right">Call or put.</param>
    /// <param name="spot">Spot price, money per unit of underlying; in [1e-20, 1e20].</param>
    /// <param name="strike">Strike, same unit; in [1e-20, 1e20].</param>
    /// <param name="rateAnnual">r, continuous, per year; |r|·T ≤ 50.</param>
    /// <param name="yieldAnnual">q, continuous, per year; |q|·T ≤ 50.</param>
    /// <param name="expiryYears">T, years; in [0, 1e4].</param>
    /// <param name="volatilityAnnual">σ per √year; in [0, 1e4].</param>
    /// <returns>Money per unit of underlying, relative error about 1e-13.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or not a number.</exception>
    public static double Value(
        OptionRight right,
        double spot,
        double strike,
        double rateAnnual,
        double yieldAnnual,
        double expiryYears,
        double volatilityAnnual)
    {
        SpotModel model = SpotModel.Of(spot, strike, rateAnnual, yieldAnnual, expiryYears);
        Require.InRange(volatilityAnnual, 0.0, SpotModel.VolatilityMax);
        double variance = volatilityAnnual * volatilityAnnual * expiryYears;
        return Black76.Value(right, model.Forward, strike, variance, model.Discount);
    }

    /// <summary>Value and sensitivities; arguments as <see cref="Value"/>.</summary>
    /// <param name="right">Call or put.</param>
    /// <param name="spot">Spot price, money per unit of underlying; in [1e-20, 1e20].</param>
    /// <param name="strike">Strike, same unit; in [1e-20, 1e20].</param>
    /// <param name="rateAnnual">r, continuous, per year; |r|·T ≤ 50.</param>
    /// <param name="yieldAnnual">q, continuous, per year; |q|·T ≤ 50.</param>
    /// <param name="expiryYears">T, years; in [0, 1e4].</param>
    /// <param name="volatilityAnnual">σ per √year; in [0, 1e4].</param>
    /// <returns>Relative error about 1e-12. At zero variance delta is a step and gamma, vega are 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or not a number.</exception>
    public static BlackScholesGreeks Greeks(
        OptionRight right,
        double spot,
        double strike,
        double rateAnnual,
        double yieldAnnual,
        double expiryYears,
        double volatilityAnnual)
    {
        SpotModel model = SpotModel.Of(spot, strike, rateAnnual, yieldAnnual, expiryYears);
        Require.InRange(volatilityAnnual, 0.0, SpotModel.VolatilityMax);
        Black76Greeks f = Black76.Greeks(
            right, model.Forward, strike, volatilityAnnual, expiryYears, model.Discount);
        double growth = model.Forward / spot;
        double delta = f.Delta * growth;
        // V(t, S) = D·B(F, w) with F = S·e^{bT}: holding spot, the passing of time also lowers F by bF per year. The
        // rate of Black-76 is that of D at T > 0; at T = 0 nothing accrues.
        double carry = expiryYears > 0.0 ? rateAnnual - yieldAnnual : 0.0;
        double theta = f.Theta - carry * spot * delta;
        return new BlackScholesGreeks(
            f.Price,
            delta,
            f.Gamma * growth * growth,
            f.Vega,
            theta,
            DeskUnits.ThetaPerDay(theta),
            f.Rho + f.RhoForward,
            -f.RhoForward,
            f.RhoForward,
            f.Price > 0.0 ? delta * spot / f.Price : 0.0,
            f.Delta,
            f.DualDelta,
            f.StrikeProbabilityItm);
    }
}
