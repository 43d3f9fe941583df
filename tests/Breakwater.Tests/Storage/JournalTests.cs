using System.Collections.Immutable;
using Breakwater.Adapters.Storage;
using Breakwater.Instruments;

namespace Breakwater.Tests.Storage;

public sealed class JournalTests
{
    private static readonly ImmutableArray<JournalEntry> Events = SampleLog.Entries(2_000);

    [Fact]
    public void Events_of_many_writers_stand_once_each_in_the_order_of_each_writer()
    {
        const int Writers = 8;
        SimulatedDisk disk = new();
        JournalOptions options = SampleLog.Small with { Preparation = SegmentPreparation.Ahead, QueuedCountMax = 16 };
        using Journal journal = SampleLog.Open(disk, options);
        long[] numbers = new long[Events.Length];
        Thread[] threads = [.. Enumerable.Range(0, Writers).Select(writer => new Thread(() =>
        {
            for (int i = writer; i < Events.Length; i += Writers)
            {
                numbers[i] = SampleLog.Append(journal, Events[i]).Sequence;
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Assert.Equal(Enumerable.Range(1, Events.Length).Select(number => (long)number), numbers.Order());
        for (int i = Writers; i < numbers.Length; i++) Assert.True(numbers[i - Writers] < numbers[i]);
        ImmutableArray<JournalEntry> inOrder =
            [.. Enumerable.Range(0, Events.Length).OrderBy(i => numbers[i]).Select(i => Events[i])];
        SampleLog.AssertHolds(journal, inOrder, inOrder.Length);
    }

    [Fact]
    public void What_gathers_during_a_sync_is_made_durable_by_one()
    {
        using ManualResetEventSlim gathered = new();
        SimulatedDisk disk = new();
        using Journal journal = SampleLog.Open(disk);
        disk.OnBoundary = (_, _) => gathered.Wait();
        Task<Appended>[] appends = [.. Events[..50].Select(entry => SampleLog.Queue(journal, entry))];
        gathered.Set();
        SampleLog.Wait(Task.WhenAll(appends));
        Assert.InRange(journal.Status.CommitCount, 1, 3);
    }

    [Fact]
    public void INV_S4_The_same_command_twice_is_one_event_and_one_number_even_while_it_is_on_its_way()
    {
        SimulatedDisk disk = new();
        JournalEntry entry = Events[1];
        using (Journal journal = SampleLog.Open(disk))
        {
            Task<Appended> first = SampleLog.Queue(journal, entry);
            Appended[] twice = SampleLog.Wait(Task.WhenAll(first, SampleLog.Queue(journal, entry)));
            Assert.Equal([new Appended(1, IsRepeat: false), new Appended(1, IsRepeat: true)], twice);
            Assert.Equal(2, SampleLog.Append(journal, Events[2]).Sequence);
            Assert.Equal(1, journal.Find(entry.Command));
            Assert.Null(journal.Find(Events[4].Command));
            Assert.Null(journal.Find(CommandId.None));
        }

        using Journal reopened = SampleLog.Open(disk);
        Assert.Equal(new Appended(1, IsRepeat: true), SampleLog.Append(reopened, entry));
        Assert.Equal(2, reopened.Durable.Sequence);
    }

    [Fact]
    public void INV_S2_The_hash_depends_on_the_events_and_on_nothing_else()
    {
        SimulatedDisk oneByOne = SampleLog.Written(Events[..300]);
        SimulatedDisk together = new();
        using Journal first = SampleLog.Open(oneByOne);
        using Journal second = SampleLog.Open(together, SampleLog.Small with { SegmentBytes = 1 << 20 });
        SampleLog.Wait(Task.WhenAll(Events[..300].Select(entry => SampleLog.Queue(second, entry))));
        Assert.Equal(first.Durable, second.Durable);
        Assert.NotEqual(default, first.Durable.Chain);
    }

    [Fact]
    public void A_cursor_follows_the_writer_from_any_record()
    {
        SimulatedDisk disk = new();
        using Journal journal = SampleLog.Open(disk);
        using JournalCursor follower = journal.ReadAfter(0);
        Assert.False(follower.MoveNext());
        for (int i = 0; i < 400; i++)
        {
            SampleLog.Append(journal, Events[i]);
            if (i % 3 == 0) continue; // now and then there are two to read
            while (follower.MoveNext())
            {
                JournalRecord record = follower.Current;
                Assert.True(record.Payload.SequenceEqual(Events[(int)record.Sequence - 1].Payload.Span));
            }

            Assert.Equal(i + 1, follower.Point.Sequence);
        }

        for (int after = 0; after < 400; after += 7)
        {
            using JournalCursor cursor = journal.ReadAfter(after);
            Assert.True(cursor.MoveNext());
            Assert.Equal(after + 1, cursor.Point.Sequence);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => journal.ReadAfter(401));
    }

    [Fact]
    public void Closing_commits_what_is_queued_and_takes_nothing_more()
    {
        SimulatedDisk disk = new();
        Journal journal = SampleLog.Open(disk);
        Task<Appended>[] appends = [.. Events.Select(entry => SampleLog.Queue(journal, entry))];
        journal.Dispose();
        SampleLog.Wait(Task.WhenAll(appends));
        using Journal reopened = SampleLog.Open(disk.AfterPowerLoss(new Random(1), Loss.Everything));
        SampleLog.AssertHolds(reopened, Events, Events.Length);
        Assert.Null(reopened.Recovery.Torn);
    }

    [Fact]
    public void Two_do_not_hold_one_journal()
    {
        SimulatedDisk disk = new();
        using (SampleLog.Open(disk))
        {
            Assert.Equal(FailureReason.InUse, Assert.Single(Journal.Open(disk, SampleLog.Small).Failures).Reason);
        }

        SampleLog.Open(disk).Dispose();
    }

    [Fact]
    public void Entries_beyond_the_stated_limits_are_refused_and_those_at_it_are_kept()
    {
        SimulatedDisk disk = new();
        using Journal journal = SampleLog.Open(disk);
        JournalEntry greatest = new(0, default, CommandId.None, new byte[SampleLog.Small.PayloadBytesMax]);
        Assert.Equal(1, SampleLog.Append(journal, greatest).Sequence);
        Assert.Equal(2, SampleLog.Append(journal, greatest).Sequence);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => { SampleLog.Append(journal, greatest with { Payload = new byte[greatest.Payload.Length + 1] }); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { SampleLog.Append(journal, greatest with { Kind = -1 }); });
        Assert.Throws<ArgumentOutOfRangeException>(
            () => { Journal.Open(new SimulatedDisk(), SampleLog.Small with { SegmentBytes = 10_000 }); });
    }

    [Fact]
    public void A_full_queue_makes_the_next_one_wait_and_waiting_can_be_given_up()
    {
        using ManualResetEventSlim goesOn = new();
        using CancellationTokenSource patience = new();
        SimulatedDisk disk = new();
        using Journal journal = SampleLog.Open(disk, SampleLog.Small with { QueuedCountMax = 2 });
        disk.OnBoundary = (_, _) => goesOn.Wait();
        Task<Appended> writing = SampleLog.Queue(journal, Events[0]);
        while (journal.Status.QueuedCount > 0) Thread.Yield();
        Task<Appended>[] queued = [.. Events[1..10].Select(entry => SampleLog.Queue(journal, entry))];
        Task<Appended> givenUp = journal.AppendAsync(Events[10], patience.Token);
        Task<Appended> last = SampleLog.Queue(journal, Events[11]);
        patience.Cancel();
        goesOn.Set();
        Assert.ThrowsAny<OperationCanceledException>(() => { SampleLog.Wait(givenUp); });
        Assert.Equal(1, SampleLog.Wait(writing).Sequence);
        for (int i = 0; i < queued.Length; i++) Assert.Equal(i + 2, SampleLog.Wait(queued[i]).Sequence);
        Assert.Equal(queued.Length + 2, SampleLog.Wait(last).Sequence);
        Assert.Null(journal.Find(Events[10].Command));
    }

    [Fact]
    public void A_torn_tail_is_cut_off_and_reported()
    {
        SimulatedDisk disk = SampleLog.Written(Events[..10]);
        const string Name = "0000000001.segment";
        byte[] bytes = new byte[disk.File(Name).LengthBytes];
        disk.OpenToRead(Name).Read(0, bytes);
        int end = (bytes.AsSpan().LastIndexOfAnyExcept((byte)0) + 8) / 8 * 8;

        // The first 700 bytes of a commit that repeats old records: none of them belongs there.
        disk.OpenToWrite(Name).Write(end, bytes.AsSpan(4096, 700));
        using (Journal recovered = SampleLog.Open(disk))
        {
            TornTail? tail = recovered.Recovery.Torn;
            Assert.Equal((Name, end), (tail?.File, tail?.Offset));
            Assert.InRange(tail!.LengthBytes, 600, 700);
            Assert.InRange(tail.RecordCount, 1, 10);
            SampleLog.AssertHolds(recovered, Events, 10);
            Assert.Equal(11, SampleLog.Append(recovered, Events[10]).Sequence);
        }

        using Journal again = SampleLog.Open(disk);
        Assert.Null(again.Recovery.Torn);
        SampleLog.AssertHolds(again, Events, 11);
    }
}
