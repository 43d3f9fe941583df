using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Breakwater.Books;

/// <summary>One lane of 32 bits, two scenarios at a time: the plain text.</summary>
internal readonly struct PairLanes1 : IPairLanes<int>
{
    private const int Half = 16;

    /// <inheritdoc/>
    public static int Count => 2;

    /// <inheritdoc/>
    public static int Of(int value) => value;

    /// <inheritdoc/>
    public static int Lower(ref readonly short first, ref readonly short second) =>
        (first & ushort.MaxValue) | (second << Half);

    /// <inheritdoc/>
    public static int Upper(ref readonly short first, ref readonly short second) =>
        Lower(in Unsafe.Add(ref Unsafe.AsRef(in first), 1), in Unsafe.Add(ref Unsafe.AsRef(in second), 1));

    /// <inheritdoc/>
    public static int AddProducts(int sums, int a, int b) =>
        unchecked(sums + ((a << Half >> Half) * (b << Half >> Half)) + ((a >> Half) * (b >> Half)));

    /// <inheritdoc/>
    public static long Greatest(int upperA, int lowerA, int upperB, int lowerB) =>
        Math.Max(Whole(upperA, lowerA), Whole(upperB, lowerB));

    private static long Whole(int upper, int lower) => ((long)upper << (2 * Half)) + ((long)lower << Half);
}

/// <summary>Eight lanes of 32 bits.</summary>
internal readonly struct PairLanes8 : IPairLanes<Vector256<int>>
{
    private const int Half = 16;

    /// <inheritdoc/>
    public static int Count => Vector256<short>.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Of(int value) => Vector256.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Lower(ref readonly short first, ref readonly short second)
    {
        Vector256<short> a = Vector256.LoadUnsafe(in first);
        Vector256<short> b = Vector256.LoadUnsafe(in second);
        return Avx2.IsSupported
            ? Avx2.UnpackLow(a, b).AsInt32()
            : (a.AsInt32() & Vector256.Create((int)ushort.MaxValue)) | (b.AsInt32() << Half);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Upper(ref readonly short first, ref readonly short second)
    {
        Vector256<short> a = Vector256.LoadUnsafe(in first);
        Vector256<short> b = Vector256.LoadUnsafe(in second);
        return Avx2.IsSupported
            ? Avx2.UnpackHigh(a, b).AsInt32()
            : (a.AsInt32() >>> Half) | (b.AsInt32() & ~Vector256.Create((int)ushort.MaxValue));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> AddProducts(Vector256<int> sums, Vector256<int> a, Vector256<int> b) =>
        sums + (Avx2.IsSupported
            ? Avx2.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16())
            : ((a << Half >> Half) * (b << Half >> Half)) + ((a >> Half) * (b >> Half)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Greatest(
        Vector256<int> upperA, Vector256<int> lowerA, Vector256<int> upperB, Vector256<int> lowerB)
    {
        Vector256<long> both = Vector256.Max(Greatest(upperA, lowerA), Greatest(upperB, lowerB));
        return Greatest(both);
    }

    /// <summary>Greatest of four numbers.</summary>
    /// <param name="four">Any numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long Greatest(Vector256<long> four)
    {
        Vector128<long> two = Vector128.Max(four.GetLower(), four.GetUpper());
        // No branch: which is the greater cannot be foretold.
        return Vector128.Max(two, Vector128.Shuffle(two, Vector128.Create(1L, 0L))).ToScalar();
    }

    // The greater of 2³²·upper + 2¹⁶·lower of two lanes: the carry is added to the upper sum, what is left of the lower
    // one lies below it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> Greatest(Vector256<int> upper, Vector256<int> lower)
    {
        Vector256<int> carried = upper + (lower >> Half);
        Vector256<int> rest = lower << Half;
        return Avx2.IsSupported
            ? Vector256.Max(Avx2.UnpackLow(rest, carried).AsInt64(), Avx2.UnpackHigh(rest, carried).AsInt64())
            : Vector256.Max(
                (carried.AsInt64() << (2 * Half)) | (rest.AsInt64() & Vector256.Create((long)uint.MaxValue)),
                (carried.AsInt64() & ~Vector256.Create((long)uint.MaxValue)) | (rest.AsInt64() >>> (2 * Half)));
    }
}

/// <summary>Sixteen lanes of 32 bits.</summary>
internal readonly struct PairLanes16 : IPairLanes<Vector512<int>>
{
    private const int Half = 16;

    /// <inheritdoc/>
    public static int Count => Vector512<short>.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Of(int value) => Vector512.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Lower(ref readonly short first, ref readonly short second)
    {
        Vector512<short> a = Vector512.LoadUnsafe(in first);
        Vector512<short> b = Vector512.LoadUnsafe(in second);
        return Avx512BW.IsSupported
            ? Avx512BW.UnpackLow(a, b).AsInt32()
            : (a.AsInt32() & Vector512.Create((int)ushort.MaxValue)) | (b.AsInt32() << Half);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Upper(ref readonly short first, ref readonly short second)
    {
        Vector512<short> a = Vector512.LoadUnsafe(in first);
        Vector512<short> b = Vector512.LoadUnsafe(in second);
        return Avx512BW.IsSupported
            ? Avx512BW.UnpackHigh(a, b).AsInt32()
            : (a.AsInt32() >>> Half) | (b.AsInt32() & ~Vector512.Create((int)ushort.MaxValue));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> AddProducts(Vector512<int> sums, Vector512<int> a, Vector512<int> b) =>
        sums + (Avx512BW.IsSupported
            ? Avx512BW.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16())
            : ((a << Half >> Half) * (b << Half >> Half)) + ((a >> Half) * (b >> Half)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Greatest(
        Vector512<int> upperA, Vector512<int> lowerA, Vector512<int> upperB, Vector512<int> lowerB)
    {
        Vector512<long> both = Vector512.Max(Greatest(upperA, lowerA), Greatest(upperB, lowerB));
        return PairLanes8.Greatest(Vector256.Max(both.GetLower(), both.GetUpper()));
    }

    // The greater of 2³²·upper + 2¹⁶·lower of two lanes: the carry is added to the upper sum, what is left of the lower
    // one lies below it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Greatest(Vector512<int> upper, Vector512<int> lower)
    {
        Vector512<int> carried = upper + (lower >> Half);
        Vector512<int> rest = lower << Half;
        return Avx512F.IsSupported
            ? Vector512.Max(Avx512F.UnpackLow(rest, carried).AsInt64(), Avx512F.UnpackHigh(rest, carried).AsInt64())
            : Vector512.Max(
                (carried.AsInt64() << (2 * Half)) | (rest.AsInt64() & Vector512.Create((long)uint.MaxValue)),
                (carried.AsInt64() & ~Vector512.Create((long)uint.MaxValue)) | (rest.AsInt64() >>> (2 * Half)));
    }
}
