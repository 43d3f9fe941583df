using System.Buffers.Binary;
using Breakwater.Adapters.Storage;
using Breakwater.Instruments;

namespace Breakwater.Cli.Benchmarks;

/// <summary>Made-up events of a log: the same for the same number, each with a command id of its own.</summary>
internal static class BenchmarkEvent
{
    private const long FirstMilliseconds = 1_770_000_000_000; // February 2026
    private const int KindCount = 8;

    /// <summary>One event.</summary>
    /// <param name="number">Its number, ≥ 0.</param>
    /// <param name="payloadBytes">Length of its payload, bytes.</param>
    public static JournalEntry Of(long number, int payloadBytes)
    {
        byte[] payload = new byte[payloadBytes];
        ulong state = (ulong)number;
        for (int at = 0; at + sizeof(ulong) <= payloadBytes; at += sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(payload.AsSpan(at), Next(ref state));
        }

        Span<byte> id = stackalloc byte[CommandId.LengthBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(id, Next(ref state));
        BinaryPrimitives.WriteUInt64LittleEndian(id[sizeof(ulong)..], (ulong)number + 1);
        return new JournalEntry(
            (int)(number % KindCount), Timestamp.FromUnixMilliseconds(FirstMilliseconds + number),
            CommandId.Read(id), payload);
    }

    // SplitMix64 (Steele, Lea, Flood 2014): even bits from a counter.
    private static ulong Next(ref ulong state)
    {
        unchecked
        {
            state += 0x9E37_79B9_7F4A_7C15;
            ulong mixed = (state ^ (state >> 30)) * 0xBF58_476D_1CE4_E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
