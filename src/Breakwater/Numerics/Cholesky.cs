namespace Breakwater.Numerics;

/// <summary>Cholesky factorisation A = L·Lᵀ of a symmetric positive definite matrix, and what it is used for.</summary>
/// <remarks>Source: Golub and Van Loan (2013), Matrix Computations, 4th ed., section 4.2. Sums run in index
/// order.</remarks>
public static class Cholesky
{
    /// <summary>Returned by <see cref="TryFactor"/> where every pivot was positive.</summary>
    public const int NoFailure = -1;

    /// <summary>Fills the lower factor.</summary>
    /// <param name="matrix">[n, n] row-major, symmetric; only its lower triangle is read; not modified.</param>
    /// <param name="dimension">n, ≥ 1.</param>
    /// <param name="lower">[n, n] row-major, filled with L and zeros above; must not overlap the matrix.</param>
    /// <returns><see cref="NoFailure"/>, or the index of the first pivot that is not positive: the matrix is not
    /// positive definite and L holds only the rows before it.</returns>
    /// <exception cref="ArgumentException">A span has another length than n².</exception>
    public static int TryFactor(ReadOnlySpan<double> matrix, int dimension, Span<double> lower)
    {
        Require.Count(matrix.Length, dimension * dimension);
        Require.Count(lower.Length, dimension * dimension);
        lower.Clear();
        for (int row = 0; row < dimension; row++)
        {
            Span<double> current = lower.Slice(row * dimension, dimension);
            for (int column = 0; column < row; column++)
            {
                ReadOnlySpan<double> earlier = lower.Slice(column * dimension, dimension);
                double rest = matrix[(row * dimension) + column] - Dot(current, earlier, column);
                current[column] = rest / earlier[column];
            }

            double pivot = matrix[(row * dimension) + row] - Dot(current, current, row);
            if (!(pivot > 0.0 && double.IsFinite(pivot))) return row;
            current[row] = Math.Sqrt(pivot);
        }

        return NoFailure;
    }

    /// <summary>Solves L·Lᵀ·x = b.</summary>
    /// <param name="lower">[n, n] row-major, a factor; not modified.</param>
    /// <param name="dimension">n, ≥ 1.</param>
    /// <param name="rightSide">[n], b; not modified.</param>
    /// <param name="solution">[n], filled with x; may be the same span as <paramref name="rightSide"/>.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    public static void Solve(
        ReadOnlySpan<double> lower,
        int dimension,
        ReadOnlySpan<double> rightSide,
        Span<double> solution)
    {
        Require.Count(lower.Length, dimension * dimension);
        Require.Count(rightSide.Length, dimension);
        Require.Count(solution.Length, dimension);
        for (int row = 0; row < dimension; row++)
        {
            ReadOnlySpan<double> current = lower.Slice(row * dimension, dimension);
            solution[row] = (rightSide[row] - Dot(current, solution, row)) / current[row];
        }

        for (int row = dimension - 1; row >= 0; row--)
        {
            double rest = solution[row];
            for (int below = row + 1; below < dimension; below++)
            {
                rest -= lower[(below * dimension) + row] * solution[below];
            }

            solution[row] = rest / lower[(row * dimension) + row];
        }
    }

    /// <summary>L·z: turns independent standard normal numbers into correlated ones.</summary>
    /// <param name="lower">[n, n] row-major, a factor; not modified.</param>
    /// <param name="dimension">n, ≥ 1.</param>
    /// <param name="independent">[n], z; not modified.</param>
    /// <param name="correlated">[n], filled with L·z; may be the same span as <paramref name="independent"/>.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    public static void Correlate(
        ReadOnlySpan<double> lower,
        int dimension,
        ReadOnlySpan<double> independent,
        Span<double> correlated)
    {
        Require.Count(lower.Length, dimension * dimension);
        Require.Count(independent.Length, dimension);
        Require.Count(correlated.Length, dimension);
        // From the last row up, so that a shared span is read before it is overwritten.
        for (int row = dimension - 1; row >= 0; row--)
        {
            correlated[row] = Dot(lower.Slice(row * dimension, dimension), independent, row + 1);
        }
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right, int count)
    {
        double sum = 0.0;
        for (int i = 0; i < count; i++) sum += left[i] * right[i];
        return sum;
    }
}
