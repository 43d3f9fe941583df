using Breakwater.Numerics;

namespace Breakwater.Forecasts;

/// <summary>r_t = μ + e_t with e_t normal of variance h_t = ω + α·e²_{t−1} + β·h_{t−1}: GARCH(1,1).</summary>
/// <remarks>
/// Source: Bollerslev (1986), J. Econometrics 31, 307–327. Start-up of Fiorentini, Calzolari and Panattoni (1996): e²
/// and h before the first return both are the sample mean of (r − μ)².
/// </remarks>
/// <param name="Mu">μ, unit of a return.</param>
/// <param name="Omega">ω, squared unit of a return; &gt; 0.</param>
/// <param name="Alpha">α ≥ 0.</param>
/// <param name="Beta">β ≥ 0; α + β &lt; 1.</param>
public readonly record struct GarchParameters(double Mu, double Omega, double Alpha, double Beta)
{
    /// <summary>Whether the parameters are finite, ω &gt; 0, α ≥ 0, β ≥ 0 and α + β &lt; 1.</summary>
    public bool IsStationary =>
        double.IsFinite(Mu) && double.IsFinite(Omega) && Omega > 0d && Alpha >= 0d && Beta >= 0d && Alpha + Beta < 1d;

    /// <summary>Conditional variance of each return given those before.</summary>
    /// <param name="returns">[n] returns; finite, n ≥ 1; not modified.</param>
    /// <param name="variances">[n] filled with h_t, squared unit of a return.</param>
    /// <exception cref="ArgumentException">Not stationary, no return, or lengths differ.</exception>
    public void Variance(ReadOnlySpan<double> returns, Span<double> variances)
    {
        RequireDomain(returns);
        Require.Count(variances.Length, returns.Length);
        double variance = Presample(returns);
        double squared = variance;
        for (int step = 0; step < returns.Length; step++)
        {
            variance = Omega + (Alpha * squared) + (Beta * variance);
            variances[step] = variance;
            squared = (returns[step] - Mu) * (returns[step] - Mu);
        }
    }

    /// <summary>Sample mean of (r − μ)².</summary>
    /// <param name="returns">[n] returns per period; finite; not modified.</param>
    internal double Presample(ReadOnlySpan<double> returns)
    {
        double sum = 0d;
        foreach (double value in returns)
        {
            sum += (value - Mu) * (value - Mu);
        }

        return sum / returns.Length;
    }

    internal void RequireDomain(ReadOnlySpan<double> returns)
    {
        Require.AllFinite(returns);
        ArgumentOutOfRangeException.ThrowIfLessThan(returns.Length, 1);
        if (!IsStationary)
        {
            throw new ArgumentException($"{this} is no stationary GARCH(1,1)");
        }
    }
}
