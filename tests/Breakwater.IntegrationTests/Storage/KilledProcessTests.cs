using Breakwater.Adapters.Storage;
using Breakwater.IntegrationTests.Commands;

namespace Breakwater.IntegrationTests.Storage;

/// <summary>A real process, a real disk, and SIGKILL in the middle of a burst.</summary>
public sealed class KilledProcessTests
{
    private const int Rounds = 3;
    private const int EventsBeforeKill = 3_000;

    [Fact]
    public void Every_event_that_a_killed_process_had_acknowledged_is_in_the_log_once_and_in_order()
    {
        using TemporaryFolder folder = new();
        Dictionary<long, JournalEntry> acknowledged = [];
        for (int round = 0; round < Rounds; round++)
        {
            using AppendingProcess process = AppendingProcess.Start(folder.FullName, round);
            foreach ((long sequence, int writer, int number) in process.KillAfter(EventsBeforeKill))
            {
                acknowledged.Add(sequence, AppendingProcess.Event(round, writer, number));
            }
        }

        Assert.True(acknowledged.Count >= Rounds * EventsBeforeKill, $"{acknowledged.Count} acknowledged");
        using Journal journal = Journal.Open(FolderDisk.At(folder.FullName), JournalOptions.Default).Value;
        using JournalCursor cursor = journal.ReadAfter(0);
        HashSet<CommandId> seen = [];
        int found = 0;
        while (cursor.MoveNext())
        {
            JournalRecord record = cursor.Current;
            Assert.True(seen.Add(record.Command), $"record {record.Sequence} is there twice");
            if (!acknowledged.TryGetValue(record.Sequence, out JournalEntry? entry)) continue;
            found++;
            Assert.Equal((entry.Kind, entry.Command), (record.Kind, record.Command));
            Assert.True(record.Payload.SequenceEqual(entry.Payload.Span), $"payload of record {record.Sequence}");
        }

        Assert.Equal(acknowledged.Count, found);
    }
}
