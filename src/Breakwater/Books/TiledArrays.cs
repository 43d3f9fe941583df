using System.Runtime.Intrinsics;
using Breakwater.Numerics;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Books;

/// <summary>Entries of one horizon as a sweep reads them: [tile][row][bounds, cell × time × scenario], with coarse
/// bounds by tile and the deterministic scenarios beside them; doubles that hold whole numbers.</summary>
/// <remarks>
/// Bounds of a cell or tile are the greatest and the least entry over its scenarios and times: zone maps (Moerkotte
/// 1998, "Small materialized aggregates", VLDB 24). Rows can be loaded again at every tick without allocation.
/// </remarks>
public sealed class TiledArrays
{
    private const int Cell = ScenarioTiling.CellSize;
    private const int BoundNumbers = 2 * ScenarioTiling.TileCells;

    private readonly AlignedNumbers _tiles;
    private readonly AlignedNumbers _coarse;
    private readonly AlignedNumbers _deterministic;
    private readonly double[] _greatest;
    private readonly double[] _rise;
    private readonly double[] _fall;

    /// <summary>Room for so many rows.</summary>
    /// <param name="tiling">Where scenarios stand.</param>
    /// <param name="rowCount">Instruments; ≥ 1.</param>
    public TiledArrays(ScenarioTiling tiling, int rowCount)
    {
        ArgumentNullException.ThrowIfNull(tiling);
        ArgumentOutOfRangeException.ThrowIfLessThan(rowCount, 1);
        Tiling = tiling;
        RowCount = rowCount;
        RowStride = BoundNumbers + (ScenarioTiling.TileSize * tiling.TimeCount);
        CoarseStride = (tiling.TileCount + Cell - 1) / Cell * Cell;
        DeterministicStride = tiling.DeterministicColumns.Length * tiling.TimeCount;
        _tiles = new AlignedNumbers(tiling.TileCount * rowCount * RowStride);
        _coarse = new AlignedNumbers(rowCount * 2 * CoarseStride);
        _deterministic = new AlignedNumbers(rowCount * DeterministicStride);
        _greatest = new double[rowCount];
        (_rise, _fall) = (new double[rowCount], new double[rowCount]);
        if (DeterministicStride > 0) Screen = new ScreenArrays(tiling, rowCount);
    }

    /// <summary>The same in single precision; none without deterministic scenarios to screen against.</summary>
    internal ScreenArrays? Screen { get; }

    /// <summary>Where scenarios stand.</summary>
    public ScenarioTiling Tiling { get; private set; }

    /// <summary>Instruments.</summary>
    public int RowCount { get; }

    /// <summary>Bytes of all entries and bounds.</summary>
    public long ByteCount => sizeof(double) * ((long)_tiles.Count + _coarse.Count + _deterministic.Count)
        + (Screen?.ByteCount ?? 0);

    /// <summary>Numbers of one row in one tile.</summary>
    internal int RowStride { get; }

    /// <summary>Numbers of one row's greatest (or least) entries by tile.</summary>
    internal int CoarseStride { get; }

    /// <summary>Numbers of one row's deterministic entries: [cell × time × scenario].</summary>
    internal int DeterministicStride { get; }

    /// <summary>First number of one tile.</summary>
    /// <param name="tile">Which.</param>
    internal ref double Tile(int tile) =>
        ref System.Runtime.CompilerServices.Unsafe.Add(ref _tiles.First, tile * RowCount * RowStride);

    /// <summary>Reads a tile from end to end, so that it comes into the cache in order, not by single rows.</summary>
    /// <param name="tile">Which.</param>
    /// <returns>A number of no meaning.</returns>
    internal double Touch(int tile)
    {
        double sum = 0.0;
        ref double first = ref Tile(tile);
        for (int at = 0; at < RowCount * RowStride; at += Cell)
        {
            sum += System.Runtime.CompilerServices.Unsafe.Add(ref first, at);
        }

        return sum;
    }

    /// <summary>First of the coarse bounds: [row][greatest by tile, least by tile].</summary>
    internal ref double Coarse => ref _coarse.First;

    /// <summary>First of the deterministic entries.</summary>
    internal ref double Deterministic => ref _deterministic.First;

    /// <summary>Greatest magnitude of a row's entries, and of an entry one unit worse.</summary>
    /// <param name="row">Which row.</param>
    internal double Greatest(int row) => _greatest[row];

    /// <summary>Most that an entry of a row has risen by since moves were forgotten, over all scenarios with weight and
    /// times, micro-dollars of one long lot; ≥ 0. Rows of two times only.</summary>
    /// <param name="row">Which row.</param>
    internal double RiseOf(int row) => _rise[row];

    /// <summary>Most that an entry has fallen by, as a number ≤ 0; likewise.</summary>
    /// <param name="row">Which row.</param>
    internal double FallOf(int row) => _fall[row];

    /// <summary>Forgets moves: every sweep over the arrays has had them.</summary>
    internal void ForgetMoves()
    {
        Array.Clear(_rise);
        Array.Clear(_fall);
    }

    /// <summary>The arrays of one horizon.</summary>
    /// <param name="arrays">Risk arrays; rows keep their indices.</param>
    /// <param name="horizon">Which set.</param>
    public static TiledArrays Of(RiskArrays arrays, MarginHorizon horizon)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        ScenarioSet set = horizon == MarginHorizon.Maintenance
            ? arrays.Scenarios.Maintenance
            : arrays.Scenarios.Initial;
        TiledArrays tiled = new(ScenarioTiling.Of(set), arrays.Rows.Length);
        tiled.Load(arrays, horizon);
        return tiled;
    }

    /// <summary>Loads every row of one horizon.</summary>
    /// <param name="arrays">Risk arrays of the same rows and scenarios.</param>
    /// <param name="horizon">Which set.</param>
    public void Load(RiskArrays arrays, MarginHorizon horizon)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        ArgumentOutOfRangeException.ThrowIfNotEqual(arrays.Rows.Length, RowCount);
        for (int row = 0; row < RowCount; row++)
        {
            Load(
                row,
                arrays.Entries(row, horizon, RevaluationTime.Frozen),
                arrays.Entries(row, horizon, RevaluationTime.Advanced));
        }
    }

    /// <summary>Takes over the weights and dampening of another set; the rows have to be loaded again.</summary>
    /// <param name="tiling">What <see cref="ScenarioTiling.Renewed"/> gave.</param>
    public void Renew(ScenarioTiling tiling)
    {
        ArgumentNullException.ThrowIfNull(tiling);
        if (!tiling.TailColumns.SequenceEqual(Tiling.TailColumns)
            || !tiling.DeterministicColumns.SequenceEqual(Tiling.DeterministicColumns))
        {
            throw new ArgumentException("a tiling of another order", nameof(tiling));
        }

        // Of other weights nothing is known that was known of these.
        _rise.AsSpan().Fill(double.PositiveInfinity);
        _fall.AsSpan().Fill(double.NegativeInfinity);
        Tiling = tiling;
    }

    /// <summary>Loads one row; rows may be loaded by several threads.</summary>
    /// <param name="row">Index of the row.</param>
    /// <param name="first">[scenario] entries of the first time, micro-dollars; not modified.</param>
    /// <param name="second">[scenario] entries of the second time; not read where there is one.</param>
    public void Load(int row, ReadOnlySpan<long> first, ReadOnlySpan<long> second)
    {
        Require.Count(first.Length, Tiling.ColumnCount);
        if (Tiling.TimeCount == 2) Require.Count(second.Length, Tiling.ColumnCount);
        double greatest = LoadDeterministic(row, first, second);
        (double rise, double fall) = (0.0, 0.0);
        Span<double> now = stackalloc double[ScenarioTiling.TileSize];
        Span<double> later = stackalloc double[ScenarioTiling.TileSize];
        for (int tile = 0; tile < Tiling.TileCount; tile++)
        {
            ReadOnlySpan<int> columns = Tiling.TailColumns.Slice(
                tile * ScenarioTiling.TileSize, ScenarioTiling.TileSize);
            Gather(columns, first, now);
            if (Tiling.TimeCount == 2)
            {
                Gather(columns, second, later);
                (rise, fall) = TileBounds.Moved(now, later, TileOf(tile, row)[BoundNumbers..], rise, fall);
            }

            greatest = Math.Max(greatest, LoadTile(tile, row, now, later));
        }

        // Moves of several loads add up: the greatest of sums is at most the sum of the greatest.
        _rise[row] += rise;
        _fall[row] += fall;
        _greatest[row] = greatest + 1.0;
    }

    private Span<double> TileOf(int tile, int row) =>
        _tiles.Span.Slice(((tile * RowCount) + row) * RowStride, RowStride);

    /// <summary>Loads one row of one time whose entries stand in order of places already.</summary>
    /// <param name="row">Index of the row.</param>
    /// <param name="entries">[place] entries of the tiles, micro-dollars; not modified.</param>
    /// <remarks>For tilings without deterministic scenarios.</remarks>
    public void LoadPlaced(int row, ReadOnlySpan<long> entries)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(Tiling.TimeCount, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(DeterministicStride, 0);
        Require.Count(entries.Length, Tiling.TileCount * ScenarioTiling.TileSize);
        double greatest = 0.0;
        Span<double> now = stackalloc double[ScenarioTiling.TileSize];
        for (int tile = 0; tile < Tiling.TileCount; tile++)
        {
            ReadOnlySpan<long> own = entries.Slice(tile * ScenarioTiling.TileSize, ScenarioTiling.TileSize);
            for (int at = 0; at < own.Length; at += Vector512<long>.Count)
            {
                Vector512.ConvertToDouble(Vector512.Create(own[at..])).CopyTo(now[at..]);
            }

            greatest = Math.Max(greatest, LoadTile(tile, row, now, now));
        }

        _greatest[row] = greatest + 1.0;
    }

    // One row of one tile from the entries gathered for it; their greatest magnitude.
    private double LoadTile(int tile, int row, ReadOnlySpan<double> now, ReadOnlySpan<double> later)
    {
        Span<double> target = TileOf(tile, row);
        (double high, double low) = Tiling.TimeCount == 2
            ? TileBounds.Fill(now, later, target)
            : TileBounds.Fill(now, target);
        int coarse = row * 2 * CoarseStride;
        _coarse.Span[coarse + tile] = high;
        _coarse.Span[coarse + CoarseStride + tile] = low;
        double greatest = Math.Max(Math.Abs(high), Math.Abs(low));
        Screen?.Load(tile, row, now, later, high, low);
        return greatest;
    }

    private static void Gather(ReadOnlySpan<int> columns, ReadOnlySpan<long> entries, Span<double> target)
    {
        for (int lane = 0; lane < columns.Length; lane++)
        {
            target[lane] = entries[columns[lane]];
        }
    }

    private double LoadDeterministic(int row, ReadOnlySpan<long> first, ReadOnlySpan<long> second)
    {
        Span<double> target = _deterministic.Span.Slice(row * DeterministicStride, DeterministicStride);
        ReadOnlySpan<int> columns = Tiling.DeterministicColumns;
        for (int place = 0; place < columns.Length; place += Cell)
        {
            ReadOnlySpan<int> cell = columns.Slice(place, Cell);
            Gather(cell, first, target.Slice(place * Tiling.TimeCount, Cell));
            if (Tiling.TimeCount == 2) Gather(cell, second, target.Slice((place * 2) + Cell, Cell));
        }

        double greatest = 0.0;
        foreach (double own in target)
        {
            greatest = Math.Max(greatest, Math.Abs(own));
        }

        return greatest;
    }
}
