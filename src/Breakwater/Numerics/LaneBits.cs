namespace Breakwater.Numerics;

/// <summary>Bit patterns of IEEE 754 binary64 shared by every lane width.</summary>
internal static class LaneBits
{
    /// <summary>1.5·2⁵²: adding it rounds |x| &lt; 2⁵¹ to an integer, to nearest even, held in the low bits.</summary>
    internal const double RoundingShift = 6755399441055744.0;

    /// <summary>Bits of 1.0, the exponent field of 2⁰.</summary>
    internal const long One = 0x3FF0_0000_0000_0000;

    /// <summary>Bits of √½, the lower end of the mantissa range of
    /// <see cref="ILanes{TVector}.SplitExponent"/>.</summary>
    internal const long SqrtHalf = 0x3FE6_A09E_667F_3BCD;

    /// <summary>Exponents are shifted by this to stay positive under a logical shift.</summary>
    internal const long ExponentOffset = 2048L << 52;

    /// <summary><see cref="ExponentOffset"/> and half a unit of the exponent field, to round.</summary>
    internal const long HalfPlusExponentOffset = ExponentOffset + (1L << 51);

    /// <summary>Sign and exponent fields.</summary>
    internal const long ExponentMask = unchecked((long)0xFFF0_0000_0000_0000);

    /// <summary>Bits of 2⁵²: a 52-bit integer in its low bits makes the double 2⁵² + integer.</summary>
    internal const long TwoTo52 = 0x4330_0000_0000_0000;

    /// <summary>2⁵² + 2048 as a double: subtracting it recovers a shifted exponent, exactly.</summary>
    internal const double TwoTo52PlusOffset = 4503599627370496.0 + 2048.0;
}
