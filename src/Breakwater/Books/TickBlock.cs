using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Breakwater.Scenarios;

namespace Breakwater.Books;

/// <summary>One tick of a <see cref="TickSweep"/> with one width of vectors.</summary>
internal readonly ref partial struct TickBlock<TLanes, TVector>
    where TLanes : struct, ITailLanes<TVector>
    where TVector : struct
{
    private const double ExactLimit = 1L << 52; // as in SweepBlock

    private readonly TickSweep _sweep;
    private readonly RowMoves _moves;
    private readonly TiledArrays _arrays;
    private readonly BookCores _cores;
    private readonly TailMasses _masses;
    private readonly TickScratch _scratch;
    private readonly ReadOnlySpan<SlotHoldings> _slots;
    private readonly int _slotFirst;
    private readonly int _horizon;

    internal TickBlock(
        TickSweep sweep,
        RowMoves moves,
        BookCores cores,
        TailMasses masses,
        ReadOnlySpan<SlotHoldings> slots,
        TickScratch scratch,
        MarginHorizon horizon)
    {
        (_sweep, _moves, _arrays, _cores, _masses) = (sweep, moves, moves.Arrays, cores, masses);
        (_scratch, _horizon) = (scratch, (int)horizon);
        _slots = slots;
        _slotFirst = sweep.Book.SlotFirst[sweep.FirstAccount];
    }

    /// <summary>All steps.</summary>
    internal SweepCounts Run()
    {
        long renewed = 0;
        for (int account = _sweep.FirstAccount; account < _sweep.FirstAccount + _sweep.AccountCount; account++)
        {
            bool isExact = _sweep.Book.IsHeld(account) && GrossOf(account) < ExactLimit;
            for (int slot = _sweep.Book.SlotFirst[account]; slot < _sweep.Book.SlotFirst[account + 1]; slot++)
            {
                TickWay way = isExact ? Advance(slot - _slotFirst) : TickWay.Plain;
                _scratch.Ways[slot - _slotFirst] = way;
                Clear(slot - _slotFirst);
                if (way == TickWay.Renewed) renewed++;
                if (way == TickWay.Plain) Leave(slot);
            }
        }

        long cells = 0;
        for (int tile = 0; tile < _arrays.Tiling.TileCount; tile++) cells += Sweep(tile);
        return new SweepCounts(renewed, cells, 0, 0, 0) + Conclude();
    }

    private void Clear(int slot)
    {
        _scratch.Counts[slot] = 0;
        _scratch.Above.Span.Slice(slot * Cell, Cell).Clear();
        _scratch.Excess.Span.Slice(slot * Cell, Cell).Clear();
    }

    private void Leave(int slot)
    {
        _cores.BindingsToFill[slot] = SlotBinding.Plain;
        _cores.AmountsToFill[slot] = 0;
        _cores.TailMost[slot] = double.NaN;
        _scratch.Boundaries[slot - _slotFirst] = double.NaN;
        ClearMasks(slot - _slotFirst);
    }

    private double GrossOf(int account)
    {
        int slot = _sweep.Book.SlotFirst[account];
        double gross = _sweep.Book.Constants[(2 * slot) + _horizon];
        foreach (Holding own in HoldingsOf(slot - _slotFirst)) gross += Math.Abs(own.Minus) * _arrays.Greatest(own.Row);
        return gross;
    }

    private ReadOnlySpan<Holding> HoldingsOf(int slot) =>
        BookSlots.HoldingsOf(_sweep.Book, _slots[slot]);

    // Raises the cut by what the tick can have raised any loss by, and chooses the way.
    private TickWay Advance(int slot)
    {
        (double rise, double fall) = MoveOf(HoldingsOf(slot));
        double boundary = _scratch.Boundaries[slot];
        if (double.IsNaN(boundary) || !(rise - fall < ExactLimit)) return Begin(slot);
        ref double pace = ref _scratch.Paces[slot];
        pace += (rise - fall - pace) * PaceShare;
        ref double cut = ref _scratch.Cuts[slot];
        cut += rise;
        // A boundary moves no further than the loss that moves most.
        bool isSummed = _masses.Shortfall == _masses.ValueAtRisk;
        double low = boundary + fall;
        bool isKept = cut <= low;
        if (!isKept) cut = Math.Floor(low - SlackOf(slot, low));
        _scratch.Windows[slot] = isSummed
            ? new TickWindow(low, boundary + rise + 1.0)
            : new TickWindow(cut, double.PositiveInfinity);
        if (isKept) return TickWay.Kept;
        MarkTiles(slot);
        return TickWay.Renewed;
    }

    // Nothing is known but, perhaps, a threshold: all losses at or above a cut below it are listed.
    private TickWay Begin(int slot)
    {
        int whole = slot + _slotFirst;
        double threshold = _cores.Thresholds[whole] - _sweep.Book.Constants[(2 * whole) + _horizon];
        _scratch.Boundaries[slot] = double.NaN;
        _scratch.Paces[slot] = 0.0;
        if (double.IsNaN(threshold)) return TickWay.Whole;
        _scratch.Cuts[slot] = Math.Floor(threshold - SlackOf(slot, threshold));
        _scratch.Windows[slot] = new TickWindow(_scratch.Cuts[slot], double.PositiveInfinity);
        MarkTiles(slot);
        return TickWay.Renewed;
    }

    // The most that a loss of these holdings can have risen and fallen by.
    private (double Rise, double Fall) MoveOf(ReadOnlySpan<Holding> holdings)
    {
        (double rise, double fall) = (0.0, 0.0);
        foreach (Holding own in holdings)
        {
            double up = own.Minus * _moves.GreatestRise[own.Row];
            double down = own.Minus * _moves.GreatestFall[own.Row];
            rise += up > down ? up : down;
            fall += up > down ? down : up;
        }

        return (rise, fall);
    }

    // How far below the boundary a new cut lies: some ticks of the usual pace.
    private double SlackOf(int slot, double boundary)
    {
        double size = Math.Abs(boundary);
        return Math.Clamp(PaceTicks * _scratch.Paces[slot], SlackShareMin * size, SlackShareMax * size);
    }

    // Every cell of the tiles whose bounds reach the cut.
    private void MarkTiles(int slot)
    {
        ReadOnlySpan<Holding> holdings = HoldingsOf(slot);
        TVector cut = TLanes.Of(_scratch.Cuts[slot]);
        for (int tile = 0; tile < _arrays.Tiling.TileCount; tile += TLanes.Count)
        {
            uint alive = TLanes.AtLeast(
                SweepKernel<TLanes, TVector>.Bound(
                    holdings, ref Unsafe.Add(ref _arrays.Coarse, tile), 2 * _arrays.CoarseStride,
                    _arrays.CoarseStride),
                cut);
            int end = Math.Min(TLanes.Count, _arrays.Tiling.TileCount - tile);
            for (int lane = 0; lane < end; lane++)
            {
                MaskOf(tile + lane, slot) = (alive >> lane & 1) != 0 ? byte.MaxValue : (byte)0;
            }
        }
    }

    private void ClearMasks(int slot)
    {
        for (int tile = 0; tile < _arrays.Tiling.TileCount; tile++) MaskOf(tile, slot) = 0;
    }

    private ref byte MaskOf(int tile, int slot) => ref _scratch.Masks[(tile * _scratch.MaskStride) + slot];

    private Span<ulong> MasksOf(int tile) => MemoryMarshal.Cast<byte, ulong>(
        _scratch.Masks.AsSpan(tile * _scratch.MaskStride, _scratch.MaskStride));
}
