namespace Breakwater.Surfaces;

/// <summary>What every step of a calibration is told.</summary>
/// <param name="LevelCertified">Level c up to which slices stay free of butterfly arbitrage; ≥ 1.</param>
/// <param name="HuberThreshold">δ of Huber's loss, scaled residuals; &gt; 0.</param>
/// <param name="DefaultRho">ρ to start from, and of slices without a shape of their own.</param>
/// <param name="DefaultSmile">ψ/√θ likewise.</param>
internal readonly record struct FitSettings(
    double LevelCertified, double HuberThreshold, double DefaultRho, double DefaultSmile)
{
    /// <summary>Huber's loss (Huber, 1964): quadratic inside the threshold, linear outside.</summary>
    /// <param name="residual">Scaled residual, dimensionless.</param>
    internal double Huber(double residual)
    {
        double size = Math.Abs(residual);
        return size <= HuberThreshold ? 0.5 * size * size : HuberThreshold * (size - 0.5 * HuberThreshold);
    }

    /// <summary>Weight that makes a least-squares step follow Huber's loss.</summary>
    /// <param name="residual">Scaled residual, dimensionless.</param>
    internal double HuberWeight(double residual) => Math.Min(1.0, HuberThreshold / Math.Abs(residual));
}
