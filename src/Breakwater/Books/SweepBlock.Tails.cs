using System.Runtime.CompilerServices;

namespace Breakwater.Books;

internal readonly ref partial struct SweepBlock<TLanes, TVector>
{
    // Tails and cores of every slot.
    private SweepCounts Conclude()
    {
        SweepCounts counts = default;
        foreach (int account in Pending)
        {
            for (int slot = _book.SlotFirst[account]; slot < _book.SlotFirst[account + 1]; slot++)
            {
                if (!_scratch.IsSettled[slot - _slotFirst]) counts += Conclude(account, slot);
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

        ReadOnlySpan<double> losses = _scratch.Losses.AsSpan(local * _scratch.Stride, _scratch.Stride);
        ReadOnlySpan<int> weights = _scratch.LossWeights.AsSpan(local * _scratch.Stride, _scratch.Stride);
        long mass = Math.Max(_masses.Shortfall, _masses.ValueAtRisk);
        bool isFull = count >= _scratch.Capacity && count < _scratch.PlaceCount;
        if (!isFull && IsBeyondTail(slot, losses[..count], weights[..count]))
        {
            return new SweepCounts(0, 0, 0, count, 0);
        }

        if (!isFull && TailSelection.Weigh(weights[..count]) * _masses.Unit > mass)
        {
            Select(slot, losses, weights, count);
            return new SweepCounts(0, 0, 0, count, 0);
        }

        Exhaust(account, slot);
        Select(slot, _scratch.FullLosses, _scratch.FullWeights, _scratch.PlaceCount);
        return new SweepCounts(0, 0, 0, count, 1);
    }

    private void Select(int slot, ReadOnlySpan<double> losses, ReadOnlySpan<int> weights, int count)
    {
        TailSelection.Part tail = _scratch.Selector.Find<TLanes, TVector>(
            losses, weights, count, _masses.Unit, _masses.Shortfall);
        long expected = TailSelection.ShortfallUp(tail, _masses.Unit, _masses.Shortfall);
        // At one level value at risk is the boundary already found.
        long atRisk = _masses.ValueAtRisk == _masses.Shortfall
            ? tail.Boundary
            : _scratch.Selector.Find<TLanes, TVector>(
                losses, weights, count, _masses.Unit, _masses.ValueAtRisk).Boundary;
        long constant = (long)_book.Constants[(2 * slot) + _horizon];
        long boundary = Math.Min(tail.Boundary, atRisk);
        _cores.Thresholds[slot] =
            constant + boundary - (LoosenedShare * ((double)Math.Max(expected, atRisk) - boundary));
        Decide(slot, expected + constant, atRisk + constant);
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
        for (int place = 0; place < _scratch.PlaceCount; place += TLanes.Count)
        {
            ref double numbers = ref _arrays.Tile(place / ScenarioTiling.TileSize);
            int own = PlaceInRow(place % ScenarioTiling.TileSize / Cell) + (place % Cell);
            SweepKernel<TLanes, TVector>.Store(
                WorseOf(holdings, ref numbers, own, _arrays.RowStride), ref _scratch.FullLosses[place]);
        }
    }

    // Losses in one vector of scenarios: the worse of both times where there are two.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector WorseOf(ReadOnlySpan<Holding> holdings, ref double numbers, int place, int stride)
    {
        int second = _times == 2 ? place + Cell : place;
        (TVector a, TVector b) = SweepKernel<TLanes, TVector>.Sum(holdings, ref numbers, stride, (place, second));
        return TLanes.Greater(a, b);
    }
}
