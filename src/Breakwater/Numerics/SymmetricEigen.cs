namespace Breakwater.Numerics;

/// <summary>Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations, the same on every
/// run.</summary>
/// <remarks>Source: Golub and Van Loan (2013), Matrix Computations, 4th ed., section 8.5 (algorithm 8.5.3, rows in
/// order). Small eigenvalues of scaled positive definite matrices keep high relative accuracy.</remarks>
public static class SymmetricEigen
{
    private const int SweepsMax = 60; // ten are ample in practice; convergence is quadratic
    private const double OffDiagonalRelative = 1e-17; // below, a rotation no longer changes the diagonal

    /// <summary>Decomposes A = V·diag(λ)·Vᵀ.</summary>
    /// <param name="matrix">[n, n] row-major, symmetric, finite; not modified.</param>
    /// <param name="dimension">n, ≥ 1.</param>
    /// <param name="eigenvalues">[n], filled in ascending order.</param>
    /// <param name="eigenvectors">[n, n] row-major, filled: column j belongs to eigenvalue j, has length one and its
    /// component of largest magnitude (the first of equals) positive. No spans may overlap.</param>
    /// <exception cref="ArgumentException">A span has another length, or an element is not finite.</exception>
    public static void Decompose(
        ReadOnlySpan<double> matrix,
        int dimension,
        Span<double> eigenvalues,
        Span<double> eigenvectors)
    {
        Require.Count(matrix.Length, dimension * dimension);
        Require.Count(eigenvalues.Length, dimension);
        Require.Count(eigenvectors.Length, dimension * dimension);
        Require.AllFinite(matrix);
        double[] work = matrix.ToArray();
        double[] vectors = new double[work.Length];
        for (int i = 0; i < dimension; i++) vectors[(i * dimension) + i] = 1.0;
        Diagonalise(work, vectors, dimension);
        Arrange(work, vectors, dimension, eigenvalues, eigenvectors);
    }

    /// <summary>V·diag(λ)·Vᵀ, symmetric to the last bit.</summary>
    /// <param name="eigenvalues">[n]; not modified.</param>
    /// <param name="eigenvectors">[n, n] row-major, eigenvectors in columns; not modified.</param>
    /// <param name="dimension">n, ≥ 1.</param>
    /// <param name="matrix">[n, n] row-major, filled; must not overlap the inputs.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    public static void Compose(
        ReadOnlySpan<double> eigenvalues,
        ReadOnlySpan<double> eigenvectors,
        int dimension,
        Span<double> matrix)
    {
        Require.Count(eigenvalues.Length, dimension);
        Require.Count(eigenvectors.Length, dimension * dimension);
        Require.Count(matrix.Length, dimension * dimension);
        for (int row = 0; row < dimension; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                double sum = 0.0;
                for (int j = 0; j < dimension; j++)
                {
                    double product = eigenvectors[(row * dimension) + j] * eigenvectors[(column * dimension) + j];
                    sum += eigenvalues[j] * product;
                }

                matrix[(row * dimension) + column] = sum;
                matrix[(column * dimension) + row] = sum;
            }
        }
    }

    private static void Diagonalise(double[] work, double[] vectors, int dimension)
    {
        double scale = 0.0;
        foreach (double element in work) scale = Math.Max(scale, Math.Abs(element));
        for (int sweep = 0; sweep < SweepsMax; sweep++)
        {
            bool rotated = false;
            for (int p = 0; p < dimension - 1; p++)
            {
                for (int q = p + 1; q < dimension; q++)
                {
                    if (Math.Abs(work[(p * dimension) + q]) <= OffDiagonalRelative * scale) continue;
                    Rotate(work, vectors, dimension, p, q);
                    rotated = true;
                }
            }

            if (!rotated) return;
        }

        throw new InvalidOperationException($"Jacobi rotations of a {dimension}-dimensional matrix did not converge");
    }

    /// <summary>The rotation that makes element (p, q) zero: t = tan of the smaller of the two angles.</summary>
    private static void Rotate(double[] work, double[] vectors, int dimension, int p, int q)
    {
        double offDiagonal = work[(p * dimension) + q];
        double tau = (0.5 * (work[(q * dimension) + q] - work[(p * dimension) + p])) / offDiagonal;
        double root = Math.Sqrt(1.0 + (tau * tau));
        double tangent = tau >= 0.0 ? 1.0 / (tau + root) : -1.0 / (root - tau);
        double cosine = 1.0 / Math.Sqrt(1.0 + (tangent * tangent));
        double sine = tangent * cosine;
        work[(p * dimension) + p] -= tangent * offDiagonal;
        work[(q * dimension) + q] += tangent * offDiagonal;
        work[(p * dimension) + q] = 0.0;
        work[(q * dimension) + p] = 0.0;
        for (int i = 0; i < dimension; i++)
        {
            Turn(ref vectors[(i * dimension) + p], ref vectors[(i * dimension) + q], cosine, sine);
            if (i == p || i == q) continue;
            Turn(ref work[(i * dimension) + p], ref work[(i * dimension) + q], cosine, sine);
            work[(p * dimension) + i] = work[(i * dimension) + p];
            work[(q * dimension) + i] = work[(i * dimension) + q];
        }
    }

    private static void Turn(ref double first, ref double second, double cosine, double sine) =>
        (first, second) = ((cosine * first) - (sine * second), (sine * first) + (cosine * second));

    private static void Arrange(
        double[] work,
        double[] vectors,
        int dimension,
        Span<double> eigenvalues,
        Span<double> eigenvectors)
    {
        double[] values = new double[dimension];
        int[] order = new int[dimension];
        for (int i = 0; i < dimension; i++) (values[i], order[i]) = (work[(i * dimension) + i], i);
        // Equal eigenvalues keep the order of their columns.
        Array.Sort(order, (a, b) => values[a] != values[b] ? values[a].CompareTo(values[b]) : a.CompareTo(b));
        for (int j = 0; j < dimension; j++)
        {
            eigenvalues[j] = values[order[j]];
            double largest = 0.0;
            for (int i = 0; i < dimension; i++)
            {
                double component = vectors[(i * dimension) + order[j]];
                if (Math.Abs(component) > Math.Abs(largest)) largest = component;
            }

            for (int i = 0; i < dimension; i++)
            {
                double component = vectors[(i * dimension) + order[j]];
                eigenvectors[(i * dimension) + j] = largest < 0.0 ? -component : component;
            }
        }
    }
}
