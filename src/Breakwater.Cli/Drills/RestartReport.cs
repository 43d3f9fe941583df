using System.Globalization;
using System.Text.Json;
using Breakwater.Cli.Benchmarks;
using Breakwater.Cli.Terminal;

namespace Breakwater.Cli.Drills;

/// <summary>A restart drill in words, a table and JSON.</summary>
internal static class RestartReport
{
    /// <summary>Writes it.</summary>
    /// <param name="shell">Where and how.</param>
    /// <param name="result">What was found.</param>
    public static void Write(Shell shell, RestartResult result)
    {
        if (shell.IsJson) JsonOutput.Write(shell.Output, json => json.Object(() => WriteMembers(json, result)));
        else WriteTable(shell.Output, result);
    }

    private static void WriteTable(TextWriter output, RestartResult result)
    {
        Machine machine = Machine.Here();
        output.WriteLine($"machine: {machine.Cpu}, {machine.Processors} processors, {machine.Runtime}");
        TextTable table = new("step", ">events", ">CPU, s", ">wall, s", ">µs an event, CPU", ">bar, s");
        Row(table, "journal written", result.EventCount, result.Writing, null);
        Row(table, "rebuild: every record applied, 1 thread", result.EventCount, result.Rebuild,
            RestartResult.RebuildSecondsMax);
        Row(table, "restart: newest snapshot and tail, 2 threads", result.TailCount, result.Restart,
            RestartResult.RestartSecondsMax);
        table.Write(output);
        output.WriteLine($"snapshot: {result.SnapshotBytes.ToString("#,0", CultureInfo.InvariantCulture)} bytes");
        output.WriteLine($"state rebuilt:   {result.RebuiltState}");
        output.WriteLine($"state restarted: {result.RestartedState}");
        output.WriteLine(result.IsOneState ? "one state" : "TWO STATES: a defect of ours");
        output.WriteLine(result.IsInTime
            ? "both within their bar by CPU time"
            : "not within its bar by CPU time (RELIABILITY P2)");
    }

    private static void Row(TextTable table, string step, long events, RoundTime time, double? bar) => table.Row(
        step, events.ToString("#,0", CultureInfo.InvariantCulture), Number(time.CpuSeconds), Number(time.WallSeconds),
        Number(1e6 * time.CpuSeconds / Math.Max(1, events)), bar is { } known ? $"≤ {Number(known)}" : "-");

    private static void WriteMembers(Utf8JsonWriter json, RestartResult result)
    {
        json.WriteNumber("events", result.EventCount);
        Write(json, "writing", result.Writing);
        Write(json, "rebuild", result.Rebuild);
        Write(json, "restart", result.Restart);
        json.WriteNumber("tailEvents", result.TailCount);
        json.WriteNumber("snapshotBytes", result.SnapshotBytes);
        json.WriteString("rebuiltState", result.RebuiltState);
        json.WriteString("restartedState", result.RestartedState);
        json.WriteBoolean("isOneState", result.IsOneState);
        json.WriteBoolean("isInTime", result.IsInTime);
    }

    private static void Write(Utf8JsonWriter json, string name, RoundTime time) => json.Object(name, () =>
    {
        json.WriteNumber("cpuSeconds", time.CpuSeconds);
        json.WriteNumber("wallSeconds", time.WallSeconds);
    });

    private static string Number(double value) => value.ToString("#,0.0", CultureInfo.InvariantCulture);
}
