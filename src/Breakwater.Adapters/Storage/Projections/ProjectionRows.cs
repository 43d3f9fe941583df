using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Breakwater.Adapters.Storage.Projections;

/// <summary>Runs the statements of projections; each distinct text is prepared once.</summary>
/// <remarks>A statement names its values <c>$1</c>, <c>$2</c>, … in order. A value is a <see cref="long"/>, an
/// <see cref="int"/>, a <see cref="double"/>, a <see cref="string"/>, bytes or <c>null</c>.
/// </remarks>
public sealed class ProjectionRows : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    internal ProjectionRows(SqliteConnection connection) => _connection = connection;

    /// <summary>Runs a statement that changes rows.</summary>
    /// <param name="statement">One SQL statement.</param>
    /// <param name="values">Its values, in order.</param>
    /// <returns>Rows changed.</returns>
    /// <exception cref="SqliteException">The database refuses it.</exception>
    public int Run(string statement, params ReadOnlySpan<object?> values) => Ready(statement, values).ExecuteNonQuery();

    /// <summary>First value of the first row of a query; <c>null</c> if there is none, or it is null.</summary>
    /// <param name="statement">One SQL query.</param>
    /// <param name="values">Its values, in order.</param>
    /// <exception cref="SqliteException">The database refuses it.</exception>
    public object? First(string statement, params ReadOnlySpan<object?> values) =>
        Ready(statement, values).ExecuteScalar() is { } value and not DBNull ? value : null;

    /// <summary>Every row of a query: its values in order of the columns, <c>null</c> where there is none.</summary>
    /// <param name="statement">One SQL query.</param>
    /// <param name="values">Its values, in order.</param>
    /// <exception cref="SqliteException">The database refuses it.</exception>
    public IReadOnlyList<object?[]> All(string statement, params ReadOnlySpan<object?> values)
    {
        List<object?[]> rows = [];
        using SqliteDataReader reader = Ready(statement, values).ExecuteReader();
        while (reader.Read())
        {
            object?[] row = new object?[reader.FieldCount];
            for (int i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Forgets the prepared statements.</summary>
    public void Dispose()
    {
        foreach (SqliteCommand command in _prepared.Values) command.Dispose();
        _prepared.Clear();
    }

    private SqliteCommand Ready(string statement, ReadOnlySpan<object?> values)
    {
        if (!_prepared.TryGetValue(statement, out SqliteCommand? command))
        {
            command = _connection.CreateCommand();
#pragma warning disable CA2100 // Statements are constants of projections; values go in as parameters.
            command.CommandText = statement;
#pragma warning restore CA2100
            for (int i = 1; i <= values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = Name(i) });
            }

            _prepared.Add(statement, command);
        }

        for (int i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    private static string Name(int number) => "$" + number.ToString(CultureInfo.InvariantCulture);
}
