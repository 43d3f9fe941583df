using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Breakwater.Books;

/// <summary>By how much the entries of each row have risen and fallen since the moves were last forgotten: what a
/// <see cref="TickSweep"/> needs to know of scenarios that it does not look at.</summary>
/// <remarks>Rows are loaded through it: what stood there is compared with what stands there then.</remarks>
public sealed class RowMoves
{
    private const int BoundNumbers = 2 * ScenarioTiling.TileCells;

    private readonly TiledArrays _arrays;
    private readonly int _entriesOfTile;
    private readonly double[] _before;
    private readonly double[] _greatestRise;
    private readonly double[] _greatestFall;

    /// <summary>No moves of some arrays.</summary>
    /// <param name="arrays">The arrays that are loaded through it.</param>
    public RowMoves(TiledArrays arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        _arrays = arrays;
        _entriesOfTile = arrays.RowStride - BoundNumbers;
        _before = new double[arrays.Tiling.TileCount * _entriesOfTile];
        _greatestRise = new double[arrays.RowCount];
        _greatestFall = new double[arrays.RowCount];
    }

    /// <summary>[row] greatest rise of an entry over all scenarios and times, micro-dollars of one long lot; ≥ 0.
    /// </summary>
    internal ReadOnlySpan<double> GreatestRise => _greatestRise;

    /// <summary>[row] greatest fall, as a number ≤ 0.</summary>
    internal ReadOnlySpan<double> GreatestFall => _greatestFall;

    /// <summary>The arrays.</summary>
    internal TiledArrays Arrays => _arrays;

    /// <summary>Loads one row, as <see cref="TiledArrays.Load(int, ReadOnlySpan{long}, ReadOnlySpan{long})"/>.
    /// </summary>
    /// <param name="row">Index of the row.</param>
    /// <param name="first">[scenario] entries of the first time, micro-dollars; not modified.</param>
    /// <param name="second">[scenario] entries of the second time; not read where there is one.</param>
    public void Load(int row, ReadOnlySpan<long> first, ReadOnlySpan<long> second)
    {
        Remember(row);
        _arrays.Load(row, first, second);
        Compare(row);
    }

    /// <summary>Loads one row, as <see cref="TiledArrays.LoadPlaced"/>.</summary>
    /// <param name="row">Index of the row.</param>
    /// <param name="entries">[place] entries of the tiles, micro-dollars; not modified.</param>
    public void LoadPlaced(int row, ReadOnlySpan<long> entries)
    {
        Remember(row);
        _arrays.LoadPlaced(row, entries);
        Compare(row);
    }

    /// <summary>Forgets all moves: every sweep has taken them into account.</summary>
    public void Forget()
    {
        Array.Clear(_greatestRise);
        Array.Clear(_greatestFall);
    }

    // Entries of one row in one tile, behind the bounds.
    private Span<double> EntriesOf(int row, int tile) => MemoryMarshal.CreateSpan(
        ref Unsafe.Add(ref _arrays.Tile(tile), (row * _arrays.RowStride) + BoundNumbers), _entriesOfTile);

    private void Remember(int row)
    {
        for (int tile = 0; tile < _arrays.Tiling.TileCount; tile++)
        {
            EntriesOf(row, tile).CopyTo(_before.AsSpan(tile * _entriesOfTile));
        }
    }

    // Moves of several loads add up: the greatest of sums is at most the sum of the greatest.
    private void Compare(int row)
    {
        Vector512<double> rise = Vector512<double>.Zero;
        Vector512<double> fall = Vector512<double>.Zero;
        for (int tile = 0; tile < _arrays.Tiling.TileCount; tile++)
        {
            Span<double> now = EntriesOf(row, tile);
            Span<double> before = _before.AsSpan(tile * _entriesOfTile, _entriesOfTile);
            for (int at = 0; at < now.Length; at += Vector512<double>.Count)
            {
                Vector512<double> move = Vector512.Create<double>(now[at..]) - Vector512.Create<double>(before[at..]);
                rise = Vector512.MaxNative(rise, move);
                fall = Vector512.MinNative(fall, move);
            }
        }

        for (int lane = 0; lane < Vector512<double>.Count; lane++)
        {
            rise = rise.WithElement(0, Math.Max(rise[0], rise[lane]));
            fall = fall.WithElement(0, Math.Min(fall[0], fall[lane]));
        }

        _greatestRise[row] += rise[0];
        _greatestFall[row] += fall[0];
    }
}
