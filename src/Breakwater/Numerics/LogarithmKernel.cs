using System.Runtime.CompilerServices;

namespace Breakwater.Numerics;

/// <summary>ln for any lane width: x = 2^k·m, ln m = 2·artanh((m − 1)/(m + 1)) by its series.</summary>
/// <typeparam name="TLanes">Lane operations.</typeparam>
/// <typeparam name="TVector">One double or a vector of doubles.</typeparam>
internal static class LogarithmKernel<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private const double Ln2High = 0.6931471803691238; // the first 32 bits of ln 2: k·Ln2High is exact
    private const double Ln2Low = 1.9082149292705877e-10; // ln 2 − Ln2High
    private const double SmallestNormal = 2.2250738585072014e-308; // 2^−1022
    private const double TwoTo54 = 18014398509481984.0;

    /// <summary>ln x for every double: −∞ at zero, NaN below, +∞ at +∞; error below 0.8 ulp elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Log(TVector x)
    {
        TVector zero = TLanes.Of(0.0);
        TVector normalMin = TLanes.Of(SmallestNormal);
        TVector scaled = TLanes.SelectLess(x, normalMin, TLanes.Multiply(x, TLanes.Of(TwoTo54)), x);
        TVector k = TLanes.SplitExponent(scaled, out TVector mantissa);
        k = TLanes.Add(k, TLanes.SelectLess(x, normalMin, TLanes.Of(-54.0), zero));
        TVector result = OfParts(k, TLanes.Subtract(mantissa, TLanes.Of(1.0)));
        result = TLanes.SelectLess(x, TLanes.Of(double.PositiveInfinity), result, x);
        result = TLanes.SelectLess(zero, x, result, TLanes.SelectLess(x, zero, TLanes.Of(double.NaN), result));
        TVector magnitude = TLanes.Abs(x);
        return TLanes.SelectLess(magnitude, TLanes.Of(double.Epsilon), TLanes.Of(double.NegativeInfinity), result);
    }

    /// <summary>k·ln 2 + ln(1 + f), f in [√½ − 1, √2 − 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector OfParts(TVector k, TVector f)
    {
        TVector s = TLanes.Divide(f, TLanes.Add(TLanes.Of(2.0), f));
        TVector z = TLanes.Multiply(s, s);
        // ln(1+f) = 2s + s·R = f − f²/2 + s·(f²/2 + R), R = 2z/3 + 2z²/5 + …: the leading f is exact.
        TVector halfSquare = TLanes.Multiply(TLanes.Multiply(TLanes.Of(0.5), f), f);
        TVector tail = TLanes.Fma(z, Series(z), halfSquare);
        TVector low = TLanes.Fma(s, tail, TLanes.Multiply(k, TLanes.Of(Ln2Low)));
        TVector inner = TLanes.Subtract(f, TLanes.Subtract(halfSquare, low));
        return TLanes.Fma(k, TLanes.Of(Ln2High), inner);
    }

    /// <summary>2/3 + 2z/5 + … + 2z⁹/21; truncation below 1e-17 of ln(1 + f) for z ≤ 0.0295.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Series(TVector z)
    {
        TVector square = TLanes.Multiply(z, z);
        TVector even = TLanes.Fma(square, TLanes.Of(2.0 / 19.0), TLanes.Of(2.0 / 15.0));
        even = TLanes.Fma(even, square, TLanes.Of(2.0 / 11.0));
        even = TLanes.Fma(even, square, TLanes.Of(2.0 / 7.0));
        even = TLanes.Fma(even, square, TLanes.Of(2.0 / 3.0));
        TVector odd = TLanes.Fma(square, TLanes.Of(2.0 / 21.0), TLanes.Of(2.0 / 17.0));
        odd = TLanes.Fma(odd, square, TLanes.Of(2.0 / 13.0));
        odd = TLanes.Fma(odd, square, TLanes.Of(2.0 / 9.0));
        odd = TLanes.Fma(odd, square, TLanes.Of(2.0 / 5.0));
        return TLanes.Fma(odd, z, even);
    }
}
