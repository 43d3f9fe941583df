using System.Collections.Immutable;
using Breakwater.Numerics;
using Breakwater.Parameters;

namespace Breakwater.Scenarios;

/// <summary>The mixture of correlations of block B (METHODOLOGY 3.5).</summary>
/// <param name="Factors">[regime] lower Cholesky factor [n, n] of each correlation matrix.</param>
/// <param name="Shares">[regime] cumulative probability, rising to one.</param>
internal sealed record StressedCorrelation(
    ImmutableArray<ImmutableArray<double>> Factors, ImmutableArray<double> Shares)
{
    /// <summary>Halves correlations so that spreads cannot rely on them (METHODOLOGY 3.5).</summary>
    private const double HalvedRatio = 0.5;

    /// <summary>Regimes in order: normal, halved, mild stress, severe stress.</summary>
    public static StressedCorrelation Of(ImmutableArray<double> matrix, int dimension, ScenarioParameters parameters)
    {
        double normal = parameters.CorrelationNormalWeight;
        double mild = Math.Min(parameters.CorrelationMildWeight, 1d - normal);
        double halved = normal * parameters.CorrelationHalvedFraction;
        return new StressedCorrelation(
            [
                Factor(matrix, dimension),
                Factor(Halved(matrix, dimension), dimension),
                Factor(Pulled(matrix, parameters.CorrelationStressMild), dimension),
                Factor(Pulled(matrix, parameters.CorrelationStressSevere), dimension),
            ],
            [normal - halved, normal, normal + mild, 1d]);
    }

    /// <summary>Regime of a uniform number in (0, 1).</summary>
    /// <param name="uniform">Uniform number, dimensionless; in (0, 1).</param>
    public int RegimeOf(double uniform)
    {
        int regime = 0;
        while (regime < Shares.Length - 1 && uniform >= Shares[regime])
        {
            regime++;
        }

        return regime;
    }

    /// <summary>C_s = (1 − s)·C + s·11ᵀ: stays positive semidefinite.</summary>
    /// <param name="matrix">[n × n] correlations C, row by row.</param>
    /// <param name="stress">Weight s of the matrix of ones, dimensionless; in [0, 1].</param>
    public static ImmutableArray<double> Pulled(ImmutableArray<double> matrix, double stress) =>
        [.. matrix.Select(entry => ((1d - stress) * entry) + stress)];

    /// <summary>Off-diagonal entries halved: the mean of C and the identity, so positive definite.</summary>
    /// <param name="matrix">[n × n] correlations C, row by row.</param>
    /// <param name="dimension">Rows n of the matrix; &gt; 0.</param>
    public static ImmutableArray<double> Halved(ImmutableArray<double> matrix, int dimension) =>
        [.. matrix.Select((entry, cell) => cell / dimension == cell % dimension ? 1d : HalvedRatio * entry)];

    private static ImmutableArray<double> Factor(ImmutableArray<double> matrix, int dimension)
    {
        double[] lower = new double[matrix.Length];
        if (Cholesky.TryFactor(matrix.AsSpan(), dimension, lower) == Cholesky.NoFailure)
        {
            return [.. lower];
        }

        double[] repaired = NearestCorrelation.Of(matrix.AsSpan(), dimension, CorrelationEstimate.EigenvalueMinimum);
        Check.That(
            Cholesky.TryFactor(repaired, dimension, lower) == Cholesky.NoFailure,
            "a repaired correlation matrix has no Cholesky factor");
        return [.. lower];
    }
}
