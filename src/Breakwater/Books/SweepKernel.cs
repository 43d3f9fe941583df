using System.Runtime.CompilerServices;

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
    /// <param name="holding">First holding.</param>
    /// <param name="count">How many.</param>
    /// <param name="bounds">Greatest entries of row 0 in the lanes.</param>
    /// <param name="stride">Numbers from row to row.</param>
    /// <param name="side">Numbers from greatest to least entries.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Bound(
        ref readonly Holding holding, int count, ref double bounds, int stride, int side)
    {
        TVector sum = TLanes.Of(0.0);
        unchecked // offsets lie inside the arrays: rows and sides are those of the draft
        {
            for (int i = 0; i < count; i++)
            {
                ref readonly Holding own = ref Unsafe.Add(ref Unsafe.AsRef(in holding), i);
                ref double entry = ref Unsafe.Add(ref bounds, (nint)((own.Row * stride) + (own.Side * side)));
                sum = TLanes.Fma(TLanes.Of(own.Minus), Load(ref entry), sum);
            }
        }

        return sum;
    }

    /// <summary>What holdings lose in lanes of one cell, at one or two times.</summary>
    /// <param name="holding">First holding.</param>
    /// <param name="count">How many.</param>
    /// <param name="entries">Entries of row 0 in the lanes; those of the second time follow after a cell.</param>
    /// <param name="stride">Numbers from row to row.</param>
    /// <param name="times">1 or 2.</param>
    /// <param name="first">Losses at the first time, added to what is given.</param>
    /// <param name="second">Likewise at the second time; where there is one time, unchanged.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Sum(
        ref readonly Holding holding,
        int count,
        ref double entries,
        int stride,
        int times,
        ref TVector first,
        ref TVector second)
    {
        TVector a = first;
        TVector b = second;
        unchecked // as above
        {
            for (int i = 0; times == 2 && i < count; i++)
            {
                ref readonly Holding own = ref Unsafe.Add(ref Unsafe.AsRef(in holding), i);
                ref double entry = ref Unsafe.Add(ref entries, (nint)(own.Row * stride));
                TVector minus = TLanes.Of(own.Minus);
                a = TLanes.Fma(minus, Load(ref entry), a);
                b = TLanes.Fma(minus, Load(ref Unsafe.Add(ref entry, ScenarioTiling.CellSize)), b);
            }

            for (int i = 0; times == 1 && i < count; i++)
            {
                ref readonly Holding own = ref Unsafe.Add(ref Unsafe.AsRef(in holding), i);
                ref double entry = ref Unsafe.Add(ref entries, (nint)(own.Row * stride));
                a = TLanes.Fma(TLanes.Of(own.Minus), Load(ref entry), a);
            }
        }

        first = a;
        second = b;
    }

    /// <summary>The worse of the times.</summary>
    /// <param name="first">Losses at the first time.</param>
    /// <param name="second">Losses at the second time.</param>
    /// <param name="times">1 or 2.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Worse(TVector first, TVector second, int times) =>
        times == 2 ? TLanes.Greater(first, second) : first;
}
