using System.Buffers.Binary;
using System.Numerics;

namespace Breakwater.Numerics;

/// <summary>
/// Sobol's low-discrepancy sequence with the direction numbers of Joe and Kuo, in Gray-code order, 32 bits, and its
/// nested uniform scrambling. Index 0 of the plain sequence is the origin.
/// </summary>
/// <remarks>Sources: Antonov and Saleev (1979) for the Gray code; Joe and Kuo (2008), SIAM J. Sci. Comput. 30,
/// 2635–2654; Owen (1995), Randomly permuted (t,m,s)-nets and (t,s)-sequences, for the scrambling.</remarks>
public static class SobolSequence
{
    /// <summary>Number of dimensions that have direction numbers.</summary>
    public const int DimensionCount = SobolDirectionNumbers.DimensionCount;

    /// <summary>Bits of a coordinate, and of an index.</summary>
    public const int BitCount = 32;

    private const double TwoToMinus32 = 1.0 / 4294967296.0;

    // [dimension, bit], row-major; filled once, never written again.
    private static readonly uint[] Directions = BuildDirections();

    /// <summary>A coordinate of a point.</summary>
    /// <param name="index">Index of the point; 0 is the origin.</param>
    /// <param name="dimension">Dimension, in [0, <see cref="DimensionCount"/>).</param>
    /// <returns>In [0, 1), a multiple of 2⁻³², exact.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No such dimension.</exception>
    public static double Point(uint index, int dimension) => Word(index, dimension) * TwoToMinus32;

    /// <summary>A coordinate of a point as an integer: the coordinate times 2³².</summary>
    /// <param name="index">Index of the point; 0 is the origin.</param>
    /// <param name="dimension">Dimension, in [0, <see cref="DimensionCount"/>).</param>
    /// <exception cref="ArgumentOutOfRangeException">No such dimension.</exception>
    public static uint Word(uint index, int dimension)
    {
        ReadOnlySpan<uint> directions = DirectionsOf(dimension);
        uint word = 0;
        for (uint gray = index ^ (index >> 1); gray != 0; gray &= gray - 1)
        {
            word ^= directions[BitOperations.TrailingZeroCount(gray)];
        }

        return word;
    }

    /// <summary>Consecutive coordinates of one dimension, as integers.</summary>
    /// <param name="indexFirst">Index of the first point.</param>
    /// <param name="dimension">Dimension, in [0, <see cref="DimensionCount"/>).</param>
    /// <param name="words">[n], filled with the coordinates times 2³².</param>
    /// <exception cref="ArgumentOutOfRangeException">No such dimension, or an index beyond 2³² − 1.</exception>
    public static void Fill(uint indexFirst, int dimension, Span<uint> words)
    {
        Require.InRange((double)indexFirst + words.Length, 0.0, 4294967296.0);
        ReadOnlySpan<uint> directions = DirectionsOf(dimension);
        uint word = Word(indexFirst, dimension);
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = word;
            ulong next = (ulong)indexFirst + (ulong)i + 1;
            word ^= directions[BitOperations.TrailingZeroCount(next) & (BitCount - 1)]; // next = 2³² ends the loop
        }
    }

    /// <summary>A coordinate of the scrambled sequence.</summary>
    /// <param name="index">Index of the point.</param>
    /// <param name="dimension">Dimension, in [0, <see cref="DimensionCount"/>).</param>
    /// <param name="seed">Seed of the scrambling; each dimension permutes by its own part of it.</param>
    /// <returns>In (0, 1): the middle (word + ½)·2⁻³² of the cell, so that inverse distribution functions
    /// apply.</returns>
    /// <remarks>Every 2^m consecutive points from a multiple of 2^m hit each of the 2^m equal strata of each
    /// coordinate exactly once, as the plain sequence does (SobolScramblingLaws).</remarks>
    /// <exception cref="ArgumentOutOfRangeException">No such dimension.</exception>
    public static double ScrambledPoint(uint index, int dimension, ulong seed) =>
        Philox4x32.ToUniform(SobolScrambling.Scramble(Word(index, dimension), dimension, seed));

    /// <summary>Consecutive coordinates of one dimension of the scrambled sequence.</summary>
    /// <param name="indexFirst">Index of the first point.</param>
    /// <param name="dimension">Dimension, in [0, <see cref="DimensionCount"/>).</param>
    /// <param name="seed">Seed of the scrambling.</param>
    /// <param name="points">[n], filled; as <see cref="ScrambledPoint"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such dimension, or an index beyond 2³² − 1.</exception>
    public static void FillScrambled(uint indexFirst, int dimension, ulong seed, Span<double> points)
    {
        Require.InRange((double)indexFirst + points.Length, 0.0, 4294967296.0);
        for (int i = 0; i < points.Length; i++) points[i] = ScrambledPoint(indexFirst + (uint)i, dimension, seed);
    }

    private static ReadOnlySpan<uint> DirectionsOf(int dimension)
    {
        Require.InRange(dimension, 0, DimensionCount - 1);
        return Directions.AsSpan(dimension * BitCount, BitCount);
    }

    private static uint[] BuildDirections()
    {
        byte[] polynomials = Convert.FromBase64String(SobolDirectionNumbers.Polynomials);
        byte[] stream = Convert.FromBase64String(SobolDirectionNumbers.InitialNumbers);
        uint[] directions = new uint[DimensionCount * BitCount];
        for (int bit = 0; bit < BitCount; bit++) directions[bit] = 1u << (BitCount - 1 - bit);
        int position = 0;
        for (int dimension = 1; dimension < DimensionCount; dimension++)
        {
            uint polynomial = BinaryPrimitives.ReadUInt16LittleEndian(polynomials.AsSpan(2 * (dimension - 1)));
            FillRow(directions.AsSpan(dimension * BitCount, BitCount), polynomial, stream, ref position);
        }

        return directions;
    }

    /// <summary>v_j = m_j·2^(32−j) to the degree s, then v_j = v_(j−s)·2^(−s) ⊕ the a_i·v_(j−i): equation 3
    /// there.</summary>
    private static void FillRow(Span<uint> row, uint polynomial, ReadOnlySpan<byte> stream, ref int position)
    {
        int degree = BitOperations.Log2(polynomial);
        for (int j = 0; j < degree; j++)
        {
            uint number = 1;
            for (int bit = 1; bit <= j; bit++, position++)
            {
                number |= ((uint)(stream[position >> 3] >> (position & 7)) & 1) << bit;
            }

            row[j] = number << (BitCount - 1 - j);
        }

        for (int j = degree; j < BitCount; j++)
        {
            row[j] = row[j - degree] ^ (row[j - degree] >> degree);
            for (int i = 1; i < degree; i++)
            {
                if (((polynomial >> (degree - i)) & 1) != 0) row[j] ^= row[j - i];
            }
        }
    }
}
