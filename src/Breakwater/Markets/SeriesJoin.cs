using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Markets;

/// <summary>Joins series in time; where two know the same instant, the later one wins (INTERFACES 3).</summary>
internal static class SeriesJoin
{
    /// <summary>The joined points not after <paramref name="at"/>, strictly rising.</summary>
    internal static ImmutableArray<PricePoint> Join(IEnumerable<IEnumerable<PricePoint>> series, Timestamp at)
    {
        List<PricePoint> joined = [];
        foreach (IEnumerable<PricePoint> points in series)
        {
            joined = Merge(joined, [.. points.Where(point => point.At <= at)]);
        }

        return [.. joined];
    }

    private static List<PricePoint> Merge(List<PricePoint> earlier, List<PricePoint> later)
    {
        if (earlier.Count == 0)
        {
            return later;
        }

        List<PricePoint> merged = new(earlier.Count + later.Count);
        int left = 0;
        foreach (PricePoint point in later)
        {
            for (; left < earlier.Count && earlier[left].At < point.At; left++)
            {
                merged.Add(earlier[left]);
            }

            left += left < earlier.Count && earlier[left].At == point.At ? 1 : 0;
            merged.Add(point);
        }

        merged.AddRange(earlier.Skip(left));
        return merged;
    }
}
