using System.Collections.Immutable;

namespace Breakwater.Adapters.Storage;

/// <summary>Walks the segments of a log and judges what it finds: damage, or a tail that was never
/// acknowledged.</summary>
/// <remarks>
/// That a segment exists proves that everything before it was durable, since its name is given only then. In the last
/// segment a missing or broken record is damage if anything proves that it was durable: a later record, the mark, or a
/// snapshot. Otherwise it belongs to a commit that a crash has cut.
/// </remarks>
internal sealed class LogWalk(
    IDisk disk, ImmutableArray<SegmentHeader> headers, ImmutableArray<JournalPoint> witnesses, LogVisitor visitor)
{
    private readonly Dictionary<long, ChainHash> _witnesses = Unique(witnesses);
    private JournalPoint _point;
    private JournalDamage? _contradiction;

    /// <summary>The place after the last record that continues the log.</summary>
    internal JournalPoint Last => _point;

    /// <summary>Where that record ends in the last segment, bytes.</summary>
    internal long End { get; private set; }

    /// <summary>What stands after it.</summary>
    internal SegmentTail Tail { get; private set; }

    /// <summary>Records up to this sequence are known to have been durable.</summary>
    internal long Proven { get; private set; } = witnesses.Max(witness => witness.Sequence);

    /// <summary>Records seen.</summary>
    internal long RecordCount { get; private set; }

    /// <summary>Walks.</summary>
    /// <param name="covered">Record up to which a snapshot holds everything: segments that end there may be
    /// skipped.</param>
    /// <param name="damage">Gets what forbids serving the log.</param>
    internal void Run(long covered, List<JournalDamage> damage)
    {
        for (int i = 0; i < headers.Length; i++)
        {
            SegmentHeader header = headers[i];
            SegmentHeader? next = i + 1 < headers.Length ? headers[i + 1] : null;
            if (next is not null && next.FirstSequence <= covered + 1 && visitor.Skips(header, next)) continue;
            visitor.Begin(header);
            using IDiskFile file = disk.OpenToRead(SegmentHeader.NameOf(header.Number));
            _point = new JournalPoint(header.FirstSequence - 1, header.Previous);
            Witness(file.Name, 0);
            SegmentScan scan = SegmentScan.Of(
                file, header, (frame, point, offset) => See(frame, point, file.Name, offset));
            SegmentTail tail = SegmentTail.Of(file, header, scan.End);
            JournalDamage? wrong = next is not null
                ? Against(next, scan, tail, file.Name)
                : AgainstEvidence(scan, tail, file.Name);
            if (wrong is not null) damage.Add(wrong);
            else if (next is not null) visitor.End(header, next);
        }

        if (_contradiction is not null) damage.Add(_contradiction);
    }

    private static Dictionary<long, ChainHash> Unique(ImmutableArray<JournalPoint> witnesses)
    {
        Dictionary<long, ChainHash> unique = [];
        foreach (JournalPoint witness in witnesses) unique.TryAdd(witness.Sequence, witness.Chain);
        return unique;
    }

    private void See(ReadOnlySpan<byte> frame, JournalPoint point, string file, long offset)
    {
        _point = point;
        RecordCount++;
        Witness(file, offset);
        visitor.See(frame);
    }

    private void Witness(string file, long offset)
    {
        if (_witnesses.TryGetValue(_point.Sequence, out ChainHash hash) && hash != _point.Chain)
        {
            _contradiction ??= new JournalDamage(
                DamageKind.Chain, file, offset, _point.Sequence, "a snapshot or the mark holds another hash of it");
        }
    }

    private JournalDamage? Against(SegmentHeader next, SegmentScan scan, SegmentTail tail, string file)
    {
        JournalPoint expected = new(next.FirstSequence - 1, next.Previous);
        Proven = Math.Max(Proven, expected.Sequence);
        if (scan.Last != expected)
        {
            return scan.Break ?? new JournalDamage(
                DamageKind.LostTail, file, scan.End, scan.Last.Sequence + 1,
                $"the records end here; segment {next.Number} begins with record {next.FirstSequence}");
        }

        return tail.UsedEnd == scan.End ? null : new JournalDamage(
            DamageKind.Misplaced, file, scan.End, 0, "bytes stand after the last record, where nothing was written");
    }

    private JournalDamage? AgainstEvidence(SegmentScan scan, SegmentTail tail, string file)
    {
        End = scan.End;
        Tail = tail;
        Proven = Math.Max(Proven, Math.Max(scan.Durable, tail.Durable));
        return Proven <= scan.Last.Sequence ? null : scan.Break ?? new JournalDamage(
            DamageKind.LostTail, file, scan.End, scan.Last.Sequence + 1,
            $"the records end here; records up to {Proven} were durable");
    }
}
