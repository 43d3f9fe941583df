using Breakwater.Instruments;

namespace Breakwater.Adapters.Storage;

/// <summary>A record as it is read; its payload is valid until the cursor moves.</summary>
public readonly ref struct JournalRecord
{
    private readonly ReadOnlySpan<byte> _frame;

    internal JournalRecord(JournalPoint point, ReadOnlySpan<byte> frame)
    {
        Point = point;
        _frame = frame;
    }

    /// <summary>The place after the record: its number, and the hash of everything up to it.</summary>
    public JournalPoint Point { get; }

    /// <summary>Its number.</summary>
    public long Sequence => Point.Sequence;

    /// <summary>Its kind.</summary>
    public int Kind => FrameFormat.Kind(_frame);

    /// <summary>Its time.</summary>
    public Timestamp Time => FrameFormat.Time(_frame);

    /// <summary>The command that asked for it; <see cref="CommandId.None"/> if none did.</summary>
    public CommandId Command => FrameFormat.Command(_frame);

    /// <summary>Its payload.</summary>
    public ReadOnlySpan<byte> Payload => _frame.Slice(FrameFormat.HeaderBytes, FrameFormat.PayloadLength(_frame));
}
