using System.Collections.Immutable;
using Breakwater.Adapters.Storage;

namespace Breakwater.Tests.Storage;

public sealed class JournalInspectionTests
{
    private static readonly ImmutableArray<JournalEntry> Events = SampleLog.Entries(500);

    [Fact]
    public void It_counts_what_was_written_and_changes_nothing()
    {
        SimulatedDisk disk = SampleLog.Written(Events, 100);
        int boundaries = disk.BoundaryCount;
        JournalReport? report = JournalInspection.Of(disk);
        Assert.NotNull(report);
        Assert.Equal(boundaries, disk.BoundaryCount);
        Assert.Equal(Events.Length, report.RecordCount);
        Assert.Equal(Events.Length, report.Last.Sequence);
        Assert.Equal(Events.Count(entry => !entry.Command.IsNone), report.CommandCount);
        Assert.Equal((Events[0].Time, Events[^1].Time), (report.FirstTime, report.LastTime));
        Assert.Equal([400, 500], report.Snapshots);
        Assert.Empty(report.Damage);
        Assert.Null(report.Torn);
        Assert.Equal(
            Events.GroupBy(entry => entry.Kind).OrderBy(kind => kind.Key)
                .Select(kind => new KindCount(kind.Key, kind.Count(), kind.Sum(entry => entry.Payload.Length))),
            report.Kinds);
    }

    [Fact]
    public void A_folder_without_a_journal_has_no_report() => Assert.Null(JournalInspection.Of(new SimulatedDisk()));

    [Fact]
    public void A_journal_that_is_being_written_is_never_called_damaged()
    {
        SimulatedDisk disk = new();
        JournalOptions options = SampleLog.Small with { SegmentBytes = 8 << 10 };
        using Journal journal = SampleLog.Open(disk, options);
        Thread writer = new(() =>
        {
            foreach (JournalEntry entry in Events) SampleLog.Append(journal, entry);
        });
        writer.Start();
        long seen = 0;
        do
        {
            JournalReport? report = JournalInspection.Of(disk);
            Assert.Empty(report!.Damage); // there is a journal
            Assert.True(report.Last.Sequence >= seen, $"record {report.Last.Sequence} after {seen}");
            seen = report.Last.Sequence;
        }
        while (writer.IsAlive);
        writer.Join();
    }
}
