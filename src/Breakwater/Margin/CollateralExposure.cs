using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Margin.Tails;
using Breakwater.Parameters;
using Breakwater.Revaluation;

namespace Breakwater.Margin;

/// <summary>Turns a collateral balance into integers: what counts after haircut, and what scenarios move (METHODOLOGY
/// 5,
/// 8.4).</summary>
internal static class CollateralExposure
{
    /// <summary>Units of a whole haircut fraction: 1e-9.</summary>
    internal const long FractionOne = 1_000_000_000;

    /// <summary>Decimals of the numeraire: its least unit is the micro-dollar (METHODOLOGY 0).</summary>
    internal const int NumeraireDecimals = 6;

    private const int FractionDecimals = 9;

    /// <summary>Exposure of one balance.</summary>
    /// <remarks>
    /// The numeraire counts at par and no scenario moves it (M7); over a bridge it keeps the bridge's haircut. Any
    /// other
    /// asset moves inside the scenarios with what its haircut leaves (h_mkt = 0: never both).
    /// </remarks>
    internal static Exposure Of(CollateralBalance balance, RiskArrays arrays, RiskParameters parameters)
    {
        long kept = FractionOne - HaircutNano(balance, parameters);
        Int128 down = WholeDivision.Down(balance.Units * kept, FractionOne);
        if (balance.Asset == AssetId.Numeraire)
        {
            return new Exposure([], 0, 0, down, 0);
        }

        Int128 up = WholeDivision.Up(balance.Units * kept, FractionOne);
        int rowIndex = arrays.IndexOf(new Spot(balance.Asset));
        int decimals = DecimalsOf(balance.Asset, parameters);
        Int128 value = PositionExposure.CoinValue(down, decimals, arrays.Rows[rowIndex]);
        return new Exposure([new ExposureLeg(rowIndex, down, up, decimals)], 0, 0, value, 0);
    }

    /// <summary>H = 1 − (1 − h_asset)(1 − h_bridge), units of 1e-9, rounded up.</summary>
    internal static long HaircutNano(CollateralBalance balance, RiskParameters parameters)
    {
        decimal asset = balance.Asset == AssetId.Numeraire
            ? 0m
            : parameters.Find(balance.Asset)!.CollateralHaircutFraction; // refused before if not governed
        decimal kept = (1m - asset) * (1m - BridgeHaircut(balance.Bridge, parameters.Collateral));
        return FractionOne - (long)decimal.Floor(kept * FractionOne);
    }

    /// <summary>The haircut as a decimal.</summary>
    internal static FixedDecimal Haircut(CollateralBalance balance, RiskParameters parameters) =>
        new FixedDecimal(HaircutNano(balance, parameters), FractionDecimals).Shortest();

    /// <summary>Decimals of an asset's least unit.</summary>
    internal static int DecimalsOf(AssetId asset, RiskParameters parameters) => asset == AssetId.Numeraire
        ? NumeraireDecimals
        : parameters.Find(asset)!.TokenDecimals; // refused before if not governed

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
