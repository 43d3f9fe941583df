using System.Buffers.Binary;
using System.Text;

namespace Breakwater.Instruments;

/// <summary>Reads canonical bytes, field by field in the order in which <see cref="CanonicalWriter"/> wrote them.
/// </summary>
/// <remarks>
/// Never throws over bytes: what cannot be read is recorded (<see cref="IsBroken"/>), and from then on every field
/// reads as nothing. Whoever reads asks at the end whether all was well and nothing is left (<see cref="IsWhole"/>).
/// Counts are held against the bytes that are left, so that no text can ask for more memory than it has bytes.
/// </remarks>
internal ref struct CanonicalReader
{
    private const int KindLength = 4;
    private const int DecimalsMax = 28;
    private const int AssetLengthMax = 16;
    private const int DigestBytes = 32;
    private const int InstrumentLengthMax = 64;
    private const long MillisecondsEnd = 253_402_300_800_000; // the year 10000

    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest;

    /// <summary>Starts a document.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="kind">The kind it has to be of.</param>
    /// <param name="version">The version it has to be of.</param>
    public CanonicalReader(ReadOnlySpan<byte> bytes, string kind, int version)
        : this(bytes, kind, version, version)
    {
    }

    /// <summary>Starts a document of one of several versions.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="kind">The kind it has to be of.</param>
    /// <param name="versionFirst">The first version it may be of.</param>
    /// <param name="versionLast">The last version it may be of.</param>
    public CanonicalReader(ReadOnlySpan<byte> bytes, string kind, int versionFirst, int versionLast)
    {
        _rest = bytes;
        ReadOnlySpan<byte> own = Take(KindLength);
        bool isKind = own.Length == KindLength;
        for (int index = 0; isKind && index < KindLength; index++) isKind &= own[index] == kind[index];
        Version = isKind ? Int() : 0;
        if (Version < versionFirst || Version > versionLast) IsBroken = true;
    }

    /// <summary>Its version.</summary>
    public int Version { get; }

    /// <summary>Whether something could not be read.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether everything was read and nothing is left.</summary>
    public readonly bool IsWhole => !IsBroken && _rest.IsEmpty;

    /// <summary>Records that what was read is no value of its kind.</summary>
    public void Break() => IsBroken = true;

    /// <summary>One byte, 0 or 1.</summary>
    public bool Bool()
    {
        ReadOnlySpan<byte> own = Take(1);
        if (own.Length == 1 && own[0] > 1) IsBroken = true;
        return own.Length == 1 && own[0] == 1;
    }

    /// <summary>4 bytes.</summary>
    public int Int()
    {
        ReadOnlySpan<byte> own = Take(sizeof(int));
        return own.IsEmpty ? 0 : BinaryPrimitives.ReadInt32LittleEndian(own);
    }

    /// <summary>8 bytes.</summary>
    public long Long()
    {
        ReadOnlySpan<byte> own = Take(sizeof(long));
        return own.IsEmpty ? 0 : BinaryPrimitives.ReadInt64LittleEndian(own);
    }

    /// <summary>16 bytes.</summary>
    public Int128 Wide()
    {
        ReadOnlySpan<byte> own = Take(16);
        return own.IsEmpty ? 0 : BinaryPrimitives.ReadInt128LittleEndian(own);
    }

    /// <summary>A finite number; −0 is none.</summary>
    public double Double()
    {
        long bits = Long();
        double value = BitConverter.Int64BitsToDouble(bits);
        if (double.IsFinite(value) && bits != long.MinValue) return value;
        IsBroken = true;
        return 0d;
    }

    /// <summary>A finite number, or nothing.</summary>
    public double? OptionalDouble() => Bool() ? Double() : null;

    /// <summary>A decimal in least parts.</summary>
    public decimal Decimal()
    {
        Int128 whole = Wide();
        int decimals = Int();
        UInt128 magnitude = whole < 0 ? unchecked((UInt128)(-whole)) : (UInt128)whole;
        bool isLeast = decimals == 0 || whole % 10 != 0;
        if (decimals is < 0 or > DecimalsMax || !isLeast || magnitude >> 96 != 0)
        {
            IsBroken = true;
            return 0m;
        }

        return new decimal(
            unchecked((int)(uint)magnitude), unchecked((int)(uint)(magnitude >> 32)),
            unchecked((int)(uint)(magnitude >> 64)), whole < 0, (byte)decimals);
    }

    /// <summary>A decimal, or nothing.</summary>
    public decimal? OptionalDecimal() => Bool() ? Decimal() : null;

    /// <summary>A text in UTF-8.</summary>
    /// <param name="lengthMax">Most bytes it may have.</param>
    public string Text(int lengthMax)
    {
        int length = Int();
        if (length < 0 || length > lengthMax)
        {
            IsBroken = true;
            return string.Empty;
        }

        ReadOnlySpan<byte> own = Take(length);
        try
        {
            return Strict.GetString(own);
        }
        catch (DecoderFallbackException)
        {
            IsBroken = true;
            return string.Empty;
        }
    }

    /// <summary>An instant from 1970 to 9999.</summary>
    public Timestamp Time()
    {
        long milliseconds = Long();
        if (milliseconds is >= 0 and < MillisecondsEnd) return Timestamp.FromUnixMilliseconds(milliseconds);
        IsBroken = true;
        return default;
    }

    /// <summary>The name of an asset.</summary>
    public AssetId Asset()
    {
        if (AssetId.TryOf(Text(AssetLengthMax), out AssetId asset)) return asset;
        IsBroken = true;
        return default;
    }

    /// <summary>An instrument by its name; <c>null</c> if there is none of it.</summary>
    public Instrument? Instrument()
    {
        if (InstrumentName.TryParse(Text(InstrumentLengthMax), out Instrument? instrument)) return instrument;
        IsBroken = true;
        return null;
    }

    /// <summary>A member of a closed set, by number.</summary>
    /// <param name="last">The last member.</param>
    public int Member(int last)
    {
        int member = Int();
        if (member >= 0 && member <= last) return member;
        IsBroken = true;
        return 0;
    }

    /// <summary>A count of items that follow.</summary>
    /// <param name="itemBytes">Least bytes of an item; ≥ 1.</param>
    /// <param name="most">Most items.</param>
    public int Count(int itemBytes, int most)
    {
        int count = Int();
        if (count >= 0 && count <= most && (long)count * itemBytes <= _rest.Length) return count;
        IsBroken = true;
        return 0;
    }

    /// <summary>The 32 bytes of a digest.</summary>
    public Digest Digest()
    {
        ReadOnlySpan<byte> own = Take(DigestBytes);
        return own.IsEmpty ? default : Instruments.Digest.FromBytes(own);
    }

    /// <summary>Bytes of a document within the document.</summary>
    public ReadOnlySpan<byte> Blob()
    {
        int length = Int();
        if (length >= 0) return Take(length);
        IsBroken = true;
        return default;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (IsBroken || count > _rest.Length)
        {
            IsBroken = true;
            return default;
        }

        ReadOnlySpan<byte> own = _rest[..count];
        _rest = _rest[count..];
        return own;
    }
}
