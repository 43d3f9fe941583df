using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Collateral;

/// <summary>What the whole protocol holds of an asset as collateral.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="MicroUsd">Its value before haircut, micro-dollars; ≥ 0.</param>
public readonly record struct ProtocolHolding(AssetId Asset, Int128 MicroUsd);

/// <summary>q_tot of METHODOLOGY 5: what all accounts hold together. The engine counts it; a single run has to be
/// told.</summary>
/// <param name="Holdings">Holdings in order of asset, one each; an asset that is not named is not concentrated.</param>
public sealed record ProtocolHoldings(ImmutableArray<ProtocolHolding> Holdings)
{
    /// <summary>Nothing is concentrated: where no engine counts.</summary>
    public static ProtocolHoldings Neutral { get; } = new([]);

    /// <summary>Holding of one asset, micro-dollars; 0 where it is not named.</summary>
    public Int128 Of(AssetId asset)
    {
        foreach (ProtocolHolding holding in Holdings)
        {
            if (holding.Asset == asset)
            {
                return holding.MicroUsd;
            }
        }

        return 0;
    }
}
