using System.Collections.Immutable;

namespace Breakwater.Adapters.Storage.Projections;

/// <summary>Table <c>events</c>: where each event stands, by kind and by command. Knows no payload.</summary>
public sealed class EventsByKind : IProjection
{
    private const string Insert = "INSERT INTO events VALUES ($1, $2, $3, $4, $5)";

    /// <inheritdoc/>
    public string Name => "events";

    /// <inheritdoc/>
    public ImmutableArray<string> Schema { get; } =
    [
        "CREATE TABLE events (sequence INTEGER PRIMARY KEY, kind INTEGER NOT NULL, at_ms INTEGER NOT NULL, "
            + "command BLOB, payload_bytes INTEGER NOT NULL)",
        "CREATE INDEX events_by_kind ON events (kind, sequence)",
    ];

    /// <inheritdoc/>
    public void Apply(JournalRecord record, ProjectionRows rows) => rows.Run(
        Insert,
        record.Sequence,
        (long)record.Kind,
        record.Time.UnixMilliseconds,
        record.Command.IsNone ? null : Bytes(record.Command),
        (long)record.Payload.Length);

    private static byte[] Bytes(CommandId command)
    {
        byte[] bytes = new byte[CommandId.LengthBytes];
        command.Write(bytes);
        return bytes;
    }
}
