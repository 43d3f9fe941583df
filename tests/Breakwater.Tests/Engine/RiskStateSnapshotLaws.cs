using System.Collections.Immutable;
using Breakwater.Engine;
using Breakwater.Engine.Snapshots;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Tests.Engine;

/// <summary>A state that was stored goes on as the one that was not.</summary>
public sealed class RiskStateSnapshotLaws
{
    private const int Histories = 5;
    private const int EventsPerHistory = 160;
    private const int Spoilings = 60;

    [Fact]
    public void INV_S2_A_restored_snapshot_and_the_tail_end_where_the_whole_history_ends()
    {
        for (int seed = 40; seed < 40 + Histories; seed++)
        {
            EngineScript script = new(seed);
            RiskEngine engine = EngineScript.NewEngine();
            RiskState state = EngineScript.Begun(engine);
            RiskEvent[] events = [.. Enumerable.Range(0, EventsPerHistory).Select(_ => script.Next())];
            int stored = 20 + (seed * 23 % 100);
            RiskState middle = EngineScript.Run(engine, state, events[..stored]);
            RiskState restored = Restored(RiskStateSnapshot.Encode(middle));
            RiskState whole = EngineScript.Run(engine, middle, events[stored..]);
            RiskState tail = EngineScript.Run(EngineScript.NewEngine(2), restored, events[stored..]);
            Assert.Equal(RiskStateEncoding.DigestOf(whole), RiskStateEncoding.DigestOf(tail));
        }
    }

    [Fact]
    public void A_state_before_any_event_and_one_without_a_market_are_restored()
    {
        RiskState start = RiskState.Start(EngineScript.Parameters);
        Assert.Equal(
            RiskStateEncoding.DigestOf(start), RiskStateEncoding.DigestOf(Restored(RiskStateSnapshot.Encode(start))));
        RiskState ticked = EngineScript.NewEngine().Apply(start, new RiskEvent.ClockTick(MadeUpMarket.Start)).State;
        Assert.Equal(
            RiskStateEncoding.DigestOf(ticked), RiskStateEncoding.DigestOf(Restored(RiskStateSnapshot.Encode(ticked))));
    }

    [Fact]
    public void INV_S2_A_state_with_an_index_in_doubt_is_restored_and_one_without_is_written_as_before_there_were_any()
    {
        RiskEngine engine = EngineScript.NewEngine();
        RiskState plain = EngineScript.Begun(engine);
        RiskState doubtful = engine.Apply(
            plain, new RiskEvent.IndexModeSeen(plain.At, MadeUpMarket.Btc, MarketMode.Halted)).State;
        RiskState restored = Restored(RiskStateSnapshot.Encode(doubtful));
        Assert.Equal(RiskStateEncoding.DigestOf(doubtful), RiskStateEncoding.DigestOf(restored));
        Assert.Equal(MarketMode.Halted, restored.IndexModes[MadeUpMarket.Btc]);
        RiskState over = engine.Apply(
            doubtful, new RiskEvent.IndexModeSeen(plain.At, MadeUpMarket.Btc, MarketMode.Normal)).State;
        Assert.Equal(
            (RiskStateSnapshot.VersionWithIndexModes, RiskStateSnapshot.Version),
            (VersionOf(RiskStateSnapshot.Encode(doubtful)), VersionOf(RiskStateSnapshot.Encode(over))));
        Assert.NotEqual(
            RiskStateEncoding.DigestOf(doubtful),
            RiskStateEncoding.DigestOf(doubtful with { IndexModes = over.IndexModes }));
    }

    [Fact]
    public void A_spoilt_snapshot_is_refused()
    {
        RiskState state = EngineScript.Begun(EngineScript.NewEngine());
        byte[] whole = [.. RiskStateSnapshot.Encode(state)];
        Random random = new(9);
        for (int round = 0; round < Spoilings; round++)
        {
            byte[] bytes = [.. whole];
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            if (round % 3 == 0) bytes = bytes[..random.Next(bytes.Length)];
            Result<RiskState> read = RiskStateSnapshot.Decode(bytes, UnitRuns.InOrder, MadeUpDesign.Build);
            Assert.Equal(FailureReason.Malformed, read.Failures.Single().Reason);
        }
    }

    // After the four letters of the kind.
    private static int VersionOf(ImmutableArray<byte> bytes) =>
        System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan()[4..]);

    private static RiskState Restored(ImmutableArray<byte> bytes)
    {
        Result<RiskState> read = RiskStateSnapshot.Decode(bytes.AsSpan(), UnitRuns.InOrder, MadeUpDesign.Build);
        Assert.True(read.IsAccepted, string.Join(' ', read.Failures));
        return read.Value;
    }
}
