using Breakwater.Instruments;

namespace Breakwater.Pricing;

/// <summary>
/// Heston variance with lognormal jumps of the price. Source: Bates (1996), Review of Financial Studies 9, 69–107;
/// priced by <see cref="ContourInversion"/>.
/// </summary>
public static class Bates
{
    /// <summary>Price of a European option.</summary>
    /// <param name="right">Call or put.</param>
    /// <param name="spot">Spot price, money per unit of underlying; in [1e-20, 1e20].</param>
    /// <param name="strike">Strike, same unit; in [1e-20, 1e20].</param>
    /// <param name="rateAnnual">r, continuous, per year; |r|·T ≤ 50.</param>
    /// <param name="yieldAnnual">q, continuous, per year; |q|·T ≤ 50.</param>
    /// <param name="expiryYears">T, years; in [0, 1e4].</param>
    /// <param name="variance">The variance process.</param>
    /// <param name="jumps">The jump law, its drift compensated; <c>default</c> is none.</param>
    /// <returns>Relative error below 1e-10 of the value out of the money, with an estimate.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or not a number.</exception>
    public static ModelPrice Price(
        OptionRight right,
        double spot,
        double strike,
        double rateAnnual,
        double yieldAnnual,
        double expiryYears,
        HestonVariance variance,
        MertonJumps jumps)
    {
        SpotModel market = SpotModel.Of(spot, strike, rateAnnual, yieldAnnual, expiryYears);
        jumps.Check(expiryYears);
        if (expiryYears == 0.0) return new ModelPrice(Black76.Payoff(right, spot, strike), 0.0);
        variance.Check(expiryYears);
        double intensity = jumps.IntensityAnnual * expiryYears;
        double compensator = jumps.MeanExcess;
        // Jumps of nearly one size make the integrand return at Im z = 2πn/|mean|, in lobes a small share as wide.
        double panelWidthMax = intensity > 0.0 && jumps.MeanLog != 0.0
            ? 0.5 / Math.Abs(jumps.MeanLog)
            : double.PositiveInfinity;
        MomentModel model = new(
            z => variance.LogMoment(z, expiryYears),
            z => intensity * (jumps.Excess(z) - compensator * z),
            variance.LowerMoment(expiryYears),
            variance.UpperMoment(expiryYears),
            panelWidthMax);
        return ContourInversion.Price(right, market, strike, model);
    }
}
