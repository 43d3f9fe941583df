using System.Runtime.CompilerServices;

namespace Breakwater.Numerics;

/// <summary>exp for any lane width: reduction by multiples of ln 2, Taylor polynomial, compensated final sum.</summary>
/// <typeparam name="TLanes">Lane operations.</typeparam>
/// <typeparam name="TVector">One double or a vector of doubles.</typeparam>
internal static class ExponentialKernel<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private const double InverseLn2 = 1.4426950408889634; // 1/ln 2
    private const double Ln2High = 0.6931471805599453; // ln 2 rounded to double
    private const double Ln2Low = 2.3190468138462996e-17; // ln 2 − Ln2High
    private const double ArgumentMax = 710.0; // e^709.79 is the largest double
    private const double ArgumentMin = -750.0; // e^−745.14 rounds to zero

    /// <summary>e^x for every double, NaN and infinities included; error below 0.75 ulp where the result is
    /// normal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Exp(TVector x)
    {
        TVector y = Reduced(Clamped(x), TLanes.Of(0.0), out TVector exponent);
        // x is infinity or NaN: it is its own result (−∞ was clamped to an underflow).
        return TLanes.SelectLess(x, TLanes.Of(double.PositiveInfinity), Scaled(y, exponent), x);
    }

    /// <summary>Brings finite arguments where only overflow and underflow are left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Clamped(TVector x)
    {
        TVector maximum = TLanes.Of(ArgumentMax);
        TVector minimum = TLanes.Of(ArgumentMin);
        return TLanes.SelectLess(maximum, x, maximum, TLanes.SelectLess(x, minimum, minimum, x));
    }

    /// <summary>e^(high + low) = y·2^exponent with y about in [0.7, 1.42]; |high| ≤ 1000, |low| ≤ ulp(high).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Reduced(TVector high, TVector low, out TVector exponent)
    {
        TVector r = Remainder(high, low, out TVector rLow, out exponent);
        TVector square = TLanes.Multiply(r, r);
        TVector small = TLanes.Fma(square, Polynomial(r, square), rLow);
        // 1 + r is rounded, its error recovered (Dekker 1971, |r| < 1), so the last addition decides the accuracy.
        TVector one = TLanes.Of(1.0);
        TVector head = TLanes.Add(one, r);
        TVector lost = TLanes.Subtract(r, TLanes.Subtract(head, one));
        return TLanes.Add(head, TLanes.Add(lost, small));
    }

    /// <summary>high + low = k·ln 2 + r + rLow with k whole and |r| ≤ 0.347.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Remainder(TVector high, TVector low, out TVector rLow, out TVector k)
    {
        TVector shift = TLanes.Of(LaneBits.RoundingShift);
        k = TLanes.Subtract(TLanes.Fma(high, TLanes.Of(InverseLn2), shift), shift);
        // high − k·Ln2High is a multiple of 2^−54 below 0.35, so the fused operation is exact.
        TVector rest = TLanes.Fma(k, TLanes.Of(-Ln2High), high);
        TVector correction = TLanes.Fma(k, TLanes.Of(-Ln2Low), low);
        TVector r = TLanes.Add(rest, correction);
        rLow = TLanes.Add(TLanes.Subtract(rest, r), correction);
        return r;
    }

    /// <summary>y·2^k in two steps, so that a subnormal result is rounded once; |k| ≤ 2000.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Scaled(TVector y, TVector k)
    {
        TVector shift = TLanes.Of(LaneBits.RoundingShift);
        TVector halfShifted = TLanes.Fma(k, TLanes.Of(0.5), shift);
        TVector otherHalf = TLanes.Subtract(k, TLanes.Subtract(halfShifted, shift));
        TVector first = TLanes.Multiply(y, TLanes.PowerOfTwo(halfShifted));
        return TLanes.Multiply(first, TLanes.PowerOfTwo(TLanes.Add(otherHalf, shift)));
    }

    /// <summary>(e^r − 1 − r)/r² = 1/2! + r/3! + … + r¹¹/13!; truncation below 5e-18 for |r| ≤ 0.347.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Polynomial(TVector r, TVector square)
    {
        TVector even = TLanes.Fma(square, TLanes.Of(1.0 / 479001600.0), TLanes.Of(1.0 / 3628800.0));
        even = TLanes.Fma(even, square, TLanes.Of(1.0 / 40320.0));
        even = TLanes.Fma(even, square, TLanes.Of(1.0 / 720.0));
        even = TLanes.Fma(even, square, TLanes.Of(1.0 / 24.0));
        even = TLanes.Fma(even, square, TLanes.Of(0.5));
        TVector odd = TLanes.Fma(square, TLanes.Of(1.0 / 6227020800.0), TLanes.Of(1.0 / 39916800.0));
        odd = TLanes.Fma(odd, square, TLanes.Of(1.0 / 362880.0));
        odd = TLanes.Fma(odd, square, TLanes.Of(1.0 / 5040.0));
        odd = TLanes.Fma(odd, square, TLanes.Of(1.0 / 120.0));
        odd = TLanes.Fma(odd, square, TLanes.Of(1.0 / 6.0));
        return TLanes.Fma(odd, r, even);
    }
}
