using System.Globalization;
using System.Text.Json;
using Breakwater.Cli.Benchmarks;
using Breakwater.Cli.Terminal;

namespace Breakwater.Cli.Drills;

/// <summary>A kill drill in words, a table and JSON.</summary>
internal static class KillReport
{
    /// <summary>Writes it.</summary>
    /// <param name="shell">Where and how.</param>
    /// <param name="result">What was found.</param>
    public static void Write(Shell shell, KillResult result)
    {
        if (shell.IsJson) JsonOutput.Write(shell.Output, json => json.Object(() => WriteMembers(json, result)));
        else WriteTable(shell.Output, result);
    }

    private static void WriteTable(TextWriter output, KillResult result)
    {
        Machine machine = Machine.Here();
        output.WriteLine($"machine: {machine.Cpu}, {machine.Processors} processors, {machine.Runtime}");
        TextTable bursts = new(
            "burst", ">clients", ">acknowledged", ">s", ">commands/s", ">CPU of the server, µs a command");
        Row(bursts, "until the kill", result.Request.ClientCount, result.Before);
        Row(bursts, "after the restart", result.Request.ClientCount, result.After);
        bursts.Write(output);
        KillProof proof = result.Proof;
        TextTable facts = new("proof", string.Empty);
        facts.Row("acknowledged, as the clients wrote down", Count(proof.AcknowledgedCount));
        facts.Row("their commands in the log", Count(proof.LoggedCount));
        facts.Row("lost", Count(proof.LostCount));
        facts.Row("there twice", Count(proof.RepeatedCount));
        facts.Row("there and never acknowledged", Count(proof.StrangeCount));
        facts.Row("out of order", Count(proof.DisorderedCount));
        facts.Row("under way when it was killed", Count(result.UnansweredCount));
        facts.Row("put off: sent again", Count(result.PutOffCount));
        facts.Row("restart, s", Number(result.Restart.TotalSeconds));
        facts.Row("events it applied again", Count(result.ReplayedCount));
        facts.Row("acknowledged after, median ms", Number(Quantile(result, 0.5)));
        facts.Row("acknowledged after, 99 in 100, ms", Number(Quantile(result, 0.99)));
        facts.Row("state of the server, 1 thread", result.LiveState);
        facts.Row("state of a full replay, 2 threads", result.ReplayedState);
        facts.Write(output);
        output.WriteLine(result.IsProven
            ? "kept: every acknowledged command once and in order, one state"
            : "NOT KEPT: a defect of ours");
    }

    private static void Row(TextTable table, string name, int clients, Burst burst) => table.Row(
        name, Count(clients), Count(burst.AcknowledgedCount), Number(burst.Spent.TotalSeconds),
        Count((long)burst.RatePerSecond), Number(burst.CpuMicroseconds));

    private static void WriteMembers(Utf8JsonWriter json, KillResult result)
    {
        json.WriteBoolean("isProven", result.IsProven);
        json.WriteNumber("acknowledged", result.Proof.AcknowledgedCount);
        json.WriteNumber("logged", result.Proof.LoggedCount);
        json.WriteNumber("lost", result.Proof.LostCount);
        json.WriteNumber("repeated", result.Proof.RepeatedCount);
        json.WriteNumber("strange", result.Proof.StrangeCount);
        json.WriteNumber("disordered", result.Proof.DisorderedCount);
        json.WriteNumber("unanswered", result.UnansweredCount);
        json.WriteNumber("putOff", result.PutOffCount);
        json.WriteNumber("acknowledgedBeforeKill", result.Before.AcknowledgedCount);
        json.WriteNumber("commandsPerSecond", result.Before.RatePerSecond);
        json.WriteNumber("commandsPerSecondAfter", result.After.RatePerSecond);
        json.WriteNumber("serverCpuMicroseconds", result.Before.CpuMicroseconds);
        json.WriteNumber("ackP50Ms", Quantile(result, 0.5));
        json.WriteNumber("ackP99Ms", Quantile(result, 0.99));
        json.WriteNumber("restartSeconds", result.Restart.TotalSeconds);
        json.WriteNumber("replayedEvents", result.ReplayedCount);
        json.WriteString("liveState", result.LiveState);
        json.WriteString("replayedState", result.ReplayedState);
    }

    private static double Quantile(KillResult result, double share) => result.LatenciesMs.IsEmpty
        ? 0d
        : result.LatenciesMs[(int)(share * (result.LatenciesMs.Length - 1))];

    private static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("#,0.0", CultureInfo.InvariantCulture);
}
