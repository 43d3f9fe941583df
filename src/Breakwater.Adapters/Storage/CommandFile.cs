using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Breakwater.Adapters.Storage;

/// <summary>Command ids of a full segment, beside it: with it, a restart need not read the segment (docs/adr/0089).
/// </summary>
/// <remarks>Derived, not synced, and named after it is written: one that is missing, torn or not of this segment is
/// made again from the segment. Header of 128 bytes, 24 bytes an id, SHA-256 of all that.</remarks>
internal static class CommandFile
{
    private const string NameEnd = ".commands";
    private const ulong Magic = 0x5344_4D43_4C4E_4A42; // "BJNLCMDS"
    private const int Version = 1;
    private const int HeaderBytes = 128;
    private const int EntryBytes = CommandId.LengthBytes + sizeof(long);
    private const int VersionAt = 8;
    private const int JournalAt = 16;
    private const int NumberAt = 32;
    private const int FirstSequenceAt = 40;
    private const int PreviousAt = 48;
    private const int NextSequenceAt = 80;
    private const int LastAt = 88;

    /// <summary>Name of the file of a segment.</summary>
    internal static string NameOf(long number) => number.ToString("D10", CultureInfo.InvariantCulture) + NameEnd;

    /// <summary>Writes the ids of a segment.</summary>
    /// <param name="disk">Where.</param>
    /// <param name="segment">The segment.</param>
    /// <param name="next">The segment after it: it says where this one ends.</param>
    /// <param name="ids">Its ids and the sequences of their records.</param>
    internal static void Write(
        IDisk disk, SegmentHeader segment, SegmentHeader next, List<(CommandId Id, long Sequence)> ids)
    {
        byte[] bytes = new byte[HeaderBytes + ids.Count * EntryBytes + SHA256.HashSizeInBytes];
        Header(segment, next).CopyTo(bytes, 0);
        Span<byte> at = bytes.AsSpan(HeaderBytes);
        foreach ((CommandId id, long sequence) in ids)
        {
            id.Write(at);
            BinaryPrimitives.WriteInt64LittleEndian(at[CommandId.LengthBytes..], sequence);
            at = at[EntryBytes..];
        }

        SHA256.HashData(bytes.AsSpan(..^SHA256.HashSizeInBytes), at);
        string name = NameOf(segment.Number);
        using (IDiskFile file = disk.Create(name + TemporaryFiles.NameEnd))
        {
            file.Write(0, bytes);
        }

        disk.Rename(name + TemporaryFiles.NameEnd, name);
    }

    /// <summary>Reads the ids of a segment into a table.</summary>
    /// <returns>Whether they could be read; if not, nothing was added.</returns>
    internal static bool TryRead(IDisk disk, SegmentHeader segment, SegmentHeader next, CommandTable table)
    {
        string name = NameOf(segment.Number);
        if (!disk.List().Contains(name, StringComparer.Ordinal)) return false;
        using IDiskFile file = disk.OpenToRead(name);
        long length = file.LengthBytes;
        if (length < HeaderBytes + SHA256.HashSizeInBytes || length > Array.MaxLength) return false;
        byte[] bytes = new byte[length];
        ReadOnlySpan<byte> content = bytes.AsSpan(..^SHA256.HashSizeInBytes);
        if (file.Read(0, bytes) != bytes.Length
            || (content.Length - HeaderBytes) % EntryBytes != 0
            || !content[..HeaderBytes].SequenceEqual(Header(segment, next))
            || !SHA256.HashData(content).AsSpan().SequenceEqual(bytes.AsSpan()[^SHA256.HashSizeInBytes..]))
        {
            return false;
        }

        for (int at = HeaderBytes; at < content.Length; at += EntryBytes)
        {
            table.FindOrAdd(
                CommandId.Read(content[at..]),
                BinaryPrimitives.ReadInt64LittleEndian(content[(at + CommandId.LengthBytes)..]));
        }

        return true;
    }

    private static byte[] Header(SegmentHeader segment, SegmentHeader next)
    {
        byte[] bytes = new byte[HeaderBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(VersionAt), Version);
        segment.Journal.TryWriteBytes(bytes.AsSpan(JournalAt));
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(NumberAt), segment.Number);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(FirstSequenceAt), segment.FirstSequence);
        segment.Previous.Write(bytes.AsSpan(PreviousAt));
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(NextSequenceAt), next.FirstSequence);
        next.Previous.Write(bytes.AsSpan(LastAt));
        return bytes;
    }
}
