using Breakwater.Instruments;

namespace Breakwater.Accounts.Ledgers;

/// <summary>Where tokens lie: chain and the way they came there. Its <c>default</c> is invalid: use
/// <see cref="Home"/>.</summary>
/// <param name="Chain">Name of the chain; empty for the home chain.</param>
/// <param name="Bridge">How they came there.</param>
public readonly record struct Place(string Chain, BridgeClass Bridge)
{
    /// <summary>The home chain, not bridged: where profit and loss is paid.</summary>
    public static Place Home => new(string.Empty, BridgeClass.Native);

    /// <summary>Whether this is <see cref="Home"/>.</summary>
    public bool IsHome => Chain.Length == 0 && Bridge == BridgeClass.Native;

    /// <summary>Whether chain and bridge can be: up to 32 letters, digits, - and _, and a member of the set.</summary>
    internal bool IsValid => Chain is { Length: <= LedgerLimits.ChainLengthMax }
        && Chain.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
        && Bridge is >= BridgeClass.Native and <= BridgeClass.Unaudited;

    /// <summary>Text in the canonical order of (asset, chain, bridge): separators sort before every letter.</summary>
    internal static string KeyOf(AssetId asset, string chain, BridgeClass bridge) =>
        $"{asset.Name}\u0001{chain}\u0001{(char)('0' + (int)bridge)}";
}
