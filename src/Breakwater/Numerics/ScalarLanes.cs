using System.Runtime.CompilerServices;

namespace Breakwater.Numerics;

/// <summary>One lane: plain doubles.</summary>
internal readonly struct ScalarLanes : ILanes<double>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of(double value) => value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Add(double a, double b) => a + b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Subtract(double a, double b) => a - b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Multiply(double a, double b) => a * b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Divide(double a, double b) => a / b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Fma(double a, double b, double c) => Math.FusedMultiplyAdd(a, b, c);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Abs(double a) => Math.Abs(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sqrt(double a) => Math.Sqrt(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Min(double a, double b) => a < b ? a : b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Max(double a, double b) => a > b ? a : b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SelectLess(double a, double b, double first, double other) => a < b ? first : other;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double PowerOfTwo(double shifted) =>
        BitConverter.Int64BitsToDouble(unchecked((BitConverter.DoubleToInt64Bits(shifted) << 52) + LaneBits.One));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SplitExponent(double x, out double mantissa)
    {
        // Wrapping integer arithmetic on bit patterns, as in the vector lanes.
        unchecked
        {
            long bits = BitConverter.DoubleToInt64Bits(x);
            long aboveSqrtHalf = bits - LaneBits.SqrtHalf;
            mantissa = BitConverter.Int64BitsToDouble(bits - (aboveSqrtHalf & LaneBits.ExponentMask));
            long shiftedExponent = (aboveSqrtHalf + LaneBits.ExponentOffset) >>> 52;
            return BitConverter.Int64BitsToDouble(shiftedExponent | LaneBits.TwoTo52) - LaneBits.TwoTo52PlusOffset;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SplitRatio(double a, double b, out double scaled)
    {
        // Wrapping integer arithmetic on bit patterns, as in the vector lanes.
        unchecked
        {
            long bits = BitConverter.DoubleToInt64Bits(b);
            long shifted = BitConverter.DoubleToInt64Bits(a) - bits + LaneBits.HalfPlusExponentOffset;
            long exponent = (shifted & LaneBits.ExponentMask) - LaneBits.ExponentOffset;
            scaled = BitConverter.Int64BitsToDouble(bits + exponent);
            return BitConverter.Int64BitsToDouble((shifted >>> 52) | LaneBits.TwoTo52) - LaneBits.TwoTo52PlusOffset;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Floor(double a) => Math.Floor(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreWhole(double a, ref long target) => target = (long)a;
}
