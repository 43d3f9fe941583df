using Breakwater.Numerics;

namespace Breakwater.Surfaces;

/// <summary>Families φ(θ) of SSVI surfaces and their sufficient conditions (Gatheral and Jacquier, 2014, section 4).
/// </summary>
/// <remarks>A slice is <see cref="EssviParameters"/> with ψ = θ·φ(θ).</remarks>
public static class Ssvi
{
    /// <summary>Power law φ = η/(θ^γ·(1 + θ)^(1 − γ)) (example 4.2).</summary>
    /// <param name="theta">Total variance at k = 0; &gt; 0.</param>
    /// <param name="eta">Scale η; &gt; 0.</param>
    /// <param name="gamma">Exponent γ; in (0, 1).</param>
    public static double PowerLaw(double theta, double eta, double gamma)
    {
        Require.Positive(theta);
        Require.Positive(eta);
        Require.StrictlyBetween(gamma, 0.0, 1.0);
        double exponent = gamma * DeterministicMath.Log(theta) + (1.0 - gamma) * DeterministicMath.Log(1.0 + theta);
        return eta * DeterministicMath.Exp(-exponent);
    }

    /// <summary>Heston-like φ = (1 − (1 − e^(−λθ))/(λθ))/(λθ) (example 4.1).</summary>
    /// <param name="theta">Total variance at k = 0; &gt; 0.</param>
    /// <param name="lambda">Scale λ; &gt; 0.</param>
    /// <remarks>Below λθ = 1 by the series Σ (−λθ)ⁿ/(n + 2)!, which does not cancel.</remarks>
    public static double HestonLike(double theta, double lambda)
    {
        Require.Positive(theta);
        Require.Positive(lambda);
        double x = lambda * theta;
        if (x >= 1.0) return (x - 1.0 + DeterministicMath.Exp(-x)) / (x * x);
        double sum = 0.0;
        for (int n = SeriesTerms; n >= 0; n--) sum = (1.0 - x * sum) / (n + 2.0);
        return sum;
    }

    /// <summary>The slice of a surface at one θ.</summary>
    /// <param name="theta">Total variance at k = 0; &gt; 0.</param>
    /// <param name="rho">Skew, in (−1, 1).</param>
    /// <param name="phi">φ(θ); &gt; 0.</param>
    public static EssviParameters Slice(double theta, double rho, double phi)
    {
        Require.Positive(theta);
        Require.StrictlyBetween(rho, -1.0, 1.0);
        Require.Positive(phi);
        return new EssviParameters(theta, rho, theta * phi);
    }

    /// <summary>θφ(1 + |ρ|); below 4 no wing is too steep (theorem 4.2, first condition).</summary>
    /// <param name="slice">The slice.</param>
    public static double WingMeasure(in EssviParameters slice) => slice.Psi * (1.0 + Math.Abs(slice.Rho));

    /// <summary>θφ²(1 + |ρ|); at most 4 (theorem 4.2, second condition).</summary>
    /// <param name="slice">The slice.</param>
    public static double CurvatureMeasure(in EssviParameters slice) =>
        slice.Psi * slice.Psi / slice.Theta * (1.0 + Math.Abs(slice.Rho));

    /// <summary>Whether the sufficient conditions of theorem 4.2 hold: then the slice has no butterfly
    /// arbitrage.</summary>
    /// <param name="slice">The slice.</param>
    public static bool IsSurelyButterflyFree(in EssviParameters slice) =>
        WingMeasure(slice) < 4.0 && CurvatureMeasure(slice) <= 4.0;

    private const int SeriesTerms = 20; // The next term is below 1/22! = 1e-21 of the first.
}
