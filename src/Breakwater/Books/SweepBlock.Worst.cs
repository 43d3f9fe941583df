using System.Numerics;
using System.Runtime.CompilerServices;
using Breakwater.Scenarios;

namespace Breakwater.Books;

internal readonly ref partial struct SweepBlock<TLanes, TVector>
{
    // Dampened losses as doubles are right to 2⁻⁵¹: whatever may be the worst lies above the greatest less this share.
    private const double ChoiceShare = 1.0 - (1.0 / (1L << 48));
    private const double ChoiceUnits = 2.0;

    // Worst dampened deterministic loss of every slot: underlyings first, their sums are the whole.
    private void FindWorst()
    {
        if (_arrays.DeterministicStride == 0) return;
        for (int account = _first; account < _first + _count; account++)
        {
            if (!IsSwept(account)) continue;
            int group = _book.AccountGroup[account];
            int groups = _book.AccountGroup[account + 1] - group;
            int slot = _book.SlotFirst[account];
            _scratch.Whole.Span.Clear();
            for (int own = 0; own < groups; own++)
            {
                double greatest = Deterministic(HoldingsOfGroup(group + own), slot + own + 1, groups > 1);
                if (groups > 1) Settle(slot + own + 1, greatest);
            }

            Settle(slot, DeterministicOfWhole(slot));
        }
    }

    // Losses of one underlying, added to those of the whole account; the greatest dampened one if asked for.
    private double Deterministic(ReadOnlySpan<Holding> holdings, int slot, bool isOwn)
    {
        TVector constant = TLanes.Of(isOwn ? _book.Constants[(2 * slot) + _horizon] : 0.0);
        TVector greatest = TLanes.Of(0.0);
        ref double losses = ref _scratch.Deterministic.First;
        ref double whole = ref _scratch.Whole.First;
        int places = _scratch.Deterministic.Count;
        for (int place = 0; place < places; place += 2 * TLanes.Count)
        {
            // Two vectors of places at two times; an odd last one is summed twice and counted once.
            int next = Math.Min(place + TLanes.Count, places - TLanes.Count);
            (int near, int far) = (PlaceOfDeterministic(place), PlaceOfDeterministic(next));
            int later = (_times - 1) * Cell;
            (TVector first, TVector second, TVector nextFirst, TVector nextSecond) = SweepKernel<TLanes, TVector>.Sum(
                holdings, ref _arrays.Deterministic, _arrays.DeterministicStride,
                (near, near + later), (far, far + later));
            TVector loss = TLanes.Add(TLanes.Greater(first, second), constant);
            greatest = TLanes.Greater(greatest, DampenedIn(loss, place));
            SweepKernel<TLanes, TVector>.Store(loss, ref Unsafe.Add(ref losses, place));
            AddTo(ref Unsafe.Add(ref whole, place), first);
            AddTo(ref Unsafe.Add(ref whole, places + place), second);
            if (next == place) break;
            loss = TLanes.Add(TLanes.Greater(nextFirst, nextSecond), constant);
            greatest = TLanes.Greater(greatest, DampenedIn(loss, next));
            SweepKernel<TLanes, TVector>.Store(loss, ref Unsafe.Add(ref losses, next));
            AddTo(ref Unsafe.Add(ref whole, next), nextFirst);
            AddTo(ref Unsafe.Add(ref whole, places + next), nextSecond);
        }

        return TLanes.Greatest(greatest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int PlaceOfDeterministic(int place) => unchecked((place / Cell * _times * Cell) + (place % Cell));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(ref double sum, TVector own) => SweepKernel<TLanes, TVector>.Store(
        TLanes.Add(SweepKernel<TLanes, TVector>.Load(ref sum), own), ref sum);

    private double DeterministicOfWhole(int slot)
    {
        TVector constant = TLanes.Of(_book.Constants[(2 * slot) + _horizon]);
        TVector greatest = TLanes.Of(0.0);
        int places = _scratch.Deterministic.Count;
        for (int place = 0; place < places; place += TLanes.Count)
        {
            TVector worse = TLanes.Greater(
                SweepKernel<TLanes, TVector>.Load(ref Unsafe.Add(ref _scratch.Whole.First, place)),
                SweepKernel<TLanes, TVector>.Load(ref Unsafe.Add(ref _scratch.Whole.First, places + place)));
            TVector loss = TLanes.Add(worse, constant);
            SweepKernel<TLanes, TVector>.Store(loss, ref Unsafe.Add(ref _scratch.Deterministic.First, place));
            greatest = TLanes.Greater(greatest, DampenedIn(loss, place));
        }

        return TLanes.Greatest(greatest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector DampenedIn(TVector loss, int place) => TLanes.Multiply(
        loss, SweepKernel<TLanes, TVector>.Load(ref _scratch.Dampening[place]));

    private void Settle(int slot, double greatest) => _scratch.Worst[slot - _slotFirst] = greatest > 0.0
        ? WorstAbove((greatest * ChoiceShare) - ChoiceUnits)
        : 0;

    private long WorstAbove(double choice)
    {
        long worst = 0;
        ReadOnlySpan<double> losses = _scratch.Deterministic.Span;
        TVector limit = TLanes.Of(choice);
        for (int place = 0; place < losses.Length; place += TLanes.Count)
        {
            TVector loss = SweepKernel<TLanes, TVector>.Load(ref Unsafe.AsRef(in losses[place]));
            for (uint lanes = TLanes.AtLeast(DampenedIn(loss, place), limit); lanes != 0; lanes &= lanes - 1)
            {
                int own = place + BitOperations.TrailingZeroCount(lanes);
                if (losses[own] <= 0.0) continue;
                worst = Math.Max(worst, Dampened((long)losses[own], _arrays.Tiling.DampeningNano[own]));
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
