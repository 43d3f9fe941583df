using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Breakwater.Adapters.Storage;
using Breakwater.Adapters.Storage.Projections;
using Breakwater.Instruments;

namespace Breakwater.Tests.Storage;

/// <summary>Made-up events, and a state that depends on each of them and on their order.</summary>
internal static class SampleLog
{
    private const int PayloadBytesMax = 160;

    /// <summary>Small segments, so that a thousand events fill many; writes in the same order in every run.</summary>
    public static JournalOptions Small { get; } = new()
    {
        SegmentBytes = 16 << 10,
        CommitBytesMax = 8 << 10,
        SnapshotsKept = 2,
        Preparation = SegmentPreparation.OnDemand,
    };

    /// <summary>So many events, always the same; every third is nobody's command.</summary>
    public static ImmutableArray<JournalEntry> Entries(int count)
    {
        Random random = new(20261130);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            byte[] payload = new byte[random.Next(PayloadBytesMax)];
            random.NextBytes(payload);
            CommandId command = i % 3 == 0
                ? CommandId.None
                : CommandId.Of("client", i.ToString(CultureInfo.InvariantCulture));
            return new JournalEntry(i % 7, Timestamp.FromUnixMilliseconds(1_000L * i), command, payload);
        })];
    }

    /// <summary>Opens what must open.</summary>
    public static Journal Open(IDisk disk) => Open(disk, Small);

    /// <summary>Opens what must open.</summary>
    public static Journal Open(IDisk disk, JournalOptions options)
    {
        Result<Journal> opened = Journal.Open(disk, options);
        Assert.True(opened.IsAccepted, string.Join('\n', opened.Failures));
        return opened.Value;
    }

    /// <summary>A closed journal that holds these events.</summary>
    public static SimulatedDisk Written(ImmutableArray<JournalEntry> entries) => Written(entries, int.MaxValue);

    /// <summary>A closed journal that holds these events and a snapshot after each so many.</summary>
    public static SimulatedDisk Written(ImmutableArray<JournalEntry> entries, int snapshotEvery)
    {
        SimulatedDisk disk = new();
        using Journal journal = Open(disk);
        byte[] state = [];
        for (int i = 0; i < entries.Length; i++)
        {
            Assert.Equal(new Appended(i + 1, IsRepeat: false), Wait(journal.AppendAsync(entries[i])));
            state = Step(state, entries[i].Payload.Span);
            if ((i + 1) % snapshotEvery == 0) journal.WriteSnapshot(i + 1, state);
        }

        return disk;
    }

    /// <summary>The place after each event, from that before the first: what any log of them must have.</summary>
    public static ImmutableArray<JournalPoint> Points(ImmutableArray<JournalEntry> entries)
    {
        using Journal journal = Open(Written(entries));
        using JournalCursor cursor = journal.ReadAfter(0);
        ImmutableArray<JournalPoint>.Builder points = ImmutableArray.CreateBuilder<JournalPoint>();
        points.Add(default);
        while (cursor.MoveNext()) points.Add(cursor.Point);
        return points.ToImmutable();
    }

    /// <summary>The next state.</summary>
    public static byte[] Step(byte[] state, ReadOnlySpan<byte> payload) => SHA256.HashData([.. state, .. payload]);

    /// <summary>State after every event from the beginning.</summary>
    public static byte[] Replay(Journal journal) => Replay(journal, 0, []);

    /// <summary>State from the newest snapshot and what follows it.</summary>
    public static byte[] Resume(Journal journal) => journal.ReadSnapshot() is { } snapshot
        ? Replay(journal, snapshot.Point.Sequence, snapshot.Payload.ToArray())
        : Replay(journal);

    /// <summary>Fails unless the log holds the first events of a list, whole, each once and in order, at least so
    /// many.</summary>
    /// <returns>How many it holds.</returns>
    public static int AssertHolds(Journal journal, ImmutableArray<JournalEntry> entries, int least)
    {
        int count = 0;
        using JournalCursor cursor = journal.ReadAfter(0);
        while (cursor.MoveNext())
        {
            JournalEntry entry = entries[count];
            JournalRecord record = cursor.Current;
            count++;
            bool isWhole = record.Sequence == count && record.Kind == entry.Kind && record.Time == entry.Time
                && record.Command == entry.Command && record.Payload.SequenceEqual(entry.Payload.Span);
            if (!isWhole) Assert.Fail($"record {count} is not event {count}");
        }

        Assert.True(count >= least, $"{count} events are there, {least} were acknowledged");
        Assert.Equal(count, journal.Durable.Sequence);
        return count;
    }

    /// <summary>Hands an event to the journal.</summary>
    public static Task<Appended> Queue(Journal journal, JournalEntry entry) => journal.AppendAsync(entry);

    /// <summary>Appends an event and waits until it is durable.</summary>
    public static Appended Append(Journal journal, JournalEntry entry) => Wait(journal.AppendAsync(entry));

    /// <summary>Applies what the journal has beyond the tables.</summary>
    public static long CatchUp(ProjectionHost host) => host.CatchUp();

    /// <summary>Makes the tables again.</summary>
    public static long Rebuild(ProjectionHost host) => host.Rebuild();

    /// <summary>Waits for what completes elsewhere.</summary>
    public static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static byte[] Replay(Journal journal, long after, byte[] state)
    {
        using JournalCursor cursor = journal.ReadAfter(after);
        while (cursor.MoveNext()) state = Step(state, cursor.Current.Payload);
        return state;
    }
}
