using System.Numerics;
using System.Runtime.CompilerServices;

namespace Breakwater.Books;

/// <content>Losses in kept cells and in those that bounds let through.</content>
internal readonly ref partial struct TickBlock<TLanes, TVector>
{
    private const int Cell = ScenarioTiling.CellSize;

    // Candidates of one tile, slot by slot.
    private long Sweep(int tile)
    {
        long cells = 0;
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
                uint alive = _scratch.Ways[slot] == TickWay.Renewed
                    ? TileKernel<TLanes, TVector>.Reaching(_arrays, tile, HoldingsOf(slot), [], _scratch.Cuts[slot])
                    : mask;
                cells += BitOperations.PopCount(alive);
                mask = alive == 0 ? (byte)0 : (byte)Collect(slot, tile, alive);
            }
        }

        return cells;
    }

    // Sums the losses of the cells, then takes note of them. Returns the bits of those that reach the cut.
    private uint Collect(int slot, int tile, uint alive)
    {
        TileKernel<TLanes, TVector>.Sum(_arrays, tile, HoldingsOf(slot), [], alive, ref _scratch.TileLosses.First);
        uint kept = 0;
        for (int lane = 0; lane < Cell; lane += TLanes.Count) kept |= Note(slot, tile, alive, lane);
        return kept;
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
    private ref double LossesOf(int cell, int lane) =>
        ref Unsafe.Add(ref _scratch.TileLosses.First, (cell * Cell) + lane);
}
