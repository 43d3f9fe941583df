using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Breakwater.Adapters.Storage.Projections;

/// <summary>The database file of the projections: its tables, and up to which event they go.</summary>
internal sealed class ProjectionFile : IDisposable
{
    private const string PositionTable =
        "CREATE TABLE projection_position (id INTEGER PRIMARY KEY CHECK (id = 1), schema BLOB NOT NULL, "
        + "sequence INTEGER NOT NULL, chain BLOB NOT NULL)";

    private static readonly string[] FileEnds = ["", "-wal", "-shm"];

    private readonly SqliteConnection _connection;

    private ProjectionFile(SqliteConnection connection)
    {
        _connection = connection;
        Rows = new ProjectionRows(connection);
    }

    /// <summary>Statements on it.</summary>
    internal ProjectionRows Rows { get; }

    /// <summary>Opens what is there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="projections">What it must hold.</param>
    /// <param name="position">Up to where it goes.</param>
    /// <returns>The file; <c>null</c> if there is none of these projections, or it cannot be read.</returns>
    internal static ProjectionFile? TryOpen(
        string path, ImmutableArray<IProjection> projections, out JournalPoint position)
    {
        position = default;
        if (!File.Exists(path)) return null;
        ProjectionFile? file = null;
        try
        {
            file = new ProjectionFile(Connect(path));
            byte[]? schema = (byte[]?)file.Rows.First("SELECT schema FROM projection_position");
            if (schema is not null && schema.AsSpan().SequenceEqual(SchemaDigest(projections)))
            {
                position = new JournalPoint(
                    (long)file.Rows.First("SELECT sequence FROM projection_position")!, // the columns are not null
                    ChainHash.Read((byte[])file.Rows.First("SELECT chain FROM projection_position")!));
                return file;
            }
        }
        catch (SqliteException)
        {
            // Not a database, a damaged one, or not one of ours: the journal makes a better one.
        }

        file?.Dispose();
        return null;
    }

    /// <summary>Makes the file afresh, at the beginning of the log.</summary>
    internal static ProjectionFile Create(string path, ImmutableArray<IProjection> projections)
    {
        foreach (string end in FileEnds) File.Delete(path + end);
        ProjectionFile file = new(Connect(path));
        file.Rows.Run("BEGIN IMMEDIATE");
        file.Rows.Run(PositionTable);
        foreach (string statement in projections.SelectMany(projection => projection.Schema)) file.Rows.Run(statement);
        file.Rows.Run(
            "INSERT INTO projection_position VALUES (1, $1, 0, $2)", SchemaDigest(projections), Bytes(default));
        file.Rows.Run("COMMIT");
        return file;
    }

    /// <summary>A connection that only reads, for queries beside the writing.</summary>
    internal static SqliteConnection ConnectToRead(string path)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>Begins a transaction.</summary>
    internal void Begin() => Rows.Run("BEGIN IMMEDIATE");

    /// <summary>Ends the transaction: rows and position together.</summary>
    internal void Commit(JournalPoint position)
    {
        Rows.Run("UPDATE projection_position SET sequence = $1, chain = $2", position.Sequence, Bytes(position.Chain));
        Rows.Run("COMMIT");
    }

    /// <summary>Takes everything since <see cref="Begin"/> back.</summary>
    internal void Rollback() => Rows.Run("ROLLBACK");

    /// <inheritdoc/>
    public void Dispose()
    {
        Rows.Dispose();
        _connection.Dispose();
    }

    private static SqliteConnection Connect(string path)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        }.ToString());
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();

        // Readers go on beside the writer. A loss of power may take the last transactions, each whole with its
        // position: they are made again.
        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;";
        command.ExecuteNonQuery();
        return connection;
    }

    private static byte[] SchemaDigest(ImmutableArray<IProjection> projections)
    {
        StringBuilder text = new();
        foreach (IProjection projection in projections)
        {
            text.Append(projection.Name).Append('\n').AppendJoin('\n', projection.Schema).Append('\n');
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static byte[] Bytes(ChainHash hash)
    {
        byte[] bytes = new byte[ChainHash.LengthBytes];
        hash.Write(bytes);
        return bytes;
    }
}
