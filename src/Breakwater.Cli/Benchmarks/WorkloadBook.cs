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

    // How many strikes further an account beyond those of the workload holds what one of them holds.
    private const int StrikesPerLap = 7;

    /// <summary>Some accounts as one book; every account is one group.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="firstAccount">First account.</param>
    /// <param name="accountCount">How many.</param>
    public static BookHoldings Of(Workload workload, int firstAccount, int accountCount)
    {
        BookDraft draft = new();
        for (int account = 0; account < accountCount; account++) draft.Add(RowsOf(workload, firstAccount + account));
        return draft.Build();
    }

    /// <summary>Positions of one account.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="account">Its index; beyond those of the workload, the lots of one of them in other instruments of
    /// the same underlyings.</param>
    public static BookRow[] RowsOf(Workload workload, int account)
    {
        (int lap, int own) = Math.DivRem(account, Workload.AccountCount);
        const int OfUnderlying = Workload.InstrumentCount / Workload.UnderlyingCount;
        BookRow[] rows = new BookRow[Workload.PositionsPerAccount];
        for (int i = 0; i < rows.Length; i++)
        {
            int at = (own * Workload.PositionsPerAccount) + i;
            (int underlying, int place) = Math.DivRem(workload.InstrumentIndices[at], OfUnderlying);
            int row = (underlying * OfUnderlying) + ((place + (lap * StrikesPerLap)) % OfUnderlying);
            rows[i] = new BookRow(row, 0, LotsOf(workload, at), 0, 0);
        }

        return rows;
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
