using System.Collections.Immutable;
using Breakwater.Adapters.Storage;
using Breakwater.Adapters.Storage.Projections;
using Microsoft.Data.Sqlite;

namespace Breakwater.Tests.Storage.Projections;

/// <summary>What stands in the tables depends on the journal alone, whatever became of the file between.</summary>
public sealed class ProjectionLaws : IDisposable
{
    private const int EventCount = 5_000;
    private static readonly ImmutableArray<JournalEntry> Events = SampleLog.Entries(EventCount);
    private static readonly ImmutableArray<IProjection> Both = [new EventsByKind(), new SizesByKind(1)];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("breakwater-projections-");

    private string FilePath => Path.Combine(_folder.FullName, "projections.db");

    [Fact]
    public void Rows_are_those_of_the_events_and_a_second_time_nothing_happens()
    {
        using Journal journal = Written(Events);
        using ProjectionHost host = ProjectionHost.Open(FilePath, Both, journal);
        Assert.Equal(ProjectionStart.New, host.Start);
        Assert.Equal(EventCount, SampleLog.CatchUp(host));
        Assert.Equal(0, SampleLog.CatchUp(host));
        Assert.Equal(journal.Durable, host.Position);
        Assert.Equal(Expected(Events), Rows(host));
    }

    [Fact]
    public void Catching_up_in_pieces_with_restarts_between_gives_the_same_rows()
    {
        SimulatedDisk disk = new();
        for (int written = 0; written < EventCount; written += 700)
        {
            using Journal journal = SampleLog.Open(disk, JournalOptions.Default with { SegmentBytes = 1 << 20 });
            SampleLog.Wait(Task.WhenAll(Events.Skip(written).Take(700).Select(e => SampleLog.Queue(journal, e))));
            SampleLog.Append(journal, Events[0] with { Command = CommandId.Of("last", $"{written}"), Kind = 99 });
            using ProjectionHost host = ProjectionHost.Open(FilePath, Both, journal);
            Assert.Equal(written == 0 ? ProjectionStart.New : ProjectionStart.GoesOn, host.Start);
            SampleLog.CatchUp(host);
            (string, long, long)[] kept = Rows(host);
            SampleLog.Rebuild(host);
            Assert.Equal(kept, Rows(host));
        }
    }

    [Fact]
    public void A_file_that_is_deleted_damaged_or_of_other_tables_is_made_again()
    {
        using Journal journal = Written(Events);
        (string, long, long)[] expected = Expected(Events);
        foreach (Action spoil in (Action[])[
            () => File.Delete(FilePath),
            () => File.WriteAllText(FilePath, "no database"),
            () => File.WriteAllBytes(FilePath, [.. new byte[200], .. File.ReadAllBytes(FilePath).Skip(200)]),
            () => Make([new SizesByKind(1)], journal),
            () => Make([new EventsByKind(), new SizesByKind(2)], journal)])
        {
            Make(Both, journal);
            spoil();
            using ProjectionHost host = ProjectionHost.Open(FilePath, Both, journal);
            Assert.NotEqual(ProjectionStart.GoesOn, host.Start);
            SampleLog.CatchUp(host);
            Assert.Equal(expected, Rows(host));
        }
    }

    [Fact]
    public void A_file_of_another_history_is_made_again()
    {
        ImmutableArray<JournalEntry> other = [.. Events[..3_000], Events[3_000] with { Kind = 5 }, .. Events[3_001..]];
        using (Journal first = Written(Events)) Make(Both, first);
        using Journal second = Written(other);
        using (ProjectionHost host = ProjectionHost.Open(FilePath, Both, second))
        {
            Assert.Equal(ProjectionStart.OtherHistory, host.Start);
            SampleLog.CatchUp(host);
            Assert.Equal(Expected(other), Rows(host));
        }

        using Journal shorter = Written(other[..100]);
        using ProjectionHost again = ProjectionHost.Open(FilePath, Both, shorter);
        Assert.Equal(ProjectionStart.OtherHistory, again.Start);
    }

    [Fact]
    public void A_projection_that_fails_leaves_whole_transactions_and_their_position()
    {
        using Journal journal = Written(Events);
        using (ProjectionHost host = ProjectionHost.Open(FilePath, [new FailsAt(4_500)], journal))
        {
            Assert.Throws<InvalidDataException>(() => { SampleLog.CatchUp(host); });
            Assert.Equal(ProjectionHost.TransactionEventsMax, host.Position.Sequence);
            Assert.Equal(ProjectionHost.TransactionEventsMax, Count(host, "seen"));
            Assert.Throws<InvalidDataException>(() => { SampleLog.CatchUp(host); });
        }

        using ProjectionHost mended = ProjectionHost.Open(FilePath, [new FailsAt(long.MaxValue)], journal);
        Assert.Equal(ProjectionStart.GoesOn, mended.Start);
        SampleLog.CatchUp(mended);
        Assert.Equal(EventCount, Count(mended, "seen"));
    }

    [Fact]
    public void Readers_see_whole_transactions_beside_the_writing()
    {
        using Journal journal = Written(Events);
        using ProjectionHost host = ProjectionHost.Open(FilePath, Both, journal);
        using SqliteConnection reader = host.OpenToRead();
        Assert.Equal(0L, Count(reader, "events"));
        SampleLog.CatchUp(host);
        Assert.Equal(EventCount, Count(reader, "events"));
        Assert.Throws<SqliteException>(() => { Run(reader, "DELETE FROM events"); });
        Assert.Throws<ArgumentException>(
            () => ProjectionHost.Open(FilePath, [new EventsByKind(), new EventsByKind()], journal));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Journal Written(ImmutableArray<JournalEntry> events)
    {
        Journal journal = SampleLog.Open(new SimulatedDisk(), SampleLog.Small with { SegmentBytes = 1 << 20 });
        SampleLog.Wait(Task.WhenAll(events.Select(entry => SampleLog.Queue(journal, entry))));
        return journal;
    }

    private static (string, long, long)[] Expected(ImmutableArray<JournalEntry> events) =>
    [
        ("events", events.Length, events.Sum(entry => entry.Payload.Length)),
        .. events.GroupBy(entry => entry.Kind).OrderBy(kind => kind.Key)
            .Select(kind => ($"kind {kind.Key}", kind.LongCount(), kind.Sum(entry => (long)entry.Payload.Length))),
    ];

    private static (string, long, long)[] Rows(ProjectionHost host)
    {
        using SqliteConnection reader = host.OpenToRead();
        using SqliteCommand command = reader.CreateCommand();
        command.CommandText =
            "SELECT 'events', count(*), coalesce(sum(payload_bytes), 0) FROM events "
            + "UNION ALL SELECT * FROM (SELECT 'kind ' || kind, records, bytes FROM sizes ORDER BY kind)";
        using SqliteDataReader row = command.ExecuteReader();
        List<(string, long, long)> rows = [];
        while (row.Read()) rows.Add((row.GetString(0), row.GetInt64(1), row.GetInt64(2)));
        return [.. rows];
    }

    private static long Count(ProjectionHost host, string table)
    {
        using SqliteConnection reader = host.OpenToRead();
        return Count(reader, table);
    }

    private static long Count(SqliteConnection reader, string table) => Run(reader, $"SELECT count(*) FROM {table}");

    private static long Run(SqliteConnection reader, string statement)
    {
        using SqliteCommand command = reader.CreateCommand();
#pragma warning disable CA2100 // Constants of this test.
        command.CommandText = statement;
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!; // a count is never null
    }

    private void Make(ImmutableArray<IProjection> projections, Journal journal)
    {
        using ProjectionHost host = ProjectionHost.Open(FilePath, projections, journal);
        SampleLog.CatchUp(host);
    }

    /// <summary>Records and bytes by kind: rows that later events change.</summary>
    private sealed class SizesByKind(int version) : IProjection
    {
        private const string Add =
            "INSERT INTO sizes VALUES ($1, 1, $2) "
            + "ON CONFLICT (kind) DO UPDATE SET records = records + 1, bytes = bytes + excluded.bytes";

        public string Name => "sizes";

        public ImmutableArray<string> Schema { get; } =
        [
            "CREATE TABLE sizes (kind INTEGER PRIMARY KEY, records INTEGER NOT NULL, bytes INTEGER NOT NULL) "
                + $"/* version {version} */",
        ];

        public void Apply(JournalRecord record, ProjectionRows rows) =>
            rows.Run(Add, (long)record.Kind, (long)record.Payload.Length);
    }

    /// <summary>Fails at one event.</summary>
    private sealed class FailsAt(long sequence) : IProjection
    {
        public string Name => "seen";

        public ImmutableArray<string> Schema { get; } = ["CREATE TABLE seen (sequence INTEGER PRIMARY KEY)"];

        public void Apply(JournalRecord record, ProjectionRows rows)
        {
            if (record.Sequence == sequence) throw new InvalidDataException("an event that it does not understand");
            rows.Run("INSERT INTO seen VALUES ($1)", record.Sequence);
        }
    }
}
