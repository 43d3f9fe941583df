using System.Runtime.CompilerServices;

namespace Breakwater.Books;

/// <summary>Worst loss of one account of few lots on a grid: two holdings at a time, halves of 16 bits multiplied,
/// sums of 32 bits that cannot overflow.</summary>
/// <remarks>
/// loss = Σ minus·(2¹⁶·upper + lower + 2¹⁵). As Σ |minus| &lt; 2¹⁶, Σ minus·upper and Σ minus·lower fit 32 bits,
/// and so does the first with the carry of the second.
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
        unchecked // offsets lie inside the arrays, sums within 2⁴⁸
        {
            long shift = (long)account.MinusSum * GridArrays.LowerShift;
            long worst = -shift;
            for (int block = 0; block < arrays.HalvesStride; block += 2 * GridArrays.BlockSize)
            {
                for (int place = 0; place < GridArrays.BlockSize; place += TLanes.Count)
                {
                    ref short entry = ref Unsafe.Add(ref arrays.FirstHalf, block + place);
                    long own = WorstOfBoth<TLanes, TVector>(ref entry, arrays.HalvesStride, in first, account.Count);
                    worst = Math.Max(worst, own);
                }
            }

            return worst + shift;
        }
    }

    // Greatest sum of a place's scenarios, without the shift of lower halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long WorstOfBoth<TLanes, TVector>(
        ref short entries, int stride, ref readonly GridPair first, int count)
        where TLanes : struct, IPairLanes<TVector>
        where TVector : struct
    {
        TVector upperA = TLanes.Of(0);
        (TVector upperB, TVector lowerA, TVector lowerB) = (upperA, upperA, upperA);
        unchecked
        {
            ref GridPair own = ref Unsafe.AsRef(in first);
            for (int left = count; left > 0; left--)
            {
                ref short a = ref Unsafe.Add(ref entries, (nint)own.First * stride);
                ref short b = ref Unsafe.Add(ref entries, (nint)own.Second * stride);
                TVector minus = TLanes.Of(own.Minus);
                upperA = TLanes.AddProducts(upperA, TLanes.Lower(ref a, ref b), minus);
                upperB = TLanes.AddProducts(upperB, TLanes.Upper(ref a, ref b), minus);
                a = ref Unsafe.Add(ref a, GridArrays.BlockSize);
                b = ref Unsafe.Add(ref b, GridArrays.BlockSize);
                lowerA = TLanes.AddProducts(lowerA, TLanes.Lower(ref a, ref b), minus);
                lowerB = TLanes.AddProducts(lowerB, TLanes.Upper(ref a, ref b), minus);
                own = ref Unsafe.Add(ref own, 1);
            }
        }

        return TLanes.Greatest(upperA, lowerA, upperB, lowerB) >> HalfBits;
    }
}
