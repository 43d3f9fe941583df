using System.Buffers.Binary;
using System.Numerics;

namespace Breakwater.Adapters.Storage;

/// <summary>CRC-32C (Castagnoli): polynomial 0x1EDC6F41, reflected, all ones before and after.</summary>
/// <remarks>Source: RFC 3720, B.4, whose examples are the tests.</remarks>
internal static class Crc32C
{
    /// <summary>The checksum of bytes.</summary>
    /// <param name="bytes">Any number of bytes.</param>
    internal static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte value in bytes) crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }
}
