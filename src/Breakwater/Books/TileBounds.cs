using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Breakwater.Numerics;

namespace Breakwater.Books;

/// <summary>Greatest and least entries of the cells of one tile.</summary>
internal static class TileBounds
{
    private const int Cell = ScenarioTiling.CellSize;
    private const int Cells = ScenarioTiling.TileCells;

    /// <summary>Fills the numbers and the bounds of a tile at one time.</summary>
    /// <param name="entries">[cell × scenario] entries below 2⁵³ in magnitude; not modified.</param>
    /// <param name="target">[greatest by cell, least by cell, cell × scenario] filled.</param>
    /// <returns>Greatest and least entry of the tile.</returns>
    internal static (double High, double Low) Fill(ReadOnlySpan<double> entries, Span<double> target)
    {
        Require.Count(entries.Length, Cell * Cells);
        ref double first = ref MemoryMarshal.GetReference(entries);
        Require.Count(target.Length, (2 * Cells) + (Cell * Cells));
        ref double own = ref target[2 * Cells];
        Vector512<double> most = Vector512.Create(double.NegativeInfinity);
        Vector512<double> least = most; // of negated entries
        for (int cell = 0; cell < Cells; cell++)
        {
            Vector512<double> numbers = Vector512.LoadUnsafe(ref first, (nuint)(cell * Cell));
            numbers.StoreUnsafe(ref own, (nuint)(cell * Cell));
            target[cell] = TailLanes8.Greatest(numbers);
            target[Cells + cell] = -TailLanes8.Greatest(-numbers);
            most = Vector512.MaxNative(most, numbers);
            least = Vector512.MaxNative(least, -numbers);
        }

        return (TailLanes8.Greatest(most), -TailLanes8.Greatest(least));
    }

    /// <summary>How far entries move from what stands in a tile at two times.</summary>
    /// <param name="first">[cell × scenario] entries of the first time, to be filled in.</param>
    /// <param name="second">Likewise of the second time.</param>
    /// <param name="before">[cell × time × scenario] what stands there; not modified.</param>
    /// <param name="rise">The greatest rise so far, in the unit of entries; ≥ 0.</param>
    /// <param name="fall">The greatest fall so far, as a number ≤ 0.</param>
    /// <returns>The greatest rise and fall with this tile.</returns>
    internal static (double Rise, double Fall) Moved(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<double> before, double rise, double fall)
    {
        Require.Count(first.Length, Cell * Cells);
        Require.Count(second.Length, Cell * Cells);
        Require.Count(before.Length, 2 * Cell * Cells);
        Vector512<double> most = Vector512.Create(rise);
        Vector512<double> least = Vector512.Create(fall);
        ref double own = ref MemoryMarshal.GetReference(before);
        for (int cell = 0; cell < Cells; cell++)
        {
            nuint at = (nuint)(cell * Cell);
            Vector512<double> now = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(first), at)
                - Vector512.LoadUnsafe(ref own, 2 * at);
            Vector512<double> later = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(second), at)
                - Vector512.LoadUnsafe(ref own, (2 * at) + Cell);
            most = Vector512.MaxNative(most, Vector512.MaxNative(now, later));
            least = Vector512.MinNative(least, Vector512.MinNative(now, later));
        }

        return (TailLanes8.Greatest(most), -TailLanes8.Greatest(-least));
    }

    /// <summary>The same at two times: bounds are over both.</summary>
    /// <param name="first">[cell × scenario] entries of the first time.</param>
    /// <param name="second">Likewise of the second time.</param>
    /// <param name="target">[greatest by cell, least by cell, cell × time × scenario] filled.</param>
    /// <returns>Greatest and least entry of the tile.</returns>
    internal static (double High, double Low) Fill(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, Span<double> target)
    {
        Require.Count(first.Length, Cell * Cells);
        Require.Count(second.Length, Cell * Cells);
        Require.Count(target.Length, (2 * Cells) + (2 * Cell * Cells));
        ref double own = ref target[2 * Cells];
        Vector512<double> most = Vector512.Create(double.NegativeInfinity);
        Vector512<double> least = most; // of negated entries
        for (int cell = 0; cell < Cells; cell++)
        {
            nuint at = (nuint)(cell * Cell);
            Vector512<double> now = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(first), at);
            Vector512<double> later = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(second), at);
            now.StoreUnsafe(ref own, 2 * at);
            later.StoreUnsafe(ref own, (2 * at) + Cell);
            Vector512<double> greater = Vector512.MaxNative(now, later);
            Vector512<double> less = Vector512.MaxNative(-now, -later);
            target[cell] = TailLanes8.Greatest(greater);
            target[Cells + cell] = -TailLanes8.Greatest(less);
            most = Vector512.MaxNative(most, greater);
            least = Vector512.MaxNative(least, less);
        }

        return (TailLanes8.Greatest(most), -TailLanes8.Greatest(least));
    }
}
