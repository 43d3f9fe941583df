using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Breakwater.Books;

internal readonly ref partial struct SweepBlock<TLanes, TVector>
{
    // Tails and cores of every slot.
    private SweepCounts Conclude()
    {
        SweepCounts counts = default;
        for (int account = _first; account < _first + _count; account++)
        {
            if (!IsSwept(account)) continue;
            for (int slot = _book.SlotFirst[account]; slot < _book.SlotFirst[account + 1]; slot++)
            {
                counts += Conclude(account, slot);
            }
        }

        return counts;
    }

    private SweepCounts Conclude(int account, int slot)
    {
        int local = slot - _slotFirst;
        int count = _scratch.CountOfSlot[local];
        if (_scratch.CountOfTile.Length == 0)
        {
            Decide(slot, 0, 0);
            return default;
        }

        Span<double> losses = _scratch.Losses.AsSpan(local * _scratch.Stride, count);
        Span<int> weights = _scratch.LossWeights.AsSpan(local * _scratch.Stride, count);
        long mass = Math.Max(_masses.Shortfall, _masses.ValueAtRisk);
        bool isFull = count >= _scratch.Capacity && count < _scratch.FullLosses.Length;
        if (!isFull && TailSelection.Weigh(weights) * _masses.Unit > mass)
        {
            Select(slot, losses, weights);
            return new SweepCounts(0, 0, 0, count, 0);
        }

        Exhaust(account, slot);
        Select(slot, _scratch.FullLosses, _scratch.FullWeights);
        return new SweepCounts(0, 0, 0, count, 1);
    }

    private void Select(int slot, Span<double> losses, Span<int> weights)
    {
        TailSelection.Part tail = TailSelection.Find(losses, weights, _masses.Unit, _masses.Shortfall);
        long expected = TailSelection.ShortfallUp(tail, _masses.Unit, _masses.Shortfall);
        TailSelection.Part beyond = TailSelection.Find(losses, weights, _masses.Unit, _masses.ValueAtRisk);
        long constant = (long)_book.Constants[(2 * slot) + _horizon];
        long boundary = Math.Min(tail.Boundary, beyond.Boundary);
        _cores.Thresholds[slot] =
            constant + boundary - (LoosenedShare * ((double)Math.Max(expected, beyond.Boundary) - boundary));
        Decide(slot, expected + constant, beyond.Boundary + constant);
    }

    private void Decide(int slot, long expected, long atRisk)
    {
        long worst = _scratch.Worst[slot - _slotFirst];
        _cores.AmountsToFill[slot] = Math.Max(expected, Math.Max(atRisk, worst));
        _cores.BindingsToFill[slot] = expected >= atRisk && expected >= worst ? SlotBinding.ExpectedShortfall
            : atRisk >= worst ? SlotBinding.ValueAtRisk
            : SlotBinding.Scenario;
    }

    // Losses of one slot in every scenario.
    private void Exhaust(int account, int slot)
    {
        int group = slot - _book.SlotFirst[account] - 1;
        ReadOnlySpan<Holding> holdings = group < 0
            ? HoldingsOf(account)
            : HoldingsOfGroup(_book.AccountGroup[account] + group);
        _scratch.Weights.CopyTo(_scratch.FullWeights, 0);
        for (int place = 0; place < _scratch.FullLosses.Length; place += TLanes.Count)
        {
            int tile = place / ScenarioTiling.TileSize;
            int cell = place % ScenarioTiling.TileSize / Cell;
            ref double entries = ref Unsafe.Add(
                ref _arrays.Tile(tile), (2 * Cells) + (cell * _times * Cell) + (place % Cell));
            TVector first = TLanes.Of(0.0);
            TVector second = TLanes.Of(0.0);
            SweepKernel<TLanes, TVector>.Sum(
                ref MemoryMarshal.GetReference(holdings), holdings.Length, ref entries, _arrays.RowStride, _times,
                ref first, ref second);
            SweepKernel<TLanes, TVector>.Store(
                SweepKernel<TLanes, TVector>.Worse(first, second, _times), ref _scratch.FullLosses[place]);
        }
    }
}
