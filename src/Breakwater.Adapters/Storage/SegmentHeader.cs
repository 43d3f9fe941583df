using System.Buffers.Binary;
using System.Globalization;

namespace Breakwater.Adapters.Storage;

/// <summary>First block of a segment: which one it is, and what came before it (docs/adr/0088).</summary>
/// <param name="Journal">Identity of the journal: a segment of another one is not taken.</param>
/// <param name="Number">Number of the segment; the first is 1.</param>
/// <param name="FirstSequence">Sequence of its first record.</param>
/// <param name="SegmentBytes">Its size, bytes, header included.</param>
/// <param name="Previous">Hash before its first record.</param>
internal sealed record SegmentHeader(
    Guid Journal, long Number, long FirstSequence, long SegmentBytes, ChainHash Previous)
{
    internal const int LengthBytes = 4096;

    /// <summary>Version of the format of segments and records.</summary>
    internal const int Version = 1;

    private const string NameEnd = ".segment";
    private const int NameDigits = 10;
    private const ulong Magic = 0x4C4E_5255_4F4A_5742; // "BWJOURNL"
    private const int VersionAt = 4;
    private const int MagicAt = 8;
    private const int JournalAt = 16;
    private const int NumberAt = 32;
    private const int FirstSequenceAt = 40;
    private const int SegmentBytesAt = 48;
    private const int PreviousAt = 56;

    /// <summary>Name of the file of a segment.</summary>
    internal static string NameOf(long number) =>
        number.ToString("D10", CultureInfo.InvariantCulture) + NameEnd;

    /// <summary>Number of the segment of a file name; <c>null</c> if it names no segment.</summary>
    internal static long? NumberOf(string name) =>
        name.Length == NameDigits + NameEnd.Length && name.EndsWith(NameEnd, StringComparison.Ordinal)
        && long.TryParse(name.AsSpan(0, NameDigits), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : null;

    /// <summary>The block.</summary>
    internal byte[] ToBytes()
    {
        byte[] bytes = new byte[LengthBytes];
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(VersionAt), Version);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(MagicAt), Magic);
        Journal.TryWriteBytes(bytes.AsSpan(JournalAt));
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(NumberAt), Number);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(FirstSequenceAt), FirstSequence);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(SegmentBytesAt), SegmentBytes);
        Previous.Write(bytes.AsSpan(PreviousAt));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Crc32C.Of(bytes.AsSpan(VersionAt)));
        return bytes;
    }

    /// <summary>Reads the block of a segment.</summary>
    /// <param name="file">The segment's file.</param>
    /// <param name="number">Number that its name says.</param>
    /// <param name="header">The header.</param>
    /// <returns>What is wrong with it; <c>null</c> if nothing.</returns>
    internal static JournalDamage? TryRead(IDiskFile file, long number, out SegmentHeader? header)
    {
        header = null;
        byte[] bytes = new byte[LengthBytes];
        if (file.Read(0, bytes) < LengthBytes)
        {
            return new JournalDamage(DamageKind.SegmentHeader, file.Name, 0, 0, "the file is shorter than its header");
        }

        if (BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(MagicAt)) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Crc32C.Of(bytes.AsSpan(VersionAt)))
        {
            return new JournalDamage(DamageKind.SegmentHeader, file.Name, 0, 0, "the header's checksum is wrong");
        }

        int version = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(VersionAt));
        if (version != Version)
        {
            return new JournalDamage(
                DamageKind.Version, file.Name, VersionAt, 0, $"format version {version}; this release reads {Version}");
        }

        SegmentHeader read = new(
            new Guid(bytes.AsSpan(JournalAt, sizeof(ulong) * 2)),
            BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(NumberAt)),
            BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(FirstSequenceAt)),
            BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(SegmentBytesAt)),
            ChainHash.Read(bytes.AsSpan(PreviousAt)));
        header = read;
        return read.Number != number
            ? new JournalDamage(
                DamageKind.Misplaced, file.Name, NumberAt, 0, $"the header is of segment {read.Number}")
            : file.LengthBytes < read.SegmentBytes
                ? new JournalDamage(
                    DamageKind.SegmentHeader, file.Name, file.LengthBytes, 0,
                    $"the file ends at {file.LengthBytes} of {read.SegmentBytes} bytes")
                : null;
    }
}
