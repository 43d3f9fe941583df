using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Storage;

/// <summary>Reads a journal whole without changing it, also while another process writes it.</summary>
public static class JournalInspection
{
    /// <summary>Reads every segment and snapshot of a folder.</summary>
    /// <remarks>What a writer is in the middle of may look like damage once. Before it goes on to another place it has
    /// finished there, so damage counts only if a second look finds it at the same place.</remarks>
    /// <param name="disk">The folder.</param>
    /// <returns>The report; <c>null</c> if the folder holds no journal.</returns>
    /// <exception cref="DiskException">It cannot be read.</exception>
    public static JournalReport? Of(IDisk disk)
    {
        JournalReport? first = LookAt(disk);
        if (first is null || first.Damage.IsEmpty) return first;
        JournalReport? second = LookAt(disk);
        return second is null
            ? first
            : second with { Damage = [.. second.Damage.Where(damage => first.Damage.Contains(damage))] };
    }

    private static JournalReport? LookAt(IDisk disk)
    {
        Tally tally = new();
        LogInspection found = LogInspection.Of(disk, tally);
        if (found.IsNew) return null;
        TornTail? torn = found.Segments.IsEmpty || found.Tail.UsedEnd <= found.End
            ? null
            : new TornTail(
                SegmentHeader.NameOf(found.Segments[^1].Number), found.End, found.Tail.UsedEnd - found.End,
                found.Tail.RecordCount);
        return new JournalReport(
            found.Journal,
            found.Segments.Length,
            found.Segments.Sum(segment => segment.SegmentBytes),
            found.Last,
            found.RecordCount,
            tally.CommandCount,
            tally.FirstTime,
            tally.LastTime,
            tally.Kinds(),
            [.. found.Snapshots.Select(snapshot => snapshot.Sequence)],
            found.UnusableSnapshots,
            found.Damage.IsEmpty ? torn : null,
            found.Damage);
    }

    private sealed class Tally : LogVisitor
    {
        private readonly SortedDictionary<int, KindCount> _kinds = [];

        internal long CommandCount { get; private set; }

        internal Timestamp? FirstTime { get; private set; }

        internal Timestamp? LastTime { get; private set; }

        internal ImmutableArray<KindCount> Kinds() => [.. _kinds.Values];

        internal override void See(ReadOnlySpan<byte> frame)
        {
            int kind = FrameFormat.Kind(frame);
            KindCount before = _kinds.GetValueOrDefault(kind, new KindCount(kind, 0, 0));
            _kinds[kind] = new KindCount(
                kind, before.RecordCount + 1, before.PayloadBytes + FrameFormat.PayloadLength(frame));
            CommandCount += FrameFormat.Command(frame).IsNone ? 0 : 1;
            LastTime = FrameFormat.Time(frame);
            FirstTime ??= LastTime;
        }
    }
}
