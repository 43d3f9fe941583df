using Breakwater.Numerics;

namespace Breakwater.Forecasts;

/// <summary>Exponentially weighted moving average of squared returns.</summary>
/// <remarks>Source: J.P. Morgan, RiskMetrics Technical Document (1996), section 5.2.</remarks>
public static class Ewma
{
    /// <summary>ln 2, to the last bit of a double.</summary>
    private const double LogTwo = 0.69314718055994530942;

    /// <summary>Decay per step of a given half-life: λ = ½^(1/halfLife).</summary>
    /// <param name="halfLifeSteps">Steps after which a weight has halved; finite, &gt; 0.</param>
    public static double DecayOf(double halfLifeSteps)
    {
        Require.Positive(halfLifeSteps);
        return DeterministicMath.Exp(-LogTwo / halfLifeSteps);
    }

    /// <summary>Variance after each return: v_t = λ·v_{t−1} + (1 − λ)·r_t².</summary>
    /// <param name="returns">[n] log returns; finite; not modified.</param>
    /// <param name="decay">λ in (0, 1).</param>
    /// <param name="initialVariance">v before the first return; ≥ 0.</param>
    /// <param name="variances">[n] variance after each return, same unit per step; must not overlap the input.</param>
    public static void Variance(
        ReadOnlySpan<double> returns, double decay, double initialVariance, Span<double> variances)
    {
        Require.StrictlyBetween(decay, 0d, 1d);
        Require.NonNegative(initialVariance);
        Require.AllFinite(returns);
        Require.Count(variances.Length, returns.Length);
        double variance = initialVariance;
        for (int step = 0; step < returns.Length; step++)
        {
            variance = Step(variance, decay, returns[step] * returns[step]);
            variances[step] = variance;
        }
    }

    /// <summary>One step of the recursion with squared return <paramref name="squared"/>.</summary>
    /// <param name="variance">Variance before the step, in the unit of squared.</param>
    /// <param name="decay">Weight of the old variance, dimensionless.</param>
    /// <param name="squared">Squared return of the step.</param>
    internal static double Step(double variance, double decay, double squared) =>
        (decay * variance) + ((1d - decay) * squared);
}
