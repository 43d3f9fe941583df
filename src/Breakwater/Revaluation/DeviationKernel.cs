using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Breakwater.Numerics;

namespace Breakwater.Revaluation;

/// <summary>Total variances of shocked surfaces for a vector of scenarios at one strike and two times.</summary>
/// <remarks>The steps are those of <c>SurfaceEvaluation</c>, hence the bits: the running maximum over slices, linear in
/// time between them. Cost: a square root a slice, some 20 cycles a vector.</remarks>
/// <typeparam name="TLanes">Lane operations.</typeparam>
/// <typeparam name="TVector">One double or a vector of doubles.</typeparam>
internal static class DeviationKernel<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private const double FlatGrowthFloorFraction = 0.25; // METHODOLOGY 2.3

    private static int Lanes => Unsafe.SizeOf<TVector>() / sizeof(double);

    /// <summary>Fills ln(K/forward) and total standard deviations of every option of an expiry at both times.</summary>
    /// <param name="expiry">The expiry and where its two times lie.</param>
    /// <param name="slices">Shocked slices of the run.</param>
    /// <param name="moves">[scenario, whole cells] log moves of the forward, and what sticky strikes add to k'.</param>
    /// <param name="lines">Filled.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Fill(in ExpiryTimes expiry, ShockedSlices slices, in LogMoves moves, in OptionLines lines)
    {
        ReadOnlySpan<ExpiryLeg> legs = expiry.Plan.Legs.AsSpan();
        TVector frozenFactor = TLanes.Of(expiry.Plan.Frozen.VarianceFactor);
        TVector advancedFactor = TLanes.Of(expiry.Advanced.VarianceFactor);
        for (int place = 0; place < moves.Frozen.Length; place += Lanes)
        {
            ref double first = ref slices.Of(0, place);
            TVector stick = At(moves.Sticks, place);
            TVector frozenMove = At(moves.Frozen, place);
            TVector advancedMove = At(moves.Advanced, place);
            TVector frozenGrowth = Growth(ref first, slices.SliceCount, expiry.Years, expiry.FrozenPlace);
            TVector advancedGrowth = Growth(ref first, slices.SliceCount, expiry.Years, expiry.AdvancedPlace);
            for (int leg = 0; leg < legs.Length; leg++)
            {
                TVector strike = TLanes.Of(legs[leg].LogStrikeOverForward);
                TVector frozenK = TLanes.Subtract(strike, frozenMove);
                TVector advancedK = TLanes.Subtract(strike, advancedMove);
                TVector later = Variances(
                    ref first, expiry, TLanes.Add(advancedK, stick), TLanes.Add(frozenK, stick), out TVector sooner);
                later = TLanes.Add(later, frozenGrowth);
                sooner = TLanes.Add(sooner, advancedGrowth);
                Store(lines.LogMoneyness(leg, RevaluationTime.Frozen), place, frozenK);
                Store(lines.LogMoneyness(leg, RevaluationTime.Advanced), place, advancedK);
                Store(
                    lines.Deviations(leg, RevaluationTime.Frozen), place,
                    TLanes.Sqrt(TLanes.Multiply(later, frozenFactor)));
                Store(
                    lines.Deviations(leg, RevaluationTime.Advanced), place,
                    TLanes.Sqrt(TLanes.Multiply(sooner, advancedFactor)));
            }
        }
    }

    // At the frozen time, and at the advanced one: in one pass over the slices where the strikes agree.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Variances(
        ref double first, in ExpiryTimes expiry, TVector advancedK, TVector frozenK, out TVector sooner)
    {
        TVector zero = TLanes.Of(0.0);
        if (expiry.HasOneMove)
        {
            TVector running = Running(ref first, 0, expiry.AdvancedPlace.Next, frozenK, zero);
            sooner = Between(ref first, expiry.AdvancedPlace, frozenK, running);
            running = Running(ref first, expiry.AdvancedPlace.Next, expiry.FrozenPlace.Next, frozenK, running);
            return Between(ref first, expiry.FrozenPlace, frozenK, running);
        }

        sooner = expiry.Advanced.IsSettled
            ? zero
            : Between(
                ref first, expiry.AdvancedPlace, advancedK,
                Running(ref first, 0, expiry.AdvancedPlace.Next, advancedK, zero));
        return Between(
            ref first, expiry.FrozenPlace, frozenK,
            Running(ref first, 0, expiry.FrozenPlace.Next, frozenK, zero));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Running(ref double first, int from, int to, TVector k, TVector running)
    {
        for (int slice = from; slice < to; slice++)
        {
            running = TLanes.Max(TotalVariance(ref first, slice, k), running);
        }

        return running;
    }

    // A share of nothing adds nothing, so the next slice is not looked at.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Between(ref double first, in SlicePlace place, TVector k, TVector running)
    {
        if (place.Share == 0.0) return running;
        TVector following = TLanes.Max(TotalVariance(ref first, place.Next, k), running);
        return TLanes.Add(
            running, TLanes.Multiply(TLanes.Of(place.Share), TLanes.Subtract(following, running)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector TotalVariance(ref double first, int slice, TVector k)
    {
        ref double a = ref Unsafe.Add(ref first, slice * ShockedSlices.SliceStride);
        TVector x = TLanes.Subtract(k, Load(ref a, 3));
        TVector root = TLanes.Sqrt(TLanes.Add(TLanes.Multiply(x, x), Load(ref a, 4)));
        TVector wings = TLanes.Add(TLanes.Multiply(Load(ref a, 2), x), root);
        return TLanes.Add(Load(ref a, 0), TLanes.Multiply(Load(ref a, 1), wings));
    }

    // What is added behind the last slice; zero elsewhere.
    private static TVector Growth(
        ref double first, int sliceCount, ReadOnlySpan<double> sliceYears, in SlicePlace place)
    {
        TVector zero = TLanes.Of(0.0);
        if (place.BeyondYears == 0.0) return zero;
        int last = sliceCount - 1;
        TVector before = Running(ref first, 0, last, zero, zero);
        TVector atm = TLanes.Max(TotalVariance(ref first, last, zero), before);
        TVector rate = TLanes.Divide(atm, TLanes.Of(sliceYears[last]));
        if (last > 0)
        {
            TVector slope = TLanes.Divide(
                TLanes.Subtract(atm, before), TLanes.Of(sliceYears[last] - sliceYears[last - 1]));
            rate = TLanes.Max(slope, TLanes.Multiply(TLanes.Of(FlatGrowthFloorFraction), rate));
        }

        return TLanes.Multiply(rate, TLanes.Of(place.BeyondYears));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load(ref double a, int field) =>
        Unsafe.As<double, TVector>(ref Unsafe.Add(ref a, field * ShockedSlices.CellScenarios));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector At(ReadOnlySpan<double> line, int place) =>
        Unsafe.As<double, TVector>(ref Unsafe.Add(ref MemoryMarshal.GetReference(line), place));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Span<double> line, int place, TVector value) =>
        Unsafe.As<double, TVector>(ref Unsafe.Add(ref MemoryMarshal.GetReference(line), place)) = value;
}
