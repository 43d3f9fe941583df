using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Pricing;

/// <summary>
/// Options on an arithmetic average by matching two moments with a lognormal: reference for the settlement average.
/// </summary>
public static class ArithmeticAsian
{
    private const double ExponentMax = 300.0; // e^600 is a double, so no moment overflows

    /// <summary>Option on the continuous average over a period that may have begun.</summary>
    /// <param name="right">Call or put.</param>
    /// <param name="spot">Spot price, money per unit of underlying; in [1e-20, 1e20].</param>
    /// <param name="averageSoFar">
    /// Average of the elapsed part, money; ≥ 0, without effect when nothing has elapsed.
    /// </param>
    /// <param name="strike">Strike, money; in [1e-20, 1e20].</param>
    /// <param name="rateAnnual">r, continuous, per year; |r|·T ≤ 50.</param>
    /// <param name="yieldAnnual">q, continuous, per year; |q|·T ≤ 50.</param>
    /// <param name="volatilityAnnual">σ per √year; in [0, 1e4], (2|r − q| + σ²)·T ≤ 300.</param>
    /// <param name="lengthYears">Whole averaging period T, years; in (0, 1e4].</param>
    /// <param name="elapsedYears">Part of it that has passed; in [0, T].</param>
    /// <returns>Money per unit of underlying.</returns>
    /// <remarks>Source: Levy (1992), J. International Money and Finance 11, 474–491; Haug (1998), pp. 99–100.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or not a number.</exception>
    public static double LevyValue(
        OptionRight right,
        double spot,
        double averageSoFar,
        double strike,
        double rateAnnual,
        double yieldAnnual,
        double volatilityAnnual,
        double lengthYears,
        double elapsedYears)
    {
        Require.Positive(lengthYears);
        Require.NonNegative(averageSoFar);
        Require.InRange(elapsedYears, 0.0, lengthYears);
        SpotModel model = SpotModel.Of(spot, strike, rateAnnual, yieldAnnual, lengthYears);
        Require.InRange(volatilityAnnual, 0.0, SpotModel.VolatilityMax);
        double openYears = lengthYears - elapsedYears;
        double weight = openYears / lengthYears;
        double discount = SpotModel.Of(spot, strike, rateAnnual, yieldAnnual, openYears).Discount;
        if (!(openYears > 0.0)) return Black76.Payoff(right, averageSoFar, strike);
        double carry = (rateAnnual - yieldAnnual) * openYears;
        double variance = volatilityAnnual * volatilityAnnual * openYears;
        Require.InRange(2.0 * Math.Abs(carry) + variance, 0.0, ExponentMax, "exponent");
        double mean = Relative(carry);
        double excess = 2.0 * SecondMoment(carry, variance) / mean / mean - 1.0;
        double strikeOpen = (strike - (1.0 - weight) * averageSoFar) / weight;
        TwapEquivalent open = new(
            weight, spot * mean, strikeOpen, DeterministicMath.Log1p(Math.Max(0.0, excess)), mean);
        return open.Value(right, discount);
    }

    /// <summary>Option on the average of equally spaced fixings, the last at expiry, none seen yet.</summary>
    /// <param name="right">Call or put.</param>
    /// <param name="spot">Spot price, money per unit of underlying; in [1e-20, 1e20].</param>
    /// <param name="strike">Strike, money; in [1e-20, 1e20].</param>
    /// <param name="carryAnnual">Cost of carry b of the underlying, per year.</param>
    /// <param name="rateAnnual">r, continuous, per year; |r|·T ≤ 50.</param>
    /// <param name="firstFixingYears">Time of the first fixing, years; in [0, T].</param>
    /// <param name="expiryYears">Time of the last fixing and of payment T, years; in [0, 1e4].</param>
    /// <param name="fixingCount">Number of fixings; in [1, 1,000,000].</param>
    /// <param name="volatilityAnnual">σ per √year, flat; in [0, 1e4], (2|b| + σ²)·T ≤ 300.</param>
    /// <returns>Money per unit of underlying. One fixing gives the European option on it.</returns>
    /// <remarks>Source: Turnbull and Wakeman (1991); Haug (2007), The Complete Guide, section 4.20.2.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or not a number.</exception>
    public static double DiscreteValue(
        OptionRight right,
        double spot,
        double strike,
        double carryAnnual,
        double rateAnnual,
        double firstFixingYears,
        double expiryYears,
        int fixingCount,
        double volatilityAnnual)
    {
        SpotModel model = SpotModel.Of(spot, strike, rateAnnual, rateAnnual - carryAnnual, expiryYears);
        Require.InRange(firstFixingYears, 0.0, expiryYears);
        Require.InRange(fixingCount, 1, 1_000_000);
        Require.InRange(volatilityAnnual, 0.0, SpotModel.VolatilityMax);
        double step = fixingCount > 1 ? (expiryYears - firstFixingYears) / (fixingCount - 1) : 0.0;
        double first = fixingCount > 1 ? firstFixingYears : expiryYears;
        AverageMoments moments =
            AverageMoments.Of(first, step, fixingCount, carryAnnual, volatilityAnnual * volatilityAnnual);
        return Black76.Value(right, spot * moments.MeanGrowth, strike, moments.TotalVariance, model.Discount);
    }

    /// <summary>(e^z − 1)/z, 1 at z = 0.</summary>
    private static double Relative(double z) => z == 0.0 ? 1.0 : DeterministicMath.Expm1(z) / z;

    /// <summary>∫₀¹∫₀ᵗ e^{bt + (b+v)u} du dt: half of E[mean²]/S², times per unit of period.</summary>
    /// <remarks>
    /// Levy's two fractions, [R(2b+v) − R(b)]/(b+v) with R(z) = (e^z − 1)/z; where b + v is small and they cancel, the
    /// outer integral by quadrature instead, exact to rounding there.
    /// </remarks>
    private static double SecondMoment(double carry, double variance)
    {
        const double quotientMin = 0.5; // the quotient loses two bits here
        double inner = carry + variance;
        if (Math.Abs(inner) >= quotientMin) return (Relative(carry + inner) - Relative(carry)) / inner;
        return GaussLegendre.OnUnitInterval(t => t * Relative(inner * t) * DeterministicMath.Exp(carry * t));
    }
}
