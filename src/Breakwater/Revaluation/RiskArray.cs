namespace Breakwater.Revaluation;

/// <summary>The fixed-point line: where doubles become money.</summary>
public static class RiskArray
{
    private const double MicroPerUsd = 1e6; // METHODOLOGY 0: micro-dollars

    /// <summary>Rounds P&amp;L of one lot down to whole micro-dollars.</summary>
    /// <param name="pnlUsd">[count] P&amp;L of one long lot, USD; not modified.</param>
    /// <param name="entries">[count] filled: floor(P&amp;L · 10⁶). A long lot earns the entry, a short lot loses entry
    /// + 1, at least the ceiling (RELIABILITY 3). Exact: the product is not rounded before the floor.</param>
    /// <returns>−1, or the index of the first P&amp;L that is not finite or not below
    /// <see cref="RiskArrays.EntryLimit"/>
    /// in magnitude; then the entries are unusable.</returns>
    public static int Quantize(ReadOnlySpan<double> pnlUsd, Span<long> entries)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(entries.Length, pnlUsd.Length);
        for (int index = 0; index < pnlUsd.Length; index++)
        {
            double scaled = pnlUsd[index] * MicroPerUsd;
            double whole = Math.Floor(scaled);
            // The product may have been rounded up to a whole number from just below it.
            if (whole == scaled && Math.FusedMultiplyAdd(pnlUsd[index], MicroPerUsd, -scaled) < 0.0) whole -= 1.0;
            if (!(Math.Abs(whole) < RiskArrays.EntryLimit)) return index;
            entries[index] = (long)whole;
        }

        return -1;
    }
}
