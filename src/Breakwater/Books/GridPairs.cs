using System.Numerics;
using System.Runtime.CompilerServices;

namespace Breakwater.Books;

/// <summary>Worst loss of one account of few lots on a grid: two holdings at a time, upper halves of 16 bits
/// multiplied into sums of 32 bits that cannot overflow; whole entries only where the worst may be.</summary>
/// <remarks>
/// loss = Σ minus·(2¹⁶·upper + lower + 2¹⁵) with lower halves in [−2¹⁵, 2¹⁵), so that of two scenarios the one whose
/// sum of upper halves is greater by Σ |minus| or more is surely worse. As Σ |minus| &lt; 2¹⁶, sums of upper halves
/// fit.
/// </remarks>
internal static class GridPairs
{
    private const int HalfBits = 16;

    /// <summary>Worst loss, micro-dollars; at least 0, where nothing moves.</summary>
    /// <param name="arrays">Entries.</param>
    /// <param name="first">First pair of the account.</param>
    /// <param name="account">Where its pairs lie.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long WorstOf<TLanes, TVector>(
        GridArrays arrays, ref readonly GridPair first, ref readonly GridAccount account)
        where TLanes : struct, IPairLanes<TVector>
        where TVector : struct
    {
        long worst = 0;
        int greatest = -GridArrays.LowerShift * account.Lots; // no sum is below it
        for (int place = 0; place < arrays.Stride; place += TLanes.Count)
        {
            (TVector a, TVector b) = UpperSums<TLanes, TVector>(
                ref arrays.UpperHalf(place), arrays.HalvesStride, in first, account.Count);
            greatest = Math.Max(greatest, TLanes.Greatest(a, b));
            uint near = TLanes.AtLeast(a, b, (int)Math.Max(int.MinValue, (long)greatest - account.Lots));
            for (; near != 0; near &= near - 1)
            {
                int scenario = place + TLanes.PlaceOf(BitOperations.TrailingZeroCount(near));
                worst = Math.Max(worst, LossIn(arrays, scenario, in first, account.Count));
            }
        }

        return worst;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector A, TVector B) UpperSums<TLanes, TVector>(
        ref short entries, int stride, ref readonly GridPair first, int count)
        where TLanes : struct, IPairLanes<TVector>
        where TVector : struct
    {
        TVector a = TLanes.Of(0);
        TVector b = a;
        unchecked // offsets lie inside the arrays: rows are those of the draft
        {
            ref GridPair own = ref Unsafe.AsRef(in first);
            for (int left = count; left > 0; left--)
            {
                ref short entry = ref Unsafe.Add(ref entries, (nint)own.First * stride);
                ref short other = ref Unsafe.Add(ref entries, (nint)own.Second * stride);
                TVector minus = TLanes.Of(own.Minus);
                a = TLanes.AddProducts(a, TLanes.Lower(ref entry, ref other), minus);
                b = TLanes.AddProducts(b, TLanes.Upper(ref entry, ref other), minus);
                own = ref Unsafe.Add(ref own, 1);
            }
        }

        return (a, b);
    }

    // Loss in one scenario by whole entries.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long LossIn(GridArrays arrays, int scenario, ref readonly GridPair first, int count)
    {
        long loss = 0;
        unchecked // 2¹⁶ lots × 2³¹
        {
            ref int entries = ref arrays.Column(scenario);
            ref GridPair own = ref Unsafe.AsRef(in first);
            for (int left = count; left > 0; left--)
            {
                loss += ((long)(short)own.Minus * Unsafe.Add(ref entries, (nint)own.First))
                    + ((long)(own.Minus >> HalfBits) * Unsafe.Add(ref entries, (nint)own.Second));
                own = ref Unsafe.Add(ref own, 1);
            }
        }

        return loss;
    }
}
