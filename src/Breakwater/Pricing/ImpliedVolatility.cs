using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Pricing;

/// <summary>
/// Inverts Black-76: rational initial guess in four regions, then third-order Householder steps on an objective that
/// is nearly linear in each region. Source: Jäckel (2015), "Let's be rational", Wilmott 75, 40–53; own implementation.
/// </summary>
public static class ImpliedVolatility
{
    private const double IntrinsicMarginFraction = 1e-14; // METHODOLOGY 1.4: of the forward
    private const double VolatilityMin = 0.01; // METHODOLOGY 1.4
    private const double VolatilityMax = 10.0; // METHODOLOGY 1.4
    private const int HouseholderSteps = 2; // METHODOLOGY 1.4, Jäckel (2015) section 6

    /// <summary>Annual volatility at which <see cref="Black76.Value"/> equals the price.</summary>
    /// <param name="right">Call or put.</param>
    /// <param name="forward">Forward price, money per unit of underlying; in (0, 1e200].</param>
    /// <param name="strike">Strike, same unit; in (0, 1e200].</param>
    /// <param name="expiryYears">Time to expiry, ACT/365 years; &gt; 0.</param>
    /// <param name="price">Discounted price, money; finite (negative ones have no volatility).</param>
    /// <param name="discount">Discount factor; &gt; 0.</param>
    /// <returns>
    /// The volatility with a relative error of at most twice what the rounding of the price itself causes, or the
    /// reason why there is none. A price in the money is inverted through its time value, by parity.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or not a number.</exception>
    public static ImpliedVolatilityResult Solve(
        OptionRight right,
        double forward,
        double strike,
        double expiryYears,
        double price,
        double discount = 1.0)
    {
        Require.Positive(expiryYears);
        Require.Positive(discount);
        Require.Finite(price);
        double undiscounted = price / discount;
        double intrinsic = Black76.Payoff(right, forward, strike);
        ImpliedVolatilityResult total = SolveTotalDeviation(right, forward, strike, undiscounted);
        if (!total.HasValue) return total;
        if (undiscounted - intrinsic <= IntrinsicMarginFraction * forward) return default;
        double sigma = total.TotalDeviation / Math.Sqrt(expiryYears);
        bool isPlausible = sigma >= VolatilityMin && sigma <= VolatilityMax;
        ImpliedVolatilityStatus status = isPlausible
            ? ImpliedVolatilityStatus.Found
            : ImpliedVolatilityStatus.OutsidePlausibleRange;
        return new ImpliedVolatilityResult(status, total.TotalDeviation, sigma);
    }

    /// <summary>Total standard deviation σ√T of an undiscounted price, down to the least positive time value.</summary>
    /// <param name="right">Call or put.</param>
    /// <param name="forward">Forward price, money per unit of underlying; in (0, 1e200].</param>
    /// <param name="strike">Strike, same unit; in (0, 1e200].</param>
    /// <param name="undiscountedPrice">Price ÷ discount factor, money; not NaN.</param>
    /// <returns>
    /// As <see cref="Solve"/> for one year, without its margin over intrinsic and without its plausible range: the
    /// status is never <see cref="ImpliedVolatilityStatus.OutsidePlausibleRange"/>.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or not a number.</exception>
    public static ImpliedVolatilityResult SolveTotalDeviation(
        OptionRight right,
        double forward,
        double strike,
        double undiscountedPrice)
    {
        Black76.RequirePrice(forward, nameof(forward));
        Black76.RequirePrice(strike, nameof(strike));
        if (double.IsNaN(undiscountedPrice)) throw new ArgumentOutOfRangeException(nameof(undiscountedPrice));
        double upper = right == OptionRight.Call ? forward : strike;
        if (undiscountedPrice >= upper) return new(ImpliedVolatilityStatus.AtOrAboveUpperBound, 0.0, 0.0);
        double low = Math.Min(forward, strike);
        double fraction = (undiscountedPrice - Black76.Payoff(right, forward, strike)) / low;
        if (!(fraction > 0.0)) return default;
        double complement = (upper - undiscountedPrice) / low;
        if (!(complement > 0.0)) return new(ImpliedVolatilityStatus.AtOrAboveUpperBound, 0.0, 0.0);
        double s = Invert(NormalisedBlack.LogMoneyness(forward, strike), fraction, complement);
        return new ImpliedVolatilityResult(ImpliedVolatilityStatus.Found, s, s);
    }

    /// <summary>
    /// s of <see cref="NormalisedBlack.Fraction"/>(x, s) = fraction; complement = 1 − fraction, unrounded.
    /// </summary>
    private static double Invert(double x, double fraction, double complement)
    {
        ImpliedVolatilityGuess guess = ImpliedVolatilityGuess.Of(x, fraction, complement);
        double s = guess.TotalDeviation;
        for (int step = 0; step < HouseholderSteps; step++)
        {
            s += guess.Region switch
            {
                ImpliedVolatilityRegion.Lower => StepOfInverseLogarithm(x, s, fraction),
                ImpliedVolatilityRegion.Middle => StepOfValue(x, s, fraction),
                _ => StepOfLogComplement(x, s, complement),
            };
        }

        return s;
    }

    /// <summary>Objective 1/ln c(s) − 1/ln c, nearly linear for small values and free of underflow.</summary>
    private static double StepOfInverseLogarithm(double x, double s, double fraction)
    {
        double h = x / s;
        double t = 0.5 * s;
        double overDensity = NormalisedBlack.OverDensity(h, t);
        double d1 = h + t;
        double log = DeterministicMath.Log(overDensity) - 0.5 * d1 * d1 - NormalisedBlack.LnSqrtTwoPi;
        double target = DeterministicMath.Log(fraction);
        double slope = 1.0 / overDensity; // c'/c
        double bend = h * h / s - 0.5 * t; // c''/c'
        double newton = log * ((target - log) / target) * overDensity;
        double second = bend - slope * (1.0 + 2.0 / log);
        double bendSlope = -3.0 * (h / s) * (h / s) - 0.25;
        double logBend = bendSlope - slope * (bend - slope) * (1.0 + 2.0 / log) + 2.0 * (slope / log) * (slope / log);
        return Householder(newton, second, second * second + logBend);
    }

    /// <summary>Objective c(s) − c.</summary>
    private static double StepOfValue(double x, double s, double fraction)
    {
        double h = x / s;
        double t = 0.5 * s;
        double bend = h * h / s - 0.5 * t;
        double bendSlope = -3.0 * (h / s) * (h / s) - 0.25;
        double newton = (fraction - NormalisedBlack.Fraction(x, s)) / NormalDistribution.Density(h + t);
        return Householder(newton, bend, bend * bend + bendSlope);
    }

    /// <summary>Objective ln(1 − c) − ln(1 − c(s)), nearly linear towards the upper bound.</summary>
    private static double StepOfLogComplement(double x, double s, double complement)
    {
        double h = x / s;
        double t = 0.5 * s;
        double overDensity = NormalisedBlack.ComplementOverDensity(h, t);
        double slope = 1.0 / overDensity; // c'/(1 − c)
        double bend = h * h / s - 0.5 * t;
        double bendSlope = -3.0 * (h / s) * (h / s) - 0.25;
        double density = NormalDistribution.Density(h + t);
        double newton = DeterministicMath.Log(density * overDensity / complement) * overDensity;
        double second = bend + slope;
        return Householder(newton, second, second * second + bendSlope + slope * second);
    }

    /// <summary>Third-order step from −g/g', g''/g' and g'''/g'. Source: Householder (1970), section 4.4.</summary>
    private static double Householder(double newton, double second, double third) =>
        newton * (1.0 + 0.5 * second * newton) / (1.0 + newton * (second + third * newton / 6.0));
}
