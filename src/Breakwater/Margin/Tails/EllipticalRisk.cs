using System.Collections.Immutable;
using Breakwater.Numerics;

namespace Breakwater.Margin.Tails;

/// <summary>Value at risk and expected shortfall of a closed-form law.</summary>
/// <param name="ValueAtRisk">Loss quantile.</param>
/// <param name="ExpectedShortfall">Mean loss at and beyond it.</param>
public readonly record struct TailRisk(double ValueAtRisk, double ExpectedShortfall)
{
    /// <summary>Both, times a scale.</summary>
    public static TailRisk operator *(double scale, TailRisk risk) =>
        new(scale * risk.ValueAtRisk, scale * risk.ExpectedShortfall);
}

/// <summary>Risk of a portfolio with an elliptical law, and the part of each exposure.</summary>
/// <param name="Total">Risk of the whole.</param>
/// <param name="Components">[exposureCount], risk contributions; they sum to the total (Euler).</param>
public sealed record AllocatedRisk(TailRisk Total, ImmutableArray<TailRisk> Components);

/// <summary>Closed forms that the estimators are checked against; no margin is computed from them.</summary>
/// <remarks>Sources: McNeil, Frey, Embrechts (2005), Quantitative Risk Management, examples 2.14, 2.18, 2.19 and
/// section 8.5; Tasche (1999). Relative accuracy 1e-12 for levels up to 0.9999.</remarks>
public static class EllipticalRisk
{
    /// <summary>Standard normal losses: VaR = Φ⁻¹(α), ES = φ(VaR)/(1 − α).</summary>
    /// <param name="level">Confidence level.</param>
    public static TailRisk Normal(TailLevel level)
    {
        double tail = TailProbability(level);
        double quantile = -NormalDistribution.InverseCdf(tail);
        return new TailRisk(quantile, NormalDistribution.Density(quantile) / tail);
    }

    /// <summary>Student-t losses of unit scale: ES = f(q)/(1 − α)·(ν + q²)/(ν − 1).</summary>
    /// <param name="level">Confidence level.</param>
    /// <param name="degrees">Degrees of freedom ν; &gt; 1, else the shortfall is infinite.</param>
    /// <exception cref="ArgumentOutOfRangeException">ν is not above 1.</exception>
    public static TailRisk StudentT(TailLevel level, double degrees)
    {
        Require.Finite(degrees);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(degrees, 1d);
        double tail = TailProbability(level);
        double quantile = -Numerics.StudentT.Quantile(tail, degrees);
        double shortfall = Numerics.StudentT.Density(quantile, degrees) / tail
            * ((degrees + (quantile * quantile)) / (degrees - 1d));
        return new TailRisk(quantile, shortfall);
    }

    /// <summary>Student-t losses scaled to variance 1: times √((ν − 2)/ν).</summary>
    /// <param name="level">Confidence level.</param>
    /// <param name="degrees">Degrees of freedom ν; &gt; 2, else the variance is infinite.</param>
    /// <exception cref="ArgumentOutOfRangeException">ν is not above 2.</exception>
    public static TailRisk StudentTUnitVariance(TailLevel level, double degrees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(degrees, 2d);
        return Math.Sqrt((degrees - 2d) / degrees) * StudentT(level, degrees);
    }

    /// <summary>Risk of L = w·X and its Euler parts wᵢ(Σw)ᵢ/√(wᵀΣw) × standard risk.</summary>
    /// <param name="exposures">[count] w.</param>
    /// <param name="scaleMatrix">[count × count] Σ, row-major; scale, not covariance, for a t law.</param>
    /// <param name="standard">Risk of the law of unit scale.</param>
    /// <exception cref="ArgumentException">Counts differ, or wᵀΣw is not positive.</exception>
    public static AllocatedRisk Allocate(
        ReadOnlySpan<double> exposures, ReadOnlySpan<double> scaleMatrix, TailRisk standard)
    {
        int count = exposures.Length;
        Require.Count(scaleMatrix.Length, count * count);
        Require.AllFinite(exposures);
        Require.AllFinite(scaleMatrix);
        double[] parts = new double[count];
        double variance = 0d;
        for (int row = 0; row < count; row++)
        {
            double slope = 0d;
            for (int column = 0; column < count; column++)
            {
                slope += scaleMatrix[(row * count) + column] * exposures[column];
            }

            parts[row] = exposures[row] * slope;
            variance += parts[row];
        }

        Require.Positive(variance);
        double scale = Math.Sqrt(variance);
        return new AllocatedRisk(scale * standard, [.. parts.Select(part => part / scale * standard)]);
    }

    private static double TailProbability(TailLevel level)
    {
        double tail = (double)(level.Denominator - level.Numerator) / level.Denominator;
        Require.StrictlyBetween(tail, 0d, 1d);
        return tail;
    }
}
