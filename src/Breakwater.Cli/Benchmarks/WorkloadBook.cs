using System.Numerics;
using System.Runtime.InteropServices;
using Breakwater.Adapters.Files;
using Breakwater.Books;
using Breakwater.Numerics;
using Breakwater.Revaluation;

namespace Breakwater.Cli.Benchmarks;

/// <summary>Accounts of the workload in whole lots, and its P&amp;L in whole micro-dollars.</summary>
internal static class WorkloadBook
{
    /// <summary>Units of underlying in a lot: quantities of the workload are whole tenths.</summary>
    private const double LotUnits = 0.1;

    /// <summary>The first accounts as one book; every account is one group.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="accountCount">How many.</param>
    public static BookHoldings Of(Workload workload, int accountCount)
    {
        BookDraft draft = new();
        BookRow[] rows = new BookRow[Workload.PositionsPerAccount];
        for (int account = 0; account < accountCount; account++)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                int at = (account * Workload.PositionsPerAccount) + i;
                rows[i] = new BookRow(workload.InstrumentIndices[at], 0, LotsOf(workload, at), 0, 0);
            }

            draft.Add(rows);
        }

        return draft.Build();
    }

    /// <summary>Signed lots of a position.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="position">Index of the position among those of all accounts.</param>
    public static long LotsOf(Workload workload, int position) =>
        (long)Math.Round(workload.Quantities[position] / LotUnits, MidpointRounding.ToEven);

    /// <summary>How far rounding of entries can move the mean over accounts of a loss: a micro-dollar a lot, money.
    /// </summary>
    /// <param name="workload">The workload.</param>
    /// <param name="accountCount">Accounts of which the mean is taken, the first ones.</param>
    public static double Rounding(Workload workload, int accountCount)
    {
        double units = 0.0;
        foreach (double quantity in workload.Quantities.AsSpan()[..(accountCount * Workload.PositionsPerAccount)])
        {
            units += Math.Abs(quantity);
        }

        return units / LotUnits * 1e-6 / accountCount;
    }

    /// <summary>Entries of one lot: each P&amp;L rounded down to the micro-dollar.</summary>
    /// <param name="pnl">[scenario] P&amp;L of one unit, money; scaled to a lot in place.</param>
    /// <param name="entries">[scenario] filled.</param>
    public static void Quantize(Span<double> pnl, Span<long> entries)
    {
        Vector<double> scale = new(LotUnits);
        foreach (ref Vector<double> own in MemoryMarshal.Cast<double, Vector<double>>(pnl))
        {
            own *= scale;
        }

        for (int i = pnl.Length - (pnl.Length % Vector<double>.Count); i < pnl.Length; i++)
        {
            pnl[i] *= LotUnits;
        }

        Check.That(RiskArray.Quantize(pnl, entries) < 0, "a P&L of the workload does not fit an entry");
    }
}
