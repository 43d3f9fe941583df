using System.Collections.Immutable;
using System.Diagnostics;
using Breakwater.Adapters.Storage;
using Breakwater.Adapters.Storage.Projections;
using Breakwater.Cli.Terminal;

namespace Breakwater.Cli.Benchmarks;

/// <summary>Times a journal on a real disk: durable events a second, acknowledgement, replay, restart (RELIABILITY P2).
/// </summary>
/// <remarks>Rates are per second of wall clock, because a journal waits for its disk. Expected where a sync takes 0.1
/// ms: one writer 5,000 to 10,000 events/s; 64 writers what gathers meanwhile, until some 5 µs an event for its hash,
/// its copy and the waking of its writer fill the processors.</remarks>
internal static class JournalBenchmark
{
    private const double SustainedSeconds = 3.0;
    private const int InFlight = 4_096;
    private const int SnapshotBytesMax = 64 << 20;
    private const int FrameBytes = 96; // what a record adds to its payload (docs/adr/0088)
    private const int BlockBytes = 4_096;
    private const long SegmentBytesMin = 2L << 20;
    private const int TailShare = 100; // the snapshot stands before the last hundredth of the log
    private static readonly int[] WriterCounts = [1, 8, 64];

    /// <summary>Runs everything in a new folder, which is deleted afterwards.</summary>
    /// <param name="folder">Where that folder is made.</param>
    /// <param name="events">Events of the log that is replayed and opened again, and the most that one count of writers
    /// appends; ≥ 1.</param>
    /// <param name="payloadBytes">Payload of an event, bytes.</param>
    /// <param name="progress">Told what is under way.</param>
    public static ImmutableArray<BenchmarkResult> Run(string folder, long events, int payloadBytes, Progress progress)
    {
        string own = Path.Combine(folder, $"breakwater-journal-{Environment.ProcessId}");
        try
        {
            ImmutableArray<BenchmarkResult>.Builder results = ImmutableArray.CreateBuilder<BenchmarkResult>();
            foreach (int writers in WriterCounts)
            {
                progress.Step($"benchmark: {writers} writers");
                results.Add(Sustained(Path.Combine(own, $"writers-{writers}"), writers, events, payloadBytes));
            }

            string log = Path.Combine(own, "log");
            progress.Step($"benchmark: writing {events} events");
            results.Add(Written(log, events, payloadBytes));
            progress.Step($"benchmark: opening and reading {events} events");
            results.AddRange(ReadAgain(log, events, payloadBytes));
            return results.ToImmutable();
        }
        finally
        {
            if (Directory.Exists(own)) Directory.Delete(own, recursive: true);
        }
    }

    private static BenchmarkResult Sustained(string folder, int writers, long events, int payloadBytes)
    {
        using Journal journal = Open(folder, events, payloadBytes);
        JournalWriters closed = new(journal, writers, events, payloadBytes, SustainedSeconds);
        RoundTime time = Timed(closed.Run);
        ImmutableArray<long> waits = closed.SortedWaits();
        string variant = writers == 1 ? "1 writer, waits" : $"{writers} writers, each waits";
        return Result(variant, writers, time, waits.Length, "durable events/s") with
        {
            Figures =
            [
                ("ackP50Microseconds", Microseconds(waits[waits.Length / 2])),
                ("ackP99Microseconds", Microseconds(waits[(int)(waits.Length * 0.99)])),
                ("eventsPerCommit", (double)waits.Length / journal.Status.CommitCount),
            ],
        };
    }

    // One producer that keeps thousands under way, as the loop of a server does; then a snapshot near the end.
    private static BenchmarkResult Written(string folder, long events, int payloadBytes)
    {
        using Journal journal = Open(folder, events, payloadBytes);
        RoundTime time = Timed(() =>
        {
            Task<Appended>[] underWay = new Task<Appended>[InFlight];
            for (long i = 0; i < events; i++)
            {
                ref Task<Appended> place = ref underWay[i % InFlight];
                place?.Wait();
                place = journal.AppendAsync(BenchmarkEvent.Of(i, payloadBytes));
            }

            Task.WaitAll(underWay.OfType<Task<Appended>>());
        });
        long sequence = Math.Max(1, events - events / TailShare);
        byte[] state = new byte[Math.Min(SnapshotBytesMax, events)];
        RoundTime snapshot = Timed(() => journal.WriteSnapshot(sequence, state));
        return Result("1 writer, 4096 under way", 1, time, events, "durable events/s") with
        {
            Checksums = [("chain", journal.Durable.Chain.ToString())],
            Figures =
            [
                ("eventsPerCommit", (double)events / journal.Status.CommitCount),
                ("snapshotBytes", state.Length),
                ("snapshotSeconds", snapshot.WallSeconds),
            ],
        };
    }

    private static IEnumerable<BenchmarkResult> ReadAgain(string folder, long events, int payloadBytes)
    {
        Journal? opened = null;
        RoundTime open = Timed(() => opened = Open(folder, events, payloadBytes));
        using Journal journal = opened ?? throw new UnreachableException();
        yield return Result("open", 1, open, events, "events/s");

        Snapshot? snapshot = null;
        long tail = 0;
        RoundTime resume = Timed(() =>
        {
            snapshot = journal.ReadSnapshot();
            tail = Replay(journal, snapshot?.Point.Sequence ?? 0);
        });
        RoundTime restart = new(open.CpuSeconds + resume.CpuSeconds, open.WallSeconds + resume.WallSeconds);
        yield return Result("restart: open, snapshot, tail", 1, restart, 1, "restarts/s") with
        {
            Figures = [("snapshotSequence", snapshot?.Point.Sequence ?? 0), ("tailEvents", tail)],
        };

        long replayed = 0;
        RoundTime replay = Timed(() => replayed = Replay(journal, 0));
        yield return Result("replay of the whole log", 1, replay, replayed, "events/s") with
        {
            Checksums = [("chain", journal.Durable.Chain.ToString())],
        };

        using ProjectionHost host = ProjectionHost.Open(
            Path.Combine(folder, "projections.db"), [new EventsByKind()], journal);
        long projected = 0;
        RoundTime projecting = Timed(() => projected = host.CatchUp());
        yield return Result("projection: table of events", 1, projecting, projected, "events/s");
    }

    private static long Replay(Journal journal, long after)
    {
        using JournalCursor cursor = journal.ReadAfter(after);
        long count = 0;
        long bytes = 0;
        while (cursor.MoveNext())
        {
            count++;
            bytes += cursor.Current.Payload.Length;
        }

        return bytes < 0 ? 0 : count;
    }

    // A short log gets short segments: most of a short run would go into zeros.
    private static Journal Open(string folder, long events, int payloadBytes)
    {
        long bytes = Math.Clamp(
            events * (payloadBytes + FrameBytes), SegmentBytesMin, JournalOptions.Default.SegmentBytes);
        JournalOptions options = JournalOptions.Default with { SegmentBytes = bytes / BlockBytes * BlockBytes };
        return Journal.Open(FolderDisk.AtOrNew(folder), options).Value;
    }

    private static BenchmarkResult Result(string variant, int threads, RoundTime time, long work, string unit) =>
        new("journal", variant, threads, time, work / time.WallSeconds, unit, []);

    private static RoundTime Timed(Action act)
    {
        using Process process = Process.GetCurrentProcess();
        TimeSpan cpu = process.TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        act();
        TimeSpan wall = Stopwatch.GetElapsedTime(start);
        process.Refresh();
        return new RoundTime((process.TotalProcessorTime - cpu).TotalSeconds, wall.TotalSeconds);
    }

    private static double Microseconds(long ticks) => ticks * 1e6 / Stopwatch.Frequency;
}
