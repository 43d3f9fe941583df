using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Forecasts;

/// <summary>Names the holes of an hourly history, what bridged each and what it says.</summary>
internal static class HistoryHoles
{
    /// <summary>Holes named one by one; older ones are counted in one finding.</summary>
    private const int NamedMaximum = 12;

    /// <summary>A gap of up to two hours is a late bar, not a hole (PriceHistory).</summary>
    private const long GapMilliseconds = 2 * Timestamp.HourMilliseconds;

    /// <summary>Findings, newest hole first.</summary>
    /// <param name="market">The underlying with its history and volatility index.</param>
    /// <param name="points">What the filter saw.</param>
    public static ImmutableArray<Finding> Of(UnderlyingMarket market, ImmutableArray<FilterPoint> points)
    {
        ImmutableArray<Finding>.Builder findings = ImmutableArray.CreateBuilder<Finding>();
        int holes = 0;
        long hours = 0;
        int end = points.Length - 1;
        while (end > 0)
        {
            int start = end - 1;
            while (start > 0 && !points[start].IsHourly)
            {
                start--;
            }

            long gap = points[end].UnixMilliseconds - points[start].UnixMilliseconds;
            if (gap > GapMilliseconds)
            {
                holes++;
                hours += gap / Timestamp.HourMilliseconds;
                AddNamed(findings, market, points.AsSpan(start, end - start + 1));
            }

            end = start;
        }

        if (holes > NamedMaximum)
        {
            findings.Add(new Finding(FindingKind.HistoryHole, market.Asset.Name, FormattableString.Invariant(
                $"{holes} holes of {hours} h in all; the {NamedMaximum} newest are named")));
        }

        return findings.ToImmutable();
    }

    private static void AddNamed(
        ImmutableArray<Finding>.Builder findings, UnderlyingMarket market, ReadOnlySpan<FilterPoint> hole)
    {
        if (findings.Count >= NamedMaximum)
        {
            return;
        }

        Timestamp from = Timestamp.FromUnixMilliseconds(hole[0].UnixMilliseconds);
        Timestamp to = Timestamp.FromUnixMilliseconds(hole[^1].UnixMilliseconds);
        double squares = 0d;
        double longest = 0d;
        for (int index = 1; index < hole.Length; index++)
        {
            double step = hole[index].HoursSince(hole[index - 1]);
            squares += hole[index].SquaredHourlySince(hole[index - 1]) * step;
            longest = Math.Max(longest, step);
        }

        double volatility = Math.Sqrt(squares / to.YearsSince(from));
        string bridged = hole.Length > 2
            ? FormattableString.Invariant($"bridged by {hole.Length - 2} coarser prices at most {longest:0.#} h apart")
            : "bridged by nothing but its two ends";
        string message = string.Create(
            CultureInfo.InvariantCulture,
            $"no hourly closes from {from} to {to} ({hole[^1].HoursSince(hole[0]):0.#} h): {bridged}, "
            + $"realised volatility {volatility:0.000} per √year spread over it{IndexText(market, from, to)}; "
            + $"no return is invented");
        findings.Add(new Finding(FindingKind.HistoryHole, market.Asset.Name, message));
    }

    // The index informs the reader. It may raise the forecast only through the surface it stands for (METHODOLOGY 3.2).
    private static string IndexText(UnderlyingMarket market, Timestamp from, Timestamp to)
    {
        double sum = 0d;
        int count = 0;
        foreach (PricePoint point in market.VolatilityIndex)
        {
            if (point.At > from && point.At <= to)
            {
                sum += point.Value;
                count++;
            }
        }

        return count > 0
            ? FormattableString.Invariant($", volatility index {sum / count:0.000} on average")
            : string.Empty;
    }
}
