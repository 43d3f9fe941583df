using Breakwater.Numerics;
using Breakwater.Parameters;

namespace Breakwater.Forecasts;

/// <summary>What readings of the order flow add to margin (METHODOLOGY 4.6): pure rules.</summary>
public static class FlowRules
{
    /// <summary>m_flow = clip(1 + 0.10·(|z| − 2)⁺ + 0.30·(F − 0.90)⁺/0.10, 1, 1.35) with the shipped constants.
    /// </summary>
    /// <param name="imbalanceScore">z of the order-flow imbalance, standard deviations; finite.</param>
    /// <param name="toxicityRank">F(VPIN), fraction in [0, 1].</param>
    /// <param name="parameters">Slopes, thresholds and cap.</param>
    /// <returns>Ratio in [1, cap]; not falling in |z| nor in F, the same for z and −z.</returns>
    public static double Multiplier(double imbalanceScore, double toxicityRank, FlowParameters parameters)
    {
        Require.Finite(imbalanceScore);
        Require.InRange(toxicityRank, 0d, 1d);
        double pressure = Math.Max(0d, Math.Abs(imbalanceScore) - parameters.ScoreThreshold);
        double toxicity = Math.Max(0d, toxicityRank - parameters.ToxicityThreshold)
            / (1d - parameters.ToxicityThreshold);
        double raw = 1d + (parameters.ScoreSlope * pressure) + (parameters.ToxicitySlope * toxicity);
        return Math.Min(Math.Max(1d, parameters.MultiplierMaximum), raw);
    }

    /// <summary>sgn(OFI)·½·|β·OFI/D̄|/S·a: move of the price that the flow's memory lets expect, before its cap.
    /// </summary>
    /// <param name="imbalance">OFI of the last interval, units of underlying; finite.</param>
    /// <param name="impact">Price change per imbalance over depth, depth and persistence.</param>
    /// <param name="priceUsd">S, USD; &gt; 0.</param>
    /// <param name="parameters">The share expected again.</param>
    /// <returns>Fraction of the price, positive upwards.</returns>
    public static double Drift(double imbalance, PriceImpact impact, double priceUsd, FlowParameters parameters)
    {
        Require.Finite(imbalance);
        Require.Positive(priceUsd);
        return impact.Depth > 0d
            ? parameters.DriftShare * impact.Beta * (imbalance / impact.Depth) / priceUsd * impact.Persistence
            : 0d;
    }

    /// <summary>Share of a sample below a value, equal ones counted half: an empirical distribution function.</summary>
    /// <param name="sample">At least one finite value.</param>
    /// <param name="value">The value, in the sample's unit; finite.</param>
    /// <returns>Fraction in [0, 1], not falling in the value.</returns>
    public static double Rank(ReadOnlySpan<double> sample, double value)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sample.Length);
        int halves = 0;
        foreach (double own in sample)
        {
            halves += own < value ? 2 : own > value ? 0 : 1;
        }

        return halves / (2d * sample.Length);
    }
}
