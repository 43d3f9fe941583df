using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Feeds;

/// <summary>Bytes of a quarantined input: a check and a length, then the body. What does not match its check is not
/// read.</summary>
internal static class QuarantineFormat
{
    /// <summary>Bytes before a body: its check, 8 bytes, and its length, 4.</summary>
    internal const int HeaderBytes = 12;

    private const int CheckBytes = 8; // the first bytes of SHA-256: enough against torn and flipped bytes
    private const int TextBytesMax = 4_096;
    private const int BodyBytesMax = Quarantine.RawBytesMax + (4 * TextBytesMax);
    private const int DigestTextLength = 66; // 0x and 64 digits

    /// <summary>Header and body of an input.</summary>
    /// <param name="input">The input; its texts are cut at 4,096 bytes.</param>
    internal static byte[] Write(QuarantinedInput input)
    {
        using MemoryStream body = new();
        using BinaryWriter writer = new(body, Encoding.UTF8);
        writer.Write(input.ReceivedAt.UnixMilliseconds);
        writer.Write((byte)input.Stage);
        writer.Write((byte)input.Reason);
        writer.Write(input.Length);
        Write(writer, input.Source);
        Write(writer, input.Message);
        Write(writer, input.RestDigest ?? string.Empty);
        writer.Write(input.Raw.Length);
        writer.Write(input.Raw.Span);
        writer.Flush();
        byte[] frame = new byte[HeaderBytes + body.Length];
        body.ToArray().CopyTo(frame, HeaderBytes);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(CheckBytes), checked((int)body.Length));
        SHA256.HashData(frame.AsSpan(CheckBytes))[..CheckBytes].CopyTo(frame, 0);
        return frame;
    }

    /// <summary>Reads the input at the start of bytes.</summary>
    /// <param name="bytes">Bytes of a segment from some input on.</param>
    /// <param name="input">The input.</param>
    /// <param name="length">Bytes it takes.</param>
    /// <returns>False if they do not hold a whole, unchanged input.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, out QuarantinedInput? input, out int length)
    {
        input = null;
        length = 0;
        if (bytes.Length < HeaderBytes)
        {
            return false;
        }

        int bodyLength = BinaryPrimitives.ReadInt32LittleEndian(bytes[CheckBytes..]);
        if (bodyLength is < 0 or > BodyBytesMax || bodyLength > bytes.Length - HeaderBytes)
        {
            return false;
        }

        length = HeaderBytes + bodyLength;
        if (!SHA256.HashData(bytes[CheckBytes..length]).AsSpan(0, CheckBytes).SequenceEqual(bytes[..CheckBytes]))
        {
            return false;
        }

        using BinaryReader reader = new(new MemoryStream(bytes[HeaderBytes..length].ToArray()), Encoding.UTF8);
        Timestamp receivedAt = Timestamp.FromUnixMilliseconds(reader.ReadInt64());
        FeedStage stage = (FeedStage)reader.ReadByte();
        FailureReason reason = (FailureReason)reader.ReadByte();
        long total = reader.ReadInt64();
        string source = reader.ReadString();
        string message = reader.ReadString();
        string digest = reader.ReadString();
        byte[] raw = reader.ReadBytes(reader.ReadInt32());
        input = new QuarantinedInput(
            receivedAt, source, stage, reason, message, total, raw, digest.Length == DigestTextLength ? digest : null);
        return true;
    }

    private static void Write(BinaryWriter writer, string text) =>
        writer.Write(Encoding.UTF8.GetByteCount(text) <= TextBytesMax ? text : text[..(TextBytesMax / 4)]);
}
