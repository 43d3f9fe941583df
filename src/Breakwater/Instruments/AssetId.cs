namespace Breakwater.Instruments;

/// <summary>Name of an underlying or collateral asset, such as <c>BTC</c>, <c>stETH</c> or <c>USDC</c>.</summary>
/// <remarks>Ordered ordinally. The <c>default</c> value is invalid: its <see cref="Name"/> throws.</remarks>
public readonly record struct AssetId : IComparable<AssetId>
{
    private const int LengthMax = 16;

    private readonly string? _name;

    private AssetId(string name) => _name = name;

    /// <summary>The name; 1–16 ASCII letters and digits, starting with a letter.</summary>
    /// <exception cref="InvalidOperationException">This is the <c>default</c> value.</exception>
    public string Name => _name ?? throw new InvalidOperationException("an AssetId was never assigned");

    /// <summary>The numeraire: the currency in which all money is expressed, at par by definition.</summary>
    public static AssetId Numeraire => new("USDC");

    /// <summary>Creates an asset name.</summary>
    /// <exception cref="ArgumentException">The name is not 1–16 ASCII letters and digits starting with a letter.
    /// </exception>
    public static AssetId Of(string name) =>
        TryOf(name, out AssetId asset)
            ? asset
            : throw new ArgumentException($"'{name}' is not an asset name: 1–{LengthMax} letters and digits");

    /// <summary>Creates an asset name if <paramref name="name"/> is one.</summary>
    public static bool TryOf(string? name, out AssetId asset)
    {
        bool valid = name is { Length: >= 1 and <= LengthMax }
            && char.IsAsciiLetter(name[0])
            && name.All(char.IsAsciiLetterOrDigit);
        asset = valid ? new AssetId(name!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public int CompareTo(AssetId other) => string.CompareOrdinal(Name, other.Name);

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Ordinal order of names.</summary>
    public static bool operator <(AssetId left, AssetId right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order of names.</summary>
    public static bool operator <=(AssetId left, AssetId right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order of names.</summary>
    public static bool operator >(AssetId left, AssetId right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order of names.</summary>
    public static bool operator >=(AssetId left, AssetId right) => left.CompareTo(right) >= 0;
}
