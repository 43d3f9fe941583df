using Breakwater.Instruments;

namespace Breakwater.Adapters.Files;

/// <summary>Reads times from bytes: <c>2026-02-05T09:36:47Z</c>, with up to three decimals, or a date alone.</summary>
/// <remarks>The same texts as <see cref="Timestamp.TryParse"/>, without a string per field; a law holds them equal.
/// Counts of seconds, milliseconds or microseconds are no times: their unit could be confused (RELIABILITY T-I3).
/// </remarks>
internal static class TimeText
{
    /// <summary>Day number of 1970-01-01 in the proleptic Gregorian calendar counted from 0001-01-01.</summary>
    private const int UnixEpochDay = 719_162;

    private const int DateLength = 10;
    private const int SecondsLength = 19;

    /// <summary>Reads a time.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> text, out Timestamp time)
    {
        time = default;
        if (text.Length < DateLength || text[4] != '-' || text[7] != '-'
            || !TryDigits(text[..4], out int year) || !TryDigits(text[5..7], out int month)
            || !TryDigits(text[8..10], out int day) || !IsDate(year, month, day)
            || !TryTimeOfDay(text[DateLength..], out long milliseconds))
        {
            return false;
        }

        long days = new DateOnly(year, month, day).DayNumber - UnixEpochDay;
        time = Timestamp.FromUnixMilliseconds((days * Timestamp.DayMilliseconds) + milliseconds);
        return true;
    }

    private static bool IsDate(int year, int month, int day) =>
        year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    private static bool TryTimeOfDay(ReadOnlySpan<byte> text, out long milliseconds)
    {
        milliseconds = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        const int Length = SecondsLength - DateLength;
        if (text.Length < Length + 1 || text[0] != 'T' || text[3] != ':' || text[6] != ':' || text[^1] != 'Z'
            || !TryDigits(text[1..3], out int hour) || !TryDigits(text[4..6], out int minute)
            || !TryDigits(text[7..9], out int second) || hour > 23 || minute > 59 || second > 59
            || !TryFraction(text[Length..^1], out int thousandths))
        {
            return false;
        }

        milliseconds = (((((hour * 60L) + minute) * 60) + second) * 1000) + thousandths;
        return true;
    }

    private static bool TryFraction(ReadOnlySpan<byte> text, out int thousandths)
    {
        thousandths = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        if (text[0] != '.' || text.Length is < 2 or > 4 || !TryDigits(text[1..], out thousandths))
        {
            return false;
        }

        thousandths *= text.Length switch { 2 => 100, 3 => 10, _ => 1 };
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (byte character in text)
        {
            if (!char.IsAsciiDigit((char)character))
            {
                return false;
            }

            value = (value * 10) + (character - '0');
        }

        return true;
    }
}
