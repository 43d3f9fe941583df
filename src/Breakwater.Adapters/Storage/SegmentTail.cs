namespace Breakwater.Adapters.Storage;

/// <summary>What stands in a segment after the last record that continues the log.</summary>
/// <param name="UsedEnd">End of the last byte that is not zero, bytes from the start of the segment; the start of the
/// tail if all are.</param>
/// <param name="Durable">Greatest sequence that an intact record in it names as durable; 0 if none does.</param>
/// <param name="RecordCount">Intact records in it: written, never acknowledged, and cut off by what precedes
/// them.</param>
internal readonly record struct SegmentTail(long UsedEnd, long Durable, int RecordCount)
{
    private const int Step = 8; // frames begin at multiples of it
    private const int ChunkBytes = 256 << 10;

    /// <summary>Looks through the tail: for bytes, and for records that prove that what is missing was
    /// durable.</summary>
    /// <param name="file">The segment.</param>
    /// <param name="header">Its header.</param>
    /// <param name="from">Where the tail begins, bytes.</param>
    internal static SegmentTail Of(IDiskFile file, SegmentHeader header, long from)
    {
        long usedEnd = LastUsed(file, header, from);
        if (usedEnd == from) return new SegmentTail(from, 0, 0);
        long durable = 0;
        int records = 0;
        FrameReader reader = new(file, header.SegmentBytes);
        reader.Skip((int)(from - reader.Offset));
        while (reader.Offset < usedEnd)
        {
            bool isRecord = reader.Look() == FrameState.Intact && FrameFormat.Segment(reader.Frame) == header.Number;
            if (!isRecord)
            {
                reader.Skip(Step);
                continue;
            }

            durable = Math.Max(durable, FrameFormat.Durable(reader.Frame));
            records++;
            reader.Advance();
        }

        return new SegmentTail(usedEnd, durable, records);
    }

    private static long LastUsed(IDiskFile file, SegmentHeader header, long from)
    {
        byte[] chunk = new byte[Math.Min(ChunkBytes, header.SegmentBytes - from)];
        long usedEnd = from;
        for (long at = from; at < header.SegmentBytes; at += ChunkBytes)
        {
            int read = file.Read(at, chunk.AsSpan(0, (int)Math.Min(ChunkBytes, header.SegmentBytes - at)));
            int last = chunk.AsSpan(0, read).LastIndexOfAnyExcept((byte)0);
            if (last >= 0) usedEnd = at + last + 1;
        }

        return usedEnd;
    }
}
