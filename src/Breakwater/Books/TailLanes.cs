using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Breakwater.Books;

/// <summary>One lane: the plain text of every sweep.</summary>
internal readonly struct TailLanes1 : ITailLanes<double>
{
    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    public static double Of(double value) => value;

    /// <inheritdoc/>
    public static double Add(double a, double b) => a + b;

    /// <inheritdoc/>
    public static double Multiply(double a, double b) => a * b;

    /// <inheritdoc/>
    public static double Fma(double a, double b, double c) => Math.FusedMultiplyAdd(a, b, c);

    /// <inheritdoc/>
    public static double Greater(double a, double b) => a < b ? b : a;

    /// <inheritdoc/>
    public static double Greatest(double a) => a;

    /// <inheritdoc/>
    public static double OfWhole(ref readonly int first) => first;

    /// <inheritdoc/>
    public static uint AtLeast(double a, double b) => a >= b ? 1u : 0u;

    /// <inheritdoc/>
    public static void Append(
        double losses, ref readonly int weight, uint lanes, ref double lossTarget, ref int weightTarget)
    {
        lossTarget = losses;
        weightTarget = weight;
    }
}

/// <summary>Four lanes.</summary>
internal readonly struct TailLanes4 : ITailLanes<Vector256<double>>
{
    /// <inheritdoc/>
    public static int Count => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Of(double value) => Vector256.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Add(Vector256<double> a, Vector256<double> b) => a + b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Multiply(Vector256<double> a, Vector256<double> b) => a * b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Fma(Vector256<double> a, Vector256<double> b, Vector256<double> c) =>
        Vector256.FusedMultiplyAdd(a, b, c);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Greater(Vector256<double> a, Vector256<double> b) => Vector256.MaxNative(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Greatest(Vector256<double> a)
    {
        Vector128<double> pair = Vector128.MaxNative(a.GetLower(), a.GetUpper());
        return TailLanes1.Greater(pair.GetElement(0), pair.GetElement(1));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> OfWhole(ref readonly int first) => Avx.IsSupported
        ? Avx.ConvertToVector256Double(Vector128.LoadUnsafe(in first))
        : Vector256.ConvertToDouble(
            Vector256.WidenLower(Vector256.Create(Vector128.LoadUnsafe(in first), Vector128<int>.Zero)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint AtLeast(Vector256<double> a, Vector256<double> b) =>
        Vector256.GreaterThanOrEqual(a, b).ExtractMostSignificantBits();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Append(
        Vector256<double> losses, ref readonly int weight, uint lanes, ref double lossTarget, ref int weightTarget)
    {
        for (int at = 0; lanes != 0; at++, lanes &= lanes - 1)
        {
            int lane = System.Numerics.BitOperations.TrailingZeroCount(lanes);
            Unsafe.Add(ref lossTarget, at) = losses.GetElement(lane);
            Unsafe.Add(ref weightTarget, at) = Unsafe.Add(ref Unsafe.AsRef(in weight), lane);
        }
    }
}

/// <summary>Eight lanes.</summary>
internal readonly struct TailLanes8 : ITailLanes<Vector512<double>>
{
    /// <inheritdoc/>
    public static int Count => 8;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Of(double value) => Vector512.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Add(Vector512<double> a, Vector512<double> b) => a + b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Multiply(Vector512<double> a, Vector512<double> b) => a * b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Fma(Vector512<double> a, Vector512<double> b, Vector512<double> c) =>
        Vector512.FusedMultiplyAdd(a, b, c);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Greater(Vector512<double> a, Vector512<double> b) => Vector512.MaxNative(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Greatest(Vector512<double> a) =>
        TailLanes4.Greatest(Vector256.MaxNative(a.GetLower(), a.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> OfWhole(ref readonly int first) => Avx512F.IsSupported
        ? Avx512F.ConvertToVector512Double(Vector256.LoadUnsafe(in first))
        : Vector512.Create(
            TailLanes4.OfWhole(in first), TailLanes4.OfWhole(in Unsafe.Add(ref Unsafe.AsRef(in first), 4)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint AtLeast(Vector512<double> a, Vector512<double> b) =>
        (uint)Vector512.GreaterThanOrEqual(a, b).ExtractMostSignificantBits();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Append(
        Vector512<double> losses, ref readonly int weight, uint lanes, ref double lossTarget, ref int weightTarget)
    {
        if (Avx512F.VL.IsSupported)
        {
            // To a register first: the form that writes to memory is microcoded on some processors.
            Vector512<long> wide = Spread(lanes);
            Avx512F.Compress(Vector512<double>.Zero, wide.AsDouble(), losses).StoreUnsafe(ref lossTarget);
            Vector256<int> weights = Vector256.LoadUnsafe(in weight);
            Vector256<int> narrow = Avx512F.ConvertToVector256Int32(wide);
            Avx512F.VL.Compress(Vector256<int>.Zero, narrow, weights).StoreUnsafe(ref weightTarget);
            return;
        }

        for (int at = 0; lanes != 0; at++, lanes &= lanes - 1)
        {
            int lane = System.Numerics.BitOperations.TrailingZeroCount(lanes);
            Unsafe.Add(ref lossTarget, at) = losses.GetElement(lane);
            Unsafe.Add(ref weightTarget, at) = Unsafe.Add(ref Unsafe.AsRef(in weight), lane);
        }
    }

    // All bits of the lanes of a mask.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Spread(uint lanes)
    {
        Vector512<long> bits = Vector512.Create(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L);
        return Vector512.Equals(Vector512.Create((long)lanes) & bits, bits);
    }
}
