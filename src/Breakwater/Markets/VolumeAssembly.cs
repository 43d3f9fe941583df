using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Markets;

/// <summary>Adds the volumes of bars up to calendar days; a day with a bar missing is no day.</summary>
internal static class VolumeAssembly
{
    /// <summary>Days kept: enough for a 30-day median that has to reach back over a hole (METHODOLOGY 4.4).</summary>
    internal const long DaysKept = 90;

    /// <summary>Volumes of the calendar days before <paramref name="at"/> that are known whole.</summary>
    /// <param name="prices">Series in order of argument: of a day stated by several the later wins, so that a day file
    /// and an hour file of one market do not count twice.</param>
    /// <param name="at">Time of the snapshot; a day that has not ended does not count.</param>
    internal static ImmutableArray<DailyVolume> Of(ImmutableArray<PriceSeries> prices, Timestamp at)
    {
        SortedDictionary<long, double> byDay = [];
        long lastDay = at.UnixMilliseconds / Timestamp.DayMilliseconds;
        foreach (PriceSeries series in prices.Where(IsPartOfDay))
        {
            foreach ((long day, double volume) in Days(series))
            {
                if (day < lastDay && day >= lastDay - DaysKept)
                {
                    byDay[day] = volume;
                }
            }
        }

        return
        [
            .. byDay.Select(day => new DailyVolume(
                Timestamp.FromUnixMilliseconds((day.Key + 1) * Timestamp.DayMilliseconds), day.Value)),
        ];
    }

    private static bool IsPartOfDay(PriceSeries series) =>
        series.Bars.Length == series.Closes.Length && Timestamp.DayMilliseconds % series.BarMilliseconds == 0;

    private static IEnumerable<(long Day, double VolumeUsd)> Days(PriceSeries series)
    {
        long needed = Timestamp.DayMilliseconds / series.BarMilliseconds;
        long current = long.MinValue;
        long known = 0;
        double sum = 0d;
        for (int bar = 0; bar < series.Closes.Length; bar++)
        {
            long open = series.Closes[bar].At.UnixMilliseconds - series.BarMilliseconds;
            long day = open / Timestamp.DayMilliseconds;
            (known, sum, current) = day == current ? (known, sum, day) : (0, 0d, day);
            if (series.Bars[bar].VolumeUsd is { } volume)
            {
                known++;
                sum += volume;
            }

            if (known == needed)
            {
                yield return (day, sum);
            }
        }
    }
}
