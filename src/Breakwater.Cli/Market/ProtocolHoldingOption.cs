using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using Breakwater.Collateral;
using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Cli.Market;

/// <summary>What all accounts of a protocol hold together: collateral beyond the protocol's cap counts less
/// (METHODOLOGY 5). The server counts it; a single margin has to be told.</summary>
internal static class ProtocolHoldingOption
{
    /// <summary>The option.</summary>
    internal static Option<ProtocolHoldings?> Create() => new("--protocol-holding")
    {
        CustomParser = Parse,
        Description = "What all accounts of the protocol hold of an asset as collateral, in USD before haircut: what "
            + "exceeds the protocol's cap counts less. The reports of a server name it as protocolHoldings.",
        HelpName = "ASSET=USD…",
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
    };

    private static ProtocolHoldings? Parse(ArgumentResult argument)
    {
        SortedDictionary<AssetId, Int128> holdings = [];
        foreach (string text in argument.Tokens.Select(static token => token.Value))
        {
            int sign = text.IndexOf('=', StringComparison.Ordinal);
            if (sign < 0 || !AssetId.TryOf(text[..sign], out AssetId asset)
                || !Money.TryParse(text.AsSpan(sign + 1), out Money value) || value < Money.Zero)
            {
                argument.AddError($"--protocol-holding: '{text}' is no asset with dollars such as BTC=750000000");
            }
            else if (!holdings.TryAdd(asset, value.MicroDollars))
            {
                argument.AddError($"--protocol-holding: {asset} is named twice");
            }
        }

        return new ProtocolHoldings(
            [.. holdings.Select(static own => new ProtocolHolding(own.Key, own.Value)).ToImmutableArray()]);
    }
}
