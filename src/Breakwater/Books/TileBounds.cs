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
