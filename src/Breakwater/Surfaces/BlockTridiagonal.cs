namespace Breakwater.Surfaces;

/// <summary>Symmetric positive definite block-tridiagonal systems: the normal equations of a chain of slices.</summary>
/// <remarks>
/// Each block couples a slice with itself or with the one before it. Factorised by block Cholesky: cost (slices × 5³),
/// where a dense solution would cost (slices × 5)³. Source: Golub and Van Loan (2013), Matrix Computations, 4.5.
/// </remarks>
internal sealed class BlockTridiagonal
{
    private const int Size = SmileFit.Dimension;
    private const int BlockLength = Size * Size;

    private readonly int _count;
    private readonly double[] _diagonal;
    private readonly double[] _lower;
    private readonly double[] _factor;
    private readonly double[] _coupling;

    internal BlockTridiagonal(int count)
    {
        _count = count;
        _diagonal = new double[count * BlockLength];
        _lower = new double[count * BlockLength];
        _factor = new double[count * BlockLength];
        _coupling = new double[count * BlockLength];
    }

    internal void Clear()
    {
        Array.Clear(_diagonal);
        Array.Clear(_lower);
    }

    /// <summary>Adds weight × the outer product of one row that touches one slice.</summary>
    internal void Add(int slice, ReadOnlySpan<double> row, double weight) =>
        AddOuter(_diagonal.AsSpan(slice * BlockLength, BlockLength), row, row, weight);

    /// <summary>Adds weight × the outer product of one row that touches a slice and the one before it.</summary>
    internal void AddCoupled(int slice, ReadOnlySpan<double> before, ReadOnlySpan<double> row, double weight)
    {
        Add(slice, row, weight);
        Add(slice - 1, before, weight);
        AddOuter(_lower.AsSpan(slice * BlockLength, BlockLength), row, before, weight);
    }

    /// <summary>Solves (H + damping·diag H)·x = right.</summary>
    /// <param name="damping">Levenberg–Marquardt damping; ≥ 0.</param>
    /// <param name="right">[slices × 5] not modified.</param>
    /// <param name="solution">[slices × 5] filled.</param>
    /// <returns>False if the matrix is not positive definite to working accuracy.</returns>
    internal bool TrySolve(double damping, ReadOnlySpan<double> right, Span<double> solution)
    {
        right.CopyTo(solution);
        for (int slice = 0; slice < _count; slice++)
        {
            Span<double> factor = _factor.AsSpan(slice * BlockLength, BlockLength);
            _diagonal.AsSpan(slice * BlockLength, BlockLength).CopyTo(factor);
            for (int i = 0; i < Size; i++) factor[i * Size + i] *= 1.0 + damping;
            Span<double> part = solution.Slice(slice * Size, Size);
            if (slice > 0) Eliminate(slice, factor, part, solution.Slice((slice - 1) * Size, Size));
            if (!TryFactorise(factor)) return false;
            SolveLower(factor, part);
        }

        for (int slice = _count - 1; slice >= 0; slice--)
        {
            Span<double> part = solution.Slice(slice * Size, Size);
            SolveUpper(_factor.AsSpan(slice * BlockLength, BlockLength), part);
            if (slice > 0) SubtractTransposed(slice, part, solution.Slice((slice - 1) * Size, Size));
        }

        return true;
    }

    // C = E·L⁻ᵀ with L of the slice before; then the block loses C·Cᵀ and the right side C·y.
    private void Eliminate(int slice, Span<double> factor, Span<double> part, ReadOnlySpan<double> before)
    {
        Span<double> coupling = _coupling.AsSpan(slice * BlockLength, BlockLength);
        _lower.AsSpan(slice * BlockLength, BlockLength).CopyTo(coupling);
        ReadOnlySpan<double> earlier = _factor.AsSpan((slice - 1) * BlockLength, BlockLength);
        for (int i = 0; i < Size; i++) SolveLower(earlier, coupling.Slice(i * Size, Size));
        for (int i = 0; i < Size; i++)
        {
            ReadOnlySpan<double> row = coupling.Slice(i * Size, Size);
            for (int j = 0; j <= i; j++) factor[i * Size + j] -= Dot(row, coupling.Slice(j * Size, Size));
            part[i] -= Dot(row, before);
        }
    }

    private void SubtractTransposed(int slice, ReadOnlySpan<double> part, Span<double> before)
    {
        ReadOnlySpan<double> coupling = _coupling.AsSpan(slice * BlockLength, BlockLength);
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j < Size; j++) before[j] -= coupling[i * Size + j] * part[i];
        }
    }

    private static bool TryFactorise(Span<double> block)
    {
        for (int j = 0; j < Size; j++)
        {
            Span<double> row = block.Slice(j * Size, Size);
            double pivot = row[j] - Dot(row[..j], row[..j]);
            if (!(pivot > 0.0) || !double.IsFinite(pivot)) return false;
            double root = Math.Sqrt(pivot);
            row[j] = root;
            for (int i = j + 1; i < Size; i++)
            {
                Span<double> below = block.Slice(i * Size, Size);
                below[j] = (below[j] - Dot(below[..j], row[..j])) / root;
            }
        }

        return true;
    }

    private static void SolveLower(ReadOnlySpan<double> factor, Span<double> values)
    {
        for (int i = 0; i < Size; i++)
        {
            values[i] = (values[i] - Dot(factor.Slice(i * Size, i), values[..i])) / factor[i * Size + i];
        }
    }

    private static void SolveUpper(ReadOnlySpan<double> factor, Span<double> values)
    {
        for (int i = Size - 1; i >= 0; i--)
        {
            double value = values[i];
            for (int j = i + 1; j < Size; j++) value -= factor[j * Size + i] * values[j];
            values[i] = value / factor[i * Size + i];
        }
    }

    private static void AddOuter(
        Span<double> block, ReadOnlySpan<double> left, ReadOnlySpan<double> right, double weight)
    {
        for (int i = 0; i < Size; i++)
        {
            double scaled = weight * left[i];
            for (int j = 0; j < Size; j++) block[i * Size + j] += scaled * right[j];
        }
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum = 0.0;
        for (int i = 0; i < left.Length; i++) sum += left[i] * right[i];
        return sum;
    }
}
