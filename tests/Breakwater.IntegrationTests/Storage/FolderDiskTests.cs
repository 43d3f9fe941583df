using Breakwater.Adapters.Storage;
using Breakwater.Instruments;
using Breakwater.IntegrationTests.Commands;

namespace Breakwater.IntegrationTests.Storage;

/// <summary>The journal on a real folder, and what a real system refuses.</summary>
public sealed class FolderDiskTests
{
    [Fact]
    public async Task A_journal_of_a_folder_is_held_by_one_and_goes_on_where_it_ended()
    {
        using TemporaryFolder parent = new();
        string folder = parent.PathOf("journal");
        JournalOptions options = JournalOptions.Default with { SegmentBytes = 1 << 20 };
        for (int round = 0; round < 3; round++)
        {
            using Journal journal = Journal.Open(FolderDisk.AtOrNew(folder), options).Value;
            Assert.Equal(round * 10_000, journal.Durable.Sequence);
            Assert.Equal(
                FailureReason.InUse, Assert.Single(Journal.Open(FolderDisk.At(folder), options).Failures).Reason);
            Task[] appends = [.. Enumerable.Range(0, 10_000).Select(number =>
                journal.AppendAsync(
                    AppendingProcess.Event(round, 0, number), TestContext.Current.CancellationToken))];
            await Task.WhenAll(appends);
            journal.WriteSnapshot(journal.Durable.Sequence, new byte[1_000]);
        }

        JournalReport? report = JournalInspection.Of(FolderDisk.At(folder));
        Assert.Equal((30_000, 30_000), (report?.RecordCount, report?.CommandCount));
        Assert.Empty(report!.Damage); // there is one
        Assert.Equal(3, report.Snapshots.Length);
    }

    [Fact]
    public void What_is_not_there_is_said_to_be_missing()
    {
        using TemporaryFolder folder = new();
        DiskException noFolder = Assert.Throws<DiskException>(() => FolderDisk.At(folder.PathOf("none")));
        Assert.Equal(DiskFailure.Missing, noFolder.Failure);
        DiskException noFile =
            Assert.Throws<DiskException>(() => FolderDisk.At(folder.FullName).OpenToRead("0000000001.segment"));
        Assert.Equal(DiskFailure.Missing, noFile.Failure);
        Assert.Contains("0000000001.segment", noFile.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_device_is_said_to_be_full()
    {
        // The system's own always-full device, where there is one.
        if (!File.Exists("/dev/full")) return;
        using IDiskFile full = FolderDisk.At("/dev").OpenToWrite("full");
        Assert.Equal(DiskFailure.Full, Assert.Throws<DiskException>(() => full.Write(0, new byte[100])).Failure);
    }

    [Fact]
    public void What_cannot_be_synced_is_said_not_to_be_durable()
    {
        // A pipe or null device takes bytes and keeps none: the system answers that a sync means nothing there.
        if (!OperatingSystem.IsLinux()) return;
        using IDiskFile nothing = FolderDisk.At("/dev").OpenToWrite("null");
        Assert.Equal(DiskFailure.NotSynced, Assert.Throws<DiskException>(nothing.Sync).Failure);
    }
}
