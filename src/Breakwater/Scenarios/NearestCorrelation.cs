using Breakwater.Numerics;

namespace Breakwater.Scenarios;

/// <summary>The correlation matrix nearest to a symmetric matrix in the Frobenius norm.</summary>
/// <remarks>
/// Alternating projections with Dykstra's correction: Higham (2002), IMA J. Numerical Analysis 22, 329–343, algorithm
/// 3.3. Tested against the examples of its section 4.
/// </remarks>
public static class NearestCorrelation
{
    /// <summary>Largest change of an entry in one round at which the iteration stops; the projections converge
    /// linearly,
    /// so that the remaining error is a few hundred times this at worst (NearestCorrelationTests).</summary>
    private const double ChangeMaximum = 1e-13;

    private const int RoundsMaximum = 20_000;

    /// <summary>Repairs a matrix.</summary>
    /// <param name="matrix">[n, n] row-major, symmetric, finite; not modified.</param>
    /// <param name="dimension">n ≥ 1.</param>
    /// <param name="eigenvalueMinimum">Floor of the eigenvalues of the result, in [0, 0.1]; 1e-8 in METHODOLOGY 3.5.
    /// </param>
    /// <returns>[n, n] unit diagonal, symmetric to the last bit, eigenvalues at or above the floor up to
    /// 1e-12.</returns>
    /// <exception cref="ArgumentException">Not square, or not finite.</exception>
    public static double[] Of(ReadOnlySpan<double> matrix, int dimension, double eigenvalueMinimum)
    {
        Require.AllFinite(matrix);
        Require.Count(matrix.Length, dimension * dimension);
        Require.InRange(eigenvalueMinimum, 0d, 0.1);
        double[] estimate = matrix.ToArray();
        double[] correction = new double[matrix.Length];
        double[] shifted = new double[matrix.Length];
        double[] projected = new double[matrix.Length];
        for (int round = 0; round < RoundsMaximum; round++)
        {
            for (int cell = 0; cell < matrix.Length; cell++)
            {
                shifted[cell] = estimate[cell] - correction[cell];
            }

            ProjectOnCone(shifted, dimension, eigenvalueMinimum, projected);
            double change = 0d;
            for (int cell = 0; cell < matrix.Length; cell++)
            {
                correction[cell] = projected[cell] - shifted[cell];
                double next = cell / dimension == cell % dimension ? 1d : projected[cell];
                change = Math.Max(change, Math.Abs(next - estimate[cell]));
                estimate[cell] = next;
            }

            if (change <= ChangeMaximum)
            {
                break;
            }
        }

        return FromCone(estimate, dimension, eigenvalueMinimum, projected);
    }

    /// <summary>Frobenius norm of a difference.</summary>
    /// <param name="left">[n, n]; not modified.</param>
    /// <param name="right">[n, n]; not modified.</param>
    public static double Distance(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        Require.Count(right.Length, left.Length);
        double sum = 0d;
        for (int cell = 0; cell < left.Length; cell++)
        {
            double gap = left[cell] - right[cell];
            sum += gap * gap;
        }

        return Math.Sqrt(sum);
    }

    private static void ProjectOnCone(double[] matrix, int dimension, double minimum, double[] projected)
    {
        double[] values = new double[dimension];
        double[] vectors = new double[matrix.Length];
        SymmetricEigen.Decompose(matrix, dimension, values, vectors);
        for (int index = 0; index < dimension; index++)
        {
            values[index] = Math.Max(values[index], minimum);
        }

        SymmetricEigen.Compose(values, vectors, dimension, projected);
    }

    // The last word: inside the cone, then scaled to a unit diagonal, which keeps it there.
    private static double[] FromCone(double[] estimate, int dimension, double minimum, double[] projected)
    {
        ProjectOnCone(estimate, dimension, minimum, projected);
        double[] result = new double[projected.Length];
        for (int cell = 0; cell < result.Length; cell++)
        {
            int row = cell / dimension;
            int column = cell % dimension;
            result[cell] = row == column ? 1d : Math.Clamp(
                projected[cell] / Math.Sqrt(
                    projected[(row * dimension) + row] * projected[(column * dimension) + column]),
                -1d, 1d);
        }

        return result;
    }
}
