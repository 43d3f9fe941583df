namespace Breakwater.Books;

/// <content>Where a deterministic scenario is worse than the tail can be, the tail is not needed.</content>
internal readonly ref partial struct SweepBlock<TLanes, TVector>
{
    private const double ThresholdBelowWorst = 1.0 / 16.0; // of the worst loss: what one tick may move it by

    // For every t: ES ≤ t + Σ weight·(loss − t)⁺ ÷ mass (Rockafellar, Uryasev 2002, theorem 10), and value at risk is
    // below a loss that no more than its mass reaches. With t the cut the candidates are all that the sum needs, even
    // where they weigh less than the tail.
    private bool IsBeyondTail(int slot, ReadOnlySpan<double> losses, ReadOnlySpan<int> weights)
    {
        int local = slot - _slotFirst;
        double constant = _book.Constants[(2 * slot) + _horizon];
        long worst = _scratch.Worst[local] - (long)constant;
        double cut = _scratch.Cuts[local];
        if (worst <= 0 || !(Math.Abs(cut) < worst)) return false;
        long start = (long)Math.Ceiling(cut);
        if (!IsShortfallBelow(worst, start, losses, weights)) return false;
        long beyond = 0;
        for (int i = 0; i < losses.Length; i++)
        {
            beyond += losses[i] >= worst ? weights[i] : 0;
        }

        if (beyond * _masses.Unit > _masses.ValueAtRisk) return false;
        long next = worst - (long)(worst * ThresholdBelowWorst);
        bool isKnown = next <= start
            || IsShortfallBelow(worst - ((worst - next) / 2), next, losses, weights);
        _cores.Thresholds[slot] = constant + (isKnown ? next : start);
        _cores.AmountsToFill[slot] = _scratch.Worst[local];
        _cores.BindingsToFill[slot] = SlotBinding.Scenario;
        return true;
    }

    // Whether expected shortfall, rounded up, is surely below a limit:
    // t·mass + Σ weight·(loss − t)⁺ ≤ (limit − 1)·mass.
    private bool IsShortfallBelow(long limit, long start, ReadOnlySpan<double> losses, ReadOnlySpan<int> weights)
    {
        Int128 excess = 0;
        for (int i = 0; i < losses.Length; i++)
        {
            if (losses[i] > start) excess += Math.BigMul((long)losses[i] - start, (long)weights[i]);
        }

        return excess * _masses.Unit <= Math.BigMul(limit - 1 - start, _masses.Shortfall);
    }
}
