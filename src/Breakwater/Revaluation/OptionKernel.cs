using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Breakwater.Numerics;

namespace Breakwater.Revaluation;

/// <summary>P&amp;L of one option over many scenarios: one text for every vector width, so any width gives the same
/// bits.
/// </summary>
/// <remarks>
/// With x = −|ln(K/F)|, h = x/s, t = s/2 and M Mills' ratio the out-of-the-money value is min(F, K)·φ(h + t)·[M(−h − t)
/// − M(t − h)], one exponential for both tails; intrinsic value is added (METHODOLOGY 1.2, PERFORMANCE 2.7). Absolute
/// error about 1e-16 of min(F, K): a millionth of the micro-dollar it is rounded to. Within a few ulp of
/// <c>Black76.Value</c> near the money; far out both are below that error.
/// </remarks>
internal static class OptionKernel
{
    private const double StandardDeviationsMax = 100.0; // φ underflows at 39; keeps Mills' ratio finite as s → 0

    /// <summary>Spans of one option at one time; all of one length.</summary>
    /// <param name="forwards">[scenario] forward, USD; &gt; 0.</param>
    /// <param name="spots">[scenario] spot, USD; &gt; 0.</param>
    /// <param name="logMoneyness">[scenario] ln(K/forward).</param>
    /// <param name="deviations">[scenario] total standard deviation s; ≥ 0, 0 once settled.</param>
    /// <param name="pnlUsd">[scenario] filled: P&amp;L of one lot, USD; may be any of the other spans.</param>
    internal readonly ref struct Columns(
        ReadOnlySpan<double> forwards,
        ReadOnlySpan<double> spots,
        ReadOnlySpan<double> logMoneyness,
        ReadOnlySpan<double> deviations,
        Span<double> pnlUsd)
    {
        internal ReadOnlySpan<double> Forwards { get; } = forwards;

        internal ReadOnlySpan<double> Spots { get; } = spots;

        internal ReadOnlySpan<double> LogMoneyness { get; } = logMoneyness;

        internal ReadOnlySpan<double> Deviations { get; } = deviations;

        internal Span<double> PnlUsd { get; } = pnlUsd;
    }

    /// <summary>P&amp;L of one lot in every scenario, with the widest vectors of the hardware.</summary>
    /// <param name="leg">The option.</param>
    /// <param name="discount">Discount factor of an option settled in the numeraire.</param>
    /// <param name="baseUsd">Value now of one unit, USD.</param>
    /// <param name="columns">Spans.</param>
    internal static void Fill(in ExpiryLeg leg, double discount, double baseUsd, in Columns columns)
    {
        int done = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            done = Fill<Vector512Lanes, Vector512<double>>(leg, discount, baseUsd, columns, done);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            done = Fill<Vector256Lanes, Vector256<double>>(leg, discount, baseUsd, columns, done);
        }

        Fill<ScalarLanes, double>(leg, discount, baseUsd, columns, done);
    }

    /// <summary>The same with one width, from a scenario on as far as whole vectors go.</summary>
    /// <param name="leg">The option.</param>
    /// <param name="discount">Discount factor of an option settled in the numeraire.</param>
    /// <param name="baseUsd">Value now of one unit, USD.</param>
    /// <param name="columns">Spans.</param>
    /// <param name="first">First scenario.</param>
    /// <returns>The first scenario not filled.</returns>
    internal static int Fill<TLanes, TVector>(
        in ExpiryLeg leg, double discount, double baseUsd, in Columns columns, int first)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        ReadOnlySpan<TVector> forwards = MemoryMarshal.Cast<double, TVector>(columns.Forwards[first..]);
        ReadOnlySpan<TVector> spots = MemoryMarshal.Cast<double, TVector>(columns.Spots[first..]);
        ReadOnlySpan<TVector> moneyness = MemoryMarshal.Cast<double, TVector>(columns.LogMoneyness[first..]);
        ReadOnlySpan<TVector> deviations = MemoryMarshal.Cast<double, TVector>(columns.Deviations[first..]);
        Span<TVector> pnl = MemoryMarshal.Cast<double, TVector>(columns.PnlUsd[first..]);
        TVector lot = TLanes.Of(leg.Lot);
        TVector before = TLanes.Of(baseUsd);
        for (int i = 0; i < pnl.Length; i++)
        {
            TVector value = Undiscounted<TLanes, TVector>(leg, forwards[i], moneyness[i], deviations[i]);
            TVector scale = leg.IsLinear ? TLanes.Of(discount) : TLanes.Divide(spots[i], forwards[i]);
            pnl[i] = TLanes.Multiply(lot, TLanes.Subtract(TLanes.Multiply(value, scale), before));
        }

        return first + pnl.Length * (Unsafe.SizeOf<TVector>() / sizeof(double));
    }

    /// <summary>USD value of one unit, by the steps of the vectors.</summary>
    /// <param name="leg">The option.</param>
    /// <param name="discount">Discount factor of an option settled in the numeraire.</param>
    /// <param name="forward">Forward, USD; &gt; 0.</param>
    /// <param name="spot">Spot, USD; &gt; 0.</param>
    /// <param name="logMoneyness">ln(K/forward).</param>
    /// <param name="deviation">Total standard deviation; ≥ 0.</param>
    internal static double ValueUsd(
        in ExpiryLeg leg, double discount, double forward, double spot, double logMoneyness, double deviation) =>
        Undiscounted<ScalarLanes, double>(leg, forward, logMoneyness, deviation)
        * (leg.IsLinear ? discount : spot / forward);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Undiscounted<TLanes, TVector>(
        in ExpiryLeg leg, TVector forward, TVector logMoneyness, TVector deviation)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector zero = TLanes.Of(0.0);
        TVector strike = TLanes.Of(leg.StrikeUsd);
        TVector intrinsic = leg.Kind == ExpiryLegKind.Call
            ? TLanes.Subtract(forward, strike)
            : TLanes.Subtract(strike, forward);
        TVector low = TLanes.SelectLess(forward, strike, forward, strike);
        TVector fraction = OutOfTheMoney<TLanes, TVector>(TLanes.Abs(logMoneyness), deviation);
        return TLanes.Fma(low, fraction, TLanes.SelectLess(zero, intrinsic, intrinsic, zero));
    }

    // Out-of-the-money value as a fraction of min(F, K), in [0, 1].
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector OutOfTheMoney<TLanes, TVector>(TVector distance, TVector deviation)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector zero = TLanes.Of(0.0);
        TVector far = TLanes.Of(StandardDeviationsMax);
        TVector ratio = TLanes.Divide(distance, TLanes.SelectLess(zero, deviation, deviation, TLanes.Of(1.0)));
        TVector height = TLanes.SelectLess(ratio, far, ratio, far); // −h
        TVector half = TLanes.Multiply(deviation, TLanes.Of(0.5));
        TVector d1 = TLanes.Subtract(half, height);
        TVector density = NormalKernel<TLanes, TVector>.Density(d1);
        TVector near = NormalKernel<TLanes, TVector>.MillsRatio(TLanes.Abs(d1));
        TVector beyond = NormalKernel<TLanes, TVector>.MillsRatio(TLanes.Add(half, height));
        TVector inside = TLanes.Subtract(TLanes.Of(1.0), TLanes.Multiply(density, TLanes.Add(near, beyond)));
        TVector outside = TLanes.Multiply(density, TLanes.Subtract(near, beyond));
        TVector fraction = TLanes.SelectLess(zero, d1, inside, outside);
        fraction = TLanes.SelectLess(zero, fraction, fraction, zero); // rounding may leave −1e-17
        return TLanes.SelectLess(zero, deviation, fraction, zero);
    }
}
