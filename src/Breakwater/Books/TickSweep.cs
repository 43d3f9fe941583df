using System.Runtime.Intrinsics;
using Breakwater.Scenarios;

namespace Breakwater.Books;

/// <summary>Cores of some accounts of a book, tick after tick: what was far from the tail at the last tick is looked
/// at again only when it may have come near.</summary>
/// <remarks>
/// Of every slot it keeps the cells of scenarios that hold a loss at or above a cut below value at risk. A tick can
/// raise losses outside by no more than Σ over holdings of lots × the greatest move of the row
/// (<see cref="RowMoves"/>), and the cut rises with them; when it comes near value at risk the slot is bounded anew
/// with a lower one. So all losses at or above the cut are candidates, however long ago the others were seen, and
/// results equal those of <see cref="CoreSweep"/> to the last unit. Scratch of one thread, made once for its accounts.
/// </remarks>
public sealed class TickSweep
{
    private readonly TailMasses _masses;
    private readonly SlotHoldings[] _holdings;
    private readonly TickScratch _scratch;

    /// <summary>Scratch for some accounts of a book.</summary>
    /// <param name="tiling">Where scenarios stand; some of them must have weight.</param>
    /// <param name="masses">Tails.</param>
    /// <param name="book">The book.</param>
    /// <param name="firstAccount">First account.</param>
    /// <param name="accountCount">How many; ≥ 0.</param>
    public TickSweep(
        ScenarioTiling tiling, TailMasses masses, BookHoldings book, int firstAccount, int accountCount)
    {
        ArgumentNullException.ThrowIfNull(tiling);
        ArgumentNullException.ThrowIfNull(book);
        ArgumentOutOfRangeException.ThrowIfZero(tiling.TileCount, nameof(tiling));
        ArgumentOutOfRangeException.ThrowIfNegative(firstAccount);
        ArgumentOutOfRangeException.ThrowIfNegative(accountCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(accountCount, book.AccountCount - firstAccount);
        (Tiling, _masses, Book) = (tiling, masses, book);
        (FirstAccount, AccountCount) = (firstAccount, accountCount);
        _holdings = HoldingsBySlot(book, firstAccount, accountCount);
        _scratch = new TickScratch(tiling, masses, _holdings.Length);
    }

    /// <summary>Where scenarios stand.</summary>
    public ScenarioTiling Tiling { get; private set; }

    /// <summary>The book.</summary>
    public BookHoldings Book { get; }

    /// <summary>First account.</summary>
    public int FirstAccount { get; }

    /// <summary>How many accounts.</summary>
    public int AccountCount { get; }

    /// <summary>What the last call did: slots bounded anew count as tiles, slots gone through whole as repeats.
    /// </summary>
    public SweepCounts Counts { get; private set; }

    /// <summary>Cores after a tick, with the widest vectors of the hardware.</summary>
    /// <param name="moves">Arrays and how far their rows have moved since the last call; the caller forgets the moves
    /// when every sweep over the arrays has had them.</param>
    /// <param name="horizon">Whose constants count: the same at every call.</param>
    /// <param name="cores">Filled in the slots of the accounts; thresholds are read and renewed.</param>
    public void Run(RowMoves moves, MarginHorizon horizon, BookCores cores)
    {
        if (Vector512.IsHardwareAccelerated) Run<TailLanes8, Vector512<double>>(moves, horizon, cores);
        else if (Vector256.IsHardwareAccelerated) Run<TailLanes4, Vector256<double>>(moves, horizon, cores);
        else Run<TailLanes1, double>(moves, horizon, cores);
    }

    /// <summary>Takes over the weights and dampening of another set, and forgets what is kept.</summary>
    /// <param name="tiling">What <see cref="ScenarioTiling.Renewed"/> gave; of the same weight in all.</param>
    public void Renew(ScenarioTiling tiling)
    {
        ArgumentNullException.ThrowIfNull(tiling);
        ArgumentOutOfRangeException.ThrowIfNotEqual(tiling.WeightTotal, Tiling.WeightTotal);
        ArgumentOutOfRangeException.ThrowIfNotEqual(tiling.TileCount, Tiling.TileCount);
        _scratch.Renew(tiling.Weights);
        Tiling = tiling;
    }

    /// <summary>Forgets what is kept: after entries were loaded past <see cref="RowMoves"/>.</summary>
    public void Forget() => _scratch.Forget();

    /// <summary>The same with one width.</summary>
    /// <param name="moves">Arrays and moves.</param>
    /// <param name="horizon">Whose constants count.</param>
    /// <param name="cores">Filled.</param>
    internal void Run<TLanes, TVector>(RowMoves moves, MarginHorizon horizon, BookCores cores)
        where TLanes : struct, ITailLanes<TVector>
        where TVector : struct
    {
        ArgumentNullException.ThrowIfNull(moves);
        ArgumentNullException.ThrowIfNull(cores);
        if (moves.Arrays.Tiling != Tiling) throw new ArgumentException("arrays of another tiling", nameof(moves));
        ArgumentOutOfRangeException.ThrowIfNotEqual(cores.Amounts.Length, Book.SlotCount);
        Counts = new TickBlock<TLanes, TVector>(this, moves, cores, _masses, _holdings, _scratch, horizon).Run();
    }

    private static SlotHoldings[] HoldingsBySlot(BookHoldings book, int firstAccount, int accountCount)
    {
        int firstSlot = book.SlotFirst[firstAccount];
        SlotHoldings[] holdings = new SlotHoldings[book.SlotFirst[firstAccount + accountCount] - firstSlot];
        for (int account = firstAccount; account < firstAccount + accountCount; account++)
        {
            (int first, int end) = (book.SlotFirst[account], book.SlotFirst[account + 1]);
            for (int slot = first; slot < end; slot++)
            {
                holdings[slot - firstSlot] = BookSlots.RangeOf(book, account, slot - first);
            }
        }

        return holdings;
    }
}
