using System.Globalization;
using System.Text.Json;
using Breakwater.Cli.Terminal;

namespace Breakwater.Cli.Loads;

/// <summary>What a load came to, as tables or JSON.</summary>
internal static class LoadReport
{
    /// <summary>Writes it as the shell asks.</summary>
    internal static void Write(Shell shell, LoadResult result)
    {
        if (shell.IsJson)
        {
            JsonOutput.Write(shell.Output, json => json.Object(() => WriteMembers(json, result)));
            return;
        }

        WriteTables(shell.Output, result);
    }

    private static void WriteTables(TextWriter output, LoadResult result)
    {
        (double rate, double seconds) = (result.Request.RatePerSecond, result.Request.Length.TotalSeconds);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{rate:0.###} requests a second for {seconds:0.###} s, each timed from when it was due"));
        TextTable latencies = new(
        [
            "kind", ">due", ">refused", ">failed",
            .. LoadTally.Quantiles.Select(static own => $">{own.Name}, ms"), ">max, ms",
        ]);
        TextTable statuses = new("kind", "answer", ">count");
        foreach (LoadTally own in result.Tallies)
        {
            string name = LoadMix.NameOf(own.Kind);
            latencies.Row(
            [
                name, Count(own.DueCount), Count(own.RefusedCount), Count(own.FailedCount),
                .. LoadTally.Quantiles.Select(quantile => Milliseconds(own.QuantileMs(quantile.Share))),
                Milliseconds(own.QuantileMs(1d)),
            ]);
            foreach ((int status, int count) in own.Statuses) statuses.Row(name, Named(status), Count(count));
        }

        latencies.Write(output);
        statuses.Write(output);
        CadenceKept kept = result.Cadence;
        string each = Milliseconds(kept.MeanMilliseconds);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"ticks: {kept.MadeCount} made, {kept.DueCount:0.0} due, one every {kept.IntervalMilliseconds} ms; ")
            + $"{each} ms each");
    }

    private static void WriteMembers(Utf8JsonWriter json, LoadResult result)
    {
        json.WriteNumber("ratePerSecond", result.Request.RatePerSecond);
        json.WriteNumber("seconds", result.Request.Length.TotalSeconds);
        json.Objects("kinds", result.Tallies, own =>
        {
            json.WriteString("kind", LoadMix.NameOf(own.Kind));
            json.WriteNumber("due", own.DueCount);
            json.WriteNumber("refused", own.RefusedCount);
            json.WriteNumber("failed", own.FailedCount);
            json.Objects("answers", own.Statuses, status =>
            {
                json.WriteString("answer", Named(status.Status));
                json.WriteNumber("count", status.Count);
            });
            json.Object("latencyMs", () =>
            {
                foreach ((string name, double share) in LoadTally.Quantiles) Number(json, name, own.QuantileMs(share));
                Number(json, "max", own.QuantileMs(1d));
            });
        });
        json.Object("ticks", () =>
        {
            json.WriteNumber("made", result.Cadence.MadeCount);
            json.WriteNumber("due", Math.Round(result.Cadence.DueCount, 1));
            json.WriteNumber("intervalMs", result.Cadence.IntervalMilliseconds);
            Number(json, "meanMs", result.Cadence.MeanMilliseconds);
        });
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } known) json.WriteNumber(name, Math.Round(known, 3));
        else json.WriteNull(name);
    }

    private static string Named(int status) => status switch
    {
        LoadSample.Unanswered => "none",
        LoadSample.NotSent => "not sent",
        _ => status.ToString(CultureInfo.InvariantCulture),
    };

    private static string Milliseconds(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-";

    private static string Count(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
