using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Storage;

/// <summary>Brings a folder into the state in which a journal can go on: refuses damage, cuts what was never
/// acknowledged, and makes durable again what may not be.</summary>
internal static class JournalOpening
{
    private const string DamagedNameEnd = ".damaged";

    /// <summary>Looks at the folder, mends what a crash leaves, and gives a writer that goes on there.</summary>
    /// <param name="disk">The folder, locked.</param>
    /// <param name="options">Limits.</param>
    /// <param name="commands">Gets the command ids of the log.</param>
    internal static Result<(LogWriter Log, JournalRecovery Recovery)> Run(
        IDisk disk, JournalOptions options, CommandIndex commands)
    {
        LogInspection found = LogInspection.Of(disk, commands);
        if (!found.Damage.IsEmpty)
        {
            return Result<(LogWriter, JournalRecovery)>.Refused(found.Damage.Select(damage => damage.ToFailure()));
        }

        TemporaryFiles.Clear(disk);
        if (found.IsNew) found = Create(disk, options);
        SetAside(disk, found.UnusableSnapshots);
        SegmentHeader last = found.Segments[^1];
        TornTail? torn = found.Tail.UsedEnd > found.End
            ? new TornTail(
                SegmentHeader.NameOf(last.Number), found.End, found.Tail.UsedEnd - found.End, found.Tail.RecordCount)
            : null;
        using (IDiskFile file = disk.OpenToWrite(SegmentHeader.NameOf(last.Number)))
        {
            Mend(file, last, found);
        }

        JournalRecovery recovery = new(
            found.Last, found.Segments.Length, found.RecordCount,
            found.Snapshots.IsEmpty ? 0 : found.Snapshots[^1].Sequence, found.UnusableSnapshots, torn);
        return Result<(LogWriter, JournalRecovery)>.Accepted(
            (new LogWriter(disk, options, last, found.End, found.Last, commands), recovery));
    }

    private static LogInspection Create(IDisk disk, JournalOptions options)
    {
        using SegmentSupply supply = new(disk, options with { Preparation = SegmentPreparation.OnDemand });
        SegmentHeader first = new(Guid.NewGuid(), 1, 1, options.SegmentBytes, default);
        supply.Take(first).Dispose();
        return new LogInspection
        {
            Journal = first.Journal,
            Segments = [first],
            End = SegmentHeader.LengthBytes,
            Tail = new SegmentTail(SegmentHeader.LengthBytes, 0, 0),
        };
    }

    private static void SetAside(IDisk disk, ImmutableArray<JournalDamage> unusable)
    {
        foreach (JournalDamage damage in unusable) disk.Rename(damage.File, damage.File + DamagedNameEnd);
        if (!unusable.IsEmpty) disk.SyncFolder();
    }

    // After a failed sync the system may hold bytes that it will never write and no longer remembers to: what is not
    // proven durable is written again, so that this sync means it. Bytes behind the end are wiped, so that no record
    // that was never acknowledged can be taken for a later one.
    private static void Mend(IDiskFile file, SegmentHeader header, LogInspection found)
    {
        FrameReader reader = new(file, header.SegmentBytes);
        while (reader.Offset < found.End)
        {
            FrameState state = reader.Look();
            Numerics.Check.That(state == FrameState.Intact, "a record changed while the journal was opened");
            if (FrameFormat.Sequence(reader.Frame) > found.Proven) file.Write(reader.Offset, reader.Frame);
            reader.Advance();
        }

        if (found.Tail.UsedEnd > found.End) file.Write(found.End, new byte[found.Tail.UsedEnd - found.End]);
        file.Sync();
    }
}
