using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Breakwater.Instruments;

/// <summary>Writes canonical bytes: the only bytes that are hashed (docs/methodology/canonical-encoding.md).</summary>
/// <remarks>
/// Little-endian, fixed widths, every list and text preceded by its length, every document by its kind and version:
/// two documents have the same bytes only if they are equal, field by field.
/// </remarks>
public sealed class CanonicalWriter
{
    private const int KindLength = 4;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Starts a document.</summary>
    /// <param name="kind">Four ASCII letters that name the kind of document.</param>
    /// <param name="version">Version of its layout; ≥ 1.</param>
    /// <exception cref="ArgumentException">The kind has not four ASCII letters, or the version is below 1.</exception>
    public CanonicalWriter(string kind, int version)
    {
        if (kind.Length != KindLength || !kind.All(char.IsAsciiLetterUpper))
        {
            throw new ArgumentException($"kind '{kind}' is not four upper-case ASCII letters", nameof(kind));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        Encoding.ASCII.GetBytes(kind, _bytes);
        Write(version);
    }

    private CanonicalWriter()
    {
    }

    /// <summary>SHA-256 of everything written so far.</summary>
    public Digest Digest => Digest.Of(_bytes.WrittenSpan);

    /// <summary>Everything written so far.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    /// <summary>Fields that become part of a document: written beside others, then joined in order by
    /// <see cref="Join"/>.</summary>
    internal static CanonicalWriter Part() => new();

    /// <summary>Writes the fields of a part as they are.</summary>
    internal CanonicalWriter Join(CanonicalWriter part)
    {
        part.Bytes.CopyTo(Take(part.Bytes.Length));
        return this;
    }

    /// <summary>Writes one byte: 1 for true, 0 for false.</summary>
    public CanonicalWriter Write(bool value)
    {
        Take(1)[0] = value ? (byte)1 : (byte)0;
        return this;
    }

    /// <summary>Writes 4 bytes; also the form of counts and of members of closed sets.</summary>
    public CanonicalWriter Write(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Take(sizeof(int)), value);
        return this;
    }

    /// <summary>Writes 8 bytes.</summary>
    public CanonicalWriter Write(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), value);
        return this;
    }

    /// <summary>Writes 16 bytes, two's complement.</summary>
    public CanonicalWriter Write(Int128 value)
    {
        BinaryPrimitives.WriteInt128LittleEndian(Take(16), value);
        return this;
    }

    /// <summary>Writes the 8 bytes of an IEEE 754 binary64; −0 as 0.</summary>
    /// <param name="value">Any finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not finite.</exception>
    public CanonicalWriter Write(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "only finite numbers have canonical bytes");
        }

        return Write(BitConverter.DoubleToInt64Bits(value == 0d ? 0d : value));
    }

    /// <summary>Writes a decimal as its whole number (16 bytes) and the count of decimals (4 bytes), both
    /// least.</summary>
    /// <param name="value">Any decimal.</param>
    public CanonicalWriter Write(decimal value)
    {
        (Int128 whole, int decimals) = DecimalParts.Of(value);
        return Write(whole).Write(decimals);
    }

    /// <summary>Writes the byte count (4 bytes) and the UTF-8 bytes of a text.</summary>
    public CanonicalWriter Write(string value)
    {
        Write(Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, _bytes);
        return this;
    }

    /// <summary>Writes the byte count (4 bytes) and the bytes of another document.</summary>
    /// <param name="bytes">Its bytes.</param>
    public CanonicalWriter Write(ReadOnlySpan<byte> bytes)
    {
        Write(bytes.Length);
        bytes.CopyTo(Take(bytes.Length));
        return this;
    }

    /// <summary>Writes the milliseconds since 1970 (8 bytes).</summary>
    public CanonicalWriter Write(Timestamp value) => Write(value.UnixMilliseconds);

    /// <summary>Writes the 32 bytes of a digest.</summary>
    public CanonicalWriter Write(Digest value)
    {
        ImmutableArray<byte> bytes = value.ToBytes();
        bytes.CopyTo(Take(bytes.Length));
        return this;
    }

    /// <summary>Writes the name of an asset.</summary>
    public CanonicalWriter Write(AssetId value) => Write(value.Name);

    /// <summary>Writes whether a value is known (1 byte) and, if so, the value.</summary>
    /// <param name="value">A finite number; <c>null</c> for unknown.</param>
    public CanonicalWriter Write(double? value) => value is { } known ? Write(true).Write(known) : Write(false);

    /// <summary>Writes whether a value is known (1 byte) and, if so, the value.</summary>
    /// <param name="value">A decimal; <c>null</c> for unknown.</param>
    public CanonicalWriter Write(decimal? value) => value is { } known ? Write(true).Write(known) : Write(false);

    /// <summary>Writes a count (4 bytes) and each item.</summary>
    /// <param name="items">The items, in canonical order.</param>
    /// <param name="write">Writes the fields of one item.</param>
    /// <typeparam name="T">Type of an item.</typeparam>
    public CanonicalWriter Write<T>(
        ImmutableArray<T> items, Action<CanonicalWriter, T> write)
    {
        Write(items.Length);
        foreach (T item in items)
        {
            write(this, item);
        }

        return this;
    }

    private Span<byte> Take(int count)
    {
        Span<byte> span = _bytes.GetSpan(count)[..count];
        _bytes.Advance(count);
        return span;
    }
}
