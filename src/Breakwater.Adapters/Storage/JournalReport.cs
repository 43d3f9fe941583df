using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Storage;

/// <summary>What a folder with a journal holds, and what is wrong with it.</summary>
/// <param name="Journal">Identity of the journal.</param>
/// <param name="SegmentCount">Segments that can be read.</param>
/// <param name="SegmentBytes">Their size on disk, bytes, room for further records included.</param>
/// <param name="Last">The last record and the hash of everything up to it.</param>
/// <param name="RecordCount">Records that are what was written.</param>
/// <param name="CommandCount">Of them, those that a client's command asked for.</param>
/// <param name="FirstTime">Time of the first record; <c>null</c> if there is none.</param>
/// <param name="LastTime">Time of the last record; <c>null</c> if there is none.</param>
/// <param name="Kinds">Records by kind, in order of kind.</param>
/// <param name="Snapshots">Records after which a usable snapshot was taken, oldest first.</param>
/// <param name="UnusableSnapshots">Snapshots that are damaged.</param>
/// <param name="Torn">The rest of a commit that a crash has cut, or that is being written now; <c>null</c> if there is
/// none.</param>
/// <param name="Damage">Damage that forbids serving the log; empty if it can be served.</param>
public sealed record JournalReport(
    Guid Journal,
    int SegmentCount,
    long SegmentBytes,
    JournalPoint Last,
    long RecordCount,
    long CommandCount,
    Timestamp? FirstTime,
    Timestamp? LastTime,
    ImmutableArray<KindCount> Kinds,
    ImmutableArray<long> Snapshots,
    ImmutableArray<JournalDamage> UnusableSnapshots,
    TornTail? Torn,
    ImmutableArray<JournalDamage> Damage);

/// <summary>Records of one kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="RecordCount">How many there are.</param>
/// <param name="PayloadBytes">Their payloads together, bytes.</param>
public readonly record struct KindCount(int Kind, long RecordCount, long PayloadBytes);
