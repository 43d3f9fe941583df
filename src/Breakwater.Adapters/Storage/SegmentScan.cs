namespace Breakwater.Adapters.Storage;

/// <summary>Looks at one record of a scan.</summary>
/// <param name="frame">The record's bytes; valid during the call.</param>
/// <param name="point">The place after it.</param>
/// <param name="offset">Where it begins in its segment, bytes.</param>
internal delegate void FrameVisitor(ReadOnlySpan<byte> frame, JournalPoint point, long offset);

/// <summary>What the records of one segment say.</summary>
/// <param name="Last">The place after the last record that continues the log.</param>
/// <param name="End">Where that record ends, bytes from the start of the segment.</param>
/// <param name="Durable">Greatest sequence that these records name as durable.</param>
/// <param name="Break">What stands after them, if it is not empty room; <c>null</c> if it is.</param>
internal sealed record SegmentScan(JournalPoint Last, long End, long Durable, JournalDamage? Break)
{
    /// <summary>Walks a segment until something does not continue the log.</summary>
    /// <param name="file">The segment.</param>
    /// <param name="header">Its header, checked.</param>
    /// <param name="visit">Sees each record that continues the log, in order.</param>
    internal static SegmentScan Of(IDiskFile file, SegmentHeader header, FrameVisitor visit)
    {
        JournalPoint point = new(header.FirstSequence - 1, header.Previous);
        long durable = 0;
        FrameReader reader = new(file, header.SegmentBytes);
        FrameState state;
        while ((state = reader.Look()) == FrameState.Intact)
        {
            if (point.Against(reader.Frame, header.Number) is { } wrong)
            {
                return new SegmentScan(
                    point, reader.Offset, durable, Damage(wrong.Kind, file, reader.Offset, point, wrong.Message));
            }

            point = point.After(reader.Frame);
            durable = Math.Max(durable, FrameFormat.Durable(reader.Frame));
            visit(reader.Frame, point, reader.Offset);
            reader.Advance();
        }

        return new SegmentScan(point, reader.Offset, durable, state == FrameState.Empty
            ? null
            : Damage(DamageKind.Record, file, reader.Offset, point, "the record's checksum is wrong or it is cut"));
    }

    private static JournalDamage Damage(
        DamageKind kind, IDiskFile file, long offset, JournalPoint point, string message) =>
        new(kind, file.Name, offset, point.Sequence + 1, message);
}
