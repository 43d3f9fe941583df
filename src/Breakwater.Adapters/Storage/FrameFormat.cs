using System.Buffers.Binary;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Storage;

/// <summary>Bytes of one record in a segment (docs/adr/0088): a header of 96 bytes, the payload, zeros up to a multiple
/// of 8.</summary>
/// <remarks>
/// Little-endian. 0: CRC-32C of all that follows, padding included. 4: magic. 8: number of the segment. 16: last
/// sequence that was durable when this was written. 24: hash before this record. 56: sequence. 64: time, milliseconds
/// since 1970. 72: command id. 88: kind. 92: payload length. The hash of the record covers 24 up to the end of the
/// payload: what precedes depends on where and when the record was written, and not on what it says.
/// </remarks>
internal static class FrameFormat
{
    internal const int HeaderBytes = 96;
    private const uint Magic = 0x3152_4A42; // "BJR1"
    private const int Alignment = 8;
    private const int MagicAt = 4;
    private const int SegmentAt = 8;
    private const int DurableAt = 16;
    private const int PreviousAt = 24;
    private const int SequenceAt = 56;
    private const int TimeAt = 64;
    private const int CommandAt = 72;
    private const int KindAt = 88;
    private const int PayloadLengthAt = 92;

    /// <summary>Length of a frame, bytes, for a payload of so many bytes.</summary>
    internal static int Length(int payloadBytes) =>
        (HeaderBytes + payloadBytes + Alignment - 1) / Alignment * Alignment;

    /// <summary>Length that the header of a frame claims, bytes; −1 if the claim is not possible.</summary>
    /// <param name="header">At least 96 bytes.</param>
    internal static int ClaimedLength(ReadOnlySpan<byte> header)
    {
        int payload = BinaryPrimitives.ReadInt32LittleEndian(header[PayloadLengthAt..]);
        bool possible = BinaryPrimitives.ReadUInt32LittleEndian(header[MagicAt..]) == Magic
            && payload is >= 0 and <= JournalEntry.PayloadBytesMax;
        return possible ? Length(payload) : -1;
    }

    /// <summary>Writes a frame.</summary>
    /// <param name="frame">Exactly <see cref="Length"/> bytes; overwritten whole.</param>
    /// <param name="entry">What it says.</param>
    /// <param name="sequence">Its sequence.</param>
    /// <param name="previous">Hash before it.</param>
    /// <param name="segment">Number of the segment it is written to.</param>
    /// <param name="durable">Last sequence known to be durable.</param>
    /// <returns>Hash after it.</returns>
    internal static ChainHash Write(
        Span<byte> frame, JournalEntry entry, long sequence, ChainHash previous, long segment, long durable)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(frame[MagicAt..], Magic);
        BinaryPrimitives.WriteInt64LittleEndian(frame[SegmentAt..], segment);
        BinaryPrimitives.WriteInt64LittleEndian(frame[DurableAt..], durable);
        previous.Write(frame[PreviousAt..]);
        BinaryPrimitives.WriteInt64LittleEndian(frame[SequenceAt..], sequence);
        BinaryPrimitives.WriteInt64LittleEndian(frame[TimeAt..], entry.Time.UnixMilliseconds);
        entry.Command.Write(frame[CommandAt..]);
        BinaryPrimitives.WriteInt32LittleEndian(frame[KindAt..], entry.Kind);
        BinaryPrimitives.WriteInt32LittleEndian(frame[PayloadLengthAt..], entry.Payload.Length);
        entry.Payload.Span.CopyTo(frame[HeaderBytes..]);
        frame[(HeaderBytes + entry.Payload.Length)..].Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(frame, Crc32C.Of(frame[MagicAt..]));
        return Chain(frame);
    }

    /// <summary>Whether the checksum of a whole frame is right.</summary>
    internal static bool IsIntact(ReadOnlySpan<byte> frame) =>
        BinaryPrimitives.ReadUInt32LittleEndian(frame) == Crc32C.Of(frame[MagicAt..]);

    /// <summary>Number of the segment that a frame was written to.</summary>
    internal static long Segment(ReadOnlySpan<byte> frame) =>
        BinaryPrimitives.ReadInt64LittleEndian(frame[SegmentAt..]);

    /// <summary>Last sequence that was durable when a frame was written.</summary>
    internal static long Durable(ReadOnlySpan<byte> frame) =>
        BinaryPrimitives.ReadInt64LittleEndian(frame[DurableAt..]);

    /// <summary>Hash before a frame, as it says itself.</summary>
    internal static ChainHash Previous(ReadOnlySpan<byte> frame) => ChainHash.Read(frame[PreviousAt..]);

    /// <summary>Sequence of a frame.</summary>
    internal static long Sequence(ReadOnlySpan<byte> frame) =>
        BinaryPrimitives.ReadInt64LittleEndian(frame[SequenceAt..]);

    /// <summary>Time of a frame.</summary>
    internal static Timestamp Time(ReadOnlySpan<byte> frame) =>
        Timestamp.FromUnixMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(frame[TimeAt..]));

    /// <summary>Command id of a frame.</summary>
    internal static CommandId Command(ReadOnlySpan<byte> frame) => CommandId.Read(frame[CommandAt..]);

    /// <summary>Kind of a frame.</summary>
    internal static int Kind(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadInt32LittleEndian(frame[KindAt..]);

    /// <summary>Length of the payload of a frame, bytes.</summary>
    internal static int PayloadLength(ReadOnlySpan<byte> frame) =>
        BinaryPrimitives.ReadInt32LittleEndian(frame[PayloadLengthAt..]);

    /// <summary>Hash after a frame.</summary>
    internal static ChainHash Chain(ReadOnlySpan<byte> frame) =>
        ChainHash.Of(frame[PreviousAt..(HeaderBytes + PayloadLength(frame))]);
}
