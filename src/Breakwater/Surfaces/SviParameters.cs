namespace Breakwater.Surfaces;

/// <summary>One slice of total implied variance, raw SVI: w(k) = A + B·{Rho·(k − M) + √[(k − M)² + Sigma²]}.</summary>
/// <remarks>
/// Source: Gatheral and Jacquier (2014), Arbitrage-free SVI volatility surfaces, Quantitative Finance 14(1), eq. 3.1;
/// METHODOLOGY 2.2. Any values can be held; a slice of a published surface has B ≥ 0, |Rho| &lt; 1, Sigma &gt; 0 and a
/// positive least variance. <c>default</c> is the slice of zero variance.
/// </remarks>
/// <param name="A">Level, total variance.</param>
/// <param name="B">Slope of the wings, total variance per unit of log-moneyness; ≥ 0.</param>
/// <param name="Rho">Skew, in (−1, 1).</param>
/// <param name="M">Shift of the smile, log-moneyness.</param>
/// <param name="Sigma">Width of the smile's base, log-moneyness; &gt; 0.</param>
public readonly record struct SviParameters(double A, double B, double Rho, double M, double Sigma)
{
    /// <summary>Total variance at log-moneyness <paramref name="k"/> = ln(K/F).</summary>
    /// <param name="k">Log-moneyness ln(K/F), dimensionless; finite.</param>
    public double TotalVariance(double k)
    {
        double x = k - M;
        return A + B * (Rho * x + Math.Sqrt(x * x + Sigma * Sigma));
    }

    /// <summary>First derivative of total variance in k.</summary>
    /// <param name="k">Log-moneyness ln(K/F), dimensionless; finite.</param>
    public double Slope(double k)
    {
        double x = k - M;
        double root = Math.Sqrt(x * x + Sigma * Sigma);
        return root > 0.0 ? B * (Rho + x / root) : B * Rho;
    }

    /// <summary>Second derivative of total variance in k; ≥ 0.</summary>
    /// <param name="k">Log-moneyness ln(K/F), dimensionless; finite.</param>
    public double Curvature(double k)
    {
        double x = k - M;
        double square = x * x + Sigma * Sigma;
        return square > 0.0 ? B * Sigma * Sigma / (square * Math.Sqrt(square)) : 0.0;
    }

    /// <summary>Least total variance over all k: A + B·Sigma·√(1 − Rho²).</summary>
    public double MinimumVariance => A + B * Sigma * Math.Sqrt(Math.Max(0.0, 1.0 - Rho * Rho));

    /// <summary>Steeper of the two wings: B·(1 + |Rho|). Below 2 prices have finite moments (Lee, 2004).</summary>
    public double SteeperWing => B * (1.0 + Math.Abs(Rho));

    /// <summary>The slice with every volatility and every k multiplied by <paramref name="level"/>: w(k) → c²·w(k/c).
    /// </summary>
    /// <param name="level">The factor c; finite, &gt; 0.</param>
    /// <remarks>Keeps the shape in standardised moneyness (METHODOLOGY 2.5).</remarks>
    public SviParameters AtLevel(double level) =>
        new(level * level * A, level * B, Rho, level * M, level * Sigma);

    /// <summary>The slice with A reset so that the total variance at k = 0 is <paramref name="variance"/>.</summary>
    /// <param name="variance">Total variance at k = 0, dimensionless.</param>
    public SviParameters WithAtmVariance(double variance) =>
        this with { A = variance - B * (-Rho * M + Math.Sqrt(M * M + Sigma * Sigma)) };
}
