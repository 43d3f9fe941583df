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
    public static int Greatest(int a, int b) => Math.Max(a, b);

    /// <inheritdoc/>
    public static uint AtLeast(int a, int b, int limit) => (a >= limit ? 1u : 0u) | (b >= limit ? 2u : 0u);

    /// <inheritdoc/>
    public static int PlaceOf(int bit) => bit;
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
    public static int Greatest(Vector256<int> a, Vector256<int> b)
    {
        Vector256<int> eight = Vector256.Max(a, b);
        Vector128<int> four = Vector128.Max(eight.GetLower(), eight.GetUpper());
        four = Vector128.Max(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return Vector128.Max(four, Vector128.Shuffle(four, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint AtLeast(Vector256<int> a, Vector256<int> b, int limit)
    {
        Vector256<int> least = Vector256.Create(limit);
        return Vector256.GreaterThanOrEqual(a, least).ExtractMostSignificantBits()
            | (Vector256.GreaterThanOrEqual(b, least).ExtractMostSignificantBits() << Vector256<int>.Count);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PlaceOf(int bit) => PairPlaces.Of(bit, Vector256<int>.Count, Avx2.IsSupported);
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
    public static int Greatest(Vector512<int> a, Vector512<int> b)
    {
        Vector512<int> both = Vector512.Max(a, b);
        return PairLanes8.Greatest(both.GetLower(), both.GetUpper());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint AtLeast(Vector512<int> a, Vector512<int> b, int limit)
    {
        Vector512<int> least = Vector512.Create(limit);
        return (uint)Vector512.GreaterThanOrEqual(a, least).ExtractMostSignificantBits()
            | ((uint)Vector512.GreaterThanOrEqual(b, least).ExtractMostSignificantBits() << Vector512<int>.Count);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PlaceOf(int bit) => PairPlaces.Of(bit, Vector512<int>.Count, Avx512BW.IsSupported);
}

/// <summary>Which scenario a lane of paired rows is about.</summary>
internal static class PairPlaces
{
    private const uint UnpackedLanes = 4; // an unpacking takes four entries of every eight

    /// <summary>Place of a lane of two vectors.</summary>
    /// <param name="bit">Lane of the first vector, or number of lanes more: lane of the second.</param>
    /// <param name="lanes">Lanes of a vector.</param>
    /// <param name="isUnpacked">Whether halves of every eight entries were unpacked; else even and odd ones.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Of(int bit, int lanes, bool isUnpacked)
    {
        unchecked
        {
            (uint upper, uint lane) = ((uint)bit / (uint)lanes, (uint)bit % (uint)lanes);
            return (int)(isUnpacked
                ? (((lane / UnpackedLanes * 2) + upper) * UnpackedLanes) + (lane % UnpackedLanes)
                : (2 * lane) + upper);
        }
    }
}
