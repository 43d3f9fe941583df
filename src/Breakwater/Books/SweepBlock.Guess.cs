namespace Breakwater.Books;

/// <content>First thresholds from a sample of the scenarios.</content>
internal readonly ref partial struct SweepBlock<TLanes, TVector>
{
    private const double SampledTails = 2.0; // a sample's tail this many times too heavy is rarely too light

    // One cell of every so many tiles, each time another one, is the sample.
    private void GuessCuts()
    {
        int tiles = _scratch.CountOfTile.Length;
        int step = ((tiles * Cell) + _scratch.Capacity - 1) / _scratch.Capacity;
        bool isCold = false;
        Span<uint> alive = stackalloc uint[BookHoldings.GroupsMax + 1];
        for (int tile = 0; tile < tiles && (tile == 0 || isCold); tile += step)
        {
            int cell = tile / step % Cells;
            ref double numbers = ref _arrays.Tile(tile);
            foreach (int account in Pending)
            {
                if (!MarkCold(account, 1u << cell, alive)) continue;
                isCold = true;
                int group = _book.AccountGroup[account];
                int groups = _book.AccountGroup[account + 1] - group;
                int slot = _book.SlotFirst[account] - _slotFirst;
                if (_times == 1) CollectTwo(tile, (cell, cell), group, groups, slot, ref numbers, alive);
                else CollectTimes(tile, (cell, cell), group, groups, slot, ref numbers, alive);
            }
        }

        if (!isCold) return;
        foreach (int account in Pending)
        {
            for (int slot = _book.SlotFirst[account]; slot < _book.SlotFirst[account + 1]; slot++)
            {
                if (double.IsNegativeInfinity(_scratch.Cuts[slot - _slotFirst])) GuessCut(slot - _slotFirst);
            }
        }
    }

    // Marks the slots of an account without a threshold; false if there is none.
    private bool MarkCold(int account, uint bits, Span<uint> alive)
    {
        uint any = 0;
        int slot = _book.SlotFirst[account];
        alive.Clear();
        for (int own = slot; own < _book.SlotFirst[account + 1]; own++)
        {
            uint marked = double.IsNegativeInfinity(_scratch.Cuts[own - _slotFirst]) ? bits : 0u;
            alive[own - slot] = marked;
            any |= marked;
        }

        return any != 0;
    }

    private void GuessCut(int slot)
    {
        int count = _scratch.CountOfSlot[slot];
        _scratch.CountOfSlot[slot] = 0;
        if (count == 0) return;
        ReadOnlySpan<double> losses = _scratch.Losses.AsSpan(slot * _scratch.Stride, _scratch.Stride);
        ReadOnlySpan<int> weights = _scratch.LossWeights.AsSpan(slot * _scratch.Stride, _scratch.Stride);
        long total = TailSelection.Weigh(weights[..count]) * _masses.Unit;
        double share = SampledTails * Math.Max(_masses.Shortfall, _masses.ValueAtRisk)
            / ((double)_masses.Unit * _arrays.Tiling.WeightTotal);
        long mass = Math.Min(total - 1, (long)(share * total));
        if (mass < 0) return;
        double worst = _scratch.Worst[slot] - _book.Constants[(2 * (slot + _slotFirst)) + _horizon];
        double below = worst - (worst * ThresholdBelowWorst);
        if (worst > 0.0 && !IsAnyAtLeast(losses[..count], below))
        {
            _scratch.Cuts[slot] = below;
            return;
        }

        _scratch.Cuts[slot] = _scratch.Selector.Find<TLanes, TVector>(
            losses, weights, count, _masses.Unit, mass).Boundary;
    }

    private static bool IsAnyAtLeast(ReadOnlySpan<double> losses, double limit)
    {
        foreach (double loss in losses)
        {
            if (loss >= limit) return true;
        }

        return false;
    }
}
