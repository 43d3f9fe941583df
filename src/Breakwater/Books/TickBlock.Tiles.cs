using System.Numerics;
using System.Runtime.CompilerServices;

namespace Breakwater.Books;

/// <content>Losses in kept cells and in those that bounds let through. A cell named twice is summed twice and counted
/// once.</content>
internal readonly ref partial struct TickBlock<TLanes, TVector>
{
    private const int Cell = ScenarioTiling.CellSize;
    private const int Cells = ScenarioTiling.TileCells;

    // Candidates of one tile, slot by slot.
    private long Sweep(int tile)
    {
        long cells = 0;
        ref double numbers = ref _arrays.Tile(tile);
        Span<ulong> words = MasksOf(tile);
        if (_slots.Length > 4 * _arrays.RowCount) _ = _arrays.Touch(tile);
        for (int word = 0; word < words.Length; word++)
        {
            for (ulong left = words[word]; left != 0;)
            {
                int lane = BitOperations.TrailingZeroCount(left) / 8;
                left &= ~(0xFFUL << (8 * lane));
                int slot = (word * sizeof(ulong)) + lane;
                ref byte mask = ref MaskOf(tile, slot);
                uint alive = _scratch.Ways[slot] == TickWay.Renewed ? BoundsOf(slot, ref numbers) : mask;
                cells += BitOperations.PopCount(alive);
                mask = alive == 0 ? (byte)0 : (byte)Collect(slot, tile, alive, ref numbers);
            }
        }

        return cells;
    }

    // Bits of the cells whose bounds reach the cut.
    private uint BoundsOf(int slot, ref double numbers)
    {
        uint alive = 0;
        ReadOnlySpan<Holding> holdings = HoldingsOf(slot);
        for (int lane = 0; lane < Cells; lane += TLanes.Count)
        {
            TVector bound = SweepKernel<TLanes, TVector>.Bound(
                holdings, ref Unsafe.Add(ref numbers, lane), _arrays.RowStride, Cells);
            alive |= TLanes.AtLeast(bound, TLanes.Of(_scratch.Cuts[slot])) << lane;
        }

        return alive;
    }

    // Sums the losses of the cells, then takes note of them. Returns the bits of those that reach the cut.
    private uint Collect(int slot, int tile, uint alive, ref double numbers)
    {
        SumTile(HoldingsOf(slot), alive, ref numbers);
        uint kept = 0;
        for (int lane = 0; lane < Cell; lane += TLanes.Count) kept |= Note(slot, tile, alive, lane);
        return kept;
    }

    private void SumTile(ReadOnlySpan<Holding> holdings, uint cells, ref double numbers)
    {
        while (cells != 0)
        {
            if (_times == 2) SumTimes(holdings, ref cells, ref numbers);
            else SumCells(holdings, ref cells, ref numbers);
        }
    }

    // Four vectors at once, so that sums need not wait for each other: two cells at two times.
    private void SumTimes(ReadOnlySpan<Holding> holdings, ref uint cells, ref double numbers)
    {
        int first = Take(ref cells, 0);
        int second = Take(ref cells, first);
        for (int lane = 0; lane < Cell; lane += TLanes.Count)
        {
            (int near, int far) = (PlaceOf(first) + lane, PlaceOf(second) + lane);
            (TVector a, TVector b, TVector c, TVector d) = SweepKernel<TLanes, TVector>.Sum(
                holdings, ref numbers, _arrays.RowStride, (near, near + Cell), (far, far + Cell));
            Store(TLanes.Greater(a, b), first, lane);
            Store(TLanes.Greater(c, d), second, lane);
        }
    }

    // Four or two cells at one time; what is too much repeats the last one.
    private void SumCells(ReadOnlySpan<Holding> holdings, ref uint cells, ref double numbers)
    {
        int first = Take(ref cells, 0);
        int second = Take(ref cells, first);
        bool isTwo = cells == 0;
        int third = Take(ref cells, second);
        int fourth = Take(ref cells, third);
        for (int lane = 0; lane < Cell; lane += TLanes.Count)
        {
            (int, int) near = (PlaceOf(first) + lane, PlaceOf(second) + lane);
            if (isTwo)
            {
                (TVector a, TVector b) = SweepKernel<TLanes, TVector>.Sum(
                    holdings, ref numbers, _arrays.RowStride, near);
                Store(a, first, lane);
                Store(b, second, lane);
            }
            else
            {
                (TVector a, TVector b, TVector c, TVector d) = SweepKernel<TLanes, TVector>.Sum(
                    holdings, ref numbers, _arrays.RowStride, near,
                    (PlaceOf(third) + lane, PlaceOf(fourth) + lane));
                Store(a, first, lane);
                Store(b, second, lane);
                Store(c, third, lane);
                Store(d, fourth, lane);
            }
        }
    }

    // Losses above the window are summed, those in it collected. All numbers are whole: 1 − (high − loss)⁺ is 1 where
    // a loss is at least high and not positive elsewhere.
    private uint Note(int slot, int tile, uint alive, int lane)
    {
        uint kept = 0;
        ref double aboveOfSlot = ref Unsafe.Add(ref _scratch.Above.First, (slot * Cell) + lane);
        ref double excessOfSlot = ref Unsafe.Add(ref _scratch.Excess.First, (slot * Cell) + lane);
        TVector above = SweepKernel<TLanes, TVector>.Load(ref aboveOfSlot);
        TVector excess = SweepKernel<TLanes, TVector>.Load(ref excessOfSlot);
        (TVector zero, TVector one, TVector minus) = (TLanes.Of(0.0), TLanes.Of(1.0), TLanes.Of(-1.0));
        TVector cut = TLanes.Of(_scratch.Cuts[slot]);
        TVector low = TLanes.Of(_scratch.Windows[slot].Low);
        TVector high = TLanes.Of(_scratch.Windows[slot].High);
        int count = _scratch.Counts[slot];
        int first = slot * _scratch.Stride;
        unchecked // indices lie inside the scratch
        {
            for (uint left = alive; left != 0; left &= left - 1)
            {
                int cell = BitOperations.TrailingZeroCount(left);
                int place = (tile * ScenarioTiling.TileSize) + (cell * Cell) + lane;
                TVector loss = SweepKernel<TLanes, TVector>.Load(ref LossesOf(cell, lane));
                TVector weight = SweepKernel<TLanes, TVector>.Load(
                    ref Unsafe.Add(ref _scratch.WeightNumbers.First, place));
                TVector distance = TLanes.Fma(loss, minus, high);
                above = TLanes.Fma(
                    weight, TLanes.Greater(TLanes.Fma(TLanes.Greater(distance, zero), minus, one), zero), above);
                excess = TLanes.Fma(weight, TLanes.Greater(TLanes.Multiply(distance, minus), zero), excess);
                uint lanes = TLanes.AtLeast(loss, low) & ~TLanes.AtLeast(loss, high);
                TLanes.Append(
                    loss, ref _scratch.Weights[place], lanes, ref _scratch.Losses[first + count],
                    ref _scratch.LossWeights[first + count]);
                count = Math.Min(count + BitOperations.PopCount(lanes), _scratch.Capacity);
                kept |= TLanes.AtLeast(loss, cut) == 0 ? 0 : 1u << cell;
            }
        }

        SweepKernel<TLanes, TVector>.Store(above, ref aboveOfSlot);
        SweepKernel<TLanes, TVector>.Store(excess, ref excessOfSlot);
        _scratch.Counts[slot] = count;
        return kept;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(TVector losses, int cell, int lane) =>
        SweepKernel<TLanes, TVector>.Store(losses, ref LossesOf(cell, lane));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref double LossesOf(int cell, int lane) =>
        ref Unsafe.Add(ref _scratch.TileLosses.First, (cell * Cell) + lane);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int PlaceOf(int cell) => unchecked((2 * Cells) + (cell * _times * Cell));

    private static int Take(ref uint cells, int otherwise)
    {
        if (cells == 0) return otherwise;
        int cell = BitOperations.TrailingZeroCount(cells);
        cells &= cells - 1;
        return cell;
    }
}
