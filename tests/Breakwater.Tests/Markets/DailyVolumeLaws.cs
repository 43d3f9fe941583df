using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Tests.Markets;

public sealed class DailyVolumeLaws
{
    private static readonly Timestamp At = Timestamp.Parse("2026-02-05T09:36:47Z");
    private static readonly Timestamp Midnight = Timestamp.Parse("2026-02-05T00:00:00Z");

    [Fact]
    public void A_day_is_the_sum_of_its_hours_and_only_if_all_are_known()
    {
        ImmutableArray<DailyVolume> days = VolumeAssembly.Of([Bars(24 * 3 + 5, Timestamp.HourMilliseconds, 2d)], At);

        // 77 hours before midnight: the oldest five are no day.
        Assert.Equal([48d, 48d, 48d], days.Select(day => day.VolumeUsd));
        Assert.Equal(Midnight, days[^1].End);
    }

    [Fact]
    public void A_day_with_an_hour_missing_is_no_day()
    {
        PriceSeries hours = Bars(48, Timestamp.HourMilliseconds, 1d);
        PriceSeries holed = hours with { Closes = hours.Closes.RemoveAt(30), Bars = hours.Bars.RemoveAt(30) };

        Assert.Single(VolumeAssembly.Of([holed], At));
    }

    [Fact]
    public void A_day_file_and_an_hour_file_do_not_count_twice()
    {
        PriceSeries daily = Bars(10, Timestamp.DayMilliseconds, 100d);
        PriceSeries hourly = Bars(48, Timestamp.HourMilliseconds, 5d);

        Assert.Equal(
            [.. Enumerable.Repeat(100d, 8), 120d, 120d],
            VolumeAssembly.Of([daily, hourly], At).Select(day => day.VolumeUsd));
    }

    [Fact]
    public void The_running_day_does_not_count()
    {
        Timestamp evening = Timestamp.Parse("2026-02-04T23:59:59Z");
        Assert.Equal(9, VolumeAssembly.Of([Bars(10, Timestamp.DayMilliseconds, 100d)], evening).Length);
    }

    // Bars that end at midnight before the snapshot.
    private static PriceSeries Bars(int count, long barMilliseconds, double volumeUsd) => new(
        "bars", barMilliseconds,
        [
            .. Enumerable.Range(0, count).Select(bar =>
                new PricePoint(Midnight.AddMilliseconds((bar + 1 - count) * barMilliseconds), 70_000d)),
        ])
    {
        Bars = [.. Enumerable.Repeat(new BarDetail(null, null, null, volumeUsd), count)],
    };
}
