using System.Numerics;
using System.Runtime.CompilerServices;

namespace Breakwater.Books;

/// <summary><see cref="TailSelection"/> by vectors: each pass splits what is left at a sampled pivot.</summary>
/// <remarks>
/// Floyd and Rivest (1975), "Expected time bounds for selection", Communications of the ACM 18, 165–172. The input is
/// left as it is; both parts of a pass go to buffers. Few candidates, and ties that no pivot splits, go to
/// <see cref="TailSelection.Find"/>.
/// </remarks>
/// <param name="capacity">Most candidates.</param>
internal sealed class TailSelector(int capacity)
{
    private const int FewCount = 12;
    private const int SampleCount = 9;
    private const int Room = ScenarioTiling.CellSize;

    private readonly double[] _lossesAbove = new double[2 * (capacity + Room)];
    private readonly int[] _weightsAbove = new int[2 * (capacity + Room)];
    private readonly double[] _lossesBelow = new double[2 * (capacity + Room)];
    private readonly int[] _weightsBelow = new int[2 * (capacity + Room)];

    /// <summary>The part of so much mass.</summary>
    /// <param name="losses">[candidate] whole numbers, with room for a vector behind them; not modified.</param>
    /// <param name="weights">[candidate] their weights; likewise.</param>
    /// <param name="count">Candidates.</param>
    /// <param name="unit">What one unit of weight counts as.</param>
    /// <param name="mass">Mass of the tail, less than all candidates weigh.</param>
    internal TailSelection.Part Find<TLanes, TVector>(
        ReadOnlySpan<double> losses, ReadOnlySpan<int> weights, int count, long unit, long mass)
        where TLanes : struct, ITailLanes<TVector>
        where TVector : struct
    {
        long above = 0;
        long total = TailSelection.Weigh(weights[..count]);
        Int128 sum = 0;
        for (int pass = 0; count > FewCount; pass ^= 1)
        {
            int first = pass * (capacity + Room);
            Span<double> upLosses = _lossesAbove.AsSpan(first, capacity + Room);
            Span<int> upWeights = _weightsAbove.AsSpan(first, capacity + Room);
            Span<double> downLosses = _lossesBelow.AsSpan(first, capacity + Room);
            Span<int> downWeights = _weightsBelow.AsSpan(first, capacity + Room);
            double pivot = Pivot(losses[..count], 1.0 - (((mass / (double)unit) - above) / total));
            int up = Split<TLanes, TVector>(
                losses, weights, count, pivot, upLosses, upWeights, downLosses, downWeights);
            if (up == count) break;
            long weightUp = TailSelection.Weigh(upWeights[..up]);
            if ((above + weightUp) * unit > mass)
            {
                losses = upLosses;
                weights = upWeights;
                (count, total) = (up, weightUp);
                continue;
            }

            sum += TailSelection.Sum(upLosses[..up], upWeights[..up], (long)pivot);
            above += weightUp;
            losses = downLosses;
            weights = downWeights;
            (count, total) = (count - up, total - weightUp);
        }

        // Whatever is left may be reordered: a copy, as it may be the caller's.
        Span<double> lastLosses = _lossesAbove.AsSpan(0, count);
        Span<int> lastWeights = _weightsAbove.AsSpan(0, count);
        losses[..count].CopyTo(lastLosses);
        weights[..count].CopyTo(lastWeights);
        return TailSelection.Find(lastLosses, lastWeights, unit, mass, above, sum);
    }

    private static int Split<TLanes, TVector>(
        ReadOnlySpan<double> losses, ReadOnlySpan<int> weights, int count, double pivot, Span<double> upLosses,
        Span<int> upWeights, Span<double> downLosses, Span<int> downWeights)
        where TLanes : struct, ITailLanes<TVector>
        where TVector : struct
    {
        int up = 0;
        TVector limit = TLanes.Of(pivot);
        for (int at = 0; at < count; at += TLanes.Count)
        {
            int left = Math.Min(TLanes.Count, count - at);
            uint all = (1u << left) - 1;
            TVector own = Unsafe.As<double, TVector>(ref Unsafe.AsRef(in losses[at]));
            uint lanes = TLanes.AtLeast(own, limit) & all;
            TLanes.Append(own, in weights[at], lanes, ref upLosses[up], ref upWeights[up]);
            TLanes.Append(own, in weights[at], ~lanes & all, ref downLosses[at - up], ref downWeights[at - up]);
            up += BitOperations.PopCount(lanes);
        }

        return up;
    }

    // A sampled quantile of the losses.
    private static double Pivot(ReadOnlySpan<double> losses, double share)
    {
        Span<double> sample = stackalloc double[SampleCount];
        int step = losses.Length / SampleCount;
        for (int i = 0; i < SampleCount; i++)
        {
            double own = losses[i * step];
            int at = i;
            for (; at > 0 && sample[at - 1] > own; at--)
            {
                sample[at] = sample[at - 1];
            }

            sample[at] = own;
        }

        return sample[Math.Clamp((int)(share * SampleCount), 1, SampleCount - 1)];
    }
}
