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

    // Half a unit in the last place of a single, of entry, of lots and of every addition.
    private const double HalfUnit = 1.0 / (1L << 24);

    private readonly AlignedNumbers _tiles;
    private readonly AlignedNumbers _differences;
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
        DifferenceStride = (tiling.TileCount + ScenarioTiling.CellSize - 1)
            / ScenarioTiling.CellSize * ScenarioTiling.CellSize;
        _tiles = new AlignedNumbers(tiling.TileCount * rowCount * RowStride / FloatsPerDouble);
        _differences = new AlignedNumbers(rowCount * 2 * DifferenceStride);
        _greatest = new double[rowCount];
    }

    /// <summary>Bytes of all entries.</summary>
    internal long ByteCount => sizeof(double) * ((long)_tiles.Count + _differences.Count);

    /// <summary>Singles of one row in one tile.</summary>
    internal int RowStride { get; }

    /// <summary>Numbers of one row's greatest (or least) differences by tile.</summary>
    internal int DifferenceStride { get; }

    /// <summary>First of the differences: [row][greatest of first less second time by tile, least by tile].</summary>
    internal ref double Differences => ref _differences.First;

    /// <summary>First single of one tile.</summary>
    /// <param name="tile">Which.</param>
    internal ref float Tile(int tile) => ref Unsafe.Add(
        ref Unsafe.As<double, float>(ref _tiles.First), tile * _rowCount * RowStride);

    /// <summary>Greatest magnitude of a row's entries in the distribution.</summary>
    /// <param name="row">Which row.</param>
    internal double Greatest(int row) => _greatest[row];

    /// <summary>How far a sum in single precision may be from the exact one.</summary>
    /// <param name="gross">Σ lots × greatest entry.</param>
    /// <param name="count">Holdings.</param>
    internal static double ErrorOf(double gross, int count) => (count + 6) * HalfUnit * gross;

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
    /// <param name="greatest">Greatest magnitude of them.</param>
    internal void Load(int tile, int row, ReadOnlySpan<double> first, ReadOnlySpan<double> second, double greatest)
    {
        Require.Count(first.Length, TileSize);
        _greatest[row] = tile == 0 ? greatest : Math.Max(_greatest[row], greatest);
        ref float target = ref Unsafe.Add(ref Tile(tile), row * RowStride);
        Narrow(ref MemoryMarshal.GetReference(first), ref target);
        if (_times == 1) return;
        Require.Count(second.Length, TileSize);
        Narrow(ref MemoryMarshal.GetReference(second), ref Unsafe.Add(ref target, TileSize));
        (double high, double low) = DifferenceOf(
            ref MemoryMarshal.GetReference(first), ref MemoryMarshal.GetReference(second));
        int at = (row * 2 * DifferenceStride) + tile;
        _differences.Span[at] = high;
        _differences.Span[at + DifferenceStride] = low;
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
