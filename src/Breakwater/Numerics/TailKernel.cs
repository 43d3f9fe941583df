using System.Runtime.CompilerServices;

namespace Breakwater.Numerics;

/// <summary>The upper tail of the normal law as 1 − Φ(a) = e^{−a²/2}·N(a)/D(a), a ≥ 0, for any lane width: the parts
/// from which batches of options are priced.</summary>
/// <remarks>
/// Two tails at a and b share one division by D(a)·D(b), and one exponential where F·φ(d1) = K·φ(d2) (PERFORMANCE 2.7).
/// Less accurate than <see cref="NormalKernel{TLanes, TVector}"/> in one way only: a² is rounded, so the error is some
/// ulp and 1e-16·a². Coefficients: own fits in 50-digit arithmetic, rounded to double.
/// </remarks>
/// <typeparam name="TLanes">Lane operations.</typeparam>
/// <typeparam name="TVector">One double or a vector of doubles.</typeparam>
internal static class TailKernel<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>Greatest x of <see cref="HalfExponential"/>: beyond it e^(−x/2) is no normal number.</summary>
    internal const double ArgumentMax = 1_400.0;

    private const double MinusHalfOverLn2 = -0.7213475204444817; // −½/ln 2
    private const double TwoLn2High = 1.3862943611198906; // 2·ln 2 rounded to double
    private const double TwoLn2Low = 4.638093627692599e-17; // 2·ln 2 − TwoLn2High

    /// <summary>N(a) of the tail, of degree 8, all coefficients positive; N(0) = ½.</summary>
    /// <remarks>N/D: near-minimax in relative error on [0, 12], 8e-17; 3e-12 at 20 and 1e-9 at 100, where e^{−a²/2} is
    /// far below any price.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Numerator(TVector a)
    {
        TVector p = TLanes.Fma(a, TLanes.Of(4.90436574641681e-06), TLanes.Of(0.000122952380718206));
        p = TLanes.Fma(p, a, TLanes.Of(0.0014793889672170698));
        p = TLanes.Fma(p, a, TLanes.Of(0.01103863373281847));
        p = TLanes.Fma(p, a, TLanes.Of(0.055603312703691926));
        p = TLanes.Fma(p, a, TLanes.Of(0.19358892601006647));
        p = TLanes.Fma(p, a, TLanes.Of(0.4572286545313904));
        p = TLanes.Fma(p, a, TLanes.Of(0.678230780316917));
        return TLanes.Fma(p, a, TLanes.Of(0.5));
    }

    /// <summary>D(a) of the tail, of degree 9, all coefficients positive; D(0) = 1, below 1e14 for a ≤ 100.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Denominator(TVector a)
    {
        TVector p = TLanes.Fma(a, TLanes.Of(1.229342179480778e-05), TLanes.Of(0.00030819591935425216));
        p = TLanes.Fma(p, a, TLanes.Of(0.003720571381898839));
        p = TLanes.Fma(p, a, TLanes.Of(0.027977954858544835));
        p = TLanes.Fma(p, a, TLanes.Of(0.14306036993865667));
        p = TLanes.Fma(p, a, TLanes.Of(0.5123113170070581));
        p = TLanes.Fma(p, a, TLanes.Of(1.2781547370171409));
        p = TLanes.Fma(p, a, TLanes.Of(2.1333768179822674));
        p = TLanes.Fma(p, a, TLanes.Of(2.154346121436712));
        return TLanes.Fma(p, a, TLanes.Of(1.0));
    }

    /// <summary>e^(−x/2), |x| ≤ <see cref="ArgumentMax"/>; error below 1.5 ulp.</summary>
    /// <remarks>With x = 2k·ln 2 + u the result is 2^−k·e^(−u/2); halves are folded into the coefficients.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector HalfExponential(TVector x)
    {
        TVector shift = TLanes.Of(LaneBits.RoundingShift);
        TVector shifted = TLanes.Fma(x, TLanes.Of(MinusHalfOverLn2), shift);
        TVector k = TLanes.Subtract(shifted, shift);
        TVector u = TLanes.Fma(k, TLanes.Of(TwoLn2Low), TLanes.Fma(k, TLanes.Of(TwoLn2High), x));
        TVector p = TLanes.Fma(u, TLanes.Of(-1.2256047605229649e-11), TLanes.Of(2.6972742622470455e-10));
        p = TLanes.Fma(p, u, TLanes.Of(-5.3822789960931766e-09));
        p = TLanes.Fma(p, u, TLanes.Of(9.688094256232178e-08));
        p = TLanes.Fma(p, u, TLanes.Of(-1.5500992080510639e-06));
        p = TLanes.Fma(p, u, TLanes.Of(2.1701388933146432e-05));
        p = TLanes.Fma(p, u, TLanes.Of(-0.0002604166666665644));
        p = TLanes.Fma(p, u, TLanes.Of(0.002604166666664008));
        p = TLanes.Fma(p, u, TLanes.Of(-0.020833333333333336));
        p = TLanes.Fma(p, u, TLanes.Of(0.12500000000000003));
        p = TLanes.Fma(p, u, TLanes.Of(-0.5));
        p = TLanes.Fma(p, u, TLanes.Of(1.0));
        return TLanes.Multiply(p, TLanes.PowerOfTwo(shifted));
    }
}
