using System.Collections.Immutable;
using Breakwater.Margin;

namespace Breakwater.Server.History;

/// <summary>Leaves out points of a history where there are more than a page can show: never the first and last, never
/// the extremes, and as long as there is room not where the stage changed.</summary>
internal static class HistoryThinning
{
    /// <summary>Least number of points that extremes, ends and a stage fit into.</summary>
    internal const int CountMin = 16;

    private const int ReadingsPerBin = 4;

    // What a page draws: equity, and both margins in effect.
    private static readonly ImmutableArray<Func<HistoryMargins, Int128>> Lines =
    [
        static own => own.Equity, static own => own.InitialInEffect, static own => own.MaintenanceInEffect,
    ];

    /// <summary>At most so many of some points, in order.</summary>
    /// <param name="points">The points, in order of time.</param>
    /// <param name="countMax">Most points; ≥ <see cref="CountMin"/>.</param>
    internal static ImmutableArray<HistoryPoint> Of(ImmutableArray<HistoryPoint> points, int countMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(countMax, CountMin);
        if (points.Length <= countMax) return points;
        SortedSet<int> kept = [0, points.Length - 1];
        AddExtremes(points, 0, points.Length, Lines, kept);
        AddWorstStage(points, kept);
        AddChanges(points, countMax, kept);
        int binCount = (countMax - kept.Count) / ReadingsPerBin;
        for (int bin = 0; bin < binCount; bin++)
        {
            AddExtremes(
                points, (int)((long)points.Length * bin / binCount),
                (int)((long)points.Length * (bin + 1) / binCount), [Lines[0], Lines[^1]], kept);
        }

        return [.. kept.Select(index => points[index])];
    }

    private static void AddExtremes(
        ImmutableArray<HistoryPoint> points, int first, int end, ImmutableArray<Func<HistoryMargins, Int128>> lines,
        SortedSet<int> kept)
    {
        foreach (Func<HistoryMargins, Int128> line in lines)
        {
            (int least, int most) = (-1, -1);
            for (int index = first; index < end; index++)
            {
                if (points[index].Margins is not { } own) continue;
                if (least < 0 || line(own) < line(points[least].Margins!.Value)) least = index; // known: taken above
                if (most < 0 || line(own) > line(points[most].Margins!.Value)) most = index;
            }

            if (least < 0) continue;
            kept.Add(least);
            kept.Add(most);
        }
    }

    private static void AddWorstStage(ImmutableArray<HistoryPoint> points, SortedSet<int> kept)
    {
        MarginStage worst = points.Max(static own => own.Stage);
        kept.Add(points.IndexOf(points.First(own => own.Stage == worst)));
    }

    // Both sides of each change, the newest first, within half of the room: the rest shows how it went.
    private static void AddChanges(ImmutableArray<HistoryPoint> points, int countMax, SortedSet<int> kept)
    {
        int most = kept.Count + ((countMax - kept.Count) / 2);
        for (int index = points.Length - 1; index > 0 && kept.Count <= most - 2; index--)
        {
            if (points[index].Stage == points[index - 1].Stage) continue;
            kept.Add(index);
            kept.Add(index - 1);
        }
    }
}
