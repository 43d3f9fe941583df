using Breakwater.Instruments;

namespace Breakwater.Adapters.Storage;

/// <summary>What is wrong with stored bytes.</summary>
public enum DamageKind
{
    /// <summary>The first block of a segment is not what was written, or the file is cut.</summary>
    SegmentHeader,

    /// <summary>The format is of a version that this release does not read.</summary>
    Version,

    /// <summary>A file that must be there is not.</summary>
    MissingFile,

    /// <summary>Bytes of a record are not what was written: flipped, torn or never written.</summary>
    Record,

    /// <summary>An intact block stands where it does not belong: another place, segment or journal.</summary>
    Misplaced,

    /// <summary>A record is intact and does not continue the one before it.</summary>
    Chain,

    /// <summary>A snapshot is not what was written.</summary>
    Snapshot,

    /// <summary>The log ends before a record that was durable.</summary>
    LostTail,
}

/// <summary>One damage, with its place.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="File">Name of the file, without folder.</param>
/// <param name="Offset">Where in the file, bytes from its start.</param>
/// <param name="Sequence">Record that should stand there; 0 if it is about no record.</param>
/// <param name="Message">In words.</param>
public sealed record JournalDamage(DamageKind Kind, string File, long Offset, long Sequence, string Message)
{
    /// <summary>The damage as a refusal of the whole journal.</summary>
    public Failure ToFailure() => new(
        Kind == DamageKind.MissingFile ? FailureReason.Missing
            : Kind == DamageKind.Version ? FailureReason.Unknown : FailureReason.Damaged,
        Message,
        File,
        Sequence > 0 ? $"byte {Offset}, record {Sequence}" : $"byte {Offset}",
        Kind.ToString());
}
