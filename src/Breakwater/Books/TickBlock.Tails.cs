using System.Numerics;
using Breakwater.Numerics;

namespace Breakwater.Books;

/// <content>Tails and cores of the slots.</content>
internal readonly ref partial struct TickBlock<TLanes, TVector>
{
    private const double ExactSum = 1L << 53; // a sum of numbers ≥ 0 that ends below it has no rounded part
    private const double PaceShare = 0.25; // of a tick in the mean move of the last ones
    private const double PaceTicks = 6.0; // for which kept cells should last
    private const double SlackShareMin = 0.02; // of the boundary
    private const double SlackShareMax = 0.25;

    private SweepCounts Conclude()
    {
        long candidates = 0;
        long repeats = 0;
        for (int slot = 0; slot < _slots.Length; slot++)
        {
            if (_scratch.Ways[slot] == TickWay.Plain) continue;
            candidates += _scratch.Counts[slot];
            if (TrySum(slot) || TrySelect(slot)) continue;
            repeats++;
            if (_scratch.Ways[slot] == TickWay.Whole || !TryGather(slot, isWhole: false))
            {
                Check.That(TryGather(slot, isWhole: true), "all scenarios weigh no more than the tail");
            }
        }

        return new SweepCounts(0, 0, 0, candidates, repeats);
    }

    // From what is above the window and what lies in it.
    private bool TrySum(int slot)
    {
        int count = _scratch.Counts[slot];
        double high = _scratch.Windows[slot].High;
        if (_scratch.Ways[slot] == TickWay.Whole || count >= _scratch.Capacity || high > ExactLimit) return false;
        Span<double> losses = _scratch.Losses.AsSpan(slot * _scratch.Stride, count);
        Span<int> weights = _scratch.LossWeights.AsSpan(slot * _scratch.Stride, count);
        double above = 0.0;
        double excess = 0.0;
        for (int lane = 0; lane < Cell; lane++)
        {
            above += _scratch.Above.Span[(slot * Cell) + lane];
            excess += _scratch.Excess.Span[(slot * Cell) + lane];
        }

        bool isFound = excess < ExactSum && (long)above * _masses.Unit <= _masses.Shortfall
            && ((long)above + TailSelection.Weigh(weights)) * _masses.Unit > _masses.Shortfall;
        if (!isFound) return false;
        TailSelection.Part tail = TailSelection.Find(
            losses, weights, _masses.Unit, _masses.Shortfall, (long)above,
            (Int128)(long)excess + Math.BigMul((long)above, (long)high));
        Decide(slot, tail, tail.Boundary);
        return true;
    }

    // From a list of all losses at or above the cut.
    private bool TrySelect(int slot)
    {
        int count = _scratch.Counts[slot];
        bool isListed = _scratch.Ways[slot] != TickWay.Whole && _scratch.Windows[slot].High > ExactLimit;
        if (count >= _scratch.Capacity || !isListed) return false;
        ReadOnlySpan<double> losses = _scratch.Losses.AsSpan(slot * _scratch.Stride, _scratch.Stride);
        ReadOnlySpan<int> weights = _scratch.LossWeights.AsSpan(slot * _scratch.Stride, _scratch.Stride);
        if (!IsBeyondTails(weights[..count])) return false;
        Select(slot, losses, weights, count);
        return true;
    }

    // Losses in the kept cells, which hold all at or above the cut, or in all of them; then those are kept that reach a
    // new cut.
    private bool TryGather(int slot, bool isWhole)
    {
        int count = 0;
        for (int tile = 0; tile < _arrays.Tiling.TileCount; tile++)
        {
            uint cells = isWhole ? byte.MaxValue : MaskOf(tile, slot);
            TileKernel<TLanes, TVector>.Sum(
                _arrays, tile, HoldingsOf(slot), [], cells, ref _scratch.TileLosses.First);
            for (; cells != 0; cells &= cells - 1)
            {
                int cell = BitOperations.TrailingZeroCount(cells);
                _scratch.TileLosses.Span.Slice(cell * Cell, Cell).CopyTo(_scratch.FullLosses.AsSpan(count));
                _scratch.Weights.AsSpan((tile * ScenarioTiling.TileSize) + (cell * Cell), Cell)
                    .CopyTo(_scratch.FullWeights.AsSpan(count));
                count += Cell;
            }
        }

        // What lies below the cut is not complete, so it may not be in the tail.
        if (!isWhole) count = Shorten(slot, count);
        if (!IsBeyondTails(_scratch.FullWeights.AsSpan(0, count))) return false;
        Select(slot, _scratch.FullLosses, _scratch.FullWeights, count);
        if (isWhole) Keep(slot);
        return true;
    }

    private int Shorten(int slot, int count)
    {
        int kept = 0;
        for (int at = 0; at < count; at++)
        {
            if (_scratch.FullLosses[at] < _scratch.Cuts[slot]) continue;
            _scratch.FullLosses[kept] = _scratch.FullLosses[at];
            _scratch.FullWeights[kept++] = _scratch.FullWeights[at];
        }

        return kept;
    }

    private bool IsBeyondTails(ReadOnlySpan<int> weights) => TailSelection.Weigh(weights) * _masses.Unit
        > Math.Max(_masses.Shortfall, _masses.ValueAtRisk);

    private void Select(int slot, ReadOnlySpan<double> losses, ReadOnlySpan<int> weights, int count)
    {
        TailSelection.Part tail = _scratch.Selector.Find<TLanes, TVector>(
            losses, weights, count, _masses.Unit, _masses.Shortfall);
        long atRisk = _masses.ValueAtRisk == _masses.Shortfall
            ? tail.Boundary
            : _scratch.Selector.Find<TLanes, TVector>(
                losses, weights, count, _masses.Unit, _masses.ValueAtRisk).Boundary;
        Decide(slot, tail, atRisk);
    }

    private void Decide(int slot, in TailSelection.Part tail, long atRisk)
    {
        double constant = _sweep.Book.Constants[(2 * (slot + _slotFirst)) + _horizon];
        long worst = NamedWorst.Of<TLanes, TVector>(_arrays, HoldingsOf(slot), [], constant, _scratch.Named);
        SlotCore core = SlotCore.Of(tail, atRisk, _masses, constant, worst);
        _scratch.Boundaries[slot] = Math.Min(tail.Boundary, atRisk);
        _cores.Thresholds[slot + _slotFirst] = core.Threshold;
        _cores.AmountsToFill[slot + _slotFirst] = core.Amount;
        _cores.TailMost[slot + _slotFirst] = double.NaN;
        _cores.BindingsToFill[slot + _slotFirst] = core.Binding;
    }

    private void Keep(int slot)
    {
        double boundary = _scratch.Boundaries[slot];
        _scratch.Cuts[slot] = Math.Floor(boundary - SlackOf(slot, boundary));
        TVector cut = TLanes.Of(_scratch.Cuts[slot]);
        for (int tile = 0; tile < _arrays.Tiling.TileCount; tile++)
        {
            uint kept = 0;
            for (int at = 0; at < ScenarioTiling.TileSize; at += TLanes.Count)
            {
                ref double losses = ref _scratch.FullLosses[(tile * ScenarioTiling.TileSize) + at];
                uint lanes = TLanes.AtLeast(SweepKernel<TLanes, TVector>.Load(ref losses), cut);
                kept |= lanes == 0 ? 0 : 1u << (at / Cell);
            }

            MaskOf(tile, slot) = (byte)kept;
        }
    }
}
