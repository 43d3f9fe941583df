using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Breakwater.Books;

/// <summary>Sums of one account's holdings over lanes of scenarios: one text for every width.</summary>
internal static class SweepKernel<TLanes, TVector>
    where TLanes : struct, ITailLanes<TVector>
    where TVector : struct
{
    /// <summary>A vector in memory.</summary>
    /// <param name="first">Its first number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Load(ref double first) => Unsafe.As<double, TVector>(ref first);

    /// <summary>Writes a vector.</summary>
    /// <param name="value">The vector.</param>
    /// <param name="first">Where its first number goes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store(TVector value, ref double first) => Unsafe.As<double, TVector>(ref first) = value;

    /// <summary>Bounds of what holdings lose in lanes of cells or tiles.</summary>
    /// <param name="holdings">Holdings.</param>
    /// <param name="bounds">Greatest entries of row 0 in the lanes.</param>
    /// <param name="stride">Numbers from row to row.</param>
    /// <param name="side">Numbers from greatest to least entries.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Bound(
        ReadOnlySpan<Holding> holdings, ref double bounds, int stride, int side)
    {
        // Two sums at once, because one waits for its last addition longer than for the next entry.
        TVector even = TLanes.Of(0.0);
        TVector odd = even;
        unchecked // offsets lie inside the arrays: rows and sides are those of the draft
        {
            ref Holding own = ref MemoryMarshal.GetReference(holdings);
            for (int left = holdings.Length; left > 1; left -= 2)
            {
                ref Holding next = ref Unsafe.Add(ref own, 1);
                ref double entry = ref Unsafe.Add(ref bounds, (nint)((own.Row * stride) + (own.Side * side)));
                ref double other = ref Unsafe.Add(ref bounds, (nint)((next.Row * stride) + (next.Side * side)));
                even = TLanes.Fma(TLanes.Of(own.Minus), Load(ref entry), even);
                odd = TLanes.Fma(TLanes.Of(next.Minus), Load(ref other), odd);
                own = ref Unsafe.Add(ref own, 2);
            }

            if ((holdings.Length & 1) != 0)
            {
                ref double entry = ref Unsafe.Add(ref bounds, (nint)((own.Row * stride) + (own.Side * side)));
                even = TLanes.Fma(TLanes.Of(own.Minus), Load(ref entry), even);
            }
        }

        return TLanes.Add(even, odd);
    }

    /// <summary>What holdings lose in two vectors of scenarios.</summary>
    /// <param name="holdings">Holdings.</param>
    /// <param name="entries">First number of row 0.</param>
    /// <param name="stride">Numbers from row to row.</param>
    /// <param name="places">Places of the vectors in a row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (TVector First, TVector Second) Sum(
        ReadOnlySpan<Holding> holdings, ref double entries, int stride, (int First, int Second) places)
    {
        TVector a = TLanes.Of(0.0);
        TVector b = a;
        unchecked // as above
        {
            ref Holding own = ref MemoryMarshal.GetReference(holdings);
            for (int left = holdings.Length; left > 0; left--)
            {
                ref double entry = ref Unsafe.Add(ref entries, (nint)(own.Row * stride));
                TVector minus = TLanes.Of(own.Minus);
                a = TLanes.Fma(minus, Load(ref Unsafe.Add(ref entry, (nint)places.First)), a);
                b = TLanes.Fma(minus, Load(ref Unsafe.Add(ref entry, (nint)places.Second)), b);
                own = ref Unsafe.Add(ref own, 1);
            }
        }

        return (a, b);
    }

    /// <summary>What holdings lose in four vectors of scenarios: enough sums at once to hide how long one takes.
    /// </summary>
    /// <param name="holdings">Holdings.</param>
    /// <param name="entries">First number of row 0.</param>
    /// <param name="stride">Numbers from row to row.</param>
    /// <param name="near">Places of two vectors in a row.</param>
    /// <param name="far">Places of two more.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (TVector NearFirst, TVector NearSecond, TVector FarFirst, TVector FarSecond) Sum(
        ReadOnlySpan<Holding> holdings,
        ref double entries,
        int stride,
        (int First, int Second) near,
        (int First, int Second) far)
    {
        TVector a = TLanes.Of(0.0);
        TVector b = a;
        TVector c = a;
        TVector d = a;
        unchecked // as above
        {
            ref Holding own = ref MemoryMarshal.GetReference(holdings);
            for (int left = holdings.Length; left > 0; left--)
            {
                ref double entry = ref Unsafe.Add(ref entries, (nint)(own.Row * stride));
                TVector minus = TLanes.Of(own.Minus);
                a = TLanes.Fma(minus, Load(ref Unsafe.Add(ref entry, (nint)near.First)), a);
                b = TLanes.Fma(minus, Load(ref Unsafe.Add(ref entry, (nint)near.Second)), b);
                c = TLanes.Fma(minus, Load(ref Unsafe.Add(ref entry, (nint)far.First)), c);
                d = TLanes.Fma(minus, Load(ref Unsafe.Add(ref entry, (nint)far.Second)), d);
                own = ref Unsafe.Add(ref own, 1);
            }
        }

        return (a, b, c, d);
    }
}
