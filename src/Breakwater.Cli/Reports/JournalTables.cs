using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Adapters.Storage;
using Breakwater.Cli.Terminal;

namespace Breakwater.Cli.Reports;

/// <summary>A journal in words and tables.</summary>
internal static class JournalTables
{
    /// <summary>Whether it can be served, and every damage with its place.</summary>
    public static void WriteVerdict(TextWriter output, JournalReport report)
    {
        output.WriteLine($"{Count(report.RecordCount)} records in {Count(report.SegmentCount)} segments are what was "
            + $"written, {Count(report.Snapshots.Length)} snapshots are usable");
        output.WriteLine($"last record {report.Last.Sequence}, hash {report.Last.Chain}");
        WriteDamage(output, "damage", report.Damage);
        WriteDamage(output, "unusable snapshot", report.UnusableSnapshots);
        if (report.Torn is { } torn)
        {
            output.WriteLine($"torn tail: {torn.File}, byte {torn.Offset}, {Count(torn.LengthBytes)} bytes of a commit "
                + "that was never acknowledged, or is being written; opening the journal cuts them off");
        }

        output.WriteLine(report.Damage.IsEmpty
            ? report.UnusableSnapshots.IsEmpty
                ? "the journal is whole"
                : "the log is whole; a damaged snapshot costs a longer replay, nothing else"
            : "the journal is damaged and will not be served: restore the named files from a copy");
    }

    /// <summary>What it holds.</summary>
    public static void WriteStats(TextWriter output, JournalReport report)
    {
        TextTable kinds = new("kind", ">records", ">payload, bytes", ">mean payload, bytes");
        foreach (KindCount kind in report.Kinds)
        {
            kinds.Row(
                kind.Kind.ToString(CultureInfo.InvariantCulture), Count(kind.RecordCount), Count(kind.PayloadBytes),
                Count(kind.PayloadBytes / kind.RecordCount));
        }

        kinds.Write(output);
        TextTable facts = new("journal", report.Journal.ToString());
        facts.Row("records", Count(report.RecordCount));
        facts.Row("records with a command id", Count(report.CommandCount));
        facts.Row("first record at", report.FirstTime?.ToString() ?? "-");
        facts.Row("last record at", report.LastTime?.ToString() ?? "-");
        facts.Row("last record", Count(report.Last.Sequence));
        facts.Row("hash of everything", report.Last.Chain.ToString());
        facts.Row("segments", Count(report.SegmentCount));
        facts.Row("segments, bytes on disk", Count(report.SegmentBytes));
        facts.Row("snapshots after records", string.Join(", ", report.Snapshots.Select(Count)));
        facts.Write(output);
        WriteDamage(output, "damage", report.Damage);
        WriteDamage(output, "unusable snapshot", report.UnusableSnapshots);
    }

    private static void WriteDamage(TextWriter output, string heading, ImmutableArray<JournalDamage> damages)
    {
        foreach (JournalDamage damage in damages)
        {
            string record = damage.Sequence > 0 ? $", record {damage.Sequence}" : string.Empty;
            output.WriteLine(
                $"{heading}: {damage.Kind}, {damage.File}, byte {damage.Offset}{record}: {damage.Message}");
        }
    }

    private static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
