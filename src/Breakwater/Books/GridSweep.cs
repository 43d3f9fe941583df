using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Breakwater.Scenarios;

namespace Breakwater.Books;

/// <summary>Worst loss of each account on a small grid of scenarios and where nothing moves: exact, in halves of 16
/// bits where an account has few lots (<see cref="GridPairs"/>), else in doubles, whose sums of whole numbers below
/// 2⁵³ are exact.</summary>
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
            Run<TailLanes8, Vector512<double>, PairLanes16, Vector512<int>>(arrays, book, horizon, firstAccount, worst);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Run<TailLanes4, Vector256<double>, PairLanes8, Vector256<int>>(arrays, book, horizon, firstAccount, worst);
        }
        else
        {
            Run<TailLanes1, double, PairLanes1, int>(arrays, book, horizon, firstAccount, worst);
        }
    }

    /// <summary>The same with one width.</summary>
    /// <param name="arrays">Entries.</param>
    /// <param name="book">Holdings.</param>
    /// <param name="horizon">Whose constants count.</param>
    /// <param name="firstAccount">First account.</param>
    /// <param name="worst">[account from the first on] filled.</param>
    internal static void Run<TLanes, TVector, TPairLanes, TPairVector>(
        GridArrays arrays, GridHoldings book, MarginHorizon horizon, int firstAccount, Span<long> worst)
        where TLanes : struct, ITailLanes<TVector>
        where TVector : struct
        where TPairLanes : struct, IPairLanes<TPairVector>
        where TPairVector : struct
    {
        ArgumentNullException.ThrowIfNull(arrays);
        ArgumentNullException.ThrowIfNull(book);
        ArgumentOutOfRangeException.ThrowIfNegative(firstAccount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(worst.Length, book.Book.AccountCount - firstAccount);
        ReadOnlySpan<long> constants = book.Constants(horizon).Slice(firstAccount, worst.Length);
        ReadOnlySpan<GridAccount> accounts = book.Accounts.Slice(firstAccount, worst.Length);
        ref GridPair pairs = ref MemoryMarshal.GetReference(book.Pairs);
        double greatest = arrays.Greatest();
        for (int i = 0; i < worst.Length; i++)
        {
            ref readonly GridAccount own = ref accounts[i];
            worst[i] = own.IsPaired
                ? GridPairs.WorstOf<TPairLanes, TPairVector>(arrays, in Unsafe.Add(ref pairs, own.First), in own)
                    + constants[i]
                : WorstOf<TLanes, TVector>(arrays, book, firstAccount + i, constants[i], greatest);
        }
    }

    // Of an account without pairs.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long WorstOf<TLanes, TVector>(
        GridArrays arrays, GridHoldings book, int account, long constant, double greatest)
        where TLanes : struct, ITailLanes<TVector>
        where TVector : struct
    {
        bool isExact = book.IsHeld(account) && constant + (book.Lots(account) * greatest) < ExactLimit;
        return isExact
            ? (long)WorstOf<TLanes, TVector>(arrays, book.Of(book.Accounts[account])) + constant
            : long.MinValue;
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
