using Breakwater.Numerics;

namespace Breakwater.Surfaces;

/// <summary>Raw SVI as a point of free parameters, with derivatives: what the joint fit moves.</summary>
/// <remarks>
/// p = (ln w_min, logit of c·b(1 + |ρ|)/2, artanh ρ, m, ln σ), METHODOLOGY 2.2. Every point is a slice with positive
/// variance whose wings stay below 2 up to level c.
/// </remarks>
internal static class SmileFit
{
    /// <summary>Free parameters per slice.</summary>
    internal const int Dimension = 5;

    private const double ShareMinimum = 1e-9; // Keeps the logit of a flat slice finite.

    /// <summary>Writes the point of a slice.</summary>
    /// <param name="slice">A slice with positive least variance, |ρ| &lt; 1 and σ &gt; 0.</param>
    /// <param name="level">The level c.</param>
    /// <param name="point">[5] filled.</param>
    internal static void ToPoint(in SviParameters slice, double level, Span<double> point)
    {
        double share = Math.Clamp(0.5 * level * slice.SteeperWing, ShareMinimum, 1.0 - ShareMinimum);
        point[0] = DeterministicMath.Log(slice.MinimumVariance);
        point[1] = DeterministicMath.Log(share / (1.0 - share));
        point[2] = 0.5 * DeterministicMath.Log((1.0 + slice.Rho) / (1.0 - slice.Rho));
        point[3] = slice.M;
        point[4] = DeterministicMath.Log(slice.Sigma);
    }

    /// <summary>The slice at a point.</summary>
    /// <param name="point">[5] not modified.</param>
    /// <param name="level">The level c.</param>
    internal static Smile At(ReadOnlySpan<double> point, double level)
    {
        double leastVariance = DeterministicMath.Exp(Math.Clamp(point[0], -60.0, 10.0));
        double share = 1.0 / (1.0 + DeterministicMath.Exp(Math.Clamp(-point[1], -40.0, 40.0)));
        double tilt = DeterministicMath.Exp(Math.Clamp(2.0 * point[2], -20.0, 20.0));
        double rho = (tilt - 1.0) / (tilt + 1.0);
        double sigma = DeterministicMath.Exp(Math.Clamp(point[4], -20.0, 5.0));
        double b = 2.0 * share / (level * (1.0 + Math.Abs(rho)));
        double q = 2.0 * Math.Sqrt(tilt) / (tilt + 1.0); // √(1 − ρ²) without cancellation
        return new Smile(leastVariance, b, rho, point[3], sigma, share, q);
    }
}

/// <summary>A slice in the form the fit differentiates.</summary>
/// <param name="LeastVariance">w_min.</param>
/// <param name="B">Slope b.</param>
/// <param name="Rho">Skew ρ.</param>
/// <param name="M">Shift m.</param>
/// <param name="Sigma">Width σ.</param>
/// <param name="Share">c·b(1 + |ρ|)/2.</param>
/// <param name="Q">√(1 − ρ²).</param>
internal readonly record struct Smile(
    double LeastVariance, double B, double Rho, double M, double Sigma, double Share, double Q)
{
    internal SviParameters ToSvi() => new(LeastVariance - B * Sigma * Q, B, Rho, M, Sigma);

    /// <summary>Total variance at k.</summary>
    /// <param name="k">Log-moneyness ln(K/F), dimensionless; finite.</param>
    internal double Variance(double k)
    {
        double x = k - M;
        return LeastVariance + B * (Rho * x + Math.Sqrt(x * x + Sigma * Sigma) - Sigma * Q);
    }

    /// <summary>Derivative of b in ρ at fixed share.</summary>
    private double SlopeInRho => -B * Math.Sign(Rho) / (1.0 + Math.Abs(Rho));

    /// <summary>Total variance at k and its gradient in the point.</summary>
    internal double VarianceGradient(double k, Span<double> gradient)
    {
        double x = k - M;
        double root = Math.Sqrt(x * x + Sigma * Sigma);
        double h = Rho * x + root - Sigma * Q;
        gradient[0] = LeastVariance;
        gradient[1] = B * (1.0 - Share) * h;
        gradient[2] = Q * Q * (B * (x + Sigma * Rho / Q) + SlopeInRho * h);
        gradient[3] = -B * (Rho + x / root);
        gradient[4] = B * Sigma * (Sigma / root - Q);
        return LeastVariance + B * h;
    }

    /// <summary>g_c at k.</summary>
    /// <param name="k">Log-moneyness ln(K/F), dimensionless; finite.</param>
    /// <param name="level">The factor c, dimensionless; 1 for the slice as it is.</param>
    internal double G(double k, double level)
    {
        double x = k - M;
        double inverse = 1.0 / Math.Sqrt(x * x + Sigma * Sigma);
        double w = LeastVariance + B * (Rho * x + 1.0 / inverse - Sigma * Q);
        double w1 = B * (Rho + x * inverse);
        double w2 = B * Sigma * Sigma * inverse * inverse * inverse;
        return Durrleman.G(w, w1, w2, k, level);
    }

    /// <summary>g_c at k and its gradient in the point.</summary>
    internal double GGradient(double k, double level, Span<double> gradient)
    {
        double x = k - M;
        double inverse = 1.0 / Math.Sqrt(x * x + Sigma * Sigma);
        double w = VarianceGradient(k, gradient);
        double w1 = B * (Rho + x * inverse);
        double ratio = Sigma * Sigma * inverse * inverse; // σ²/r²
        double w2 = B * ratio * inverse;
        double u = w1 / w;
        double straight = 1.0 - 0.5 * k * u;
        double byU = -k * straight - 0.25 * w1;
        double byW = -byU * u / w;
        double byW1 = byU / w - 0.25 * u - 0.125 * level * level * w1;
        double rhoScale = Q * Q;
        double slopeShare = SlopeInRho / B;
        gradient[0] = byW * gradient[0];
        gradient[1] = byW * gradient[1] + (1.0 - Share) * (byW1 * w1 + 0.5 * w2);
        gradient[2] = byW * gradient[2] + rhoScale * (byW1 * (B + slopeShare * w1) + 0.5 * slopeShare * w2);
        gradient[3] = byW * gradient[3] - byW1 * w2 + 1.5 * w2 * x * inverse * inverse;
        gradient[4] = byW * gradient[4] - byW1 * w2 * x + 0.5 * w2 * (2.0 - 3.0 * ratio);
        return straight * straight - 0.25 * w1 * u - 0.0625 * level * level * w1 * w1 + 0.5 * w2;
    }

    /// <summary>Gradients of the wings b(1 + ρ) and b(1 − ρ) in the point.</summary>
    /// <param name="side">+1 for the right wing, −1 for the left one.</param>
    /// <param name="gradient">[5] filled.</param>
    /// <returns>The wing's slope.</returns>
    internal double WingGradient(double side, Span<double> gradient)
    {
        gradient.Clear();
        double wing = B * (1.0 + side * Rho);
        gradient[1] = (1.0 - Share) * wing;
        gradient[2] = Q * Q * (SlopeInRho * (1.0 + side * Rho) + side * B);
        return wing;
    }
}
