using System.Collections.Immutable;

namespace Breakwater.Adapters.Storage;

/// <summary>What a folder holds, looked at without changing anything: the ground for opening a journal and for
/// verifying one.</summary>
internal sealed record LogInspection
{
    /// <summary>Identity of the journal.</summary>
    internal Guid Journal { get; init; }

    /// <summary>Headers of the segments, in order; those that can be read.</summary>
    internal ImmutableArray<SegmentHeader> Segments { get; init; } = [];

    /// <summary>The place after the last record that continues the log.</summary>
    internal JournalPoint Last { get; init; }

    /// <summary>Where that record ends in the last segment, bytes.</summary>
    internal long End { get; init; }

    /// <summary>What stands after it.</summary>
    internal SegmentTail Tail { get; init; }

    /// <summary>Records up to this sequence are known to have been durable.</summary>
    internal long Proven { get; init; }

    /// <summary>Records looked at.</summary>
    internal long RecordCount { get; init; }

    /// <summary>Usable snapshots, oldest first.</summary>
    internal ImmutableArray<JournalPoint> Snapshots { get; init; } = [];

    /// <summary>Snapshots that cannot be used.</summary>
    internal ImmutableArray<JournalDamage> UnusableSnapshots { get; init; } = [];

    /// <summary>Damage that forbids serving the log; empty if it can be served.</summary>
    internal ImmutableArray<JournalDamage> Damage { get; init; } = [];

    /// <summary>Whether the folder holds no journal at all.</summary>
    internal bool IsNew { get; init; }

    /// <summary>Looks at a folder.</summary>
    /// <param name="disk">The folder.</param>
    /// <param name="visitor">Sees each record that continues the log, in order.</param>
    internal static LogInspection Of(IDisk disk, LogVisitor visitor)
    {
        IReadOnlyList<string> names = disk.List();
        List<JournalDamage> damage = [];
        ImmutableArray<SegmentHeader> headers = ReadHeaders(disk, names, damage);
        if (headers.IsEmpty)
        {
            bool isNew = damage.Count == 0 && !names.Any(IsOfJournal);
            if (damage.Count == 0 && !isNew) damage.Add(Missing(1));
            return new LogInspection { IsNew = isNew, Damage = [.. damage] };
        }

        Guid journal = headers[0].Journal;
        List<JournalDamage> unusable = [];
        ImmutableArray<JournalPoint> snapshots = ReadSnapshots(disk, names, journal, unusable);
        JournalPoint mark = DurableMark.Read(disk, journal);
        LogWalk walk = new(disk, headers, [.. snapshots, mark], visitor);
        walk.Run(snapshots.IsEmpty ? 0 : snapshots[^1].Sequence, damage);
        return new LogInspection
        {
            Journal = journal,
            Segments = headers,
            Last = walk.Last,
            End = walk.End,
            Tail = walk.Tail,
            Proven = walk.Proven,
            RecordCount = walk.RecordCount,
            Snapshots = snapshots,
            UnusableSnapshots = [.. unusable],
            Damage = [.. damage],
        };
    }

    private static bool IsOfJournal(string name) =>
        name == DurableMark.FileName || Snapshot.SequenceOf(name) is not null;

    private static JournalDamage Missing(long number) => new(
        DamageKind.MissingFile, SegmentHeader.NameOf(number), 0, 0, "the segment is missing, others are there");

    private static ImmutableArray<SegmentHeader> ReadHeaders(
        IDisk disk, IReadOnlyList<string> names, List<JournalDamage> damage)
    {
        ImmutableArray<SegmentHeader>.Builder headers = ImmutableArray.CreateBuilder<SegmentHeader>();
        long next = 1;
        foreach (long number in names.Select(SegmentHeader.NumberOf).OfType<long>().Order())
        {
            if (number != next) damage.Add(Missing(next));
            next = number + 1;
            using IDiskFile file = disk.OpenToRead(SegmentHeader.NameOf(number));
            JournalDamage? wrong = SegmentHeader.TryRead(file, number, out SegmentHeader? header);
            if (wrong is null && headers.Count > 0 && header!.Journal != headers[0].Journal)
            {
                wrong = new JournalDamage(DamageKind.Misplaced, file.Name, 0, 0, "it is a segment of another journal");
            }

            if (wrong is not null) damage.Add(wrong);
            else headers.Add(header!); // without damage there is a header
        }

        return headers.ToImmutable();
    }

    private static ImmutableArray<JournalPoint> ReadSnapshots(
        IDisk disk, IReadOnlyList<string> names, Guid journal, List<JournalDamage> unusable)
    {
        ImmutableArray<JournalPoint>.Builder points = ImmutableArray.CreateBuilder<JournalPoint>();
        foreach (string name in names.Where(name => Snapshot.SequenceOf(name) is not null))
        {
            JournalDamage? wrong = Snapshot.TryRead(disk, name, journal, out Snapshot? snapshot);
            if (wrong is not null) unusable.Add(wrong);
            else points.Add(snapshot!.Point); // without damage there is a snapshot
        }

        return points.ToImmutable();
    }
}
