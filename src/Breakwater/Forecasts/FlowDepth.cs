using System.Collections.Immutable;
using Breakwater.Markets;

namespace Breakwater.Forecasts;

/// <summary>Depth that imbalance is measured against.</summary>
public static class FlowDepth
{
    /// <summary>D̄: mean size at the best bid and ask of rested depth, units of underlying; 0 for an empty book.
    /// </summary>
    public static double Of(OrderBook book)
    {
        double sum = 0d;
        int count = 0;
        foreach (BookState state in book.Rested)
        {
            if (state.Best is { } best)
            {
                sum += (best.BidQuantity + best.AskQuantity) / 2d;
                count++;
            }
        }

        return count > 0 ? sum / count : 0d;
    }

    /// <summary>Impact of imbalance on the price over intervals.</summary>
    /// <param name="intervals">Intervals in time; at least two.</param>
    /// <param name="depth">D̄, units of underlying; 0 if no book is known: then the median volume of an interval, or
    /// their mean where most are empty.</param>
    public static PriceImpact Impact(ImmutableArray<FlowInterval> intervals, double depth)
    {
        double[] imbalances = [.. intervals.Skip(1).Select(interval => interval.Imbalance)];
        double[] changes = new double[imbalances.Length];
        double volume = 0d;
        for (int interval = 1; interval < intervals.Length; interval++)
        {
            changes[interval - 1] = intervals[interval].PriceUsd - intervals[interval - 1].PriceUsd;
            volume += intervals[interval].Quantity / imbalances.Length;
        }

        double median = SampleMedian.Of([.. intervals.Select(interval => interval.Quantity)]);
        double own = depth > 0d ? depth : median > 0d ? median : volume;
        return own > 0d ? PriceImpact.Of(imbalances, changes, own) : PriceImpact.None;
    }
}
