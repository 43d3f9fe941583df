using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Breakwater.Numerics;

namespace Breakwater.Revaluation;

/// <summary>The fixed-point line: where doubles become money.</summary>
public static class RiskArray
{
    private const double MicroPerUsd = 1e6; // METHODOLOGY 0: micro-dollars

    /// <summary>Rounds P&amp;L of one lot down to whole micro-dollars.</summary>
    /// <param name="pnlUsd">[count] P&amp;L of one long lot, USD; not modified.</param>
    /// <param name="entries">[count] filled: floor(P&amp;L · 10⁶). A long lot earns the entry, a short lot loses entry
    /// + 1, at least the ceiling (RELIABILITY 3). Exact: the product is not rounded before the floor.</param>
    /// <returns>−1, or the index of the first P&amp;L that is not finite or not below
    /// <see cref="RiskArrays.EntryLimit"/>
    /// in magnitude; then the entries are unusable.</returns>
    public static int Quantize(ReadOnlySpan<double> pnlUsd, Span<long> entries)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(entries.Length, pnlUsd.Length);
        int done = 0;
        bool isInside = true;
        if (Vector512.IsHardwareAccelerated)
        {
            (done, isInside) = QuantizeVectors<Vector512Lanes, Vector512<double>>(pnlUsd, entries);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            (done, isInside) = QuantizeVectors<Vector256Lanes, Vector256<double>>(pnlUsd, entries);
        }

        return isInside ? QuantizePlain(pnlUsd, entries, done) : QuantizePlain(pnlUsd, entries, 0);
    }

    /// <summary>The same, number by number.</summary>
    /// <param name="pnlUsd">[count] P&amp;L of one long lot, USD.</param>
    /// <param name="entries">[count] filled from the first index on.</param>
    /// <param name="first">First index.</param>
    /// <returns>−1, or the index of the first P&amp;L that does not fit.</returns>
    internal static int QuantizePlain(ReadOnlySpan<double> pnlUsd, Span<long> entries, int first)
    {
        for (int index = first; index < pnlUsd.Length; index++)
        {
            double scaled = pnlUsd[index] * MicroPerUsd;
            double whole = Math.Floor(scaled);
            // The product may have been rounded up to a whole number from just below it.
            if (whole == scaled && Math.FusedMultiplyAdd(pnlUsd[index], MicroPerUsd, -scaled) < 0.0) whole -= 1.0;
            if (!(Math.Abs(whole) < RiskArrays.EntryLimit)) return index;
            entries[index] = (long)whole;
        }

        return -1;
    }

    /// <summary>The same with one vector width, as far as whole vectors go.</summary>
    /// <param name="pnlUsd">[count] P&amp;L of one long lot, USD.</param>
    /// <param name="entries">[count] filled.</param>
    /// <returns>How many are done, and whether each fits; if one does not, the entries are unusable.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static (int Done, bool IsInside) QuantizeVectors<TLanes, TVector>(
        ReadOnlySpan<double> pnlUsd, Span<long> entries)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        ReadOnlySpan<TVector> source = MemoryMarshal.Cast<double, TVector>(pnlUsd);
        TVector micro = TLanes.Of(MicroPerUsd);
        TVector limit = TLanes.Of(RiskArrays.EntryLimit);
        TVector zero = TLanes.Of(0.0);
        TVector one = TLanes.Of(1.0);
        TVector outside = zero;
        int lanes = Unsafe.SizeOf<TVector>() / sizeof(double);
        for (int i = 0; i < source.Length; i++)
        {
            TVector scaled = TLanes.Multiply(source[i], micro);
            TVector whole = TLanes.Floor(scaled);
            TVector lost = TLanes.Fma(source[i], micro, TLanes.Subtract(zero, scaled));
            TVector step = TLanes.SelectLess(lost, zero, TLanes.SelectLess(whole, scaled, zero, one), zero);
            whole = TLanes.Subtract(whole, step);
            outside = TLanes.Add(outside, TLanes.SelectLess(TLanes.Abs(whole), limit, zero, one));
            TLanes.StoreWhole(whole, ref entries[i * lanes]);
        }

        bool isInside = true;
        foreach (double count in MemoryMarshal.Cast<TVector, double>(new ReadOnlySpan<TVector>(in outside)))
        {
            isInside &= count == 0.0;
        }

        return (source.Length * lanes, isInside);
    }
}
