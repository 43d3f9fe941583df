using Breakwater.Instruments;

namespace Breakwater.Adapters.Files;

/// <summary>Clocks of a feed: whole numbers since 1970 in a stated unit. A number that is no time of this century in
/// that unit is refused: seconds, milliseconds and microseconds are easily confused (RELIABILITY T-I3).</summary>
internal static class FeedClock
{
    /// <summary>Units of a clock of milliseconds in a millisecond.</summary>
    internal const long MillisecondsPerMillisecond = 1;

    /// <summary>Units of a clock of microseconds in a millisecond.</summary>
    internal const long Microseconds = 1_000;

    /// <summary>Units of a clock of nanoseconds in a millisecond.</summary>
    internal const long Nanoseconds = 1_000_000;

    private const long EarliestMilliseconds = 946_684_800_000; // 2000-01-01
    private const long LatestMilliseconds = 4_102_444_800_000; // 2100-01-01

    /// <summary>Reads a time, rounded up to the millisecond: it was not known before.</summary>
    internal static bool TryRead(CsvTable table, int column, long unitsPerMillisecond, out Timestamp time)
    {
        bool isRead = table.TryWhole(
            column, EarliestMilliseconds * unitsPerMillisecond, LatestMilliseconds * unitsPerMillisecond,
            out long value);
        time = Timestamp.FromUnixMilliseconds((value + unitsPerMillisecond - 1) / unitsPerMillisecond);
        return isRead;
    }

    /// <summary>Checks a clock that is not used.</summary>
    internal static bool Check(CsvTable table, int column, long unitsPerMillisecond) =>
        TryRead(table, column, unitsPerMillisecond, out _);

    /// <summary>Refuses a time before the row before.</summary>
    internal static void CheckOrder(CsvTable table, int column, bool hasLast, Timestamp last, Timestamp time)
    {
        if (hasLast && time < last)
        {
            table.Refuse(FailureReason.OutOfOrder, "times must not fall", table[column], $"≥ {last}");
        }
    }
}
