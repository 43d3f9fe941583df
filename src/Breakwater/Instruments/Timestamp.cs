using System.Globalization;

namespace Breakwater.Instruments;

/// <summary>An instant in UTC, to the millisecond.</summary>
/// <remarks>
/// The <c>default</c> value is 1970-01-01T00:00:00Z and is meaningful. Not a duration: differences are taken by
/// <see cref="YearsSince"/> and <see cref="MillisecondsSince"/>.
/// </remarks>
public readonly record struct Timestamp : IComparable<Timestamp>
{
    /// <summary>Milliseconds in a year of the methodology, ACT/365 (section 0).</summary>
    public const long YearMilliseconds = 31_536_000_000;

    /// <summary>Milliseconds in an hour.</summary>
    public const long HourMilliseconds = 3_600_000;

    /// <summary>Milliseconds in a day.</summary>
    public const long DayMilliseconds = 86_400_000;

    private static readonly string[] Formats =
        ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", "yyyy-MM-dd"];

    private Timestamp(long unixMilliseconds) => UnixMilliseconds = unixMilliseconds;

    /// <summary>Milliseconds since 1970-01-01T00:00:00Z.</summary>
    public long UnixMilliseconds { get; }

    /// <summary>The instant so many milliseconds after 1970-01-01T00:00:00Z.</summary>
    public static Timestamp FromUnixMilliseconds(long unixMilliseconds) => new(unixMilliseconds);

    /// <summary>Reads ISO 8601 in UTC: <c>2026-02-05T09:36:47Z</c>, with up to three decimals, or a date
    /// alone.</summary>
    public static bool TryParse(string? text, out Timestamp timestamp)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        bool valid = DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, Utc, out DateTime time);
        timestamp = valid
            ? new Timestamp((time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond)
            : default;
        return valid;
    }

    /// <summary>Reads ISO 8601 in UTC.</summary>
    /// <exception cref="FormatException">The text is not such a time.</exception>
    public static Timestamp Parse(string text) =>
        TryParse(text, out Timestamp timestamp)
            ? timestamp
            : throw new FormatException($"'{text}' is not a UTC time such as 2026-02-05T09:36:47Z");

    /// <summary>Signed time since <paramref name="earlier"/>, years of 365 days.</summary>
    public double YearsSince(Timestamp earlier) => (double)MillisecondsSince(earlier) / YearMilliseconds;

    /// <summary>Signed time since <paramref name="earlier"/>, milliseconds.</summary>
    public long MillisecondsSince(Timestamp earlier) => UnixMilliseconds - earlier.UnixMilliseconds;

    /// <summary>The instant <paramref name="milliseconds"/> later (earlier if negative).</summary>
    public Timestamp AddMilliseconds(long milliseconds) => new(UnixMilliseconds + milliseconds);

    /// <inheritdoc/>
    public int CompareTo(Timestamp other) => UnixMilliseconds.CompareTo(other.UnixMilliseconds);

    /// <summary>ISO 8601 in UTC, with milliseconds only where they are not zero.</summary>
    public override string ToString() =>
        DateTime.UnixEpoch.AddTicks(UnixMilliseconds * TimeSpan.TicksPerMillisecond)
            .ToString(
                UnixMilliseconds % 1000 == 0 ? Formats[0] : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
                CultureInfo.InvariantCulture);

    /// <summary>Order in time.</summary>
    public static bool operator <(Timestamp left, Timestamp right) => left.CompareTo(right) < 0;

    /// <summary>Order in time.</summary>
    public static bool operator <=(Timestamp left, Timestamp right) => left.CompareTo(right) <= 0;

    /// <summary>Order in time.</summary>
    public static bool operator >(Timestamp left, Timestamp right) => left.CompareTo(right) > 0;

    /// <summary>Order in time.</summary>
    public static bool operator >=(Timestamp left, Timestamp right) => left.CompareTo(right) >= 0;
}
