using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Instruments;

namespace Breakwater.Markets;

/// <summary>Adds the depth of order books up, each listing once (METHODOLOGY 4.4, row 6 of 12).</summary>
internal static class DepthAssembly
{
    /// <summary>D1 is the depth within 1 % (METHODOLOGY 4.4).</summary>
    private const double NearFraction = 0.01;

    /// <summary>Depth "now" is the median of the last hour: long enough that no single sample matters.</summary>
    private const long NowMilliseconds = Timestamp.HourMilliseconds;

    /// <summary>D_ref is a 30-day median (METHODOLOGY 4.4).</summary>
    private const long ReferenceMilliseconds = 30 * Timestamp.DayMilliseconds;

    /// <summary>With fewer samples in its hour, a book says nothing that one bad sample could not make up.</summary>
    private const int SamplesMinimum = 5;

    /// <summary>Percentages are rounded when written: 1 % is 0.01 to one part in a million.</summary>
    private const double DistanceTolerance = 1.000001;

    /// <summary>Depth of all books of an asset; <c>null</c>, with findings, where none can be used.</summary>
    /// <param name="seen">Observations of the asset.</param>
    /// <param name="at">Time of the snapshot; nothing later is read.</param>
    /// <param name="findings">Takes what is missing, doubtful or left out.</param>
    internal static MarketDepth? Of(UnderlyingObservations seen, Timestamp at, List<Finding> findings)
    {
        List<BookDepth> books = [];
        foreach (DepthSeries series in DepthListings.Distinct(seen.Asset, seen.Depths, findings))
        {
            if (Read(seen.Asset, series, at, findings) is { } book)
            {
                books.Add(book);
            }
        }

        if (books.Count == 0)
        {
            findings.Add(new Finding(
                FindingKind.MissingInput, seen.Asset.Name,
                "no depth of order books: volatility and impact are not adjusted for it"));
            return null;
        }

        return new MarketDepth(
            Sum(books), books.Sum(book => book.NearUsd), books.Sum(book => book.ReferenceUsd));
    }

    private static BookDepth? Read(AssetId asset, DepthSeries series, Timestamp at, List<Finding> findings)
    {
        ImmutableArray<DepthSample> known =
        [
            .. series.Samples.Where(sample =>
                sample.At <= at && at.MillisecondsSince(sample.At) <= ReferenceMilliseconds && IsCoherent(sample)),
        ];
        Report(asset, series, known.Length, at, findings);
        bool isFresh = !known.IsEmpty
            && at.MillisecondsSince(known[^1].At) <= SnapshotAssembly.UnusableMilliseconds;
        ImmutableArray<DepthSample> now = isFresh
            ? [.. known.Where(sample => known[^1].At.MillisecondsSince(sample.At) < NowMilliseconds)]
            : [];
        if (now.Length < SamplesMinimum)
        {
            string why = isFresh
                ? $"{now.Length} good samples in the last hour, {SamplesMinimum} wanted"
                : known.IsEmpty ? "no good sample" : $"the newest good sample is of {known[^1].At}";
            findings.Add(new Finding(
                isFresh ? FindingKind.ImpreciseEstimate : FindingKind.StaleInput, asset.Name,
                $"depth of {series.Source} is not used: {why}"));
            return null;
        }

        ReportReference(asset, series, known[^1].At.MillisecondsSince(known[0].At), findings);
        ImmutableArray<DepthLevel> levels = Medians(now);
        double near = Within(levels, NearFraction);
        double reference = Within(Medians(known), NearFraction);
        return near > 0d && reference > 0d ? new BookDepth(levels, near, reference) : null;
    }

    private static void Report(
        AssetId asset, DepthSeries series, int knownCount, Timestamp at, List<Finding> findings)
    {
        int inWindow = series.Samples.Count(sample =>
            sample.At <= at && at.MillisecondsSince(sample.At) <= ReferenceMilliseconds);
        if (series.SuspectCount > 0)
        {
            findings.Add(new Finding(
                FindingKind.AbsurdValue, asset.Name,
                $"{series.SuspectCount} samples of {series.Source} are marked suspect: not used"));
        }

        if (knownCount < inWindow)
        {
            findings.Add(new Finding(
                FindingKind.AbsurdValue, asset.Name,
                $"{inWindow - knownCount} of {inWindow} samples of {series.Source} fall with the distance or lack a "
                    + "side: not used"));
        }
    }

    private static void ReportReference(
        AssetId asset, DepthSeries series, long spanMilliseconds, List<Finding> findings)
    {
        const long Wanted = 29 * Timestamp.DayMilliseconds; // of 30 days the first and the last may be parts
        if (spanMilliseconds < Wanted)
        {
            string days = ((double)spanMilliseconds / Timestamp.DayMilliseconds).ToString(
                "0.0", CultureInfo.InvariantCulture);
            findings.Add(new Finding(
                FindingKind.ImpreciseEstimate, asset.Name,
                $"{series.Source}: {days} days of depth for its reference, 30 wanted"));
        }
    }

    private static bool IsCoherent(DepthSample sample) =>
        IsRising(sample.Bids) && IsRising(sample.Asks)
        && Within(sample.Bids, NearFraction) > 0d && Within(sample.Asks, NearFraction) > 0d;

    private static bool IsRising(ImmutableArray<DepthLevel> levels)
    {
        for (int level = 1; level < levels.Length; level++)
        {
            if (levels[level].CumulativeUsd < levels[level - 1].CumulativeUsd)
            {
                return false;
            }
        }

        return !levels.IsEmpty;
    }

    // Depth at the greatest stated distance not beyond the one asked for: never more than what was seen.
    private static double Within(ImmutableArray<DepthLevel> levels, double distanceFraction)
    {
        double depth = 0d;
        foreach (DepthLevel level in levels)
        {
            depth = level.DistanceFraction <= distanceFraction * DistanceTolerance ? level.CumulativeUsd : depth;
        }

        return depth;
    }

    private static ImmutableArray<DepthLevel> Medians(ImmutableArray<DepthSample> samples)
    {
        double[] distances =
            [.. samples.SelectMany(sample => sample.Bids.Select(level => level.DistanceFraction)).Distinct().Order()];
        ImmutableArray<DepthLevel>.Builder levels = ImmutableArray.CreateBuilder<DepthLevel>(distances.Length);
        double least = 0d;
        foreach (double distance in distances)
        {
            double median = SampleMedian.Of([.. samples.Select(sample =>
                Math.Min(Within(sample.Bids, distance), Within(sample.Asks, distance)))]);
            least = Math.Max(least, median);
            levels.Add(new DepthLevel(distance, least));
        }

        return levels.MoveToImmutable();
    }

    private static ImmutableArray<DepthLevel> Sum(List<BookDepth> books) =>
    [
        .. books.SelectMany(book => book.Levels.Select(level => level.DistanceFraction)).Distinct().Order()
            .Select(distance => new DepthLevel(distance, books.Sum(book => Within(book.Levels, distance)))),
    ];

    private sealed record BookDepth(ImmutableArray<DepthLevel> Levels, double NearUsd, double ReferenceUsd);
}
