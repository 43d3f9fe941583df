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
/// − M(t − h)]; both are rational, so one exponential and one division serve both tails; intrinsic value is added
/// (METHODOLOGY 1.2, PERFORMANCE 2.7, ADR 0071). Absolute error about 1e-16 of min(F, K), a hundred-thousandth of the
/// micro-dollar it is rounded to. Within a few ulp of <c>Black76.Value</c> near the money; far out both are below that
/// error. Cost: some 95 cycles of eight scenarios with 512-bit vectors, 126 floating-point operations each.
/// </remarks>
internal static class OptionKernel
{
    private const double StandardDeviationsMax = 100.0; // φ underflows at 39; keeps the tails finite as s → 0
    private const double DeviationMin = 1e-300; // a divisor only: without deviation both tails are equal, or nothing

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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
        bool isLinear = leg.IsLinear;
        for (int i = 0; i < pnl.Length; i++)
        {
            TVector value = Undiscounted<TLanes, TVector>(leg, forwards[i], moneyness[i], deviations[i]);
            TVector scale = isLinear ? TLanes.Of(discount) : TLanes.Divide(spots[i], forwards[i]);
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

    /// <summary>Undiscounted value in every lane: intrinsic value and min(F, K) times the out-of-the-money
    /// fraction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Undiscounted<TLanes, TVector>(
        in ExpiryLeg leg, TVector forward, TVector logMoneyness, TVector deviation)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector strike = TLanes.Of(leg.StrikeUsd);
        TVector intrinsic = leg.Kind == ExpiryLegKind.Call
            ? TLanes.Subtract(forward, strike)
            : TLanes.Subtract(strike, forward);
        TVector fraction = OutOfTheMoney<TLanes, TVector>(TLanes.Abs(logMoneyness), deviation);
        return TLanes.Fma(TLanes.Min(forward, strike), fraction, TLanes.Max(intrinsic, TLanes.Of(0.0)));
    }

    // Out-of-the-money value as a fraction of min(F, K), in [0, 1]; 0 without deviation.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector OutOfTheMoney<TLanes, TVector>(TVector distance, TVector deviation)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector zero = TLanes.Of(0.0);
        TVector half = TLanes.Of(0.5);
        TVector ratio = TLanes.Divide(distance, TLanes.Max(deviation, TLanes.Of(DeviationMin)));
        TVector height = TLanes.Min(ratio, TLanes.Of(StandardDeviationsMax)); // −h
        TVector d1 = TLanes.Fma(deviation, half, TLanes.Subtract(zero, height));
        TVector a = TLanes.Abs(d1);
        TVector b = TLanes.Fma(deviation, half, height); // −d2
        TVector square = TLanes.Min(
            TLanes.Multiply(d1, d1), TLanes.Of(TailKernel<TLanes, TVector>.ArgumentMax));
        TVector below1 = TailKernel<TLanes, TVector>.Denominator(a);
        TVector below2 = TailKernel<TLanes, TVector>.Denominator(b);
        TVector scale = TLanes.Divide(
            TailKernel<TLanes, TVector>.HalfExponential(square), TLanes.Multiply(below1, below2));
        TVector near = TailKernel<TLanes, TVector>.Numerator(a);
        TVector beyond = TLanes.Multiply(TailKernel<TLanes, TVector>.Numerator(b), below1);
        TVector sum = TLanes.Fma(near, below2, beyond);
        TVector difference = TLanes.Fma(near, below2, TLanes.Subtract(zero, beyond));
        TVector inside = TLanes.Fma(TLanes.Subtract(zero, scale), sum, TLanes.Of(1.0));
        TVector fraction = TLanes.SelectLess(zero, d1, inside, TLanes.Multiply(scale, difference));
        return TLanes.Max(fraction, zero); // rounding may leave −1e-17
    }
}
