using System.Collections.Immutable;
using System.Numerics;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Parameters;
using Breakwater.Revaluation;

namespace Breakwater.Collateral;

/// <summary>Haircuts of every balance of a subaccount (METHODOLOGY 5, 8.4): integers only.</summary>
public static class CollateralHaircuts
{
    /// <summary>Decimals of the numeraire: its least unit is the micro-dollar (METHODOLOGY 0).</summary>
    public const int NumeraireDecimals = 6;

    /// <summary>Haircuts in order of balance.</summary>
    /// <remarks>The numeraire counts at par, over a bridge with the bridge's haircut, and no other haircut depends on
    /// it: concentration is measured within the rest of the collateral (M7, docs/adr/0056).</remarks>
    /// <param name="balances">Balances of governed assets with a market, one per asset, chain and bridge.</param>
    /// <param name="arrays">Risk arrays with a row for spot of every asset.</param>
    /// <param name="parameters">Governed constants.</param>
    /// <param name="protocol">What the whole protocol holds.</param>
    public static ImmutableArray<BalanceHaircut> Of(
        ImmutableArray<CollateralBalance> balances,
        RiskArrays arrays,
        RiskParameters parameters,
        ProtocolHoldings protocol)
    {
        ImmutableArray<Int128> values = [.. balances.Select(balance => GrossMicroUsd(balance, arrays, parameters))];
        HaircutParameters governed = parameters.Haircuts;
        ProtocolConcentration crowding =
            new(NanoUp(governed.ProtocolHaircutSlope), NanoUp(governed.ProtocolHardCapRatio));
        ImmutableArray<BalanceHaircut>.Builder haircuts = ImmutableArray.CreateBuilder<BalanceHaircut>(balances.Length);
        foreach (CollateralBalance balance in balances)
        {
            long bridge = NanoUp(BridgeHaircut(balance.Bridge, parameters.Collateral));
            if (balance.Asset == AssetId.Numeraire)
            {
                haircuts.Add(BalanceHaircut.OfNumeraire(bridge));
                continue;
            }

            AssetTerms terms = arrays.TermsOf(balance.Asset)!; // every row of a plan has them
            Int128 own = Sum(balances, values, other => other == balance.Asset);
            haircuts.Add(BalanceHaircut.Of(
                terms.Collateral, SaleImpact.Nano(own, terms.Liquidity), bridge, protocol.Of(balance.Asset), crowding,
                ConcentrationNano(balance.Asset, balances, values, parameters)));
        }

        return haircuts.MoveToImmutable();
    }

    /// <summary>Decimals of an asset's least unit.</summary>
    /// <param name="asset">The numeraire or a governed asset.</param>
    /// <param name="parameters">Governed constants.</param>
    public static int DecimalsOf(AssetId asset, RiskParameters parameters) => asset == AssetId.Numeraire
        ? NumeraireDecimals
        : parameters.TokenDecimalsOf(asset)!.Value; // refused before if not governed

    // 10 % on the part of one risk beyond half of the collateral, spread over the whole of that risk.
    private static long ConcentrationNano(
        AssetId asset, ImmutableArray<CollateralBalance> balances, ImmutableArray<Int128> values,
        RiskParameters parameters)
    {
        if (parameters.FindCollateral(asset) is { IsDollarPegged: true })
        {
            return 0;
        }

        AssetId risk = RiskOf(asset, parameters);
        BigInteger held = Sum(balances, values, other => RiskOf(other, parameters) == risk);
        BigInteger all = Sum(balances, values, static other => other != AssetId.Numeraire);
        BigInteger beyond = (held * BalanceHaircut.One)
            - (all * NanoUp(parameters.Haircuts.ConcentrationShareFraction));
        return beyond <= 0
            ? 0
            : (long)(((beyond * NanoUp(parameters.Haircuts.ConcentrationHaircutFraction))
                + (held * BalanceHaircut.One) - 1) / (held * BalanceHaircut.One));
    }

    // An asset and what is pegged to it are one risk.
    private static AssetId RiskOf(AssetId asset, RiskParameters parameters) =>
        parameters.FindCollateral(asset)?.Underlying ?? asset;

    private static Int128 Sum(
        ImmutableArray<CollateralBalance> balances, ImmutableArray<Int128> values, Func<AssetId, bool> isCounted)
    {
        Int128 sum = 0;
        for (int index = 0; index < balances.Length; index++)
        {
            sum += isCounted(balances[index].Asset) ? values[index] : 0;
        }

        return sum;
    }

    private static Int128 GrossMicroUsd(CollateralBalance balance, RiskArrays arrays, RiskParameters parameters)
    {
        if (balance.Asset == AssetId.Numeraire)
        {
            return balance.Units;
        }

        RiskRow row = arrays.Rows[arrays.IndexOf(new Spot(balance.Asset))];
        return (Int128)((BigInteger)balance.Units * row.MarkValueDownMicroUsd
            / DecimalParts.PowerOfTen(DecimalsOf(balance.Asset, parameters)));
    }

    private static long NanoUp(decimal fraction) => (long)decimal.Ceiling(fraction * BalanceHaircut.One);

    private static decimal BridgeHaircut(BridgeClass bridge, CollateralParameters parameters) => bridge switch
    {
        BridgeClass.Native => 0m,
        BridgeClass.Canonical => parameters.BridgeCanonicalHaircutFraction,
        BridgeClass.LightClient => parameters.BridgeLightClientHaircutFraction,
        BridgeClass.Multisig => parameters.BridgeMultisigHaircutFraction,
        BridgeClass.Unaudited => parameters.BridgeUnauditedHaircutFraction,
        _ => throw new System.Diagnostics.UnreachableException(bridge.ToString()),
    };
}
