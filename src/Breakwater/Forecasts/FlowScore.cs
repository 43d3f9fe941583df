using System.Collections.Immutable;
using Breakwater.Markets;

namespace Breakwater.Forecasts;

/// <summary>How unusual the imbalance of the last interval is against those before it.</summary>
/// <param name="Value">z: imbalance minus their mean over their standard deviation; finite.</param>
/// <param name="VolumeShare">Its volume over their median; ≥ 0, 0 where the median is 0.</param>
/// <param name="Count">How many they are.</param>
public readonly record struct FlowScore(double Value, double VolumeShare, int Count)
{
    /// <summary>Scores the last of a list of intervals.</summary>
    /// <param name="intervals">Intervals in time.</param>
    /// <param name="countMinimum">Earlier intervals below which there is no score; ≥ 2.</param>
    /// <returns><c>null</c> if there are too few intervals, or all were alike.</returns>
    public static FlowScore? Of(ImmutableArray<FlowInterval> intervals, int countMinimum)
    {
        int count = intervals.Length - 1;
        if (count < Math.Max(2, countMinimum))
        {
            return null;
        }

        double mean = 0d;
        for (int interval = 0; interval < count; interval++)
        {
            mean += intervals[interval].Imbalance / count;
        }

        double square = 0d;
        for (int interval = 0; interval < count; interval++)
        {
            square += (intervals[interval].Imbalance - mean) * (intervals[interval].Imbalance - mean);
        }

        double deviation = Math.Sqrt(square / (count - 1));
        double median = SampleMedian.Of([.. intervals.Take(count).Select(interval => interval.Quantity)]);
        return deviation > 0d
            ? new FlowScore(
                (intervals[count].Imbalance - mean) / deviation,
                median > 0d ? intervals[count].Quantity / median : 0d, count)
            : null;
    }
}
