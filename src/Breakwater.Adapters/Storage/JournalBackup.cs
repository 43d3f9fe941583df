using System.Collections.Immutable;
using System.Diagnostics;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Storage;

/// <summary>Copies a journal, also while another process writes it: everything up to a record, whole.</summary>
public static class JournalBackup
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>Copies the records of a journal and the snapshots that they cover, durably.</summary>
    /// <remarks>Of the last segment only records that continue the log are taken, so that a writer's half-done commit
    /// is not. The journal is looked at before, and the copy afterwards, each as a whole: a copy holds at least what
    /// could be read before it was begun.</remarks>
    /// <param name="from">The folder of the journal; nothing in it changes.</param>
    /// <param name="to">An empty folder.</param>
    /// <returns>What the copy holds, or why there is none: no journal, damage in it, or files in the way.</returns>
    /// <exception cref="DiskException">One of the folders does not do what it is asked.</exception>
    public static Result<JournalReport> Run(IDisk from, IDisk to)
    {
        if (to.List() is [var inTheWay, ..])
        {
            return Refused(new Failure(FailureReason.Inconsistent, "the folder is not empty", to.Place, inTheWay));
        }

        JournalReport? before = JournalInspection.Of(from);
        if (before is null)
        {
            return Refused(new Failure(FailureReason.Missing, "the folder holds no journal", from.Place));
        }

        if (!before.Damage.IsEmpty) return Refused(before.Damage);
        IReadOnlyList<string> names = from.List();
        long[] numbers = [.. names.Select(SegmentHeader.NumberOf).OfType<long>().Order()];
        foreach (long number in numbers[..^1])
        {
            CopyFile(from, to, SegmentHeader.NameOf(number));
            if (names.Contains(CommandFile.NameOf(number), StringComparer.Ordinal))
            {
                CopyFile(from, to, CommandFile.NameOf(number));
            }
        }

        if (CopyRecords(from, to, numbers[^1], before.Last.Sequence) is var (last, damage) && damage is not null)
        {
            return Refused([damage]);
        }

        foreach (string name in names.Where(name => Snapshot.SequenceOf(name) is { } sequence && sequence <= last))
        {
            CopyFile(from, to, name);
        }

        to.SyncFolder();
        JournalReport copied = JournalInspection.Of(to) ?? throw new UnreachableException();
        return copied.Damage.IsEmpty ? Result<JournalReport>.Accepted(copied) : Refused(copied.Damage);
    }

    private static Result<JournalReport> Refused(ImmutableArray<JournalDamage> damage) =>
        Result<JournalReport>.Refused(damage.Select(found => found.ToFailure()));

    private static Result<JournalReport> Refused(Failure failure) => Result<JournalReport>.Refused(failure);

    private static void CopyFile(IDisk from, IDisk to, string name)
    {
        using IDiskFile source = from.OpenToRead(name);
        using IDiskFile copy = to.Create(name);
        byte[] chunk = new byte[Math.Min(ChunkBytes, Math.Max(1, source.LengthBytes))];
        for (long at = 0; at < source.LengthBytes;)
        {
            int read = source.Read(at, chunk);
            copy.Write(at, chunk.AsSpan(0, read));
            at += read;
        }

        copy.Sync();
    }

    // Zeros at full length, then header and records, which must go at least as far as they did before.
    private static (long Last, JournalDamage? Damage) CopyRecords(IDisk from, IDisk to, long number, long least)
    {
        string name = SegmentHeader.NameOf(number);
        using IDiskFile source = from.OpenToRead(name);
        JournalDamage? damage = SegmentHeader.TryRead(source, number, out SegmentHeader? header);
        if (damage is not null) return (0, damage);
        using IDiskFile copy = to.Create(name);
        byte[] zeros = new byte[Math.Min(ChunkBytes, header!.SegmentBytes)]; // without damage there is a header
        for (long at = 0; at < header.SegmentBytes; at += zeros.Length)
        {
            copy.Write(at, zeros.AsSpan(0, (int)Math.Min(zeros.Length, header.SegmentBytes - at)));
        }

        copy.Write(0, header.ToBytes());
        SegmentScan scan = SegmentScan.Of(source, header, (frame, _, offset) => copy.Write(offset, frame));
        copy.Sync();
        return scan.Last.Sequence >= least ? (scan.Last.Sequence, null) : (0, scan.Break ?? new JournalDamage(
            DamageKind.LostTail, name, scan.End, scan.Last.Sequence + 1, $"records up to {least} were there before"));
    }
}
