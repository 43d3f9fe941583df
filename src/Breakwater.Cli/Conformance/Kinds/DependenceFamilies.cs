using System.Collections.Immutable;
using Breakwater.Scenarios;

namespace Breakwater.Cli.Conformance.Kinds;

/// <summary>Cases of <c>nearest-correlation</c>, <c>ledoit-wolf</c> and <c>t-copula-tail-dependence</c>.</summary>
internal static class DependenceFamilies
{
    /// <summary>The families.</summary>
    public static ImmutableArray<Family> All { get; } =
    [
        new("nearest-correlation", ["matrix"], ["minEigenvalue"], Nearest),
        new("ledoit-wolf", ["data"], ["assumeCentered"], Shrunk),
        new("t-copula-tail-dependence", ["nu", "rho"], [], inputs => new Answers().Add(
            "tailDependence", () => TailDependence.OfStudentCopula(inputs.Number("nu"), inputs.Number("rho")))),
    ];

    // Higham's problem has no floor above zero; minEigenvalue only describes the given matrix.
    private static Answers Nearest(CaseInputs inputs)
    {
        (ImmutableArray<double> matrix, int dimension) = inputs.Matrix("matrix");
        if (matrix.Length != dimension * dimension)
        {
            throw new UnknownCaseException("the matrix is not square");
        }

        double[] nearest = NearestCorrelation.Of(matrix.AsSpan(), dimension, eigenvalueMinimum: 0.0);
        return new Answers()
            .Add("nearestCorrelation", () => Answer.OfMatrix(nearest, dimension))
            .Add("nearestCorrelation_4dp", () => Answer.OfMatrix(nearest, dimension))
            .Add("frobeniusDistance", () => NearestCorrelation.Distance(matrix.AsSpan(), nearest));
    }

    private static Answers Shrunk(CaseInputs inputs)
    {
        (ImmutableArray<double> observations, int dimension) = inputs.Matrix("data");
        bool isCentred = inputs.Has("assumeCentered") && inputs.Truth("assumeCentered");
        double[] covariance = new double[dimension * dimension];
        double shrinkage = LedoitWolf.Shrink(
            observations.AsSpan(),
            dimension,
            isCentred ? Centring.KnownZeroMean : Centring.SampleMean,
            covariance);
        return new Answers()
            .Add("shrinkage", () => shrinkage)
            .Add("covariance", () => Answer.OfMatrix(covariance, dimension))
            .Add("covariance_4dp", () => Answer.OfMatrix(covariance, dimension));
    }
}
