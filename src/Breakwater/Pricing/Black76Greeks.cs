using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Pricing;

/// <summary>
/// Value and sensitivities of a European option on a forward, per unit of underlying (METHODOLOGY 1.2).
/// </summary>
/// <param name="Price">Discounted value, money.</param>
/// <param name="Delta">∂V/∂F, units of underlying.</param>
/// <param name="Gamma">∂²V/∂F², units of underlying per money.</param>
/// <param name="Vega">∂V/∂σ, money per 1.00 of volatility.</param>
/// <param name="Theta">
/// Change of value per year of passing time, forward and rate held: −D·F·φ(d1)·σ/(2√T) + rV.
/// </param>
/// <param name="Vanna">∂²V/∂F∂σ = ∂Δ/∂σ, units of underlying per 1.00 of volatility.</param>
/// <param name="Volga">∂²V/∂σ², money per 1.00 of volatility squared.</param>
/// <param name="Charm">Change of delta per year of passing time: D·φ(d1)·d2/(2T) + rΔ.</param>
/// <param name="Speed">∂Γ/∂F.</param>
/// <param name="Zomma">∂Γ/∂σ.</param>
/// <param name="DualDelta">∂V/∂K = −Dω·Φ(ωd2), units of underlying.</param>
/// <param name="StrikeProbabilityItm">Φ(ωd2): forward-measure probability of payment, not discounted.</param>
/// <param name="Rho">∂V/∂r, forward held: −T·V, money per 1.00 of rate.</param>
/// <param name="RhoForward">∂V/∂b of F = S·e^{bT}: T·F·Δ, money per 1.00 of carry.</param>
public readonly record struct Black76Greeks(
    double Price,
    double Delta,
    double Gamma,
    double Vega,
    double Theta,
    double Vanna,
    double Volga,
    double Charm,
    double Speed,
    double Zomma,
    double DualDelta,
    double StrikeProbabilityItm,
    double Rho,
    double RhoForward)
{
    // Any product of two sensitivities of arguments inside these limits is a finite double.
    private const double MagnitudeMin = 1e-50;
    private const double MagnitudeMax = 1e50;

    /// <summary>The implementation of <see cref="Black76.Greeks"/>.</summary>
    /// <param name="right">Call or put.</param>
    /// <param name="forward">Forward, money per unit of underlying; &gt; 0.</param>
    /// <param name="strike">Strike, same unit; &gt; 0.</param>
    /// <param name="volatilityAnnual">σ per √year; ≥ 0.</param>
    /// <param name="expiryYears">T, years; ≥ 0.</param>
    /// <param name="discount">Discount factor to payment; &gt; 0.</param>
    internal static Black76Greeks Of(
        OptionRight right,
        double forward,
        double strike,
        double volatilityAnnual,
        double expiryYears,
        double discount)
    {
        Require.InRange(forward, MagnitudeMin, MagnitudeMax);
        Require.InRange(strike, MagnitudeMin, MagnitudeMax);
        Require.InRange(volatilityAnnual, 0.0, MagnitudeMax);
        Require.InRange(expiryYears, 0.0, MagnitudeMax);
        Require.InRange(discount, MagnitudeMin, MagnitudeMax);
        double rate = expiryYears < MagnitudeMin ? 0.0 : -DeterministicMath.Log(discount) / expiryYears;
        double s = volatilityAnnual * Math.Sqrt(expiryYears);
        bool isStep = s < MagnitudeMin || expiryYears < MagnitudeMin;
        Black76Terms terms = isStep ? Black76Terms.Step(forward, strike) : Black76Terms.Of(forward, strike, s);
        Black76Greeks first = FirstOrder(right, forward, strike, expiryYears, discount, rate, terms);
        return terms.Density > 0.0
            ? first.WithCurvature(forward, volatilityAnnual, expiryYears, discount, s, terms)
            : first;
    }

    private static Black76Greeks FirstOrder(
        OptionRight right,
        double forward,
        double strike,
        double expiryYears,
        double discount,
        double rate,
        Black76Terms terms)
    {
        bool isCall = right == OptionRight.Call;
        double omega = isCall ? 1.0 : -1.0;
        double value = discount * (Black76.Payoff(right, forward, strike) + terms.OutOfTheMoney);
        double delta = discount * omega * (isCall ? terms.CdfD1 : terms.CdfMinusD1);
        double probability = isCall ? terms.CdfD2 : terms.CdfMinusD2;
        return default(Black76Greeks) with
        {
            Price = value,
            Delta = delta,
            Theta = rate * value,
            Charm = rate * delta,
            DualDelta = -discount * omega * probability,
            StrikeProbabilityItm = probability,
            Rho = -expiryYears * value,
            RhoForward = expiryYears * forward * delta,
        };
    }

    private Black76Greeks WithCurvature(
        double forward,
        double sigma,
        double expiryYears,
        double discount,
        double s,
        Black76Terms terms)
    {
        double phi = discount * terms.Density;
        double d1 = terms.D1;
        double d2 = terms.D2;
        double gamma = phi / (forward * s);
        double vega = forward * phi * Math.Sqrt(expiryYears);
        return this with
        {
            Gamma = gamma,
            Vega = vega,
            Theta = Theta - forward * phi * sigma / (2.0 * Math.Sqrt(expiryYears)),
            Vanna = -phi * d2 / sigma,
            Volga = vega * d1 * d2 / sigma,
            Charm = Charm + phi * d2 / (2.0 * expiryYears),
            Speed = -gamma / forward * (d1 / s + 1.0),
            Zomma = gamma * Math.FusedMultiplyAdd(d1, d2, -1.0) / sigma,
        };
    }
}
