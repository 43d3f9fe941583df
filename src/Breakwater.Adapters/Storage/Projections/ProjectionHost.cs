using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace Breakwater.Adapters.Storage.Projections;

/// <summary>Keeps projections up with a journal, in one SQLite file that can be deleted at any time and loses
/// nothing.</summary>
/// <remarks>One thread calls <see cref="CatchUp"/> and <see cref="Rebuild"/>; any thread may read through connections
/// of its own. Rows and position are written in one transaction: after a crash they agree.</remarks>
public sealed class ProjectionHost : IDisposable
{
    /// <summary>Most events of one transaction.</summary>
    public const int TransactionEventsMax = 4_096;

    private readonly string _path;
    private readonly ImmutableArray<IProjection> _projections;
    private readonly Journal _journal;
    private ProjectionFile _file;
    private JournalCursor? _cursor;

    private ProjectionHost(
        string path, ImmutableArray<IProjection> projections, Journal journal, ProjectionFile file,
        JournalPoint position, ProjectionStart start)
    {
        _path = path;
        _projections = projections;
        _journal = journal;
        _file = file;
        Position = position;
        Start = start;
    }

    /// <summary>How the file was found.</summary>
    public ProjectionStart Start { get; }

    /// <summary>Up to which event the tables go.</summary>
    public JournalPoint Position { get; private set; }

    /// <summary>Opens the file and goes on where it ends, or makes it afresh where that is not possible.</summary>
    /// <param name="path">The SQLite file; beside it stand its <c>-wal</c> and <c>-shm</c>.</param>
    /// <param name="projections">What it holds; their names differ.</param>
    /// <param name="journal">The truth.</param>
    /// <exception cref="ArgumentException">Two projections bear one name.</exception>
    /// <exception cref="SqliteException">The file cannot be made.</exception>
    public static ProjectionHost Open(string path, ImmutableArray<IProjection> projections, Journal journal)
    {
        if (projections.Select(projection => projection.Name).Distinct(StringComparer.Ordinal).Count()
            != projections.Length)
        {
            throw new ArgumentException("two projections bear one name", nameof(projections));
        }

        (ProjectionFile file, JournalPoint position, ProjectionStart start) = OpenFile(path, projections, journal);
        return new ProjectionHost(path, projections, journal, file, position, start);
    }

    /// <summary>The file where it ends, or made afresh where it does not belong to the journal.</summary>
    /// <param name="path">The SQLite file.</param>
    /// <param name="projections">What it holds.</param>
    /// <param name="journal">The truth.</param>
    internal static (ProjectionFile File, JournalPoint Position, ProjectionStart Start) OpenFile(
        string path, ImmutableArray<IProjection> projections, Journal journal)
    {
        ProjectionFile? file = ProjectionFile.TryOpen(path, projections, out JournalPoint position);
        if (file is not null && IsIn(journal, position)) return (file, position, ProjectionStart.GoesOn);
        ProjectionStart start = file is not null ? ProjectionStart.OtherHistory
            : File.Exists(path) ? ProjectionStart.OtherSchema : ProjectionStart.New;
        file?.Dispose();
        return (ProjectionFile.Create(path, projections), default, start);
    }

    /// <summary>Applies what the journal has beyond <see cref="Position"/>, in transactions of limited size.</summary>
    /// <param name="cancellation">Ends it between two transactions.</param>
    /// <returns>Events applied.</returns>
    /// <exception cref="SqliteException">The database refuses a statement; the transaction is taken back.</exception>
    /// <exception cref="JournalDamagedException">The journal is damaged; what precedes is applied.</exception>
    public long CatchUp(CancellationToken cancellation = default)
    {
        long first = Position.Sequence;
        _cursor ??= _journal.ReadAfter(first);
        while (!cancellation.IsCancellationRequested && Position.Sequence < _journal.Durable.Sequence) ApplySome();
        return Position.Sequence - first;
    }

    /// <summary>Makes everything again from the beginning of the journal.</summary>
    /// <param name="cancellation">Ends it between two transactions; a later <see cref="CatchUp"/> goes on.</param>
    /// <returns>Events applied.</returns>
    public long Rebuild(CancellationToken cancellation = default)
    {
        _file.Dispose();
        _file = ProjectionFile.Create(_path, _projections);
        GoBackTo(default);
        return CatchUp(cancellation);
    }

    /// <summary>A connection for queries, which sees whole transactions only; the caller disposes it.</summary>
    public SqliteConnection OpenToRead() => ProjectionFile.ConnectToRead(_path);

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _cursor?.Dispose();
        _file.Dispose();
    }

    // The position belongs to this journal if the journal has the same hash there.
    private static bool IsIn(Journal journal, JournalPoint position)
    {
        if (position.Sequence == 0) return position == default;
        if (position.Sequence > journal.Durable.Sequence) return false;
        using JournalCursor cursor = journal.ReadAfter(position.Sequence - 1);
        return cursor.MoveNext() && cursor.Point == position;
    }

    private void ApplySome()
    {
        JournalCursor cursor = _cursor!; // made by the only caller
        JournalPoint reached = Position;
        _file.Begin();
        try
        {
            for (int i = 0; i < TransactionEventsMax && cursor.MoveNext(); i++)
            {
                foreach (IProjection projection in _projections) projection.Apply(cursor.Current, _file.Rows);
                reached = cursor.Point;
            }

            _file.Commit(reached);
        }
        catch
        {
            _file.Rollback();
            GoBackTo(Position);
            throw;
        }

        Position = reached;
    }

    private void GoBackTo(JournalPoint position)
    {
        _cursor?.Dispose();
        _cursor = null;
        Position = position;
    }
}

/// <summary>How the file of the projections was found.</summary>
public enum ProjectionStart
{
    /// <summary>There was none: it is made from the beginning.</summary>
    New,

    /// <summary>It goes on where it ended.</summary>
    GoesOn,

    /// <summary>It held other tables, or could not be read: it is made again.</summary>
    OtherSchema,

    /// <summary>It went beyond the journal, or was made from another history: it is made again.</summary>
    OtherHistory,
}
