using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Instruments;

namespace Breakwater.Markets;

/// <summary>Makes price series of any bar length into hourly and daily closes, with holes shown and bridged.</summary>
/// <remarks>
/// A close counts only if its bar closed not after the snapshot. Bars up to an hour give closes on the hour; longer
/// ones and the index prices of earlier chains stand inside the holes, as points, never as invented returns.
/// </remarks>
internal static class HistoryAssembly
{
    /// <summary>Closes further apart than this enclose a hole (METHODOLOGY 9.3: gaps over 2 h are listed).</summary>
    private const long HoleMilliseconds = 2 * Timestamp.HourMilliseconds;

    /// <summary>Holes listed one by one; the rest are summed up in one finding.</summary>
    private const int HolesListedMax = 12;

    /// <summary>Consecutive hourly closes that double or halve are reported: no hour of BTC or ETH has done
    /// so.</summary>
    private const double JumpRatio = 2;

    /// <summary>The history up to <paramref name="at"/>.</summary>
    /// <param name="seen">Observations of the asset.</param>
    /// <param name="at">Time of the snapshot.</param>
    /// <param name="index">The snapshot's own index price; <c>null</c> if it was itself taken from a series.</param>
    /// <param name="findings">Takes what is missing or doubtful.</param>
    internal static PriceHistory Build(
        UnderlyingObservations seen, Timestamp at, PricePoint? index, List<Finding> findings)
    {
        ImmutableArray<PricePoint> hourly = Closes(seen.Prices, at, Timestamp.HourMilliseconds, IsHourly);
        ImmutableArray<PricePoint> daily = Daily(seen.Prices, hourly, at);
        ImmutableArray<PricePoint> coarse = SeriesJoin.Join(
            [
                seen.EarlierIndexes,
                index is { } own ? [own] : [],
                .. seen.Prices.Where(series => !IsHourly(series)).Select(series => series.Closes),
            ],
            at);
        List<Hole> holes = Holes(hourly, coarse, at);
        string subject = seen.Asset.Name;
        ReportCoverage(subject, seen.Prices, hourly, findings);
        ReportHoles(subject, holes, findings);
        ReportJumps(subject, hourly, findings);
        return new PriceHistory(hourly, [.. holes.SelectMany(hole => hole.Bridges)], daily);
    }

    private static bool IsHourly(PriceSeries series) => series.BarMilliseconds <= Timestamp.HourMilliseconds;

    private static bool IsDaily(PriceSeries series) => series.BarMilliseconds == Timestamp.DayMilliseconds;

    private static ImmutableArray<PricePoint> Closes(
        ImmutableArray<PriceSeries> prices, Timestamp at, long multiple, Func<PriceSeries, bool> isOf) =>
        SeriesJoin.Join(prices.Where(isOf).Select(series => OnMultiples(series.Closes, multiple)), at);

    private static IEnumerable<PricePoint> OnMultiples(IEnumerable<PricePoint> points, long multiple) =>
        points.Where(point => point.At.UnixMilliseconds % multiple == 0);

    private static ImmutableArray<PricePoint> Daily(
        ImmutableArray<PriceSeries> prices, ImmutableArray<PricePoint> hourly, Timestamp at)
    {
        ImmutableArray<PricePoint> stated = Closes(prices, at, Timestamp.DayMilliseconds, IsDaily);
        return SeriesJoin.Join([OnMultiples(hourly, Timestamp.DayMilliseconds), stated], at);
    }

    private static List<Hole> Holes(ImmutableArray<PricePoint> hourly, ImmutableArray<PricePoint> coarse, Timestamp at)
    {
        List<Hole> holes = [];
        int next = 0;
        for (int close = 0; close < hourly.Length; close++)
        {
            Timestamp from = hourly[close].At;
            bool isLast = close == hourly.Length - 1;
            Timestamp to = isLast ? at : hourly[close + 1].At;
            if (to.MillisecondsSince(from) > HoleMilliseconds)
            {
                holes.Add(new Hole(from, to, isLast, Between(coarse, ref next, from, to, isLast)));
            }
        }

        return holes;
    }

    private static ImmutableArray<PricePoint> Between(
        ImmutableArray<PricePoint> coarse, ref int next, Timestamp from, Timestamp to, bool isEndIncluded)
    {
        while (next < coarse.Length && coarse[next].At <= from)
        {
            next++;
        }

        int start = next;
        while (next < coarse.Length && (coarse[next].At < to || (isEndIncluded && coarse[next].At == to)))
        {
            next++;
        }

        return coarse[start..next];
    }

    private static void ReportCoverage(
        string subject, ImmutableArray<PriceSeries> prices, ImmutableArray<PricePoint> hourly, List<Finding> findings)
    {
        if (hourly.IsEmpty)
        {
            findings.Add(new Finding(FindingKind.MissingInput, subject, "no hourly price history"));
        }

        findings.AddRange(prices
            .Where(series => IsHourly(series) && !series.Closes.IsEmpty
                && !OnMultiples(series.Closes, Timestamp.HourMilliseconds).Any())
            .Select(series => new Finding(
                FindingKind.AbsurdValue, subject,
                $"{series.Source}: no bar closes on the hour; the file adds nothing")));
    }

    private static void ReportHoles(string subject, List<Hole> holes, List<Finding> findings)
    {
        List<Hole> longest = [.. holes.OrderByDescending(hole => hole.Hours).ThenByDescending(hole => hole.From)];
        findings.AddRange(longest.Take(HolesListedMax).Select(hole =>
            new Finding(FindingKind.HistoryHole, subject, hole.Describe())));
        List<Hole> rest = [.. longest.Skip(HolesListedMax)];
        if (rest.Count > 0)
        {
            string sizes = string.Create(
                CultureInfo.InvariantCulture,
                $"the longest {rest[0].Hours:0.#} h, {rest.Sum(hole => hole.Hours):0.#} h together");
            int bridgeCount = rest.Sum(hole => hole.Bridges.Length);
            findings.Add(new Finding(
                FindingKind.HistoryHole, subject,
                $"{rest.Count} further holes of hourly closes, {sizes}; bridged by {bridgeCount} points"));
        }
    }

    private static void ReportJumps(string subject, ImmutableArray<PricePoint> hourly, List<Finding> findings)
    {
        FindingTally tally = new(subject, "hourly closes", hourly.Length);
        for (int close = 1; close < hourly.Length; close++)
        {
            double ratio = hourly[close].Value / hourly[close - 1].Value;
            bool isNext = hourly[close].At.MillisecondsSince(hourly[close - 1].At) <= HoleMilliseconds;
            if (isNext && (ratio > JumpRatio || ratio < 1 / JumpRatio))
            {
                tally.Count(
                    FindingKind.AbsurdValue, "double or halve the one before; kept", hourly[close].At.ToString());
            }
        }

        tally.AddTo(findings);
    }

    private sealed record Hole(Timestamp From, Timestamp To, bool IsTail, ImmutableArray<PricePoint> Bridges)
    {
        internal double Hours => (double)To.MillisecondsSince(From) / Timestamp.HourMilliseconds;

        internal string Describe()
        {
            string hours = Hours.ToString("0.#", CultureInfo.InvariantCulture);
            string end = IsTail ? $"{To}, the snapshot" : $"{To}";
            string bridged = Bridges.IsEmpty
                ? "nothing bridges it"
                : $"bridged by {Bridges.Length} daily closes and chain index prices";
            return $"no hourly closes after {From} and before {end} ({hours} h); {bridged}";
        }
    }
}
