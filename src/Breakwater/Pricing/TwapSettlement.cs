using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Pricing;

/// <summary>
/// The Black-76 option that an option settled on an average comes down to: Weight units of a claim on the mean of the
/// fixings still to come, struck at Strike (not positive: the call is certain to be exercised).
/// </summary>
/// <param name="Weight">n/N, share of the average still open; 1 when all fixings are known.</param>
/// <param name="Forward">Mean forward of the open fixings, money; the settlement price when all are known.</param>
/// <param name="Strike">K* = (N·K − Σ)/n, money; may be ≤ 0.</param>
/// <param name="TotalVariance">Variance of the open mean, ≥ 0.</param>
/// <param name="ForwardSlope">∂Forward/∂F of the expiry forward; 0 when all fixings are known.</param>
public readonly record struct TwapEquivalent(
    double Weight,
    double Forward,
    double Strike,
    double TotalVariance,
    double ForwardSlope)
{
    /// <summary>Value per unit of underlying.</summary>
    /// <param name="right">Call or put.</param>
    /// <param name="discount">Discount factor to payment; &gt; 0.</param>
    /// <returns>Money.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The discount is outside its range.</exception>
    public double Value(OptionRight right, double discount = 1.0)
    {
        Require.Positive(discount);
        return Strike > 0.0 && TotalVariance > 0.0
            ? Weight * Black76.Value(right, Forward, Strike, TotalVariance, discount)
            : Weight * discount * Black76.Payoff(right, Forward, Strike);
    }

    /// <summary>∂V/∂F of the expiry forward, all open fixings moving with it.</summary>
    /// <param name="right">Call or put.</param>
    /// <param name="discount">Discount factor to payment; &gt; 0.</param>
    /// <returns>Units of underlying.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The discount is outside its range.</exception>
    public double Delta(OptionRight right, double discount = 1.0)
    {
        Require.Positive(discount);
        double s = Math.Sqrt(TotalVariance);
        double slope = discount * Weight * ForwardSlope;
        if (!(Strike > 0.0)) return right == OptionRight.Call ? slope : 0.0;
        Black76Terms terms = s > 0.0 ? Black76Terms.Of(Forward, Strike, s) : Black76Terms.Step(Forward, Strike);
        return right == OptionRight.Call ? slope * terms.CdfD1 : -slope * terms.CdfMinusD1;
    }
}

/// <summary>Options settled on a time-weighted average price near expiry (METHODOLOGY 1.3).</summary>
public static class TwapSettlement
{
    private const double YearsMax = 1e4;
    private const double VolatilityMax = 1e4;

    /// <summary>Effective variance before the window: σ²·[(T − Δ_T) + Δ_T·(N+1)(2N+1)/(6N²)] without carry.</summary>
    /// <param name="volatilityAnnual">σ per √year; in [0, 1e4].</param>
    /// <param name="expiryYears">T, years; in [Δ_T, 1e4].</param>
    /// <param name="window">The settlement window.</param>
    /// <param name="carryAnnual">b of the forward curve near expiry, which weighs late fixings more; |b| ≤ 10.</param>
    /// <returns>w_eff, exact to first order in σ²Δ_T and in bΔ_T.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double EffectiveVariance(
        double volatilityAnnual,
        double expiryYears,
        TwapWindow window,
        double carryAnnual = 0.0)
    {
        Require.InRange(volatilityAnnual, 0.0, VolatilityMax);
        Require.InRange(expiryYears, window.WindowYears, YearsMax);
        Require.InRange(carryAnnual, -10.0, 10.0);
        double n = window.FixingCount;
        // Σ_i Σ_j min(i, j) and Σ_i Σ_j min(i, j)·(i + j − n − 1): the weights are 1 + b·step·(i − (n + 1)/2).
        double sum = n * (n + 1.0) * (2.0 * n + 1.0) / 6.0;
        double tilt = (2.0 * n + 1.0) * sum - 0.25 * n * n * (n + 1.0) * (n + 1.0) - (n + 1.0) * sum;
        double steps = (sum + carryAnnual * window.StepYears * tilt) / (n * n);
        double years = expiryYears - window.WindowYears + window.StepYears * steps;
        return volatilityAnnual * volatilityAnnual * years;
    }

    /// <summary>Comes down to a Black-76 option, before and inside the window.</summary>
    /// <param name="forward">Forward for expiry F_T, money per unit of underlying; in [1e-50, 1e50].</param>
    /// <param name="strike">Strike, same unit; in [1e-50, 1e50].</param>
    /// <param name="volatilityAnnual">σ per √year; in [0, 1e4], and σ²T ≤ 300 inside the window.</param>
    /// <param name="expiryYears">T, years; in [0, 1e4].</param>
    /// <param name="fixings">Fixings seen; none while T ≥ Δ_T.</param>
    /// <param name="window">The settlement window.</param>
    /// <param name="carryAnnual">b of the forward curve near expiry, F_t = F_T·e^{−b(T−t)}; |b| ≤ 10.</param>
    /// <returns>
    /// The equivalent option. Before the window the variance is <see cref="EffectiveVariance"/>; inside, the mean of
    /// the open fixings is lognormal with its first two moments. A fixing overdue by the clock counts as due now.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static TwapEquivalent Reduce(
        double forward,
        double strike,
        double volatilityAnnual,
        double expiryYears,
        TwapFixings fixings,
        TwapWindow window,
        double carryAnnual = 0.0)
    {
        Require.InRange(forward, 1e-50, 1e50);
        Require.InRange(strike, 1e-50, 1e50);
        Require.InRange(volatilityAnnual, 0.0, VolatilityMax);
        Require.InRange(expiryYears, 0.0, YearsMax);
        Require.InRange(fixings.Count, 0, window.FixingCount);
        Require.NonNegative(fixings.Sum);
        Require.InRange(carryAnnual, -10.0, 10.0);
        int open = window.FixingCount - fixings.Count;
        if (open == 0) return new TwapEquivalent(1.0, fixings.Sum / window.FixingCount, strike, 0.0, 0.0);
        if (fixings.Count == 0 && expiryYears >= window.WindowYears)
        {
            double ahead = MeanGrowth(window, carryAnnual);
            double variance = EffectiveVariance(volatilityAnnual, expiryYears, window, carryAnnual);
            return new TwapEquivalent(1.0, forward * ahead, strike, variance, ahead);
        }

        // The window ends at expiry: t_i counted from now, growth relative to the forward for expiry.
        double step = window.StepYears;
        double varianceAnnual = volatilityAnnual * volatilityAnnual;
        AverageMoments moments =
            AverageMoments.Of(expiryYears - (open - 1) * step, step, open, carryAnnual, varianceAnnual);
        double growth = moments.MeanGrowth * DeterministicMath.Exp(-carryAnnual * expiryYears);
        double strikeOpen = (window.FixingCount * strike - fixings.Sum) / open;
        double weight = (double)open / window.FixingCount;
        return new TwapEquivalent(weight, forward * growth, strikeOpen, moments.TotalVariance, growth);
    }

    /// <summary>Value per unit of underlying; arguments as <see cref="Reduce"/>.</summary>
    /// <param name="right">Call or put.</param>
    /// <param name="forward">Forward for expiry F_T, money per unit of underlying; in [1e-50, 1e50].</param>
    /// <param name="strike">Strike, same unit; in [1e-50, 1e50].</param>
    /// <param name="volatilityAnnual">σ per √year; in [0, 1e4], and σ²T ≤ 300 inside the window.</param>
    /// <param name="expiryYears">T, years; in [0, 1e4].</param>
    /// <param name="fixings">Fixings seen; none while T ≥ Δ_T.</param>
    /// <param name="window">The settlement window.</param>
    /// <param name="discount">Discount factor to payment; &gt; 0.</param>
    /// <param name="carryAnnual">b of the forward curve near expiry; |b| ≤ 10.</param>
    /// <returns>
    /// Money. Continuous across the window start and at each fixing: jump below 1e-8·S for σ ≤ 100 %.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Value(
        OptionRight right,
        double forward,
        double strike,
        double volatilityAnnual,
        double expiryYears,
        TwapFixings fixings,
        TwapWindow window,
        double discount = 1.0,
        double carryAnnual = 0.0) =>
        Reduce(forward, strike, volatilityAnnual, expiryYears, fixings, window, carryAnnual).Value(right, discount);

    /// <summary>Σ e^{−b(T − t_i)}/N of a whole window by closed-form geometric sum.</summary>
    /// <param name="window">The settlement window.</param>
    /// <param name="carryAnnual">b, per year; |b| ≤ 10.</param>
    private static double MeanGrowth(TwapWindow window, double carryAnnual)
    {
        double exponent = carryAnnual * window.StepYears;
        if (exponent == 0.0) return 1.0;
        return DeterministicMath.Expm1(-carryAnnual * window.WindowYears)
            / (DeterministicMath.Expm1(-exponent) * window.FixingCount);
    }
}
