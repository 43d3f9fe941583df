using System.Buffers.Binary;

namespace Breakwater.Adapters.Storage;

/// <summary>File that says up to which record the log was durable: written after each sync, never before.</summary>
/// <remarks>
/// The log itself says so too, one commit later: each record names the last durable one. The mark closes that gap: with
/// it, a damaged last commit is told from one that was never finished. It is not synced with each commit; it outlives
/// the process always, and a loss of power if the system had written it or the journal was closed. Losing it loses
/// nothing else. Two slots in two sectors are written in turn, so that a torn one leaves the other.
/// </remarks>
internal sealed class DurableMark : IDisposable
{
    internal const string FileName = "durable.mark";
    private const int SlotBytes = 512;
    private const int SlotCount = 2;
    private const int ContentBytes = 64;
    private const uint Magic = 0x4B52_4D42; // "BMRK"
    private const int MagicAt = 4;
    private const int JournalAt = 8;
    private const int SequenceAt = 24;
    private const int ChainAt = 32;

    private readonly IDiskFile _file;
    private readonly byte[] _slot = new byte[ContentBytes];
    private int _next;

    private DurableMark(IDiskFile file, Guid journal)
    {
        _file = file;
        BinaryPrimitives.WriteUInt32LittleEndian(_slot.AsSpan(MagicAt), Magic);
        journal.TryWriteBytes(_slot.AsSpan(JournalAt));
    }

    /// <summary>The latest mark of a journal on a disk; the beginning if there is none that can be read.</summary>
    internal static JournalPoint Read(IDisk disk, Guid journal)
    {
        if (!disk.List().Contains(FileName, StringComparer.Ordinal)) return default;
        using IDiskFile file = disk.OpenToRead(FileName);
        JournalPoint latest = default;
        byte[] slot = new byte[ContentBytes];
        for (int i = 0; i < SlotCount; i++)
        {
            if (file.Read(i * SlotBytes, slot) == ContentBytes
                && BinaryPrimitives.ReadUInt32LittleEndian(slot.AsSpan(MagicAt)) == Magic
                && BinaryPrimitives.ReadUInt32LittleEndian(slot) == Crc32C.Of(slot.AsSpan(MagicAt))
                && new Guid(slot.AsSpan(JournalAt, SequenceAt - JournalAt)) == journal
                && BinaryPrimitives.ReadInt64LittleEndian(slot.AsSpan(SequenceAt)) is var sequence
                && sequence > latest.Sequence)
            {
                latest = new JournalPoint(sequence, ChainHash.Read(slot.AsSpan(ChainAt)));
            }
        }

        return latest;
    }

    /// <summary>Replaces the mark of an opened journal, durably.</summary>
    internal static DurableMark Start(IDisk disk, Guid journal, JournalPoint durable)
    {
        const string Aside = FileName + TemporaryFiles.NameEnd;
        using (DurableMark first = new(disk.Create(Aside), journal))
        {
            first._file.Write(0, new byte[SlotBytes * SlotCount]);
            first.Write(durable);
            first.Sync();
        }

        disk.Rename(Aside, FileName);
        disk.SyncFolder();
        return new DurableMark(disk.OpenToWrite(FileName), journal) { _next = 1 };
    }

    /// <summary>Says that everything up to a point is durable.</summary>
    internal void Write(JournalPoint durable)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_slot.AsSpan(SequenceAt), durable.Sequence);
        durable.Chain.Write(_slot.AsSpan(ChainAt));
        BinaryPrimitives.WriteUInt32LittleEndian(_slot, Crc32C.Of(_slot.AsSpan(MagicAt)));
        _file.Write(_next * SlotBytes, _slot);
        _next = (_next + 1) % SlotCount;
    }

    /// <summary>Makes the mark itself durable: on closing.</summary>
    internal void Sync() => _file.Sync();

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
