using System.Collections.Immutable;

namespace Breakwater.Instruments;

/// <summary>SHA-256 of canonical bytes: names an input or result by its content.</summary>
/// <remarks>The <c>default</c> value is invalid: it compares equal only to itself and prints as 32 zero
/// bytes.</remarks>
public readonly record struct Digest
{
    private readonly string? _hex;

    private Digest(string hex) => _hex = hex;

    /// <summary>Digest of <paramref name="bytes"/>.</summary>
    public static Digest Of(ReadOnlySpan<byte> bytes) =>
        new(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)));

    /// <summary>A digest that was stored.</summary>
    /// <param name="bytes">Its 32 bytes.</param>
    internal static Digest FromBytes(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, System.Security.Cryptography.SHA256.HashSizeInBytes);
        return bytes.IndexOfAnyExcept((byte)0) < 0 ? default : new Digest(Convert.ToHexStringLower(bytes));
    }

    /// <summary>The 32 bytes.</summary>
    public ImmutableArray<byte> ToBytes() => [.. Convert.FromHexString(_hex ?? new string('0', 64))];

    /// <summary><c>0x</c> and 64 lower-case hexadecimal digits.</summary>
    public override string ToString() => "0x" + (_hex ?? new string('0', 64));
}
