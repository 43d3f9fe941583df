using System.Globalization;
using System.Text.Json;
using Breakwater.Cli.Loads;
using Breakwater.Cli.Terminal;

namespace Breakwater.Cli.Sieges;

/// <summary>What a siege came to, as tables or JSON.</summary>
internal static class SiegeReport
{
    private const double BytesPerMegabyte = 1e6;

    /// <summary>Writes it as the shell asks.</summary>
    internal static void Write(Shell shell, SiegeResult result)
    {
        if (shell.IsJson)
        {
            JsonOutput.Write(shell.Output, json => json.Object(() => WriteMembers(json, result)));
            return;
        }

        TextWriter output = shell.Output;
        TextTable probes = new(
            ["somebody who means well", ">asked", ">failed",
                .. LoadTally.Quantiles.Select(static own => $">{own.Name}, ms"), ">max, ms"]);
        foreach ((string when, LoadResult load) in Both(result))
        {
            LoadTally own = load.Tallies[0]; // of one kind
            probes.Row(
            [
                when, Text(own.DueCount), Text(own.FailedCount),
                .. LoadTally.Quantiles.Select(quantile => Text(own.QuantileMs(quantile.Share))),
                Text(own.QuantileMs(1d)),
            ]);
        }

        probes.Write(output);
        TextTable sockets = new("sockets", ">opened", ">ended", ">not taken", "answers");
        foreach (SiegeCount own in result.Tally.Counts)
        {
            sockets.Row(
                own.Kind.ToString(), Text(own.OpenedCount), Text(own.EndedCount), Text(own.RefusedCount),
                string.Join(", ", result.Tally.Answers.Where(answer => answer.Kind == own.Kind)
                    .Select(static answer => $"{answer.Status}: {answer.Count}")));
        }

        sockets.Write(output);
        output.WriteLine($"most sockets at once: {result.Tally.OpenMax}");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"resident memory, MB: {result.Memory.Before / BytesPerMegabyte:0} before, "
            + $"{result.Memory.Most / BytesPerMegabyte:0} at most during, "
            + $"{result.Memory.After / BytesPerMegabyte:0} after"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"processors busy with the server: {result.CpuShares.Before:0.00} before, "
            + $"{result.CpuShares.During:0.00} during"));
    }

    private static (string When, LoadResult Load)[] Both(SiegeResult result) =>
        [("before", result.Before), ("during", result.During)];

    private static void WriteMembers(Utf8JsonWriter json, SiegeResult result)
    {
        json.WriteBoolean("isHeld", result.IsHeld);
        json.Objects("probes", Both(result), own =>
        {
            LoadTally tally = own.Load.Tallies[0]; // of one kind
            json.WriteString("when", own.When);
            json.WriteNumber("asked", tally.DueCount);
            json.WriteNumber("failed", tally.FailedCount);
            json.WriteNumber("p50Ms", tally.QuantileMs(0.5) ?? 0d);
            json.WriteNumber("p99Ms", tally.QuantileMs(0.99) ?? 0d);
            json.WriteNumber("maxMs", tally.QuantileMs(1d) ?? 0d);
        });
        json.Objects("sockets", result.Tally.Counts, own =>
        {
            json.WriteString("kind", own.Kind.ToString());
            json.WriteNumber("opened", own.OpenedCount);
            json.WriteNumber("ended", own.EndedCount);
            json.WriteNumber("notTaken", own.RefusedCount);
            json.Objects("answers", result.Tally.Answers.Where(answer => answer.Kind == own.Kind), answer =>
            {
                json.WriteNumber("status", answer.Status);
                json.WriteNumber("count", answer.Count);
            });
        });
        json.WriteNumber("socketsMost", result.Tally.OpenMax);
        json.WriteNumber("residentBytesBefore", result.Memory.Before);
        json.WriteNumber("residentBytesMost", result.Memory.Most);
        json.WriteNumber("residentBytesAfter", result.Memory.After);
        json.WriteNumber("processorsBefore", result.CpuShares.Before);
        json.WriteNumber("processorsDuring", result.CpuShares.During);
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(double? value) => value?.ToString("0.0", CultureInfo.InvariantCulture) ?? "–";
}
