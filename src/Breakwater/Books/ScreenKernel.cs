using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Breakwater.Books;

/// <summary>Losses in the 64 scenarios of a tile in single precision, and how far they exceed a cut.</summary>
/// <remarks>Always in lanes of sixteen and added in one order, so that every hardware sees the same numbers.</remarks>
internal readonly struct ScreenKernel
{
    /// <summary>Scenarios, or tiles, of a vector.</summary>
    internal const int Lanes = 16;

    private readonly Vector512<float> _a;
    private readonly Vector512<float> _b;
    private readonly Vector512<float> _c;
    private readonly Vector512<float> _d;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ScreenKernel(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d) =>
        (_a, _b, _c, _d) = (a, b, c, d);

    /// <summary>What holdings lose.</summary>
    /// <param name="holdings">Holdings.</param>
    /// <param name="entries">First scenario of row 0.</param>
    /// <param name="stride">Singles from row to row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ScreenKernel Of(ReadOnlySpan<NarrowHolding> holdings, ref float entries, int stride)
    {
        Vector512<float> a = Vector512<float>.Zero;
        Vector512<float> b = a;
        Vector512<float> c = a;
        Vector512<float> d = a;
        unchecked // offsets lie inside the arrays: rows are those of the draft
        {
            ref NarrowHolding own = ref MemoryMarshal.GetReference(holdings);
            for (int left = holdings.Length; left > 0; left--)
            {
                ref float entry = ref Unsafe.Add(ref entries, (nint)(own.Row * stride));
                Vector512<float> minus = Vector512.Create(own.Minus);
                a = Vector512.FusedMultiplyAdd(minus, Vector512.LoadUnsafe(ref entry), a);
                b = Vector512.FusedMultiplyAdd(minus, Vector512.LoadUnsafe(ref entry, Lanes), b);
                c = Vector512.FusedMultiplyAdd(minus, Vector512.LoadUnsafe(ref entry, 2 * Lanes), c);
                d = Vector512.FusedMultiplyAdd(minus, Vector512.LoadUnsafe(ref entry, 3 * Lanes), d);
                own = ref Unsafe.Add(ref own, 1);
            }
        }

        return new ScreenKernel(a, b, c, d);
    }

    /// <summary>Bounds of what holdings lose in sixteen tiles.</summary>
    /// <param name="holdings">Holdings.</param>
    /// <param name="bounds">Greatest entry of row 0 in the first of the tiles.</param>
    /// <param name="stride">Singles from row to row.</param>
    /// <param name="side">Singles from greatest to least entries.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> MostOf(
        ReadOnlySpan<NarrowHolding> holdings, ref float bounds, int stride, int side)
    {
        Vector512<float> even = Vector512<float>.Zero;
        Vector512<float> odd = even;
        unchecked // as above
        {
            ref NarrowHolding own = ref MemoryMarshal.GetReference(holdings);
            for (int left = holdings.Length; left > 1; left -= 2)
            {
                ref NarrowHolding next = ref Unsafe.Add(ref own, 1);
                ref float entry = ref Unsafe.Add(ref bounds, (nint)((own.Row * stride) + SideOf(own.Minus, side)));
                ref float other = ref Unsafe.Add(ref bounds, (nint)((next.Row * stride) + SideOf(next.Minus, side)));
                even = Vector512.FusedMultiplyAdd(Vector512.Create(own.Minus), Vector512.LoadUnsafe(ref entry), even);
                odd = Vector512.FusedMultiplyAdd(Vector512.Create(next.Minus), Vector512.LoadUnsafe(ref other), odd);
                own = ref Unsafe.Add(ref own, 2);
            }

            if ((holdings.Length & 1) != 0)
            {
                ref float entry = ref Unsafe.Add(ref bounds, (nint)((own.Row * stride) + SideOf(own.Minus, side)));
                even = Vector512.FusedMultiplyAdd(Vector512.Create(own.Minus), Vector512.LoadUnsafe(ref entry), even);
            }
        }

        return even + odd;
    }

    /// <summary>The same from both sides.</summary>
    /// <param name="holdings">Holdings.</param>
    /// <param name="bounds">Greatest entry of row 0 in the first of the tiles.</param>
    /// <param name="stride">Singles from row to row.</param>
    /// <param name="side">Singles from greatest to least entries.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (Vector512<float> Most, Vector512<float> Least) BoundsOf(
        ReadOnlySpan<NarrowHolding> holdings, ref float bounds, int stride, int side)
    {
        Vector512<float> most = Vector512<float>.Zero;
        Vector512<float> least = most;
        unchecked // as above
        {
            ref NarrowHolding own = ref MemoryMarshal.GetReference(holdings);
            for (int left = holdings.Length; left > 0; left--)
            {
                ref float entry = ref Unsafe.Add(ref bounds, (nint)(own.Row * stride));
                int near = SideOf(own.Minus, side);
                Vector512<float> minus = Vector512.Create(own.Minus);
                most = Vector512.FusedMultiplyAdd(
                    minus, Vector512.LoadUnsafe(ref Unsafe.Add(ref entry, (nint)near)), most);
                least = Vector512.FusedMultiplyAdd(
                    minus, Vector512.LoadUnsafe(ref Unsafe.Add(ref entry, (nint)(side - near))), least);
                own = ref Unsafe.Add(ref own, 1);
            }
        }

        return (most, least);
    }

    // Lots sold lose most at the greatest entry, lots held at the least.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SideOf(float minus, int side) => (BitConverter.SingleToInt32Bits(minus) >> 31) & side;

    /// <summary>Both together.</summary>
    /// <param name="other">Other losses.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ScreenKernel Plus(ScreenKernel other) =>
        new(_a + other._a, _b + other._b, _c + other._c, _d + other._d);

    /// <summary>Adds Σ weight × (loss − cut)⁺, and the weight of losses that reach the worst one.</summary>
    /// <param name="cut">The cut; +∞ where nothing is asked.</param>
    /// <param name="worst">The worst loss; above the cut.</param>
    /// <param name="weights">First weight of the tile.</param>
    /// <param name="sums">Both sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void AddTo(ref ScreenSums sums, float cut, float worst, ref float weights)
    {
        Vector512<float> limit = Vector512.Create(cut);
        Vector512<float> a = Vector512.MaxNative(_a - limit, Vector512<float>.Zero);
        Vector512<float> b = Vector512.MaxNative(_b - limit, Vector512<float>.Zero);
        Vector512<float> c = Vector512.MaxNative(_c - limit, Vector512<float>.Zero);
        Vector512<float> d = Vector512.MaxNative(_d - limit, Vector512<float>.Zero);
        if (((a | b | c | d).AsInt32() & Vector512.Create(int.MaxValue)) == Vector512<int>.Zero) return;
        Vector512<float> even = Vector512.FusedMultiplyAdd(
            c, Vector512.LoadUnsafe(ref weights, 2 * Lanes), a * Vector512.LoadUnsafe(ref weights));
        Vector512<float> odd = Vector512.FusedMultiplyAdd(
            d, Vector512.LoadUnsafe(ref weights, 3 * Lanes), b * Vector512.LoadUnsafe(ref weights, Lanes));
        sums.Excess += Total(even + odd);
        Vector512<float> far = Vector512.Create(worst);
        Vector512<float> beyond =
            (Vector512.GreaterThanOrEqual(_a, far) & Vector512.LoadUnsafe(ref weights))
            + (Vector512.GreaterThanOrEqual(_b, far) & Vector512.LoadUnsafe(ref weights, Lanes))
            + (Vector512.GreaterThanOrEqual(_c, far) & Vector512.LoadUnsafe(ref weights, 2 * Lanes))
            + (Vector512.GreaterThanOrEqual(_d, far) & Vector512.LoadUnsafe(ref weights, 3 * Lanes));
        if (beyond != Vector512<float>.Zero) sums.Beyond += Total(beyond);
    }

    // In a fixed tree: what a library adds may be ordered by the hardware.
    private static float Total(Vector512<float> own)
    {
        Vector256<float> eight = own.GetLower() + own.GetUpper();
        Vector128<float> four = eight.GetLower() + eight.GetUpper();
        return (four.GetElement(0) + four.GetElement(2)) + (four.GetElement(1) + four.GetElement(3));
    }
}
