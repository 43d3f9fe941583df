using System.Numerics;
using System.Runtime.CompilerServices;

namespace Breakwater.Numerics;

/// <summary>floor(a·√(b ÷ c)) for one c and many a and b, exact and without allocation.</summary>
/// <remarks>
/// Computed in pairs of doubles (Dekker 1971, "A floating-point technique for extending the available precision",
/// Numer. Math. 18), whose relative error is below 2^-98; where the result is not so near a whole number that the
/// error could matter, its floor is certain. Otherwise it is found by comparing squares of 256 bits.
/// </remarks>
internal readonly struct RatioRoot
{
    /// <summary>Most bits of a, and of b: both are pairs of doubles exactly.</summary>
    internal const int FactorBits = 100;

    private const int DoubleBits = 53;
    private const int RootBits = 104;
    private const double TwoTo53 = 9007199254740992.0;
    private const double RelativeError = 1.2621774483536189E-29; // 2^-96, four times what the steps add up to
    private const double AbsoluteError = 8.8817841970012523E-16; // 2^-50: the fraction itself is rounded once

    private readonly UInt128 _divisor;
    private readonly double _high; // 1 ÷ √c
    private readonly double _low;

    /// <summary>Prepares a divisor.</summary>
    /// <param name="divisor">c, a whole number; &gt; 0.</param>
    internal RatioRoot(UInt128 divisor)
    {
        ArgumentOutOfRangeException.ThrowIfZero(divisor);
        _divisor = divisor;
        // floor(2^s ÷ √c) has 104 or 105 bits: both parts are doubles exactly, and the pair is good to 2^-103.
        int scale = RootBits + ((128 - (int)UInt128.LeadingZeroCount(divisor)) / 2);
        BigInteger root = WholeRoot.Down((BigInteger.One << (2 * scale)) / divisor);
        _high = Math.ScaleB((double)(root >> DoubleBits) * TwoTo53, -scale);
        _low = Math.ScaleB((double)(root & ((BigInteger.One << DoubleBits) - 1)), -scale);
        (_high, _low) = Sum(_high, _low);
    }

    /// <summary>Tries to compute floor(a·√(b ÷ c)).</summary>
    /// <param name="a">Factor, a whole number below 2^100.</param>
    /// <param name="b">Numerator, a whole number below 2^100.</param>
    /// <param name="root">The result.</param>
    /// <returns>Whether a²·b is below 2^250 and the result below 2^92; always so for a and b below 2^83 and c not
    /// below b.</returns>
    internal bool TryDown(UInt128 a, UInt128 b, out UInt128 root)
    {
        const double squareMax = 1.8092513943330656E+75; // 2^250
        const double rootMax = 4.9517601571415211E+27; // 2^92
        (double aHigh, double aLow) = Pair(a);
        (double bHigh, double bLow) = Pair(b);
        if (b == 0 || a == 0 || aHigh * aHigh * bHigh >= squareMax)
        {
            root = 0;
            return b == 0 || a == 0;
        }

        double first = Math.Sqrt(bHigh);
        double second = (Math.FusedMultiplyAdd(-first, first, bHigh) + bLow) / (first + first);
        (double high, double low) = Product(first, second, _high, _low);
        (high, low) = Product(high, low, aHigh, aLow);
        double whole = Math.Floor(high);
        double rest = (high - whole) + low;
        double floor = Math.Floor(rest);
        double error = (high * RelativeError) + AbsoluteError;
        if (high >= rootMax)
        {
            root = 0;
            return false;
        }

        root = unchecked((UInt128)((Int128)FromWhole(whole) + (long)floor));
        double fraction = rest - floor;
        if (fraction <= error || fraction >= 1.0 - error) root = Exact(a, b, root);
        return true;
    }

    // The greatest root whose square times c is not above a²·b, from one that is off by one at most.
    private UInt128 Exact(UInt128 a, UInt128 b, UInt128 root)
    {
        WideWhole square = WideWhole.Product(a, a).Times(b);
        while (WideWhole.Product(root, root).Times(_divisor).IsAbove(square)) root--;
        while (!WideWhole.Product(root + 1, root + 1).Times(_divisor).IsAbove(square)) root++;
        return root;
    }

    // high + low is the value exactly, if it is below 2^106.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (double High, double Low) Pair(UInt128 value) => unchecked(Sum(
        (long)(ulong)(value >> DoubleBits) * TwoTo53, (long)((ulong)value & ((1UL << DoubleBits) - 1))));

    // Dekker's fast sum, for |high| ≥ |low| or high = 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (double High, double Low) Sum(double high, double low)
    {
        double sum = high + low;
        return (sum, low - (sum - high));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (double High, double Low) Product(double aHigh, double aLow, double bHigh, double bLow)
    {
        double high = aHigh * bHigh;
        return Sum(high, Math.FusedMultiplyAdd(aHigh, bHigh, -high) + ((aHigh * bLow) + (aLow * bHigh)));
    }

    // A whole number below 2^92.
    private static UInt128 FromWhole(double value)
    {
        if (value < TwoTo53) return (ulong)(long)value;
        long bits = BitConverter.DoubleToInt64Bits(value);
        ulong mantissa = (ulong)((bits & ((1L << 52) - 1)) | (1L << 52));
        return (UInt128)mantissa << (int)((bits >> 52) - 1075); // exponent bias 1023 and 52 bits of mantissa
    }
}
