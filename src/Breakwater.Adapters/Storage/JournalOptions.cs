namespace Breakwater.Adapters.Storage;

/// <summary>Limits of a journal.</summary>
public sealed record JournalOptions
{
    private const long SegmentBytesMin = 8192;
    private const long SegmentBytesMost = 1L << 30;

    /// <summary>The defaults.</summary>
    public static JournalOptions Default { get; } = new();

    /// <summary>Size of a new segment, bytes, header included: 8 KiB to 1 GiB, a multiple of 4,096.</summary>
    public long SegmentBytes { get; init; } = 64L << 20;

    /// <summary>Most appends that the writer takes at once; further ones wait for a place, in order. ≥ 1.</summary>
    public int QueuedCountMax { get; init; } = 16_384;

    /// <summary>Most bytes of one group commit; a larger entry goes alone. ≥ 1.</summary>
    public int CommitBytesMax { get; init; } = 1 << 20;

    /// <summary>Snapshots kept; older ones are deleted when a new one is durable. ≥ 1.</summary>
    public int SnapshotsKept { get; init; } = 3;

    /// <summary>When the next segment is made.</summary>
    public SegmentPreparation Preparation { get; init; } = SegmentPreparation.Ahead;

    /// <summary>Most bytes of a payload that fit in a segment of this size.</summary>
    public int PayloadBytesMax => PayloadMax(SegmentBytes);

    /// <summary>Most bytes of a payload that fit in a segment of a given size.</summary>
    internal static int PayloadMax(long segmentBytes) => (int)Math.Min(
        JournalEntry.PayloadBytesMax, segmentBytes - SegmentHeader.LengthBytes - FrameFormat.HeaderBytes);

    /// <summary>Guards the limits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is outside its range.</exception>
    internal void RequireValid()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(SegmentBytes, SegmentBytesMin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SegmentBytes, SegmentBytesMost);
        ArgumentOutOfRangeException.ThrowIfNotEqual(SegmentBytes % SegmentHeader.LengthBytes, 0, nameof(SegmentBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(QueuedCountMax, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(CommitBytesMax, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(SnapshotsKept, 1);
    }
}

/// <summary>When the next segment is made.</summary>
public enum SegmentPreparation
{
    /// <summary>Beside the writing, as soon as the one before is begun: nobody waits for its zeros.</summary>
    Ahead,

    /// <summary>When it is needed: the order of writes is the same in every run.</summary>
    OnDemand,
}
