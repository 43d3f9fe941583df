using System.Collections.Immutable;

namespace Breakwater.Adapters.Storage;

/// <summary>What opening a journal found and did.</summary>
/// <param name="Last">The last record and the hash of everything up to it.</param>
/// <param name="SegmentCount">Segments of the log.</param>
/// <param name="RecordCount">Records that were read and checked.</param>
/// <param name="SnapshotSequence">Record of the newest usable snapshot; 0 if there is none.</param>
/// <param name="UnusableSnapshots">Snapshots that were damaged: set aside under another name.</param>
/// <param name="Torn">What was cut off behind the last record; <c>null</c> if nothing was.</param>
public sealed record JournalRecovery(
    JournalPoint Last,
    int SegmentCount,
    long RecordCount,
    long SnapshotSequence,
    ImmutableArray<JournalDamage> UnusableSnapshots,
    TornTail? Torn);

/// <summary>The rest of a commit that a crash has cut: never acknowledged.</summary>
/// <param name="File">Name of the segment.</param>
/// <param name="Offset">Where it began, bytes.</param>
/// <param name="LengthBytes">Bytes up to the last one that was not zero.</param>
/// <param name="RecordCount">Intact records in it, which nothing before them reached.</param>
public sealed record TornTail(string File, long Offset, long LengthBytes, int RecordCount);
