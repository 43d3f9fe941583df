using Breakwater.Scenarios;

namespace Breakwater.Books;

internal readonly ref partial struct SweepBlock<TLanes, TVector>
{
    // Dampened losses as doubles are right to 2⁻⁵¹: whatever may be the worst lies above the greatest less this share.
    private const double ChoiceShare = 1.0 - (1.0 / (1L << 48));
    private const double ChoiceUnits = 2.0;

    // Worst dampened deterministic loss of every slot.
    private void FindWorst()
    {
        if (_arrays.DeterministicStride == 0) return;
        for (int account = _first; account < _first + _count; account++)
        {
            if (!IsSwept(account)) continue;
            int group = _book.AccountGroup[account];
            int groups = _book.AccountGroup[account + 1] - group;
            int slot = _book.SlotFirst[account];
            for (int own = 0; groups > 1 && own < groups; own++)
            {
                FindWorst(slot + own + 1, HoldingsOfGroup(group + own));
            }

            FindWorst(slot, HoldingsOf(account));
        }
    }

    private void FindWorst(int slot, ReadOnlySpan<Holding> holdings)
    {
        Span<double> losses = _scratch.Deterministic.Span;
        double constant = _book.Constants[(2 * slot) + _horizon];
        double greatest = 0.0;
        for (int place = 0; place < losses.Length; place += TLanes.Count)
        {
            TVector loss = WorseOf(
                holdings, ref _arrays.Deterministic, (place / Cell * _times * Cell) + (place % Cell),
                _arrays.DeterministicStride);
            SweepKernel<TLanes, TVector>.Store(TLanes.Add(loss, TLanes.Of(constant)), ref losses[place]);
        }

        for (int place = 0; place < losses.Length; place++)
        {
            greatest = Math.Max(greatest, losses[place] * _scratch.Dampening[place]);
        }

        _scratch.Worst[slot - _slotFirst] = WorstAbove((greatest * ChoiceShare) - ChoiceUnits, losses);
    }

    private long WorstAbove(double choice, ReadOnlySpan<double> losses)
    {
        long worst = 0;
        for (int place = 0; place < losses.Length; place++)
        {
            if (losses[place] > 0.0 && losses[place] * _scratch.Dampening[place] >= choice)
            {
                worst = Math.Max(worst, Dampened((long)losses[place], _arrays.Tiling.DampeningNano[place]));
            }
        }

        return worst;
    }

    // Loss × dampening, rounded up, in 64 bits: with loss = a·10⁹ + b it is a·nano + ⌈b·nano ÷ 10⁹⌉.
    private static long Dampened(long loss, long nano)
    {
        (long whole, long rest) = Math.DivRem(loss, ScenarioSet.NanoOne);
        return (whole * nano) + (((rest * nano) + ScenarioSet.NanoOne - 1) / ScenarioSet.NanoOne);
    }
}
