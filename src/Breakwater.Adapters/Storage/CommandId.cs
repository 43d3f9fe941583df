using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Breakwater.Adapters.Storage;

/// <summary>Names a client's command: the same id twice has one effect (S4). 16 bytes.</summary>
/// <remarks>The <c>default</c> value is <see cref="None"/>: an event that no client asked for, such as a tick of the
/// clock; it never counts as a repetition.</remarks>
public readonly record struct CommandId
{
    /// <summary>Length, bytes.</summary>
    public const int LengthBytes = 16;

    private readonly ulong _low;
    private readonly ulong _high;

    private CommandId(ulong low, ulong high)
    {
        _low = low;
        _high = high;
    }

    /// <summary>No command.</summary>
    public static CommandId None => default;

    /// <summary>Whether no client asked for the event.</summary>
    public bool IsNone => _low == 0 && _high == 0;

    /// <summary>First 8 bytes as a number: evenly spread, because ids are cut from SHA-256.</summary>
    internal ulong Fingerprint => _low;

    /// <summary>The id of a client's own name for a command: the first 16 bytes of the SHA-256 of its UTF-8.</summary>
    /// <param name="scope">Whose name it is, such as an API key or a subaccount: names of two clients never
    /// meet.</param>
    /// <param name="name">The client's name for the command; not empty.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static CommandId Of(string scope, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        byte[] bytes = Encoding.UTF8.GetBytes($"{scope.Length}:{scope}{name}");
        return Read(SHA256.HashData(bytes));
    }

    /// <summary>Reads the id from 16 bytes.</summary>
    /// <param name="bytes">At least 16 bytes.</param>
    public static CommandId Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[sizeof(ulong)..]));

    /// <summary>Writes the 16 bytes.</summary>
    /// <param name="bytes">At least 16 bytes.</param>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, _low);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[sizeof(ulong)..], _high);
    }

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[LengthBytes];
        Write(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
