using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Breakwater.Adapters.Storage;
using Breakwater.Cli.Benchmarks;
using Breakwater.Cli.Terminal;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Server.Loop;

namespace Breakwater.Cli.Drills;

/// <summary>What RELIABILITY P2 asks, tried: a journal of many events of the engine is rebuilt from its first record on
/// one thread, then opened again from its newest snapshot by another process on two, and both states are one.</summary>
/// <remarks>The snapshot is the worst that a server would have: it lacks a whole interval of events, as if the process
/// had been killed just before the next one was durable.</remarks>
internal static class RestartDrill
{
    private const int InFlight = 4_096;
    private const int RestartThreads = 2;
    private const string SnapshotPattern = "*.snapshot";

    private static readonly EngineMix Mix = EngineEvents.Mixes[^1].Mix; // everything together

    /// <summary>Runs it.</summary>
    /// <param name="folder">A new folder for the journal.</param>
    /// <param name="events">Events; ≥ 1.</param>
    /// <param name="interval">Events from snapshot to snapshot; ≥ 1.</param>
    /// <param name="told">Told how it goes.</param>
    public static Result<RestartResult> Run(string folder, long events, long interval, Action<string> told)
    {
        long written = 0;
        RoundTime writing = RoundTime.Of(() => written = Write(folder, events));
        told(string.Create(CultureInfo.InvariantCulture, $"{written:#,0} events are in the journal"));
        long step = Math.Min(interval, Math.Max(1, written / 4));
        Result<JournalReplay> rebuilt = JournalReplay.Run(folder, isFromFirst: true, threads: 1, told, step);
        if (!rebuilt.IsAccepted) return Result<RestartResult>.Refused(rebuilt.Failures);
        LoseNewest(folder, written - step);
        (JsonElement restart, double seconds) = Restarted(folder);
        return Result<RestartResult>.Accepted(new RestartResult(
            written, writing, rebuilt.Value.Time, rebuilt.Value.Digest.ToString(),
            new RoundTime(restart.GetProperty("cpuSeconds").GetDouble(), seconds),
            restart.GetProperty("replayedEvents").GetInt64(), restart.GetProperty("state").GetString()!, // printed
            Directory.GetFiles(folder, SnapshotPattern).Max(static path => new FileInfo(path).Length)));
    }

    private static long Write(string folder, long events)
    {
        using Journal journal = Journal.Open(FolderDisk.AtOrNew(folder), JournalOptions.Default).Value;
        Task<Appended>[] underWay = new Task<Appended>[InFlight];
        long count = 0;
        void Append(JournalEntry entry)
        {
            ref Task<Appended> place = ref underWay[count++ % InFlight];
            place?.Wait();
            place = journal.AppendAsync(entry);
        }

        RiskState begun = RiskState.Start(EngineEvents.Parameters);
        RiskEngine engine = new();
        List<RiskEvent> beginning = [.. EngineEvents.Beginning()];
        foreach (RiskEvent happened in beginning) begun = engine.Apply(begun, happened).State;
        Append(Genesis.Of(begun.At, EngineEvents.Parameters));
        foreach (RiskEvent happened in beginning.Concat(EngineEvents.Draw(begun, Mix, (int)events)))
        {
            Append(EventEntry.Of(happened, RiskEventEncoding.Encode(happened).AsMemory()));
        }

        Task.WaitAll(underWay.OfType<Task<Appended>>());
        return Genesis.EventOf(count);
    }

    private static void LoseNewest(string folder, long covered)
    {
        foreach (string path in Directory.GetFiles(folder, SnapshotPattern).Order(StringComparer.Ordinal).Skip(1))
        {
            long record = long.Parse(Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture);
            if (Genesis.EventOf(record) > covered) File.Delete(path);
        }
    }

    private static (JsonElement Report, double Seconds) Restarted(string folder)
    {
        long begun = Stopwatch.GetTimestamp();
        using Process process = OwnProcess.Start(
        [
            "journal", "replay", folder, "--json", "--threads",
            RestartThreads.ToString(CultureInfo.InvariantCulture),
        ]);
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        string printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        return (JsonDocument.Parse(printed).RootElement.Clone(), seconds);
    }
}

/// <summary>What a restart drill found.</summary>
/// <param name="EventCount">Events of the journal.</param>
/// <param name="Writing">Time of drawing and appending them.</param>
/// <param name="Rebuild">Time of applying all of them from the first record on, on one thread.</param>
/// <param name="RebuiltState">Digest of the state that gave.</param>
/// <param name="Restart">Time of a restart from the newest snapshot: processor time from opening the folder on, wall
/// time from the start of the process to its end.</param>
/// <param name="TailCount">Events that the restart applied.</param>
/// <param name="RestartedState">Digest of the state that gave.</param>
/// <param name="SnapshotBytes">Size of the snapshot, bytes.</param>
internal sealed record RestartResult(
    long EventCount, RoundTime Writing, RoundTime Rebuild, string RebuiltState, RoundTime Restart, long TailCount,
    string RestartedState, long SnapshotBytes)
{
    /// <summary>Longest restart, seconds (RELIABILITY P2).</summary>
    public const double RestartSecondsMax = 60d;

    /// <summary>Longest rebuild, seconds (RELIABILITY P2).</summary>
    public const double RebuildSecondsMax = 900d;

    /// <summary>Whether both ended in the same state.</summary>
    public bool IsOneState => RebuiltState == RestartedState;

    /// <summary>Whether both were in time, by processor time: other processes do not count.</summary>
    public bool IsInTime =>
        Rebuild.CpuSeconds <= RebuildSecondsMax && Restart.CpuSeconds <= RestartSecondsMax;
}
