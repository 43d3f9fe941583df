using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Breakwater.Scenarios;

namespace Breakwater.Books;

/// <summary>Worst loss of each account on a small grid of scenarios and where nothing moves: exact, because sums of
/// whole numbers below 2⁵³ are.</summary>
public static class GridSweep
{
    private const double ExactLimit = 1L << 52; // as in SweepBlock

    /// <summary>Worst losses, with the widest vectors of the hardware.</summary>
    /// <param name="arrays">Entries.</param>
    /// <param name="book">Holdings.</param>
    /// <param name="horizon">Whose constants count.</param>
    /// <param name="firstAccount">First account.</param>
    /// <param name="worst">[account from the first on] filled: worst loss, micro-dollars; <see cref="long.MinValue"/>
    /// where lanes of doubles cannot hold the account.</param>
    public static void Run(
        GridArrays arrays, GridHoldings book, MarginHorizon horizon, int firstAccount, Span<long> worst)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Run<TailLanes8, Vector512<double>>(arrays, book, horizon, firstAccount, worst);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Run<TailLanes4, Vector256<double>>(arrays, book, horizon, firstAccount, worst);
        }
        else
        {
            Run<TailLanes1, double>(arrays, book, horizon, firstAccount, worst);
        }
    }

    /// <summary>The same with one width.</summary>
    /// <param name="arrays">Entries.</param>
    /// <param name="book">Holdings.</param>
    /// <param name="horizon">Whose constants count.</param>
    /// <param name="firstAccount">First account.</param>
    /// <param name="worst">[account from the first on] filled.</param>
    internal static void Run<TLanes, TVector>(
        GridArrays arrays, GridHoldings book, MarginHorizon horizon, int firstAccount, Span<long> worst)
        where TLanes : struct, ITailLanes<TVector>
        where TVector : struct
    {
        ArgumentNullException.ThrowIfNull(arrays);
        ArgumentNullException.ThrowIfNull(book);
        ArgumentOutOfRangeException.ThrowIfNegative(firstAccount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(worst.Length, book.Book.AccountCount - firstAccount);
        double greatest = 0.0;
        for (int row = 0; row < arrays.RowCount; row++)
        {
            greatest = Math.Max(greatest, arrays.Greatest(row));
        }

        ReadOnlySpan<double> constants = book.Book.Constants;
        ReadOnlySpan<int> slots = book.Book.SlotFirst;
        for (int i = 0; i < worst.Length; i++)
        {
            int account = firstAccount + i;
            double constant = constants[(2 * slots[account]) + (int)horizon];
            bool isExact = book.IsHeld(account) && constant + (book.Lots(account) * greatest) < ExactLimit;
            double loss = WorstOf<TLanes, TVector>(arrays, book.Of(account));
            worst[i] = isExact ? (long)(loss + constant) : long.MinValue;
        }
    }

    // Worst loss, at least 0: nothing moves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double WorstOf<TLanes, TVector>(GridArrays arrays, ReadOnlySpan<GridHolding> holdings)
        where TLanes : struct, ITailLanes<TVector>
        where TVector : struct
    {
        TVector worst = TLanes.Of(0.0);
        for (int place = 0; place < arrays.Stride; place += 4 * TLanes.Count)
        {
            worst = TLanes.Greater(worst, WorstOfFour<TLanes, TVector>(
                ref Unsafe.Add(ref arrays.First, place), arrays.Stride, holdings));
        }

        return TLanes.Greatest(worst);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector WorstOfFour<TLanes, TVector>(
        ref int entries, int stride, ReadOnlySpan<GridHolding> holdings)
        where TLanes : struct, ITailLanes<TVector>
        where TVector : struct
    {
        TVector a = TLanes.Of(0.0);
        (TVector b, TVector c, TVector d) = (a, a, a);
        unchecked // offsets lie inside the arrays: rows are those of the draft
        {
            ref GridHolding own = ref MemoryMarshal.GetReference(holdings);
            for (int left = holdings.Length; left > 0; left--)
            {
                ref int entry = ref Unsafe.Add(ref entries, (nint)(own.Row * stride));
                TVector minus = TLanes.Of(own.Minus);
                a = TLanes.Fma(minus, TLanes.OfWhole(ref entry), a);
                b = TLanes.Fma(minus, TLanes.OfWhole(ref Unsafe.Add(ref entry, TLanes.Count)), b);
                c = TLanes.Fma(minus, TLanes.OfWhole(ref Unsafe.Add(ref entry, 2 * TLanes.Count)), c);
                d = TLanes.Fma(minus, TLanes.OfWhole(ref Unsafe.Add(ref entry, 3 * TLanes.Count)), d);
                own = ref Unsafe.Add(ref own, 1);
            }
        }

        return TLanes.Greater(TLanes.Greater(a, b), TLanes.Greater(c, d));
    }
}
