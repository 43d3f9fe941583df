using Breakwater.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Breakwater.Tests.Numerics;

/// <summary>Cholesky and Jacobi against their definitions and against MathNet.Numerics.</summary>
public sealed class DenseMatrixLaws
{
    private const double Residual = 1e-13; // relative to a matrix of norm about n, n ≤ 30

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(30)]
    public void Cholesky_factor_multiplies_back(int n)
    {
        double[] matrix = PositiveDefinite(n, 11);
        double[] lower = new double[n * n];
        Assert.Equal(Cholesky.NoFailure, Cholesky.TryFactor(matrix, n, lower));
        Matrix<double> factor = Dense(lower, n);
        Assert.True((factor * factor.Transpose() - Dense(matrix, n)).InfinityNorm() < Residual * n);

        double[] expected = Points.Uniform(n, -1.0, 1.0, 12).ToArray();
        double[] solved = (Dense(matrix, n) * Vector<double>.Build.DenseOfArray(expected)).ToArray();
        Cholesky.Solve(lower, n, solved, solved);
        for (int i = 0; i < n; i++) Assert.Equal(expected[i], solved[i], 1e-9);

        double[] correlated = expected.ToArray();
        Cholesky.Correlate(lower, n, correlated, correlated);
        double[] product = (factor * Vector<double>.Build.DenseOfArray(expected)).ToArray();
        for (int i = 0; i < n; i++) Assert.Equal(product[i], correlated[i], Residual * n);
    }

    [Fact]
    public void Cholesky_names_the_failing_pivot()
    {
        double[] lower = new double[9];
        Assert.Equal(2, Cholesky.TryFactor([1.0, 0.5, 0.9, 0.5, 1.0, -0.9, 0.9, -0.9, 1.0], 3, lower));
        Assert.Equal(0, Cholesky.TryFactor([-1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0], 3, lower));
        Assert.Equal(1, Cholesky.TryFactor([1.0, 0.0, 0.0, 0.0, double.NaN, 0.0, 0.0, 0.0, 1.0], 3, lower));
        Assert.Throws<ArgumentException>(() => Cholesky.TryFactor([1.0], 2, lower));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(30)]
    public void Eigenvectors_reassemble_the_matrix_and_are_orthogonal(int n)
    {
        double[] matrix = Symmetric(n, 13);
        (double[] values, double[] vectors) = Decompose(matrix, n);
        double[] composed = new double[n * n];
        SymmetricEigen.Compose(values, vectors, n, composed);
        Assert.True((Dense(composed, n) - Dense(matrix, n)).InfinityNorm() < Residual * n);
        Matrix<double> v = Dense(vectors, n);
        Matrix<double> identity = Matrix<double>.Build.DenseIdentity(n);
        Assert.True((v.Transpose() * v - identity).InfinityNorm() < Residual * n);
        Assert.Equal(values.Order(), values);

        double[] opinion = Dense(matrix, n).Evd(Symmetricity.Symmetric).EigenValues
            .Select(z => z.Real).Order().ToArray();
        for (int i = 0; i < n; i++) Assert.Equal(opinion[i], values[i], Residual * n);
    }

    [Fact]
    public void Eigenvalues_of_an_equicorrelation_matrix_are_known()
    {
        // C = (1 − ρ)I + ρ11ᵀ has 1 + (n − 1)ρ once and 1 − ρ otherwise.
        double[] matrix = [1.0, 0.85, 0.85, 0.85, 1.0, 0.85, 0.85, 0.85, 1.0];
        (double[] values, double[] vectors) = Decompose(matrix, 3);
        Assert.Equal(0.15, values[0], 1e-15);
        Assert.Equal(0.15, values[1], 1e-15);
        Assert.Equal(2.7, values[2], 1e-14);
        for (int i = 0; i < 3; i++) Assert.Equal(Math.Sqrt(1.0 / 3.0), vectors[(i * 3) + 2], 1e-15);
    }

    [Fact]
    public void A_zero_and_a_badly_scaled_matrix_decompose()
    {
        Assert.Equal(new double[4], Decompose(new double[16], 4).Values);
        (double[] values, _) = Decompose([1e150, 1e140, 1e140, 1e-150], 2);
        Assert.All(values, value => Assert.True(double.IsFinite(value)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Decompose([double.NaN], 1));
    }

    private static (double[] Values, double[] Vectors) Decompose(double[] matrix, int n)
    {
        double[] values = new double[n];
        double[] vectors = new double[n * n];
        SymmetricEigen.Decompose(matrix, n, values, vectors);
        return (values, vectors);
    }

    private static double[] Symmetric(int n, ulong seed)
    {
        double[] matrix = Points.Uniform(n * n, -1.0, 1.0, seed).ToArray();
        for (int row = 0; row < n; row++)
        {
            for (int column = 0; column < row; column++) matrix[(row * n) + column] = matrix[(column * n) + row];
        }

        return matrix;
    }

    private static double[] PositiveDefinite(int n, ulong seed)
    {
        Matrix<double> root = Dense(Symmetric(n, seed), n);
        Matrix<double> product = (root * root.Transpose()) + (0.1 * Matrix<double>.Build.DenseIdentity(n));
        return product.ToRowMajorArray();
    }

    private static Matrix<double> Dense(double[] rowMajor, int n) =>
        Matrix<double>.Build.DenseOfRowMajor(n, n, rowMajor);
}
