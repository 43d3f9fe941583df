using Breakwater.Instruments;

namespace Breakwater.Pricing;

/// <summary>
/// Stochastic variance dv = κ(θ − v)dt + σ√v dW correlated with the price. Source: Heston (1993), Review of Financial
/// Studies 6, 327–343; priced by <see cref="ContourInversion"/>.
/// </summary>
public static class Heston
{
    /// <summary>Price of a European option.</summary>
    /// <param name="right">Call or put.</param>
    /// <param name="spot">Spot price, money per unit of underlying; in [1e-20, 1e20].</param>
    /// <param name="strike">Strike, same unit; in [1e-20, 1e20].</param>
    /// <param name="rateAnnual">r, continuous, per year; |r|·T ≤ 50.</param>
    /// <param name="yieldAnnual">q, continuous, per year; |q|·T ≤ 50.</param>
    /// <param name="expiryYears">T, years; in [0, 1e4].</param>
    /// <param name="variance">The variance process.</param>
    /// <returns>Relative error below 1e-11 of the value out of the money, with an estimate.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or not a number.</exception>
    public static ModelPrice Price(
        OptionRight right,
        double spot,
        double strike,
        double rateAnnual,
        double yieldAnnual,
        double expiryYears,
        HestonVariance variance) =>
        Bates.Price(right, spot, strike, rateAnnual, yieldAnnual, expiryYears, variance, default);
}
