using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Breakwater.Cli.Benchmarks;
using Breakwater.Cli.Loads;
using Breakwater.Cli.Terminal;

namespace Breakwater.Cli.Drills;

/// <summary>A soak in a table and JSON.</summary>
internal static class SoakReport
{
    private const double MiB = 1 << 20;
    private static readonly ImmutableArray<double> Shares = [0.5, 0.99, 1d];

    /// <summary>One interval in a line, as it ends.</summary>
    /// <param name="interval">The interval.</param>
    public static string Line(SoakInterval interval) => string.Create(
        CultureInfo.InvariantCulture,
        $"interval {interval.Number}: {interval.ResidentBytesMedian / MiB:0} MiB, {interval.HandleCountMax} handles, ")
        + string.Join(", ", interval.Load.Tallies.Select(static own =>
            $"{LoadMix.NameOf(own.Kind)} {Milliseconds(own.QuantileMs(0.5))} ms"));

    /// <summary>Writes it.</summary>
    /// <param name="shell">Where and how.</param>
    /// <param name="result">What was found.</param>
    public static void Write(Shell shell, SoakResult result)
    {
        if (shell.IsJson) JsonOutput.Write(shell.Output, json => json.Object(() => WriteMembers(json, result)));
        else WriteTable(shell.Output, result);
    }

    private static void WriteTable(TextWriter output, SoakResult result)
    {
        Machine machine = Machine.Here();
        output.WriteLine($"machine: {machine.Cpu}, {machine.Processors} processors, {machine.Runtime}");
        TextTable table = new(
        [
            ">interval", ">RSS, MiB", ">handles", ">queue, most", ">events applied", ">ticks", ">ms a tick",
            ">stream lines",
            .. result.Request.Mix.Kinds.Select(static kind => $">{LoadMix.NameOf(kind)}: median, 99 %, most, ms"),
        ]);
        foreach (SoakInterval own in result.Intervals)
        {
            table.Row(
            [
                Count(own.Number), Count((long)(own.ResidentBytesMedian / MiB)), Count(own.HandleCountMax),
                Count(own.QueuedCountMax), Count(own.Looks[^1].EventCount), Count(own.Load.Cadence.MadeCount),
                Milliseconds(own.Load.Cadence.MeanMilliseconds), Count(own.StreamedCount),
                .. own.Load.Tallies.Select(static kind =>
                    string.Join(", ", Shares.Select(share => Milliseconds(kind.QuantileMs(share))))),
            ]);
        }

        table.Write(output);
        output.WriteLine(result.MemoryGrowthFraction is { } growth
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"memory of the last third against the middle one: {100 * growth:+0.0;-0.0} % ")
                + $"(bar: {100 * SoakResult.GrowthFractionMax:0} %)"
            : "too short to say whether memory grows");
        output.WriteLine(
            $"requests not answered: {result.FailedCount}; what-if refused by the mode of a market: "
            + $"{result.RefusedCount}; followers cut off: {result.BrokenStreamCount}");
        output.WriteLine(result.HasHeld ? "it held" : "IT DID NOT HOLD");
    }

    private static void WriteMembers(Utf8JsonWriter json, SoakResult result)
    {
        json.WriteBoolean("hasHeld", result.HasHeld);
        json.WriteBoolean("isFlat", result.IsFlat);
        json.WriteNumber("refused", result.RefusedCount);
        json.WriteNumber("failed", result.FailedCount);
        json.WriteNumber("brokenStreams", result.BrokenStreamCount);
        if (result.MemoryGrowthFraction is { } growth) json.WriteNumber("memoryGrowthFraction", growth);
        json.Objects("intervals", result.Intervals, own =>
        {
            json.WriteNumber("interval", own.Number);
            json.WriteNumber("residentBytes", own.ResidentBytesMedian);
            json.WriteNumber("handles", own.HandleCountMax);
            json.WriteNumber("queuedMax", own.QueuedCountMax);
            json.WriteNumber("events", own.Looks[^1].EventCount);
            json.WriteNumber("streamLines", own.StreamedCount);
            json.Objects("kinds", own.Load.Tallies, kind =>
            {
                json.WriteString("kind", LoadMix.NameOf(kind.Kind));
                json.WriteNumber("due", kind.DueCount);
                json.WriteNumber("refused", kind.RefusedCount);
                json.WriteNumber("failed", kind.FailedCount);
                json.WriteNumber("p50Ms", kind.QuantileMs(0.5) ?? 0d);
                json.WriteNumber("p99Ms", kind.QuantileMs(0.99) ?? 0d);
                json.WriteNumber("maxMs", kind.QuantileMs(1d) ?? 0d);
            });
        });
    }

    private static string Milliseconds(double? value) =>
        value?.ToString("#,0.0", CultureInfo.InvariantCulture) ?? "-";

    private static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
