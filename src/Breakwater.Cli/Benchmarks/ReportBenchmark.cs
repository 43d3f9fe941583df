using System.Collections.Immutable;
using Breakwater.Adapters.Storage;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Server.Loop;

namespace Breakwater.Cli.Benchmarks;

/// <summary>W6: from a market event at the node to the digest of every account's margin, which a node would sign
/// (PERFORMANCE 1). Signing is not part of it yet.</summary>
/// <remarks>
/// A tick is a move of an index and the clock: both are appended to a journal on disk and waited for, decoded, applied
/// (the market valued, both margins of every account with all lines, memory and stages), published as a view, and the
/// digest is taken. Wall clock; by threads as asked. Expected on two quiet processors, each 3 GHz: 60 ms of processor
/// for 228 instruments in 4,186 scenarios at both horizons and times, 10 µs an account of 20 positions for cores and
/// lines, 2 µs for memory and digest.
/// </remarks>
internal static class ReportBenchmark
{
    private const int Accounts = 10_000;
    private const int AccountsShort = 200;
    private const int PositionsPerAccount = 20;
    private const int TicksPerRound = 20;
    private const int WarmUpTicks = 10;
    private const long TickMilliseconds = 1_000;
    private const double Step = 0.0005; // each tick moves one index by 0.05 %
    private const double LatePart = 0.99;

    /// <summary>The entry.</summary>
    public static BenchmarkEntry Entry { get; } = new(
        "W6", "market tick received to digest of all margins, 10,000 accounts x 20 positions, through a journal", Run);

    private static IEnumerable<BenchmarkResult> Run(BenchmarkSetting setting)
    {
        string folder = Path.Combine(Path.GetTempPath(), $"breakwater-w6-{Environment.ProcessId}");
        try
        {
            using Journal journal = Journal.Open(FolderDisk.AtOrNew(folder), JournalOptions.Default).Value;
            yield return Timed(setting, journal);
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    private static BenchmarkResult Timed(BenchmarkSetting setting, Journal journal)
    {
        bool isShort = setting.Rounds == 1;
        int accounts = isShort ? AccountsShort : Accounts;
        RiskEngine engine = new(setting.Threads, setting.Run);
        RiskState state = Begun(engine, accounts);
        RiskView view = new(state);
        Digest digest = default;
        int warmUp = isShort ? 0 : WarmUpTicks;
        int ticks = isShort ? 1 : TicksPerRound * setting.Rounds;
        List<RoundTime> times = [];
        MemoryMark memory = MemoryMark.Now;
        for (int tick = 1 - warmUp; tick <= ticks; tick++)
        {
            RiskEvent[] events = EventsOf(view.State, tick + warmUp);
            RoundTime time = RoundTime.Of(() =>
            {
                view = new RiskView(Received(engine, view.State, journal, events));
                digest = MarginDigest.Of(view.State, setting.Run);
            });
            if (tick > 0) times.Add(time);
            else memory = MemoryMark.Now;
        }

        return ResultOf(setting, accounts, (view, digest), [.. times], memory);
    }

    // As the loop of the server does: durable first, all of a batch at once.
    private static RiskState Received(RiskEngine engine, RiskState state, Journal journal, RiskEvent[] events)
    {
        ImmutableArray<byte>[] bytes = [.. events.Select(RiskEventEncoding.Encode)];
        Task.WhenAll(events.Select((own, index) =>
            journal.AppendAsync(EventEntry.Of(own, bytes[index].AsMemory())))).GetAwaiter().GetResult();
        foreach (ImmutableArray<byte> own in bytes)
        {
            state = engine.Apply(state, RiskEventEncoding.Decode(own.AsSpan()).Value).State;
        }

        return state;
    }

    // One underlying after the other goes up, up, down, down.
    private static RiskEvent[] EventsOf(RiskState state, int tick)
    {
        Timestamp at = state.At.AddMilliseconds(TickMilliseconds);
        (AssetId asset, double index) = EngineEvents.IndexOf(tick);
        double level = (tick / 2 % 4) switch { 0 => 1.0, 1 or 3 => 1.0 + Step, _ => 1.0 + (2 * Step) };
        return [new RiskEvent.IndexSeen(at, asset, index * level), new RiskEvent.ClockTick(at)];
    }

    private static RiskState Begun(RiskEngine engine, int accounts)
    {
        RiskState state = RiskState.Start(EngineEvents.Parameters);
        foreach (RiskEvent happened in EngineEvents.Beginning(accounts)) state = engine.Apply(state, happened).State;
        foreach (RiskEvent happened in EngineEvents.Openings(state.At, accounts, PositionsPerAccount))
        {
            RiskOutcome outcome = engine.Apply(state, happened);
            Check.That(
                outcome.Effects.All(static own => own is not Effect.CommandDecided { Refusal: not null }),
                "an opening of the workload is refused");
            state = outcome.State;
        }

        return state;
    }

    private static BenchmarkResult ResultOf(
        BenchmarkSetting setting, int accounts, (RiskView View, Digest Digest) last, RoundTime[] times,
        MemoryMark memory)
    {
        Check.That(
            last.View.State.Accounts.Values.All(static own => own.Computed.IsKnown),
            "an account of the workload is refused");
        RoundTime median = RoundTime.Median(times);
        return BenchmarkResult.Of(
            "W6", $"{accounts} accounts", setting.Threads, median, accounts / 1e3, "k accounts/s",
            ("margins", last.Digest.ToString()[..18])) with
        {
            Figures =
            [
                ("ticks", times.Length),
                ("p50Milliseconds", 1e3 * median.WallSeconds),
                ("p99Milliseconds", 1e3 * RoundTime.Quantile(times, LatePart).WallSeconds),
                ("p50CpuMilliseconds", 1e3 * median.CpuSeconds),
                ("allocatedMegabytes", (GC.GetTotalAllocatedBytes() - memory.Allocated) / 1e6 / times.Length),
                ("pausedMilliseconds", (GC.GetTotalPauseDuration() - memory.Paused).TotalMilliseconds / times.Length),
                ("wholeCollections", GC.CollectionCount(2) - memory.WholeCollections),
                ("residentMegabytes", Environment.WorkingSet / 1e6),
            ],
        };
    }

    // What the collector of memory had done before the ticks that count.
    private readonly record struct MemoryMark(long Allocated, TimeSpan Paused, int WholeCollections)
    {
        internal static MemoryMark Now =>
            new(GC.GetTotalAllocatedBytes(), GC.GetTotalPauseDuration(), GC.CollectionCount(2));
    }
}
