using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Breakwater.Adapters.Storage;

/// <summary>Hash of everything up to a record: SHA-256 of the hash before it and the record's own bytes.</summary>
/// <remarks>The <c>default</c> value, 32 zero bytes, is the hash before the first record. It does not depend on how
/// records were grouped into commits or segments: the same events give the same hash everywhere.</remarks>
public readonly record struct ChainHash
{
    /// <summary>Length, bytes.</summary>
    public const int LengthBytes = SHA256.HashSizeInBytes;

    private const int HalfBytes = LengthBytes / 2;

    private readonly UInt128 _first;
    private readonly UInt128 _second;

    private ChainHash(UInt128 first, UInt128 second)
    {
        _first = first;
        _second = second;
    }

    /// <summary>Hash of bytes.</summary>
    /// <param name="bytes">Hash before the record, then the record's bytes.</param>
    internal static ChainHash Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[LengthBytes];
        SHA256.HashData(bytes, hash);
        return Read(hash);
    }

    /// <summary>Reads a hash from its 32 bytes.</summary>
    /// <param name="bytes">At least 32 bytes.</param>
    public static ChainHash Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt128LittleEndian(bytes), BinaryPrimitives.ReadUInt128LittleEndian(bytes[HalfBytes..]));

    /// <summary>Writes the 32 bytes.</summary>
    /// <param name="bytes">At least 32 bytes.</param>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, _first);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes[HalfBytes..], _second);
    }

    /// <summary><c>0x</c> and 64 hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[LengthBytes];
        Write(bytes);
        return "0x" + Convert.ToHexStringLower(bytes);
    }
}
