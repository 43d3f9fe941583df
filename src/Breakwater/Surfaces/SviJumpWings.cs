using Breakwater.Numerics;

namespace Breakwater.Surfaces;

/// <summary>A slice by what a trader sees: at-the-money variance and skew, wings, least variance (SVI-JW).</summary>
/// <remarks>Source: Gatheral and Jacquier (2014), eq. 3.5 and lemma 3.2. Depends on the time to expiry it was stated
/// for.
/// </remarks>
/// <param name="Variance">v: variance at k = 0, per year; &gt; 0.</param>
/// <param name="Skew">ψ: slope of volatility's total deviation √w in k at k = 0.</param>
/// <param name="PutWing">p: slope of the left wing, over √w(0); ≥ 0.</param>
/// <param name="CallWing">c: slope of the right wing, over √w(0); ≥ 0.</param>
/// <param name="LeastVariance">ṽ: least variance over all k, per year.</param>
public readonly record struct SviJumpWings(
    double Variance, double Skew, double PutWing, double CallWing, double LeastVariance)
{
    /// <summary>Jump wings of a raw slice.</summary>
    /// <param name="slice">The slice; its total variance at k = 0 must be positive.</param>
    /// <param name="expiryYears">Time to expiry, years; &gt; 0.</param>
    public static SviJumpWings Of(in SviParameters slice, double expiryYears)
    {
        Require.Positive(expiryYears);
        double atm = slice.TotalVariance(0.0);
        Require.Positive(atm);
        double root = Math.Sqrt(atm);
        return new SviJumpWings(
            atm / expiryYears,
            0.5 * slice.Slope(0.0) / root,
            slice.B * (1.0 - slice.Rho) / root,
            slice.B * (1.0 + slice.Rho) / root,
            slice.MinimumVariance / expiryYears);
    }

    /// <summary>The raw slice.</summary>
    /// <param name="expiryYears">Time to expiry, years; &gt; 0.</param>
    /// <remarks>
    /// With β = m/√(m² + σ²) = ρ − 2ψ√w/b the width follows from v − ṽ; this form has no special case at m = 0.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">No slice has these wings: v, p + c or v − ṽ is not positive, or
    /// the
    /// skew is steeper than a wing. At v = ṽ the least variance lies at k = 0 and says nothing of the
    /// width.</exception>
    public SviParameters ToRaw(double expiryYears)
    {
        Require.Positive(expiryYears);
        Require.Positive(Variance);
        Require.Positive(PutWing + CallWing);
        double root = Math.Sqrt(Variance * expiryYears);
        double b = 0.5 * root * (CallWing + PutWing);
        double rho = 1.0 - PutWing * root / b;
        double beta = rho - 2.0 * Skew * root / b;
        Require.InRange(rho, -1.0, 1.0);
        Require.StrictlyBetween(beta, -1.0, 1.0);
        double q = Math.Sqrt(1.0 - rho * rho);
        double depth = 1.0 - rho * beta - q * Math.Sqrt(1.0 - beta * beta);
        Require.Positive(depth);
        Require.Positive(Variance - LeastVariance);
        double radius = (Variance - LeastVariance) * expiryYears / (b * depth);
        double sigma = radius * Math.Sqrt(1.0 - beta * beta);
        return new SviParameters(LeastVariance * expiryYears - b * sigma * q, b, rho, beta * radius, sigma);
    }
}
