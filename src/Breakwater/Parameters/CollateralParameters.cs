using System.Collections.Immutable;

namespace Breakwater.Parameters;

/// <summary>Haircuts of collateral by the bridge it came over (METHODOLOGY 8.4).</summary>
/// <remarks>
/// h_sec = max(floor, LGD·(1 − e^(−λ·1 y))) with LGD 1; for every class the floor is the greater one
/// (multisig: 1 − e^(−0.06) = 5.8 % &lt; 8 %), so the floors are what is governed.
/// </remarks>
public sealed record CollateralParameters
{
    private static readonly ParameterField CanonicalField = Bridge(
        "bridgeCanonicalHaircutFraction", 0.005m, "Canonical bridge of a rollup: floor 0.5 %.");

    private static readonly ParameterField LightClientField = Bridge(
        "bridgeLightClientHaircutFraction", 0.02m, "Bridge by light client: floor 2 %.");

    private static readonly ParameterField MultisigField = Bridge(
        "bridgeMultisigHaircutFraction", 0.08m, "Bridge by a set of signers: floor 8 %.");

    private static readonly ParameterField UnauditedField = Bridge(
        "bridgeUnauditedHaircutFraction", 1m, "Any other bridge: its assets count nothing.");

    /// <summary>Every field of this section.</summary>
    internal static ImmutableArray<ParameterField> Fields { get; } =
        [CanonicalField, LightClientField, MultisigField, UnauditedField];

    internal CollateralParameters(ParameterValues values)
    {
        BridgeCanonicalHaircutFraction = values.Exact(CanonicalField);
        BridgeLightClientHaircutFraction = values.Exact(LightClientField);
        BridgeMultisigHaircutFraction = values.Exact(MultisigField);
        BridgeUnauditedHaircutFraction = values.Exact(UnauditedField);
    }

    /// <summary>Haircut of assets over the canonical bridge of a rollup, fraction.</summary>
    public decimal BridgeCanonicalHaircutFraction { get; }

    /// <summary>Haircut of assets over a bridge by light client, fraction.</summary>
    public decimal BridgeLightClientHaircutFraction { get; }

    /// <summary>Haircut of assets over a bridge by a set of signers, fraction.</summary>
    public decimal BridgeMultisigHaircutFraction { get; }

    /// <summary>Haircut of assets over any other bridge, fraction.</summary>
    public decimal BridgeUnauditedHaircutFraction { get; }

    private static ParameterField Bridge(string name, decimal floor, string reason) => new(
        "collateral." + name, "fraction", floor, 1m, "tighten any time, loosen 7 d",
        reason + " One year of hazard is held, never less (METHODOLOGY 8.4).");
}
