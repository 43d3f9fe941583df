using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Pricing;

namespace Breakwater.Revaluation;

/// <summary>One option to revalue under shocks of its forward and of one volatility, without a surface.</summary>
/// <param name="Right">Call or put.</param>
/// <param name="Forward">Forward before the shock, money; &gt; 0.</param>
/// <param name="Strike">Strike, money; &gt; 0.</param>
/// <param name="LogStrikeOverForward">ln(K/F).</param>
/// <param name="Deviation">Total standard deviation at revaluation without shock, σ·√T'; &gt; 0.</param>
/// <param name="ShockWeight">Factor by which a relative volatility shock reaches it; in [0, 1].</param>
/// <param name="Discount">Discount factor at revaluation.</param>
/// <param name="BaseValue">Value now, discounted, money.</param>
public readonly record struct RevaluedOption(
    OptionRight Right,
    double Forward,
    double Strike,
    double LogStrikeOverForward,
    double Deviation,
    double ShockWeight,
    double Discount,
    double BaseValue)
{
    /// <summary>The option from its terms.</summary>
    /// <param name="right">Call or put.</param>
    /// <param name="forward">Forward, money; &gt; 0.</param>
    /// <param name="strike">Strike, money; &gt; 0.</param>
    /// <param name="volatilityAnnual">Volatility per √year; &gt; 0.</param>
    /// <param name="shockWeight">Factor by which a relative volatility shock reaches it; in [0, 1].</param>
    /// <param name="years">Time to expiry now and the time that passes before revaluation, years; the first
    /// longer.</param>
    /// <param name="rateAnnual">Continuously compounded rate, per year; finite.</param>
    public static RevaluedOption Of(
        OptionRight right,
        double forward,
        double strike,
        double volatilityAnnual,
        double shockWeight,
        (double Expiry, double Advance) years,
        double rateAnnual)
    {
        Require.Positive(forward);
        Require.Positive(strike);
        Require.Positive(volatilityAnnual);
        Require.InRange(shockWeight, 0.0, 1.0);
        Require.Positive(years.Expiry - years.Advance);
        Require.Finite(rateAnnual);
        double left = years.Expiry - years.Advance;
        return new RevaluedOption(
            right,
            forward,
            strike,
            DeterministicMath.Log(strike / forward),
            volatilityAnnual * Math.Sqrt(left),
            shockWeight,
            DeterministicMath.Exp(-rateAnnual * left),
            Black76.Value(
                right, forward, strike, volatilityAnnual * volatilityAnnual * years.Expiry,
                DeterministicMath.Exp(-rateAnnual * years.Expiry)));
    }
}
