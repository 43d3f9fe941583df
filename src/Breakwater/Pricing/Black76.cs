using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Pricing;

/// <summary>European options on a forward. Source: Black (1976), J. Financial Economics 3, 167–179.</summary>
public static class Black76
{
    // Keeps every product of the formulas below the largest double, 1.8e308.
    private const double PriceMax = 1e200;
    private const double DiscountMax = 1e100;

    /// <summary>Value of a European option from its total variance.</summary>
    /// <param name="right">Call or put.</param>
    /// <param name="forward">Forward price, money per unit of underlying; in (0, 1e200].</param>
    /// <param name="strike">Strike, same unit; in (0, 1e200].</param>
    /// <param name="totalVariance">w = σ²T; finite, ≥ 0.</param>
    /// <param name="discount">Discount factor to payment; in (0, 1e100].</param>
    /// <returns>
    /// Value per unit of underlying, never below the discounted intrinsic value nor above discount × forward (call) or
    /// discount × strike (put), to the last digit.
    /// </returns>
    /// <remarks>
    /// Zero variance returns intrinsic. The time value is priced out of the money and intrinsic added, so nothing
    /// cancels: relative error about 1e-14, and 1e-16·d1² far in the wings. METHODOLOGY 1.2.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or not a number.</exception>
    public static double Value(
        OptionRight right,
        double forward,
        double strike,
        double totalVariance,
        double discount = 1.0)
    {
        RequirePrice(forward, nameof(forward));
        RequirePrice(strike, nameof(strike));
        Require.NonNegative(totalVariance);
        if (!(discount > 0.0 && discount <= DiscountMax)) throw Refusal(nameof(discount), discount, DiscountMax);
        return discount * (Payoff(right, forward, strike) + OutOfTheMoney(forward, strike, totalVariance));
    }

    /// <summary>Payoff max(ω(price − strike), 0): the settled amount of an expired option.</summary>
    /// <param name="right">Call or put.</param>
    /// <param name="price">Settlement price, money per unit of underlying; not checked.</param>
    /// <param name="strike">Strike, same unit; not checked.</param>
    /// <returns>Amount per unit of underlying, ≥ 0.</returns>
    public static double Payoff(OptionRight right, double price, double strike) =>
        Math.Max(0.0, right == OptionRight.Call ? price - strike : strike - price);

    /// <summary>All sensitivities from the closed forms of METHODOLOGY 1.2.</summary>
    /// <param name="right">Call or put.</param>
    /// <param name="forward">Forward price, money per unit of underlying; in [1e-50, 1e50].</param>
    /// <param name="strike">Strike, same unit; in [1e-50, 1e50].</param>
    /// <param name="volatilityAnnual">Log-normal volatility per √year (0.80 means 80 %); in [0, 1e50].</param>
    /// <param name="expiryYears">Time to expiry, ACT/365 years; in [0, 1e50].</param>
    /// <param name="discount">Discount factor D in [1e-50, 1e50]; the rate is r = −ln(D)/T, 0 at T = 0.</param>
    /// <returns>
    /// Relative error below 1e-12, absolute below 1e-14 of the natural scale where a sensitivity passes through zero.
    /// </returns>
    /// <remarks>
    /// σ√T or T below 1e-50 counts as zero: value is intrinsic, Δ = ω·D if ωF &gt; ωK, half of it at F = K, and the
    /// sensitivities to volatility, and gamma, speed and their time decay, are 0.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or not a number.</exception>
    public static Black76Greeks Greeks(
        OptionRight right,
        double forward,
        double strike,
        double volatilityAnnual,
        double expiryYears,
        double discount = 1.0) =>
        Black76Greeks.Of(right, forward, strike, volatilityAnnual, expiryYears, discount);

    /// <summary>Delta when volatility moves with the forward: Δ + Vega·∂σ/∂F, ∂σ/∂F = −(1 − R)·σ'(k)/F.</summary>
    /// <param name="delta">Delta at fixed volatility, units of underlying.</param>
    /// <param name="vega">Vega, money per 1.00 of volatility.</param>
    /// <param name="forward">Forward price; in (0, 1e200].</param>
    /// <param name="volatilitySlope">σ'(k), volatility per unit of log-moneyness k = ln(K/F).</param>
    /// <param name="stickinessRatio">R: 0 sticky moneyness, 1 sticky strike (METHODOLOGY 2.5).</param>
    /// <returns>Units of underlying. METHODOLOGY 1.2.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// An argument is not finite, or the forward outside its range.
    /// </exception>
    public static double SmileDelta(
        double delta,
        double vega,
        double forward,
        double volatilitySlope,
        double stickinessRatio)
    {
        Require.Finite(delta);
        Require.Finite(vega);
        RequirePrice(forward, nameof(forward));
        Require.Finite(volatilitySlope);
        Require.Finite(stickinessRatio);
        return delta - vega * (1.0 - stickinessRatio) * volatilitySlope / forward;
    }

    /// <summary>
    /// Undiscounted value of whichever of call and put is out of the money; zero variance gives zero.
    /// </summary>
    /// <param name="forward">Forward, money per unit of underlying; &gt; 0.</param>
    /// <param name="strike">Strike, same unit; &gt; 0.</param>
    /// <param name="totalVariance">w = σ²T; ≥ 0.</param>
    internal static double OutOfTheMoney(double forward, double strike, double totalVariance)
    {
        double s = Math.Sqrt(totalVariance);
        if (!(s > 0.0)) return 0.0;
        double low = Math.Min(forward, strike);
        return low * NormalisedBlack.Fraction(NormalisedBlack.LogMoneyness(forward, strike), s);
    }

    internal static void RequirePrice(double price, string name)
    {
        if (!(price > 0.0 && price <= PriceMax)) throw Refusal(name, price, PriceMax);
    }

    private static ArgumentOutOfRangeException Refusal(string name, double value, double maximum) =>
        new(name, value, $"{name} {value} must be in (0, {maximum}]");
}
