using System.Numerics;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Parameters;
using Breakwater.Revaluation;

namespace Breakwater.Margin;

/// <summary>What the orders of a what-if question cost: premiums of options and prices of spot.</summary>
/// <remarks>
/// Settled in the numeraire at once, at the limit price or the mark; coin premiums at the index. Futures cost nothing.
/// Cash paid is rounded up, cash received down (RELIABILITY 2.8).
/// </remarks>
public static class OrderPremium
{
    /// <summary>The change with its cost added to the collateral changes.</summary>
    /// <param name="change">Orders and collateral changes.</param>
    /// <param name="before">The subaccount, for reduce-only orders.</param>
    /// <param name="arrays">Risk arrays with a row for every instrument of the orders.</param>
    /// <param name="parameters">Token decimals.</param>
    public static SubaccountChange Settle(
        SubaccountChange change, Subaccount before, RiskArrays arrays, RiskParameters parameters)
    {
        Int128 cash = 0;
        Subaccount held = SubaccountNetting.Net(before);
        foreach (Order order in change.Orders.Where(order => order.Instrument is VanillaOption or Spot))
        {
            cash -= CostMicroUsd(order, SubaccountChange.FilledLots(held, order), arrays, parameters);
        }

        return cash == 0
            ? change
            : change with
            {
                Collateral = change.Collateral.Add(
                    new CollateralChange(AssetId.Numeraire, cash, string.Empty, BridgeClass.Native)),
            };
    }

    /// <summary>Signed cost, micro-dollars, rounded up.</summary>
    /// <param name="order">The order; without limit price it costs the mark.</param>
    /// <param name="lots">Signed lots that fill.</param>
    /// <param name="arrays">Risk arrays with its row.</param>
    /// <param name="parameters">Token decimals.</param>
    internal static Int128 CostMicroUsd(Order order, Int128 lots, RiskArrays arrays, RiskParameters parameters)
    {
        RiskRow row = arrays.Rows[arrays.IndexOf(order.Instrument)];
        // refused if not governed
        int decimals = order.Instrument is Spot ? parameters.Find(order.Instrument.Underlying)!.TokenDecimals : 0;
        if (order.LimitPrice is not { } price)
        {
            long mark = lots >= 0 ? row.MarkValueUpMicroUsd : row.MarkValueDownMicroUsd;
            return Up((BigInteger)lots * mark, decimals);
        }

        (Int128 quoted, int priceDecimals) = DecimalParts.Of(price);
        (Int128 lot, int lotDecimals) = DecimalParts.Of(row.LotQuantity);
        bool isCoin = order.Instrument is VanillaOption { Settlement: Settlement.Inverse };
        // terms for every row
        BigInteger unit = isCoin ? arrays.TermsOf(order.Instrument.Underlying)!.IndexMicroUsd : 1_000_000;
        return Up((BigInteger)lots * lot * quoted * unit, decimals + priceDecimals + lotDecimals);
    }

    private static Int128 Up(BigInteger value, int decimals)
    {
        BigInteger unit = BigInteger.Pow(10, decimals);
        BigInteger quotient = BigInteger.DivRem(value, unit, out BigInteger rest);
        return (Int128)(rest.Sign > 0 ? quotient + 1 : quotient);
    }
}
