using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Pricing;

/// <summary>
/// European options that pay all or nothing, on a spot with rate r and yield q. At zero variance the payment is a step
/// in the forward, half of it at F = K. Source: Haug (1998), Option Pricing Formulas, pp. 86–90.
/// </summary>
public static class DigitalOption
{
    /// <summary>Pays a fixed amount if the option ends in the money: cash·e^{−rT}·Φ(ωd2).</summary>
    /// <param name="right">Call pays above the strike, put below.</param>
    /// <param name="cash">Amount paid, money; finite.</param>
    /// <param name="spot">Spot price, money per unit of underlying; in [1e-20, 1e20].</param>
    /// <param name="strike">Strike, same unit; in [1e-20, 1e20].</param>
    /// <param name="rateAnnual">r, continuous, per year; |r|·T ≤ 50.</param>
    /// <param name="yieldAnnual">q, continuous, per year; |q|·T ≤ 50.</param>
    /// <param name="expiryYears">T, years; in [0, 1e4].</param>
    /// <param name="volatilityAnnual">σ per √year; in [0, 1e4].</param>
    /// <returns>Money, relative error about 1e-13.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or not a number.</exception>
    public static double CashOrNothing(
        OptionRight right,
        double cash,
        double spot,
        double strike,
        double rateAnnual,
        double yieldAnnual,
        double expiryYears,
        double volatilityAnnual)
    {
        Require.Finite(cash);
        SpotModel model = SpotModel.Of(spot, strike, rateAnnual, yieldAnnual, expiryYears);
        Black76Terms terms = Terms(model, strike, expiryYears, volatilityAnnual);
        return cash * model.Discount * (right == OptionRight.Call ? terms.CdfD2 : terms.CdfMinusD2);
    }

    /// <summary>Delivers one unit of underlying if the option ends in the money: S·e^{−qT}·Φ(ωd1).</summary>
    /// <param name="right">Call delivers above the strike, put below.</param>
    /// <param name="spot">Spot price, money per unit of underlying; in [1e-20, 1e20].</param>
    /// <param name="strike">Strike, same unit; in [1e-20, 1e20].</param>
    /// <param name="rateAnnual">r, continuous, per year; |r|·T ≤ 50.</param>
    /// <param name="yieldAnnual">q, continuous, per year; |q|·T ≤ 50.</param>
    /// <param name="expiryYears">T, years; in [0, 1e4].</param>
    /// <param name="volatilityAnnual">σ per √year; in [0, 1e4].</param>
    /// <returns>Money, relative error about 1e-13.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or not a number.</exception>
    public static double AssetOrNothing(
        OptionRight right,
        double spot,
        double strike,
        double rateAnnual,
        double yieldAnnual,
        double expiryYears,
        double volatilityAnnual)
    {
        SpotModel model = SpotModel.Of(spot, strike, rateAnnual, yieldAnnual, expiryYears);
        Black76Terms terms = Terms(model, strike, expiryYears, volatilityAnnual);
        return model.Discount * model.Forward * (right == OptionRight.Call ? terms.CdfD1 : terms.CdfMinusD1);
    }

    /// <summary>Pays ω(S_T − payment strike), of either sign, if the option ends beyond the trigger strike.</summary>
    /// <param name="right">Call pays above the trigger, put below.</param>
    /// <param name="spot">Spot price, money per unit of underlying; in [1e-20, 1e20].</param>
    /// <param name="triggerStrike">Strike that decides, same unit; in [1e-20, 1e20].</param>
    /// <param name="paymentStrike">Strike that is paid, same unit; finite.</param>
    /// <param name="rateAnnual">r, continuous, per year; |r|·T ≤ 50.</param>
    /// <param name="yieldAnnual">q, continuous, per year; |q|·T ≤ 50.</param>
    /// <param name="expiryYears">T, years; in [0, 1e4].</param>
    /// <param name="volatilityAnnual">σ per √year; in [0, 1e4].</param>
    /// <returns>Money; absolute error about 1e-14·S.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or not a number.</exception>
    public static double Gap(
        OptionRight right,
        double spot,
        double triggerStrike,
        double paymentStrike,
        double rateAnnual,
        double yieldAnnual,
        double expiryYears,
        double volatilityAnnual)
    {
        double asset = AssetOrNothing(
            right, spot, triggerStrike, rateAnnual, yieldAnnual, expiryYears, volatilityAnnual);
        double cash = CashOrNothing(
            right, paymentStrike, spot, triggerStrike, rateAnnual, yieldAnnual, expiryYears, volatilityAnnual);
        return right == OptionRight.Call ? asset - cash : cash - asset;
    }

    private static Black76Terms Terms(SpotModel model, double strike, double expiryYears, double volatilityAnnual)
    {
        Require.InRange(volatilityAnnual, 0.0, SpotModel.VolatilityMax);
        double s = volatilityAnnual * Math.Sqrt(expiryYears);
        return s > 0.0 ? Black76Terms.Of(model.Forward, strike, s) : Black76Terms.Step(model.Forward, strike);
    }
}
