using System.Collections.Immutable;
using Breakwater.Adapters.Storage;
using Breakwater.Instruments;

namespace Breakwater.Tests.Storage;

public sealed class JournalBackupTests
{
    private static readonly ImmutableArray<JournalEntry> Events = SampleLog.Entries(600);

    [Fact]
    public void A_copy_opens_with_the_same_records_snapshots_and_commands()
    {
        SimulatedDisk disk = SampleLog.Written(Events, 100);
        SimulatedDisk copy = new();
        Result<JournalReport> copied = JournalBackup.Run(disk, copy);
        Assert.True(copied.IsAccepted);
        using Journal journal = SampleLog.Open(copy.AfterPowerLoss(new Random(1), Loss.Everything));
        SampleLog.AssertHolds(journal, Events, Events.Length);
        Assert.Equal(600, journal.Recovery.SnapshotSequence);
        Assert.Equal(2, journal.Find(Events[1].Command));
        Assert.Equal(SampleLog.Replay(journal), SampleLog.Resume(journal));
    }

    [Fact]
    public void Copies_taken_while_it_is_written_are_whole_and_never_behind_what_was_durable()
    {
        SimulatedDisk disk = new();
        using Journal journal = SampleLog.Open(disk);
        Thread writer = new(() =>
        {
            foreach (JournalEntry[] group in Events.Chunk(4))
            {
                SampleLog.Wait(Task.WhenAll(group.Select(entry => SampleLog.Queue(journal, entry))));
            }
        });
        writer.Start();
        do
        {
            long durable = journal.Durable.Sequence;
            SimulatedDisk copy = new();
            Result<JournalReport> copied = JournalBackup.Run(disk, copy);
            Assert.True(copied.IsAccepted, string.Join('\n', copied.Failures));
            using Journal restored = SampleLog.Open(copy);
            Assert.True(SampleLog.AssertHolds(restored, Events, 0) >= durable, "older than what was durable before");
        }
        while (writer.IsAlive);
        writer.Join();
    }

    [Fact]
    public void Damage_is_not_copied_and_a_folder_that_is_not_empty_is_left_alone()
    {
        SimulatedDisk disk = SampleLog.Written(Events);
        foreach (string name in disk.List().Where(name => name.EndsWith(".segment", StringComparison.Ordinal)))
        {
            SimulatedDisk damaged = disk.AfterPowerLoss(new Random(1), Loss.Nothing);
            damaged.File(name).Flip(4_500, 2);
            Failure failure = JournalBackup.Run(damaged, new SimulatedDisk()).Failures[0];
            Assert.Equal((FailureReason.Damaged, name), (failure.Reason, failure.File));
        }

        Assert.Equal(FailureReason.Inconsistent, Assert.Single(JournalBackup.Run(disk, disk).Failures).Reason);
        Assert.Equal(
            FailureReason.Missing,
            Assert.Single(JournalBackup.Run(new SimulatedDisk(), new SimulatedDisk()).Failures).Reason);
    }
}
