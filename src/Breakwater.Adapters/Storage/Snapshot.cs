using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Breakwater.Adapters.Storage;

/// <summary>State after a record, as opaque bytes: with it, replay begins after that record.</summary>
/// <param name="Point">The record and the hash of everything up to it.</param>
/// <param name="Payload">Canonical bytes of the state.</param>
public sealed record Snapshot(JournalPoint Point, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Most bytes of a payload: 1 GiB.</summary>
    public const int PayloadBytesMax = 1 << 30;

    private const string NameEnd = ".snapshot";
    private const int NameDigits = 20;
    private const ulong Magic = 0x5041_4E53_4C4E_4A42; // "BJNLSNAP"
    private const int Version = 1;
    private const int HeaderBytes = 80;
    private const int VersionAt = 8;
    private const int JournalAt = 16;
    private const int SequenceAt = 32;
    private const int ChainAt = 40;
    private const int PayloadLengthAt = 72;

    /// <summary>Name of the file of a snapshot.</summary>
    internal static string NameOf(long sequence) => sequence.ToString("D20", CultureInfo.InvariantCulture) + NameEnd;

    /// <summary>Sequence of the snapshot of a file name; <c>null</c> if it names no snapshot.</summary>
    internal static long? SequenceOf(string name) =>
        name.Length == NameDigits + NameEnd.Length && name.EndsWith(NameEnd, StringComparison.Ordinal)
        && long.TryParse(name.AsSpan(0, NameDigits), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : null;

    /// <summary>Writes the snapshot aside, makes it durable, then gives it its name, durably.</summary>
    internal void Write(IDisk disk, Guid journal)
    {
        byte[] header = new byte[HeaderBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(header, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(VersionAt), Version);
        journal.TryWriteBytes(header.AsSpan(JournalAt));
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(SequenceAt), Point.Sequence);
        Point.Chain.Write(header.AsSpan(ChainAt));
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(PayloadLengthAt), Payload.Length);
        string name = NameOf(Point.Sequence);
        string aside = name + TemporaryFiles.NameEnd;
        using (IDiskFile file = disk.Create(aside))
        {
            file.Write(0, header);
            file.Write(HeaderBytes, Payload.Span);
            file.Write(HeaderBytes + Payload.Length, Digest(header, Payload.Span));
            file.Sync();
        }

        disk.Rename(aside, name);
        disk.SyncFolder();
    }

    /// <summary>Reads a snapshot.</summary>
    /// <param name="disk">Where.</param>
    /// <param name="name">Its file.</param>
    /// <param name="journal">The journal it must belong to.</param>
    /// <param name="snapshot">The snapshot; <c>null</c> if damaged.</param>
    /// <returns>What is wrong with it; <c>null</c> if nothing.</returns>
    internal static JournalDamage? TryRead(IDisk disk, string name, Guid journal, out Snapshot? snapshot)
    {
        snapshot = null;
        using IDiskFile file = disk.OpenToRead(name);
        long length = file.LengthBytes;
        if (length is < HeaderBytes + SHA256.HashSizeInBytes or > (long)HeaderBytes + PayloadBytesMax + 32)
        {
            return Damage(name, 0, $"{length} bytes are no snapshot");
        }

        byte[] bytes = new byte[length];
        if (file.Read(0, bytes) != bytes.Length) return Damage(name, 0, "the file cannot be read whole");
        ReadOnlySpan<byte> header = bytes.AsSpan(0, HeaderBytes);
        ReadOnlyMemory<byte> payload = bytes.AsMemory(HeaderBytes..^SHA256.HashSizeInBytes);
        if (BinaryPrimitives.ReadUInt64LittleEndian(header) != Magic
            || !Digest(header, payload.Span).AsSpan().SequenceEqual(bytes.AsSpan()[^SHA256.HashSizeInBytes..]))
        {
            return Damage(name, 0, "the snapshot's digest is wrong");
        }

        int version = BinaryPrimitives.ReadInt32LittleEndian(header[VersionAt..]);
        long sequence = BinaryPrimitives.ReadInt64LittleEndian(header[SequenceAt..]);
        if (version != Version) return Damage(name, VersionAt, $"version {version}; this release reads {Version}");
        if (new Guid(header[JournalAt..SequenceAt]) != journal)
        {
            return Damage(name, JournalAt, "it is of another journal");
        }

        if (BinaryPrimitives.ReadInt64LittleEndian(header[PayloadLengthAt..]) != payload.Length
            || NameOf(sequence) != name)
        {
            return Damage(name, SequenceAt, $"it is of record {sequence}, with {payload.Length} bytes: another one");
        }

        snapshot = new Snapshot(new JournalPoint(sequence, ChainHash.Read(header[ChainAt..])), payload);
        return null;
    }

    private static JournalDamage Damage(string name, long offset, string message) =>
        new(DamageKind.Snapshot, name, offset, SequenceOf(name) ?? 0, message);

    private static byte[] Digest(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        hash.AppendData(payload);
        return hash.GetHashAndReset();
    }
}
