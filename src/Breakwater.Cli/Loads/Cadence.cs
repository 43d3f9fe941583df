using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Breakwater.Cli.Loads;

/// <summary>How many ticks a server has made, as its metrics say.</summary>
/// <param name="ReadAt">When they were read, of the clock of this process.</param>
/// <param name="TickCount">Ticks since it started, or between two readings.</param>
/// <param name="TickMilliseconds">Time spent on them, likewise.</param>
/// <param name="IntervalMilliseconds">Time between ticks that it was asked to keep.</param>
internal sealed record Cadence(long ReadAt, long TickCount, long TickMilliseconds, long IntervalMilliseconds)
{
    /// <summary>Reads <c>/metrics</c>.</summary>
    /// <param name="http">A client of the server.</param>
    /// <exception cref="HttpRequestException">The server is not there.</exception>
    /// <exception cref="JsonException">It is no server of ours.</exception>
    internal static async Task<Cadence> ReadAsync(HttpClient http)
    {
        string text = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative)).ConfigureAwait(false);
        long at = Stopwatch.GetTimestamp();
        return new Cadence(
            at, (long)Value(text, "breakwater_ticks_total"), Milliseconds(text, "breakwater_tick_seconds_total"),
            Milliseconds(text, "breakwater_tick_interval_seconds"));
    }

    /// <summary>What happened since an earlier reading.</summary>
    /// <param name="before">The earlier reading.</param>
    internal CadenceKept Since(Cadence before) => new(
        TickCount - before.TickCount,
        Stopwatch.GetElapsedTime(before.ReadAt, ReadAt).TotalMilliseconds / IntervalMilliseconds,
        IntervalMilliseconds,
        TickCount == before.TickCount
            ? null
            : (TickMilliseconds - before.TickMilliseconds) / (double)(TickCount - before.TickCount));

    /// <summary>Value of a series of the metrics.</summary>
    /// <param name="text">The metrics.</param>
    /// <param name="series">Its name.</param>
    /// <exception cref="JsonException">There is no such series.</exception>
    internal static double Value(string text, string series)
    {
        foreach (string line in text.Split('\n'))
        {
            if (line.StartsWith(series + " ", StringComparison.Ordinal)
                && double.TryParse(line[(series.Length + 1)..], CultureInfo.InvariantCulture, out double value))
            {
                return value;
            }
        }

        throw new JsonException($"the metrics have no series {series}");
    }

    private static long Milliseconds(string text, string series) => (long)Math.Round(1_000d * Value(text, series));
}

/// <summary>Ticks of a server during a load.</summary>
/// <param name="MadeCount">Ticks made.</param>
/// <param name="DueCount">Ticks due: length ÷ interval. Made and due differ by less than one if the cadence is kept.
/// </param>
/// <param name="IntervalMilliseconds">Time between ticks that it was asked to keep.</param>
/// <param name="MeanMilliseconds">Mean time a tick took; <c>null</c> if there was none.</param>
internal sealed record CadenceKept(
    long MadeCount, double DueCount, long IntervalMilliseconds, double? MeanMilliseconds);
