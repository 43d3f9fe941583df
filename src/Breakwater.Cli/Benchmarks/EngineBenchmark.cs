using System.Collections.Immutable;
using Breakwater.Engine;

namespace Breakwater.Cli.Benchmarks;

/// <summary>Replay of the engine's journal: stored bytes of events are decoded and applied, one after another on one
/// core (RELIABILITY P2: ten million within a quarter of an hour).</summary>
internal static class EngineBenchmark
{
    private const double ReplayEvents = 1e7;
    private const double MinuteSeconds = 60d;
    private const int RoundsMax = 3; // each replays the same events from the same state

    /// <summary>The entry.</summary>
    public static BenchmarkEntry Entry { get; } = new(
        "engine", "replay of stored events: market data, trades, deposits, withdrawals, ticks; 200 accounts", Run);

    private static IEnumerable<BenchmarkResult> Run(BenchmarkSetting setting)
    {
        RiskEngine engine = new();
        RiskState begun = RiskState.Start(EngineEvents.Parameters);
        foreach (RiskEvent happened in EngineEvents.Beginning()) begun = engine.Apply(begun, happened).State;
        foreach ((string name, int count, EngineMix mix) in EngineEvents.Mixes)
        {
            int events = setting.Rounds == 1 ? Math.Max(1, count / 20) : count;
            ImmutableArray<byte>[] stored = [.. EngineEvents.Draw(begun, mix, events).Select(RiskEventEncoding.Encode)];
            RiskState after = begun;
            long refused = 0;
            RoundTime time = RoundTime.Median(
                Math.Min(RoundsMax, setting.Rounds), () => (after, refused) = Replay(engine, begun, stored));
            yield return BenchmarkResult.Of(
                "engine", name, 1, time, events / 1e3, "k events/s",
                ("state", RiskStateEncoding.DigestOf(after).ToString()[..18])) with
            {
                Figures =
                [
                    ("events", events),
                    ("refused", refused),
                    ("microsecondsPerEvent", 1e6 * time.CpuSeconds / events),
                    ("tenMillionMinutes", ReplayEvents * time.CpuSeconds / events / MinuteSeconds),
                ],
            };
        }
    }

    private static (RiskState After, long Refused) Replay(
        RiskEngine engine, RiskState state, ImmutableArray<byte>[] stored)
    {
        long refused = 0;
        foreach (ImmutableArray<byte> bytes in stored)
        {
            RiskOutcome outcome = engine.Apply(state, RiskEventEncoding.Decode(bytes.AsSpan()).Value);
            state = outcome.State;
            foreach (Effect effect in outcome.Effects)
            {
                refused += effect is Effect.EventRefused or Effect.CommandDecided { Refusal: not null } ? 1 : 0;
            }
        }

        return (state, refused);
    }
}
