using System.Runtime.Intrinsics;

namespace Breakwater.Books;

/// <summary>Greatest and least entries of the cells of one tile.</summary>
internal static class TileBounds
{
    private const int Cell = ScenarioTiling.CellSize;

    /// <summary>Fills the numbers and the bounds of a tile.</summary>
    /// <param name="entries">[cell × scenario] entries below 2⁵³ in magnitude; not modified.</param>
    /// <param name="numbers">[cell × scenario] filled: the same as doubles.</param>
    /// <param name="bounds">[greatest by cell, least by cell] filled.</param>
    internal static void Fill(ReadOnlySpan<long> entries, Span<double> numbers, Span<double> bounds)
    {
        for (int cell = 0; cell < ScenarioTiling.TileCells; cell++)
        {
            ReadOnlySpan<long> own = entries.Slice(cell * Cell, Cell);
            Vector256<double> low = Vector256.ConvertToDouble(Vector256.Create(own));
            Vector256<double> high = Vector256.ConvertToDouble(Vector256.Create(own[4..]));
            low.CopyTo(numbers[(cell * Cell)..]);
            high.CopyTo(numbers[((cell * Cell) + 4)..]);
            Vector256<double> most = Vector256.MaxNative(low, high);
            Vector256<double> least = Vector256.MinNative(low, high);
            Vector128<double> mostPair = Vector128.MaxNative(most.GetLower(), most.GetUpper());
            Vector128<double> leastPair = Vector128.MinNative(least.GetLower(), least.GetUpper());
            bounds[cell] = Greater(mostPair.GetElement(0), mostPair.GetElement(1));
            bounds[ScenarioTiling.TileCells + cell] = -Greater(-leastPair.GetElement(0), -leastPair.GetElement(1));
        }
    }

    private static double Greater(double a, double b) => a > b ? a : b;
}
