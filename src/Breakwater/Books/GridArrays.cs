using System.Runtime.InteropServices;
using Breakwater.Numerics;

namespace Breakwater.Books;

/// <summary>Entries of a small grid of scenarios: [row × scenario], 32 bits each, so that all of them stay in the
/// second cache; and the same in halves of 16 bits for accounts of few lots.</summary>
/// <remarks>An entry is 2¹⁶·upper + lower + 2¹⁵, both halves signed.</remarks>
public sealed class GridArrays
{
    /// <summary>Scenarios of a row are filled up to a multiple of it with entries of nothing. The upper halves of a
    /// block, then its lower ones, are what two vectors of 512 bits hold.</summary>
    internal const int BlockSize = 32;

    /// <summary>What is added to a lower half to sign it.</summary>
    internal const int LowerShift = 1 << 15;

    private const int LineBytes = 64; // of the cache: no vector crosses one
    private const int HalfBits = 16;

    private readonly int _first;
    private readonly int _firstHalf;
    private readonly int[] _entries;
    private readonly short[] _halves;
    private readonly int[] _greatest;

    /// <summary>Room for so many rows and scenarios.</summary>
    /// <param name="rowCount">Instruments; ≥ 1.</param>
    /// <param name="scenarioCount">Scenarios beside the one in which nothing moves; ≥ 1.</param>
    public GridArrays(int rowCount, int scenarioCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rowCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(scenarioCount, 1);
        (RowCount, ScenarioCount) = (rowCount, scenarioCount);
        Stride = (scenarioCount + BlockSize - 1) / BlockSize * BlockSize;
        _entries = Aligned<int>(rowCount * Stride, sizeof(int), out _first);
        _halves = Aligned<short>(rowCount * HalvesStride, sizeof(short), out _firstHalf);
        _greatest = new int[rowCount];
        for (int row = 0; row < rowCount; row++)
        {
            for (int scenario = 0; scenario < Stride; scenario++) Store(row, scenario, 0);
        }
    }

    /// <summary>Instruments.</summary>
    public int RowCount { get; }

    /// <summary>Scenarios beside the one in which nothing moves.</summary>
    public int ScenarioCount { get; }

    /// <summary>Numbers from row to row.</summary>
    internal int Stride { get; }

    /// <summary>Halves from row to row.</summary>
    internal int HalvesStride => 2 * Stride;

    /// <summary>The first entry.</summary>
    internal ref int First => ref _entries[_first];

    /// <summary>The first upper half; the lower one of the same scenario lies <see cref="BlockSize"/> further.
    /// </summary>
    internal ref short FirstHalf => ref _halves[_firstHalf];

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
            Store(row, scenario, (int)own);
            greatest = Math.Max(greatest, (int)Math.Abs(own));
        }

        _greatest[row] = greatest;
        return true;
    }

    /// <summary>Greatest magnitude of all entries.</summary>
    internal int Greatest()
    {
        int greatest = 0;
        foreach (int own in _greatest) greatest = Math.Max(greatest, own);
        return greatest;
    }

    private void Store(int row, int scenario, int entry)
    {
        (int block, int place) = Math.DivRem(scenario, BlockSize);
        int upper = _firstHalf + (row * HalvesStride) + (2 * block * BlockSize) + place;
        _entries[_first + (row * Stride) + scenario] = entry;
        _halves[upper] = (short)(entry >> HalfBits);
        _halves[upper + BlockSize] = (short)((entry & ushort.MaxValue) - LowerShift);
    }

    // Numbers and the index among them at which a line of the cache begins.
    private static TNumber[] Aligned<TNumber>(int count, int bytes, out int first)
    {
        TNumber[] numbers = GC.AllocateArray<TNumber>(count + (LineBytes / bytes), pinned: true);
        int past = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(numbers, 0) % LineBytes);
        first = past == 0 ? 0 : (LineBytes - past) / bytes;
        return numbers;
    }
}
