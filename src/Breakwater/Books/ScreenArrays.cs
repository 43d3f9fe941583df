using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Breakwater.Numerics;

namespace Breakwater.Books;

/// <summary>Entries of one horizon in single precision: [tile][row][time × scenario], and how far the two times of a
/// tile lie apart. What <see cref="TiledArrays"/> holds exactly is only looked through here.</summary>
/// <remarks>Half the bytes and twice the lanes of the exact entries; how far a sum may be off is known
/// (<see cref="ErrorOf"/>), so that a screen never decides what exact numbers would not.</remarks>
internal sealed class ScreenArrays
{
    private const int TileSize = ScenarioTiling.TileSize;
    private const int FloatsPerDouble = 2;
    private const int BoundKinds = 4;

    // Half a unit in the last place of a single, of entry, of lots and of every addition.
    private const double HalfUnit = 1.0 / (1L << 24);

    private readonly AlignedNumbers _tiles;
    private readonly AlignedNumbers _bounds;
    private readonly double[] _greatest;
    private readonly int _times;
    private readonly int _rowCount;

    /// <summary>Room for so many rows.</summary>
    /// <param name="tiling">Where scenarios stand.</param>
    /// <param name="rowCount">Instruments; ≥ 1.</param>
    internal ScreenArrays(ScenarioTiling tiling, int rowCount)
    {
        (_times, _rowCount) = (tiling.TimeCount, rowCount);
        RowStride = TileSize * tiling.TimeCount;
        SideStride = (tiling.TileCount + ScreenKernel.Lanes - 1) / ScreenKernel.Lanes * ScreenKernel.Lanes;
        BoundStride = BoundKinds * SideStride;
        _tiles = new AlignedNumbers(tiling.TileCount * rowCount * RowStride / FloatsPerDouble);
        _bounds = new AlignedNumbers(rowCount * BoundStride / FloatsPerDouble);
        _greatest = new double[rowCount];
    }

    /// <summary>Bytes of all entries.</summary>
    internal long ByteCount => sizeof(double) * ((long)_tiles.Count + _bounds.Count);

    /// <summary>Singles of one row in one tile.</summary>
    internal int RowStride { get; }

    /// <summary>Singles of one bound of a row by tile.</summary>
    internal int SideStride { get; }

    /// <summary>Singles of all bounds of a row.</summary>
    internal int BoundStride { get; }

    /// <summary>First of the bounds, rounded outwards: [row][greatest entry by tile, least; greatest of first less
    /// second time, least].</summary>
    internal ref float Bounds => ref Unsafe.As<double, float>(ref _bounds.First);

    /// <summary>First single of one tile.</summary>
    /// <param name="tile">Which.</param>
    internal ref float Tile(int tile) => ref Unsafe.Add(
        ref Unsafe.As<double, float>(ref _tiles.First), tile * _rowCount * RowStride);

    /// <summary>Greatest magnitude of a row's entries in the distribution.</summary>
    /// <param name="row">Which row.</param>
    internal double Greatest(int row) => _greatest[row];

    /// <summary>How far losses in single precision may be from the exact ones, and differences of times with them.
    /// </summary>
    /// <remarks>Entry and lots are rounded, and every addition; differences are up to twice as large as entries.
    /// </remarks>
    /// <param name="gross">Σ lots × greatest entry.</param>
    /// <param name="count">Holdings.</param>
    internal static double ErrorOf(double gross, int count) => (1 + 2) * (count + 6) * HalfUnit * gross;

    /// <summary>Reads a tile from end to end, so that it comes into the cache in order.</summary>
    /// <param name="tile">Which.</param>
    /// <returns>A number of no meaning.</returns>
    internal float Touch(int tile)
    {
        float sum = 0.0f;
        ref float first = ref Tile(tile);
        for (int at = 0; at < _rowCount * RowStride; at += Vector512<float>.Count)
        {
            sum += Unsafe.Add(ref first, at);
        }

        return sum;
    }

    /// <summary>Loads one row of one tile.</summary>
    /// <param name="tile">Which tile; those of a row rise.</param>
    /// <param name="row">Index of the row.</param>
    /// <param name="first">[scenario of the tile] entries of the first time.</param>
    /// <param name="second">Likewise of the second time; not read where there is one.</param>
    /// <param name="high">Greatest of them.</param>
    /// <param name="low">Least of them.</param>
    internal void Load(
        int tile, int row, ReadOnlySpan<double> first, ReadOnlySpan<double> second, double high, double low)
    {
        Require.Count(first.Length, TileSize);
        double greatest = Math.Max(Math.Abs(high), Math.Abs(low));
        _greatest[row] = tile == 0 ? greatest : Math.Max(_greatest[row], greatest);
        ref float target = ref Unsafe.Add(ref Tile(tile), row * RowStride);
        Narrow(ref MemoryMarshal.GetReference(first), ref target);
        int at = (row * BoundStride) + tile;
        Unsafe.Add(ref Bounds, at) = NotBelow(high);
        Unsafe.Add(ref Bounds, at + SideStride) = -NotBelow(-low);
        if (_times == 1) return;
        Require.Count(second.Length, TileSize);
        Narrow(ref MemoryMarshal.GetReference(second), ref Unsafe.Add(ref target, TileSize));
        (high, low) = DifferenceOf(
            ref MemoryMarshal.GetReference(first), ref MemoryMarshal.GetReference(second));
        Unsafe.Add(ref Bounds, at + (2 * SideStride)) = NotBelow(high);
        Unsafe.Add(ref Bounds, at + (3 * SideStride)) = -NotBelow(-low);
    }

    // The nearest single or the next one up.
    private static float NotBelow(double value)
    {
        float nearest = (float)value;
        return nearest < value ? float.BitIncrement(nearest) : nearest;
    }

    // Nearest singles.
    private static void Narrow(ref double entries, ref float target)
    {
        for (nuint at = 0; at < TileSize; at += (nuint)Vector512<float>.Count)
        {
            Vector512.Narrow(Vector512.LoadUnsafe(ref entries, at), Vector512.LoadUnsafe(ref entries, at + 8))
                .StoreUnsafe(ref target, at);
        }
    }

    private static (double High, double Low) DifferenceOf(ref double first, ref double second)
    {
        Vector512<double> high = Vector512.Create(double.NegativeInfinity);
        Vector512<double> low = high; // of negated differences
        for (nuint at = 0; at < TileSize; at += (nuint)Vector512<double>.Count)
        {
            Vector512<double> difference = Vector512.LoadUnsafe(ref first, at) - Vector512.LoadUnsafe(ref second, at);
            high = Vector512.MaxNative(high, difference);
            low = Vector512.MaxNative(low, -difference);
        }

        return (TailLanes8.Greatest(high), -TailLanes8.Greatest(low));
    }
}
