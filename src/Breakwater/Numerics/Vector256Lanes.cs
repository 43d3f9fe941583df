using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Breakwater.Numerics;

/// <summary>Four lanes. Every operation is exact or correctly rounded, in hardware or in its software
/// fallback.</summary>
internal readonly struct Vector256Lanes : ILanes<Vector256<double>>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Of(double value) => Vector256.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Add(Vector256<double> a, Vector256<double> b) => a + b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Subtract(Vector256<double> a, Vector256<double> b) => a - b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Multiply(Vector256<double> a, Vector256<double> b) => a * b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Divide(Vector256<double> a, Vector256<double> b) => a / b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Fma(Vector256<double> a, Vector256<double> b, Vector256<double> c) =>
        Vector256.FusedMultiplyAdd(a, b, c);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Abs(Vector256<double> a) => Vector256.Abs(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Sqrt(Vector256<double> a) => Vector256.Sqrt(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Min(Vector256<double> a, Vector256<double> b) => Sse2.IsSupported
        ? Vector256.MinNative(a, b)
        : Vector256.ConditionalSelect(Vector256.LessThan(a, b), a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Max(Vector256<double> a, Vector256<double> b) => Sse2.IsSupported
        ? Vector256.MaxNative(a, b)
        : Vector256.ConditionalSelect(Vector256.GreaterThan(a, b), a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> SelectLess(
        Vector256<double> a,
        Vector256<double> b,
        Vector256<double> first,
        Vector256<double> other) =>
        Vector256.ConditionalSelect(Vector256.LessThan(a, b), first, other);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> PowerOfTwo(Vector256<double> shifted) =>
        (Vector256.ShiftLeft(shifted.AsInt64(), 52) + Vector256.Create(LaneBits.One)).AsDouble();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> SplitExponent(Vector256<double> x, out Vector256<double> mantissa)
    {
        Vector256<long> bits = x.AsInt64();
        Vector256<long> aboveSqrtHalf = bits - Vector256.Create(LaneBits.SqrtHalf);
        mantissa = (bits - (aboveSqrtHalf & Vector256.Create(LaneBits.ExponentMask))).AsDouble();
        Vector256<long> shiftedExponent =
            Vector256.ShiftRightLogical(aboveSqrtHalf + Vector256.Create(LaneBits.ExponentOffset), 52);
        Vector256<double> biased = (shiftedExponent | Vector256.Create(LaneBits.TwoTo52)).AsDouble();
        return biased - Vector256.Create(LaneBits.TwoTo52PlusOffset);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> SplitRatio(
        Vector256<double> a, Vector256<double> b, out Vector256<double> scaled)
    {
        Vector256<long> bits = b.AsInt64();
        Vector256<long> shifted = a.AsInt64() - bits + Vector256.Create(LaneBits.HalfPlusExponentOffset);
        Vector256<long> exponent =
            (shifted & Vector256.Create(LaneBits.ExponentMask)) - Vector256.Create(LaneBits.ExponentOffset);
        scaled = (bits + exponent).AsDouble();
        Vector256<double> biased =
            (Vector256.ShiftRightLogical(shifted, 52) | Vector256.Create(LaneBits.TwoTo52)).AsDouble();
        return biased - Vector256.Create(LaneBits.TwoTo52PlusOffset);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Floor(Vector256<double> a) => Vector256.Floor(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreWhole(Vector256<double> a, ref long target) =>
        Vector256.ConvertToInt64Native(a).StoreUnsafe(ref target);
}
