using System.Runtime.CompilerServices;
using Breakwater.Scenarios;

namespace Breakwater.Books;

/// <summary>Worst dampened loss of some holdings over the deterministic scenarios.</summary>
internal static class NamedWorst
{
    private const int Cell = ScenarioTiling.CellSize;

    // Dampened losses as doubles are right to 2⁻⁵¹: whatever may be the worst lies above the greatest less this share.
    private const double ChoiceShare = 1.0 - (1.0 / (1L << 48));
    private const double ChoiceUnits = 2.0;

    /// <summary>The worst, rounded up; 0 where nothing is lost or there is no such scenario.</summary>
    /// <param name="arrays">Entries.</param>
    /// <param name="holdings">Holdings whose sums are exact in doubles.</param>
    /// <param name="coins">Coin, likewise.</param>
    /// <param name="constant">What is lost in every scenario, micro-dollars.</param>
    /// <param name="losses">[deterministic place] filled: losses, undampened.</param>
    internal static long Of<TLanes, TVector>(
        TiledArrays arrays, ReadOnlySpan<Holding> holdings, ReadOnlySpan<CoinHolding> coins, double constant,
        Span<double> losses)
        where TLanes : struct, ITailLanes<TVector>
        where TVector : struct
    {
        TVector greatest = TLanes.Of(0.0);
        ReadOnlySpan<long> nano = arrays.Tiling.DampeningNano;
        int times = arrays.Tiling.TimeCount;
        int stride = arrays.DeterministicStride;
        for (int place = 0; place < nano.Length; place += TLanes.Count)
        {
            int at = (place / Cell * times * Cell) + (place % Cell);
            int later = times == 2 ? at + Cell : at;
            (TVector first, TVector second) =
                SweepKernel<TLanes, TVector>.Sum(holdings, ref arrays.Deterministic, stride, (at, later));
            if (!coins.IsEmpty)
            {
                first = CoinKernel<TLanes, TVector>.Sum(first, coins, ref arrays.Deterministic, stride, at);
                second = CoinKernel<TLanes, TVector>.Sum(second, coins, ref arrays.Deterministic, stride, later);
            }

            TVector loss = TLanes.Add(TLanes.Greater(first, second), TLanes.Of(constant));
            SweepKernel<TLanes, TVector>.Store(loss, ref losses[place]);
            greatest = TLanes.Greater(greatest, loss);
        }

        return TLanes.Greatest(greatest) > 0.0 ? Of(losses[..nano.Length], nano) : 0;
    }

    /// <summary>The worst of given losses, dampened and rounded up; 0 where nothing is lost.</summary>
    /// <param name="losses">[place] whole numbers, undampened.</param>
    /// <param name="nano">[place] dampening in units of 1e-9.</param>
    internal static long Of(ReadOnlySpan<double> losses, ReadOnlySpan<long> nano)
    {
        double greatest = 0.0;
        for (int place = 0; place < losses.Length; place++)
        {
            double own = losses[place] * nano[place] / ScenarioSet.NanoOne;
            greatest = own > greatest ? own : greatest;
        }

        double choice = (greatest * ChoiceShare) - ChoiceUnits;
        long worst = 0;
        for (int place = 0; place < losses.Length; place++)
        {
            if (losses[place] > 0.0 && losses[place] * nano[place] / ScenarioSet.NanoOne >= choice)
            {
                worst = Math.Max(worst, Dampened((long)losses[place], nano[place]));
            }
        }

        return worst;
    }

    // Loss × dampening, rounded up, in 64 bits: with loss = a·10⁹ + b it is a·nano + ⌈b·nano ÷ 10⁹⌉.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Dampened(long loss, long nano)
    {
        (long whole, long rest) = Math.DivRem(loss, ScenarioSet.NanoOne);
        return (whole * nano) + (((rest * nano) + ScenarioSet.NanoOne - 1) / ScenarioSet.NanoOne);
    }
}
