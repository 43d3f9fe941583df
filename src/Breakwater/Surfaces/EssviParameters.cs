namespace Breakwater.Surfaces;

/// <summary>One slice of extended SSVI: w(k) = ½·{θ + ρψk + √[(ψk + θρ)² + θ²(1 − ρ²)]}.</summary>
/// <remarks>Sources: Hendriks and Martini (2019), The extended SSVI volatility surface, J. Computational Finance 22(5);
/// METHODOLOGY 2.2. With ψ = θ·φ it is the SSVI slice of Gatheral and Jacquier (2014).</remarks>
/// <param name="Theta">Total variance at k = 0; &gt; 0.</param>
/// <param name="Rho">Skew, in (−1, 1).</param>
/// <param name="Psi">Slope of the smile, θφ; ≥ 0. Zero is a flat slice.</param>
public readonly record struct EssviParameters(double Theta, double Rho, double Psi)
{
    /// <summary>Total variance at log-moneyness <paramref name="k"/>.</summary>
    /// <param name="k">Log-moneyness ln(K/F), dimensionless; finite.</param>
    public double TotalVariance(double k)
    {
        double shifted = Psi * k + Theta * Rho;
        return 0.5 * (Theta + Rho * Psi * k + Math.Sqrt(shifted * shifted + Theta * Theta * (1.0 - Rho * Rho)));
    }

    /// <summary>The same slice as raw SVI; ψ must be positive.</summary>
    public SviParameters ToSvi() => new(
        0.5 * Theta * (1.0 - Rho * Rho),
        0.5 * Psi,
        Rho,
        -Theta * Rho / Psi,
        Theta * Math.Sqrt(1.0 - Rho * Rho) / Psi);

    /// <summary>Greatest ψ that is sufficient against butterfly arbitrage up to a level c of volatility.</summary>
    /// <param name="theta">Total variance at k = 0; &gt; 0.</param>
    /// <param name="rho">Skew, in (−1, 1).</param>
    /// <param name="level">The level c; ≥ 1.</param>
    /// <remarks>ψ &lt; 4/(c(1 + |ρ|)) and ψ² ≤ 4θ/(1 + |ρ|): Gatheral and Jacquier (2014), theorem 4.2; at level c θ
    /// and
    /// ψ become c²θ and cψ, so only the first one tightens.</remarks>
    public static double PsiMaximum(double theta, double rho, double level)
    {
        double steepness = 1.0 + Math.Abs(rho);
        return Math.Min(StrictnessFraction * 4.0 / (level * steepness), 2.0 * Math.Sqrt(theta / steepness));
    }

    /// <summary>Factor by which ψ must at least rise from one expiry to a later one.</summary>
    /// <remarks>Sufficient against calendar arbitrage with θ2 ≥ θ1 and ψ2/ψ1 ≤ θ2/θ1 (Hendriks and Martini, 2019, prop.
    /// 3.5; METHODOLOGY 2.2).</remarks>
    /// <param name="earlierRho">ρ of the earlier slice.</param>
    /// <param name="laterRho">ρ of the later slice.</param>
    public static double PsiRatioMinimum(double earlierRho, double laterRho) =>
        Math.Max((1.0 + earlierRho) / (1.0 + laterRho), (1.0 - earlierRho) / (1.0 - laterRho));

    private const double StrictnessFraction = 0.9999; // The first condition is strict: stay a ten-thousandth inside.
}
