using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Breakwater.Numerics;

/// <summary>Eight lanes. Every operation is exact or correctly rounded, in hardware or in its software
/// fallback.</summary>
internal readonly struct Vector512Lanes : ILanes<Vector512<double>>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Of(double value) => Vector512.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Add(Vector512<double> a, Vector512<double> b) => a + b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Subtract(Vector512<double> a, Vector512<double> b) => a - b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Multiply(Vector512<double> a, Vector512<double> b) => a * b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Divide(Vector512<double> a, Vector512<double> b) => a / b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Fma(Vector512<double> a, Vector512<double> b, Vector512<double> c) =>
        Vector512.FusedMultiplyAdd(a, b, c);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Abs(Vector512<double> a) => Vector512.Abs(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Sqrt(Vector512<double> a) => Vector512.Sqrt(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Min(Vector512<double> a, Vector512<double> b) => Sse2.IsSupported
        ? Vector512.MinNative(a, b)
        : Vector512.ConditionalSelect(Vector512.LessThan(a, b), a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Max(Vector512<double> a, Vector512<double> b) => Sse2.IsSupported
        ? Vector512.MaxNative(a, b)
        : Vector512.ConditionalSelect(Vector512.GreaterThan(a, b), a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> SelectLess(
        Vector512<double> a,
        Vector512<double> b,
        Vector512<double> first,
        Vector512<double> other) =>
        Vector512.ConditionalSelect(Vector512.LessThan(a, b), first, other);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> PowerOfTwo(Vector512<double> shifted) =>
        (Vector512.ShiftLeft(shifted.AsInt64(), 52) + Vector512.Create(LaneBits.One)).AsDouble();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> SplitExponent(Vector512<double> x, out Vector512<double> mantissa)
    {
        Vector512<long> bits = x.AsInt64();
        Vector512<long> aboveSqrtHalf = bits - Vector512.Create(LaneBits.SqrtHalf);
        mantissa = (bits - (aboveSqrtHalf & Vector512.Create(LaneBits.ExponentMask))).AsDouble();
        Vector512<long> shiftedExponent =
            Vector512.ShiftRightLogical(aboveSqrtHalf + Vector512.Create(LaneBits.ExponentOffset), 52);
        Vector512<double> biased = (shiftedExponent | Vector512.Create(LaneBits.TwoTo52)).AsDouble();
        return biased - Vector512.Create(LaneBits.TwoTo52PlusOffset);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> SplitRatio(
        Vector512<double> a, Vector512<double> b, out Vector512<double> scaled)
    {
        Vector512<long> bits = b.AsInt64();
        Vector512<long> shifted = a.AsInt64() - bits + Vector512.Create(LaneBits.HalfPlusExponentOffset);
        Vector512<long> exponent =
            (shifted & Vector512.Create(LaneBits.ExponentMask)) - Vector512.Create(LaneBits.ExponentOffset);
        scaled = (bits + exponent).AsDouble();
        Vector512<double> biased =
            (Vector512.ShiftRightLogical(shifted, 52) | Vector512.Create(LaneBits.TwoTo52)).AsDouble();
        return biased - Vector512.Create(LaneBits.TwoTo52PlusOffset);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Floor(Vector512<double> a) => Vector512.Floor(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreWhole(Vector512<double> a, ref long target) =>
        Vector512.ConvertToInt64Native(a).StoreUnsafe(ref target);
}
