using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Margin;

/// <summary>Losses of exposures in every scenario of one valuation, in vectors of 64-bit whole numbers: those of
/// <see cref="WideSums"/> wherever their bound shows that no sum can leave 64 bits.</summary>
/// <remarks>A bound is the sum of holding × greatest entry over all legs, taken while they are summed: what has wrapped
/// is thrown away. It is reached at some four trillion dollars.</remarks>
internal static class NarrowSums
{
    /// <summary>What the losses of a sum stay below, so that their differences stay in 64 bits too.</summary>
    internal static readonly UInt128 Limit = UInt128.One << 62;

    /// <summary>Losses of both valuations, if they surely fit.</summary>
    /// <param name="exposures">What is held.</param>
    /// <param name="arrays">Risk arrays.</param>
    /// <param name="horizon">Which scenario set.</param>
    /// <param name="frozen">[scenario], filled with the losses of the frozen valuation, micro-dollars.</param>
    /// <param name="worse">[scenario], filled with the greater losses of both.</param>
    internal static bool TryOf(
        ImmutableArray<Exposure> exposures, RiskArrays arrays, MarginHorizon horizon, Span<long> frozen,
        Span<long> worse)
    {
        if (!TryOf(exposures, arrays, horizon, RevaluationTime.Frozen, frozen, Limit)
            || !TryOf(exposures, arrays, horizon, RevaluationTime.Advanced, worse, Limit))
        {
            return false;
        }

        Greater(frozen, worse);
        return true;
    }

    /// <summary>The losses of one, if they surely fit.</summary>
    /// <param name="exposures">What is held.</param>
    /// <param name="arrays">Risk arrays.</param>
    /// <param name="horizon">Which scenario set.</param>
    /// <param name="time">Which valuation.</param>
    /// <param name="losses">[scenario], filled; micro-dollars, loss positive, with expected funding. Meaningless where
    /// they might not fit.</param>
    /// <param name="limit">What they have to stay below; at most <see cref="Limit"/>.</param>
    internal static bool TryOf(
        ImmutableArray<Exposure> exposures, RiskArrays arrays, MarginHorizon horizon, RevaluationTime time,
        Span<long> losses, UInt128 limit)
    {
        UInt128 bound = 0;
        Int128 funding = 0;
        foreach (Exposure exposure in exposures)
        {
            funding += exposure.FundingOf(horizon);
            bound += (UInt128)Int128.Abs(exposure.FundingOf(horizon));
        }

        if (bound >= limit) return false;
        losses.Fill((long)funding);
        foreach (Exposure exposure in exposures)
        {
            foreach (ExposureLeg leg in exposure.Legs)
            {
                if (!TrySubtract(leg, arrays.Entries(leg.RowIndex, horizon, time), losses, ref bound)
                    || bound >= limit)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool TrySubtract(
        in ExposureLeg leg, ReadOnlySpan<long> entries, Span<long> losses, ref UInt128 bound)
    {
        if (leg.Decimals == 0)
        {
            UInt128 most = UInt128.Max((UInt128)Int128.Abs(leg.Down), (UInt128)Int128.Abs(leg.Up));
            if (most >= Limit) return false;
            bound += most * Subtract((long)leg.Down, entries, losses);
        }
        else
        {
            CoinLeg coin = new(leg);
            if (!coin.IsNarrow) return false;
            bound += coin.WholeMost * Subtract(coin, entries, losses);
        }

        return bound < Limit;
    }

    /// <summary>Adds losses to others.</summary>
    /// <param name="losses">[scenario].</param>
    /// <param name="others">[scenario], added to.</param>
    internal static void Add(ReadOnlySpan<long> losses, Span<long> others)
    {
        ReadOnlySpan<Vector<long>> left = MemoryMarshal.Cast<long, Vector<long>>(losses);
        Span<Vector<long>> right = MemoryMarshal.Cast<long, Vector<long>>(others);
        for (int at = 0; at < right.Length; at++) right[at] += left[at];
        for (int at = right.Length * Vector<long>.Count; at < others.Length; at++) others[at] += losses[at];
    }

    /// <summary>Of two losses the greater one, in the place of the second.</summary>
    /// <param name="losses">[scenario].</param>
    /// <param name="others">[scenario], replaced.</param>
    internal static void Greater(ReadOnlySpan<long> losses, Span<long> others)
    {
        ReadOnlySpan<Vector<long>> left = MemoryMarshal.Cast<long, Vector<long>>(losses);
        Span<Vector<long>> right = MemoryMarshal.Cast<long, Vector<long>>(others);
        for (int at = 0; at < right.Length; at++) right[at] = Vector.Max(left[at], right[at]);
        for (int at = right.Length * Vector<long>.Count; at < others.Length; at++)
        {
            others[at] = Math.Max(losses[at], others[at]);
        }
    }

    // losses −= lots × entry for long lots, lots × (entry + 1) for short ones. Returns the greatest factor of the lots.
    private static ulong Subtract(long lots, ReadOnlySpan<long> entries, Span<long> losses)
    {
        ReadOnlySpan<Vector<long>> earned = MemoryMarshal.Cast<long, Vector<long>>(entries);
        Span<Vector<long>> summed = MemoryMarshal.Cast<long, Vector<long>>(losses);
        long shortUnit = lots < 0 ? 1L : 0L;
        (Vector<long> factor, Vector<long> short1) = (new Vector<long>(lots), new Vector<long>(shortUnit));
        Vector<long> greatest = Vector<long>.Zero;
        for (int at = 0; at < summed.Length; at++)
        {
            Vector<long> amount = earned[at] + short1;
            greatest = Vector.Max(greatest, Vector.Abs(amount));
            summed[at] -= factor * amount;
        }

        long most = Greatest(greatest);
        for (int at = summed.Length * Vector<long>.Count; at < losses.Length; at++)
        {
            long amount = entries[at] + shortUnit;
            most = Math.Max(most, Math.Abs(amount));
            losses[at] = unchecked(losses[at] - (lots * amount)); // where it wraps, the bound is above the limit
        }

        return (ulong)most;
    }

    private static ulong Subtract(in CoinLeg coin, ReadOnlySpan<long> entries, Span<long> losses)
    {
        ReadOnlySpan<Vector<long>> earned = MemoryMarshal.Cast<long, Vector<long>>(entries);
        Span<Vector<long>> summed = MemoryMarshal.Cast<long, Vector<long>>(losses);
        CoinVector vector = coin.Vector;
        Vector<long> greatest = Vector<long>.Zero;
        for (int at = 0; at < summed.Length; at++)
        {
            greatest = Vector.Max(greatest, Vector.Abs(earned[at]));
            summed[at] -= vector.Profit(earned[at]);
        }

        long most = Greatest(greatest);
        for (int at = summed.Length * Vector<long>.Count; at < losses.Length; at++)
        {
            most = Math.Max(most, Math.Abs(entries[at]));
            losses[at] = unchecked(losses[at] - (long)coin.Profit(entries[at]));
        }

        return (ulong)most + 1UL; // a short unit loses one more
    }

    private static long Greatest(Vector<long> lanes)
    {
        long most = 0;
        for (int lane = 0; lane < Vector<long>.Count; lane++) most = Math.Max(most, lanes[lane]);
        return most;
    }
}
