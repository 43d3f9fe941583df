using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Collateral;
using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Revaluation;

namespace Breakwater.Margin;

/// <summary>What the report says about each position and balance.</summary>
internal static class ReportLines
{
    private const int DeltaDecimals = 12;
    private const int GammaDecimals = 18;
    private const int MoneyDecimals = 6;

    /// <summary>Positions in order of instrument.</summary>
    internal static ImmutableArray<PositionLine> OfPositions(
        Subaccount netted, RiskArrays arrays, ImmutableArray<Exposure> exposures, ReadOnlySpan<Int128> parts)
    {
        ImmutableArray<PositionLine>.Builder lines =
            ImmutableArray.CreateBuilder<PositionLine>(netted.Positions.Length);
        for (int index = 0; index < netted.Positions.Length; index++)
        {
            Position position = netted.Positions[index];
            Exposure exposure = exposures[index];
            RiskRow row = arrays.Rows[arrays.IndexOf(position.Instrument)];
            lines.Add(new PositionLine(
                position.Instrument,
                QuantityOf(position, row, exposure),
                Money.FromMicroDollars(row.MarkPriceMicroUsd),
                Money.FromMicroDollars(exposure.Value),
                Money.FromMicroDollars(parts[index]),
                GreeksOf(exposure, arrays)));
        }

        return lines.MoveToImmutable();
    }

    /// <summary>Balances in order of asset, chain and bridge.</summary>
    internal static ImmutableArray<CollateralLine> OfCollateral(MarginAccount account, ReadOnlySpan<Int128> parts)
    {
        ImmutableArray<CollateralBalance> balances = account.Netted.Collateral;
        ImmutableArray<CollateralLine>.Builder lines = ImmutableArray.CreateBuilder<CollateralLine>(balances.Length);
        for (int index = 0; index < balances.Length; index++)
        {
            CollateralBalance balance = balances[index];
            int place = account.Netted.Positions.Length + index;
            int decimals = CollateralHaircuts.DecimalsOf(balance.Asset, account.Parameters);
            lines.Add(new CollateralLine(
                balance.Asset,
                balance.Chain,
                balance.Bridge,
                new FixedDecimal(balance.Units, decimals).Shortest(),
                PriceOf(balance.Asset, account.Arrays),
                account.Haircuts[index],
                Money.FromMicroDollars(account.Exposures[place].Value),
                Money.FromMicroDollars(parts[place])));
        }

        return lines.MoveToImmutable();
    }

    /// <summary>Sensitivities of an exposure: its holdings × those of one unit, rounded down.</summary>
    internal static HoldingGreeks GreeksOf(Exposure exposure, RiskArrays arrays)
    {
        Int128 delta = 0;
        Int128 gamma = 0;
        Int128 vega = 0;
        Int128 theta = 0;
        foreach (ExposureLeg leg in exposure.Legs)
        {
            LotGreeks unit = arrays.Rows[leg.RowIndex].Greeks;
            Int128 one = LegArithmetic.UnitOf(leg);
            delta += LegArithmetic.ProductDown(leg.Down, unit.DeltaPico, one);
            gamma += LegArithmetic.ProductDown(leg.Down, unit.GammaAtto, one);
            vega += LegArithmetic.ProductDown(leg.Down, unit.VegaMicroUsd, one);
            theta += LegArithmetic.ProductDown(leg.Down, unit.ThetaMicroUsd, one);
        }

        return Greeks(delta, gamma, vega, theta);
    }

    private static HoldingGreeks Greeks(Int128 delta, Int128 gamma, Int128 vega, Int128 theta) => new(
        new FixedDecimal(delta, DeltaDecimals),
        new FixedDecimal(gamma, GammaDecimals),
        new FixedDecimal(vega, MoneyDecimals),
        new FixedDecimal(theta, MoneyDecimals));

    /// <summary>Lots × lot; a lot of spot is the token's least unit.</summary>
    internal static FixedDecimal QuantityOf(Position position, RiskRow row, Exposure exposure)
    {
        if (position.Instrument is Spot)
        {
            return new FixedDecimal(position.Lots, exposure.Legs[0].Decimals).Shortest();
        }

        (Int128 lot, int decimals) = DecimalParts.Of(row.LotQuantity);
        return new FixedDecimal(position.Lots * lot, decimals).Shortest();
    }

    private static Money PriceOf(AssetId asset, RiskArrays arrays) => Money.FromMicroDollars(
        asset == AssetId.Numeraire
            ? Money.MicroDollarsPerDollar
            : arrays.Rows[arrays.IndexOf(new Spot(asset))].MarkPriceMicroUsd);
}
