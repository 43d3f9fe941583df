using System.Collections.Immutable;
using System.Text.Json;
using Breakwater.Adapters.Storage;

namespace Breakwater.Cli.Reports;

/// <summary>A journal as one JSON document.</summary>
internal static class JournalJson
{
    /// <summary>Writes the document.</summary>
    public static void Write(Utf8JsonWriter json, JournalReport report) => json.Object(() =>
    {
        json.WriteString("journal", report.Journal);
        json.WriteBoolean("isWhole", report.Damage.IsEmpty && report.UnusableSnapshots.IsEmpty);
        json.WriteNumber("records", report.RecordCount);
        json.WriteNumber("commands", report.CommandCount);
        json.WriteNumber("lastSequence", report.Last.Sequence);
        json.WriteString("chain", report.Last.Chain.ToString());
        json.WriteString("firstAt", report.FirstTime?.ToString());
        json.WriteString("lastAt", report.LastTime?.ToString());
        json.WriteNumber("segments", report.SegmentCount);
        json.WriteNumber("segmentBytes", report.SegmentBytes);
        json.Objects("kinds", report.Kinds, kind =>
        {
            json.WriteNumber("kind", kind.Kind);
            json.WriteNumber("records", kind.RecordCount);
            json.WriteNumber("payloadBytes", kind.PayloadBytes);
        });
        json.WriteStartArray("snapshots");
        foreach (long sequence in report.Snapshots) json.WriteNumberValue(sequence);
        json.WriteEndArray();
        WriteDamage(json, "unusableSnapshots", report.UnusableSnapshots);
        WriteDamage(json, "damage", report.Damage);
        if (report.Torn is { } torn)
        {
            json.Object("torn", () =>
            {
                json.WriteString("file", torn.File);
                json.WriteNumber("offset", torn.Offset);
                json.WriteNumber("bytes", torn.LengthBytes);
                json.WriteNumber("records", torn.RecordCount);
            });
        }
    });

    private static void WriteDamage(Utf8JsonWriter json, string name, ImmutableArray<JournalDamage> damages) =>
        json.Objects(name, damages, damage =>
        {
            json.WriteString("kind", damage.Kind.ToString());
            json.WriteString("file", damage.File);
            json.WriteNumber("offset", damage.Offset);
            json.WriteNumber("sequence", damage.Sequence);
            json.WriteString("message", damage.Message);
        });
}
