namespace Breakwater.Adapters.Storage;

/// <summary>A place in the log: after a record, with the hash of everything up to it.</summary>
/// <param name="Sequence">The record's number; 0 before the first.</param>
/// <param name="Chain">Hash of everything up to the record; 32 zero bytes before the first.</param>
/// <remarks>The <c>default</c> value is the beginning of every log. Two logs with the same point hold the same events
/// up to it.</remarks>
public readonly record struct JournalPoint(long Sequence, ChainHash Chain)
{
    /// <summary>What is wrong with an intact frame that should follow this point; <c>null</c> if it does.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="segment">Number of the segment it stands in.</param>
    internal (DamageKind Kind, string Message)? Against(ReadOnlySpan<byte> frame, long segment)
    {
        if (FrameFormat.Segment(frame) != segment)
        {
            return (DamageKind.Misplaced, $"a record of segment {FrameFormat.Segment(frame)} stands here");
        }

        long sequence = FrameFormat.Sequence(frame);
        if (sequence != Sequence + 1)
        {
            return (DamageKind.Misplaced, $"record {sequence} stands where {Sequence + 1} belongs");
        }

        return FrameFormat.Previous(frame) == Chain
            ? null
            : (DamageKind.Chain, $"record {sequence} does not continue the hash of the record before it");
    }

    /// <summary>The place after a frame that follows this point.</summary>
    internal JournalPoint After(ReadOnlySpan<byte> frame) => new(Sequence + 1, FrameFormat.Chain(frame));
}
