using System.Numerics;

namespace Breakwater.Margin.Tails;

/// <summary>Where value at risk of a weighted distribution lies: the order-statistic interval of as many equally
/// weighted scenarios as these are worth.</summary>
internal sealed class TailInterval
{
    private readonly OrderStatisticInterval _ranks;
    private readonly int _count;
    private readonly TailMass _upperTail;

    /// <summary>Finds the ranks: milliseconds.</summary>
    /// <param name="sums">Sums of the weights.</param>
    /// <param name="level">Level of value at risk.</param>
    /// <param name="confidence">Confidence.</param>
    internal TailInterval(WeightSums sums, TailLevel level, TailLevel confidence)
    {
        _count = sums.EffectiveCount;
        _ranks = OrderStatisticInterval.Of(_count, level, confidence);
        LowerTail = TailOf(_ranks.LowerRank);
        _upperTail = TailOf(_ranks.UpperRank);

        TailMass TailOf(int rank) =>
            rank > 0 && rank < _count ? TailMass.Of(sums.Total, new TailLevel(rank, _count)) : default;
    }

    /// <summary>Whether both ends are losses inside the distribution; else every loss has to be in order.</summary>
    internal bool IsBounded => _ranks.LowerRank > 0 && _ranks.UpperRank < _count;

    /// <summary>Tail beyond the lower end, where it is inside the distribution.</summary>
    internal TailMass LowerTail { get; }

    /// <summary>Both ends.</summary>
    /// <param name="losses">[scenario] losses.</param>
    /// <param name="weights">[scenario] weights.</param>
    /// <param name="order">The greatest losses in order: all of them where the interval is not bounded.</param>
    internal (Int128 Low, Int128 High) Of<TLoss>(
        ReadOnlySpan<TLoss> losses, ReadOnlySpan<int> weights, ReadOnlySpan<int> order)
        where TLoss : struct, IBinaryInteger<TLoss> => (
        At(losses, weights, order, _ranks.LowerRank, LowerTail),
        At(losses, weights, order, _ranks.UpperRank, _upperTail));

    private Int128 At<TLoss>(
        ReadOnlySpan<TLoss> losses, ReadOnlySpan<int> weights, ReadOnlySpan<int> order, int rank, TailMass tail)
        where TLoss : struct, IBinaryInteger<TLoss> =>
        rank <= 0 ? Int128.CreateTruncating(losses[order[^1]])
        : rank >= _count ? Int128.CreateTruncating(losses[order[0]])
        : TailEstimators.ValueAtRisk(losses, weights, order, tail);
}
