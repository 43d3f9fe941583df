using System.Buffers.Binary;

namespace Breakwater.Adapters.Files;

/// <summary>Holds the bytes that came out of a gzip file against the checksum and length at its end.</summary>
/// <remarks>
/// The platform's stream reads a cut file as if it ended there and does not look at the trailer (measured on .NET 10).
/// A file of several members is refused with the damaged ones: only the last has a trailer at the end.
/// Source: RFC 1952, sections 2.3.1 and 8 (CRC-32, slicing by eight after Kounavis and Berry 2008).
/// </remarks>
internal sealed class GzipCheck
{
    /// <summary>Bytes of the trailer: CRC-32 and length modulo 2^32, little-endian.</summary>
    internal const int TrailerBytes = 8;

    private const int SliceCount = 8;
    private const int SliceSize = 256;

    /// <summary>Reversed polynomial of CRC-32 (RFC 1952, section 8).</summary>
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] Slices = BuildSlices();

    private readonly uint _crcExpected;
    private readonly uint _lengthExpected;
    private uint _crc = uint.MaxValue;
    private uint _length;

    internal GzipCheck(ReadOnlySpan<byte> trailer)
    {
        _crcExpected = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        _lengthExpected = BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]);
    }

    /// <summary>Whether all bytes came out as they went in.</summary>
    internal bool IsWhole => ~_crc == _crcExpected && _length == _lengthExpected;

    /// <summary>Takes the next bytes that came out.</summary>
    internal void Append(ReadOnlySpan<byte> bytes)
    {
        _length = unchecked(_length + (uint)bytes.Length);
        uint crc = _crc;
        for (; bytes.Length >= SliceCount; bytes = bytes[SliceCount..])
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = Slice(7, low) ^ Slice(6, low >> 8) ^ Slice(5, low >> 16) ^ Slice(4, low >> 24)
                ^ Slice(3, high) ^ Slice(2, high >> 8) ^ Slice(1, high >> 16) ^ Slice(0, high >> 24);
        }

        foreach (byte value in bytes)
        {
            crc = Slice(0, crc ^ value) ^ (crc >> 8);
        }

        _crc = crc;
    }

    private static uint Slice(int slice, uint value) => Slices[(slice * SliceSize) + (int)(value & 0xFF)];

    private static uint[] BuildSlices()
    {
        uint[] slices = new uint[SliceCount * SliceSize];
        for (uint value = 0; value < SliceSize; value++)
        {
            uint crc = value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ Polynomial : crc >> 1;
            }

            slices[value] = crc;
        }

        for (int entry = SliceSize; entry < slices.Length; entry++)
        {
            uint previous = slices[entry - SliceSize];
            slices[entry] = slices[(int)(previous & 0xFF)] ^ (previous >> 8);
        }

        return slices;
    }
}
