using System.Collections.Immutable;
using Breakwater.Adapters.Storage;
using Breakwater.Instruments;

namespace Breakwater.Tests.Storage;

/// <summary>At every boundary of a run that fills a segment: a disk that refuses or lies ends the writing, says why,
/// and takes nothing acknowledged with it.</summary>
public sealed class JournalDiskFaultLaws
{
    private const int EventCount = 60;
    private static readonly ImmutableArray<JournalEntry> Events = SampleLog.Entries(EventCount + 1);
    private static readonly JournalOptions Tight = SampleLog.Small with { SegmentBytes = 8 << 10 };

    [Theory]
    [InlineData(0, StopCause.WriteFailed)]
    [InlineData(1, StopCause.DiskFull)]
    public void INV_S3_A_disk_that_dies_or_is_full_ends_the_writing_at_every_boundary(int fault, StopCause cause)
    {
        int opening = Boundaries(0);
        int all = Boundaries(EventCount);
        for (int boundary = opening + 1; boundary <= all; boundary++)
        {
            SimulatedDisk disk = new() { Order = (boundary, (DiskFault)fault) };
            int acknowledged = Run(disk, cause);
            disk.Order = null;
            using Journal journal = SampleLog.Open(disk.AfterPowerLoss(new Random(boundary), Loss.Torn));
            SampleLog.AssertHolds(journal, Events, acknowledged);
        }
    }

    [Fact]
    public void INV_S3_A_failed_sync_is_never_tried_again_and_nothing_after_it_is_acknowledged()
    {
        int opening = Boundaries(0);
        int all = Boundaries(EventCount);
        int met = 0;
        for (int boundary = opening + 1; boundary <= all; boundary++)
        {
            SimulatedDisk disk = new() { Order = (boundary, DiskFault.SyncFails) };
            int acknowledged = Run(disk, StopCause.SyncFailed);
            if (acknowledged == EventCount) continue; // that boundary was no sync
            met++;
            disk.Order = null;

            // The process starts again on the same system, whose cache shows bytes that it will never write.
            SimulatedDisk restarted = disk.AfterKill();
            int count;
            using (Journal journal = SampleLog.Open(restarted))
            {
                count = SampleLog.AssertHolds(journal, Events, acknowledged);
            }

            using Journal afterwards = SampleLog.Open(restarted.AfterPowerLoss(new Random(boundary), Loss.Everything));
            SampleLog.AssertHolds(afterwards, Events, count);
        }

        Assert.True(met > EventCount, $"{met} syncs failed");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void INV_S3_A_write_that_went_nowhere_or_elsewhere_is_found(int fault)
    {
        int refused = 0;
        int opening = Boundaries(0);
        int all = Boundaries(EventCount);
        for (int boundary = opening + 1; boundary <= all; boundary++)
        {
            SimulatedDisk disk = new() { Order = (boundary, (DiskFault)fault) };
            int acknowledged = Run(disk, StopCause.Closed);
            disk.Order = null;
            Result<Journal> opened = Journal.Open(disk, Tight);
            if (!opened.IsAccepted)
            {
                Assert.All(opened.Failures, failure => Assert.Equal(FailureReason.Damaged, failure.Reason));
                refused++;
                continue;
            }

            // A write of the mark, or of zeros: every event is there.
            using Journal journal = opened.Value;
            SampleLog.AssertHolds(journal, Events, acknowledged);
        }

        Assert.True(refused >= EventCount, $"{refused} refused");
    }

    [Fact]
    public void What_waits_when_the_disk_fails_is_told_whether_it_may_be_in_the_log()
    {
        using ManualResetEventSlim queued = new();
        SimulatedDisk disk = new();
        using Journal journal = SampleLog.Open(disk, Tight);
        disk.Order = (disk.BoundaryCount + 1, DiskFault.Dies);
        disk.OnBoundary = (_, _) => queued.Wait();
        Task<Appended> first = SampleLog.Queue(journal, Events[0]);
        while (journal.Status.QueuedCount > 0) Thread.Yield();
        Task<Appended> second = SampleLog.Queue(journal, Events[1]);
        queued.Set();
        Assert.True(Assert.Throws<JournalStoppedException>(() => SampleLog.Wait(first)).IsOutcomeUnknown);
        Assert.False(Assert.Throws<JournalStoppedException>(() => SampleLog.Wait(second)).IsOutcomeUnknown);
        JournalStoppedException third =
            Assert.Throws<JournalStoppedException>(() => SampleLog.Append(journal, Events[2]));
        Assert.False(third.IsOutcomeUnknown);
        Assert.Equal(StopCause.WriteFailed, journal.Status.Stop?.Cause);
    }

    [Fact]
    public void A_snapshot_that_finds_no_room_leaves_the_log_going_on()
    {
        SimulatedDisk disk = new();
        using Journal journal = SampleLog.Open(disk, Tight);
        SampleLog.Append(journal, Events[0]);
        disk.Order = (disk.BoundaryCount + 2, DiskFault.Full);
        DiskException thrown = Assert.Throws<DiskException>(() => journal.WriteSnapshot(1, new byte[100]));
        Assert.Equal(DiskFailure.Full, thrown.Failure);
        Assert.Null(journal.ReadSnapshot());
        Assert.Equal(2, SampleLog.Append(journal, Events[1]).Sequence);
        disk.Order = (disk.BoundaryCount + 5, DiskFault.SyncFails);
        Assert.Throws<DiskException>(() => journal.WriteSnapshot(2, new byte[100]));
        Assert.Equal(StopCause.SyncFailed, journal.Status.Stop?.Cause);
    }

    private static int Boundaries(int count)
    {
        SimulatedDisk disk = new();
        using Journal journal = SampleLog.Open(disk, Tight);
        for (int i = 0; i < count; i++) SampleLog.Append(journal, Events[i]);
        return disk.BoundaryCount;
    }

    // Appends one by one until the journal stops, as it must for the stated cause; how many were acknowledged.
    private static int Run(SimulatedDisk disk, StopCause cause)
    {
        using Journal journal = SampleLog.Open(disk, Tight);
        for (int i = 0; i < EventCount; i++)
        {
            try
            {
                SampleLog.Append(journal, Events[i]);
            }
            catch (JournalStoppedException stopped)
            {
                Assert.Equal(cause, stopped.Stop.Cause);
                Assert.Equal(cause, journal.Status.Stop?.Cause);
                int boundaries = disk.BoundaryCount;
                Assert.Throws<JournalStoppedException>(() => SampleLog.Append(journal, Events[i]));
                Assert.Equal(boundaries, disk.BoundaryCount);
                return i;
            }
        }

        return EventCount;
    }
}
