using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Collateral;
using Breakwater.Instruments;
using Breakwater.Margin.Tails;
using Breakwater.Parameters;
using Breakwater.Revaluation;

namespace Breakwater.Margin;

/// <summary>Turns collateral balances into integers: what counts after haircut, and what scenarios move (METHODOLOGY 5,
/// 8.4).</summary>
internal static class CollateralExposure
{
    /// <summary>Exposures of balances with their haircuts, in order.</summary>
    internal static ImmutableArray<Exposure> Of(
        ImmutableArray<CollateralBalance> balances,
        ImmutableArray<BalanceHaircut> haircuts,
        RiskArrays arrays,
        RiskParameters parameters) =>
        [.. balances.Select((balance, index) => Of(balance, haircuts[index], arrays, parameters))];

    // The numeraire counts at par and no scenario moves it (M7). Any other asset moves inside the scenarios with what
    // the haircuts of price and bridge leave; those of size and concentration lower what it is worth (docs/adr/0056).
    private static Exposure Of(
        CollateralBalance balance, BalanceHaircut haircut, RiskArrays arrays, RiskParameters parameters)
    {
        Int128 worth = WholeDivision.Down(balance.Units * (BalanceHaircut.One - haircut.TotalNano), BalanceHaircut.One);
        if (balance.Asset == AssetId.Numeraire)
        {
            return new Exposure([], 0, 0, worth, 0);
        }

        int rowIndex = arrays.IndexOf(new Spot(balance.Asset));
        int decimals = CollateralHaircuts.DecimalsOf(balance.Asset, parameters);
        Int128 value = PositionExposure.CoinValue(worth, decimals, arrays.Rows[rowIndex]);
        if (parameters.MovedBy(balance.Asset) is null)
        {
            return new Exposure([], 0, 0, value, 0);
        }

        long moved = BalanceHaircut.One - haircut.MovedNano;
        Int128 down = WholeDivision.Down(balance.Units * moved, BalanceHaircut.One);
        Int128 up = WholeDivision.Up(balance.Units * moved, BalanceHaircut.One);
        return new Exposure([new ExposureLeg(rowIndex, down, up, decimals)], 0, 0, value, 0);
    }
}
