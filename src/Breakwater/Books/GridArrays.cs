using System.Runtime.InteropServices;
using Breakwater.Numerics;

namespace Breakwater.Books;

/// <summary>Entries of a small grid of scenarios: [row × scenario], 32 bits each, so that all of them stay in the
/// second cache.</summary>
public sealed class GridArrays
{
    /// <summary>Scenarios of a row are filled up to a multiple of it with entries of nothing: four vectors of eight.
    /// </summary>
    internal const int Multiple = 32;

    private const int LineNumbers = 16;

    private readonly int _first;
    private readonly int[] _entries;
    private readonly int[] _greatest;

    /// <summary>Room for so many rows and scenarios.</summary>
    /// <param name="rowCount">Instruments; ≥ 1.</param>
    /// <param name="scenarioCount">Scenarios beside the one in which nothing moves; ≥ 1.</param>
    public GridArrays(int rowCount, int scenarioCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rowCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(scenarioCount, 1);
        (RowCount, ScenarioCount) = (rowCount, scenarioCount);
        Stride = (scenarioCount + Multiple - 1) / Multiple * Multiple;
        // From the beginning of a line of the cache on, so that no vector crosses one.
        _entries = GC.AllocateArray<int>((rowCount * Stride) + LineNumbers, pinned: true);
        int past = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(_entries, 0) % (LineNumbers * sizeof(int)));
        _first = (LineNumbers - (past / sizeof(int))) % LineNumbers;
        _greatest = new int[rowCount];
    }

    /// <summary>Instruments.</summary>
    public int RowCount { get; }

    /// <summary>Scenarios beside the one in which nothing moves.</summary>
    public int ScenarioCount { get; }

    /// <summary>Numbers from row to row.</summary>
    internal int Stride { get; }

    /// <summary>The first entry.</summary>
    internal ref int First => ref _entries[_first];

    /// <summary>Loads one row.</summary>
    /// <param name="row">Index of the row.</param>
    /// <param name="entries">[scenario] micro-dollars of profit of one long lot, rounded down; not modified.</param>
    /// <returns>Whether all of them fit 32 bits; if not, the row holds nothing of use.</returns>
    public bool Load(int row, ReadOnlySpan<long> entries)
    {
        Require.Count(entries.Length, ScenarioCount);
        int greatest = 0;
        for (int scenario = 0; scenario < entries.Length; scenario++)
        {
            long own = entries[scenario];
            if (own is <= int.MinValue or > int.MaxValue) return false;
            _entries[_first + (row * Stride) + scenario] = (int)own;
            greatest = Math.Max(greatest, (int)Math.Abs(own));
        }

        _greatest[row] = greatest;
        return true;
    }

    /// <summary>Greatest magnitude of a row's entries.</summary>
    /// <param name="row">Which row.</param>
    internal double Greatest(int row) => _greatest[row];
}
