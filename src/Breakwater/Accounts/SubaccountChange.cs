using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Accounts;

/// <summary>An order: taken as filled in a what-if question, resting in a portfolio.</summary>
/// <param name="Instrument">What is traded.</param>
/// <param name="Lots">Signed lots, positive to buy; not 0.</param>
/// <param name="LimitPrice">Price of the fill as the instrument is quoted: coin per unit for an inverse option, else
/// USD per unit; &gt; 0. <c>null</c>: filled at the mark.</param>
/// <param name="IsReduceOnly">Whether it may only bring the position nearer to zero.</param>
public sealed record Order(Instrument Instrument, Int128 Lots, decimal? LimitPrice, bool IsReduceOnly);

/// <summary>Deposit or withdrawal of collateral.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Units">Signed least units, positive to deposit.</param>
/// <param name="Chain">Chain where it lies; empty for the home chain.</param>
/// <param name="Bridge">How it came there.</param>
public sealed record CollateralChange(AssetId Asset, Int128 Units, string Chain, BridgeClass Bridge);

/// <summary>What a what-if question changes in a subaccount.</summary>
/// <param name="Orders">Orders, filled in the order given.</param>
/// <param name="Collateral">Deposits and withdrawals.</param>
public sealed record SubaccountChange(ImmutableArray<Order> Orders, ImmutableArray<CollateralChange> Collateral)
{
    /// <summary>Orders that are placed and rest, unfilled.</summary>
    public ImmutableArray<Order> Resting { get; init; } = [];

    /// <summary>The subaccount after the change, in canonical form.</summary>
    /// <remarks>What an option or spot trade costs is a change of collateral that the caller states: it needs prices,
    /// which accounts do not know. Futures cost nothing: their entry price is kept.</remarks>
    /// <param name="before">The subaccount before; not modified.</param>
    /// <returns>The subaccount, or refusals: a balance would fall below zero, a reduce-only order would increase.
    /// </returns>
    public Result<Subaccount> Apply(Subaccount before)
    {
        List<Failure> failures = [];
        Subaccount after = SubaccountNetting.Net(before);
        foreach (Order order in Orders)
        {
            after = Fill(after, order, failures);
        }

        after = SubaccountNetting.Net(after with
        {
            Collateral = Move(after.Collateral, failures),
            Orders = [.. after.Orders, .. Resting],
        });
        return failures.Count == 0 ? Result<Subaccount>.Accepted(after) : Result<Subaccount>.Refused(failures);
    }

    /// <summary>Lots that an order trades: all of them, or as many as a reduce-only order may.</summary>
    /// <param name="before">The subaccount in canonical form.</param>
    /// <param name="order">The order.</param>
    public static Int128 FilledLots(Subaccount before, Order order)
    {
        Int128 held = 0;
        foreach (Position position in before.Positions)
        {
            held = position.Instrument == order.Instrument ? position.Lots : held;
        }

        return !order.IsReduceOnly ? order.Lots
            : Int128.Sign(held) * Int128.Sign(order.Lots) >= 0 ? 0
            : Int128.Abs(order.Lots) > Int128.Abs(held) ? -held
            : order.Lots;
    }

    private static Subaccount Fill(Subaccount before, Order order, List<Failure> failures)
    {
        Int128 lots = FilledLots(before, order);
        if (lots == 0)
        {
            failures.Add(new Failure(
                FailureReason.Inconsistent, $"the reduce-only order of {order.Instrument} would not reduce a position",
                Value: order.Instrument.Name));
            return before;
        }

        Position traded = new(order.Instrument, lots, [new PositionEntry(lots, order.LimitPrice)]);
        return SubaccountNetting.Net(before with { Positions = before.Positions.Add(traded) });
    }

    private ImmutableArray<CollateralBalance> Move(ImmutableArray<CollateralBalance> balances, List<Failure> failures)
    {
        List<CollateralBalance> moved = [.. balances];
        foreach (CollateralChange change in Collateral)
        {
            int index = moved.FindIndex(balance => balance.Asset == change.Asset && balance.Bridge == change.Bridge
                && string.Equals(balance.Chain, change.Chain, StringComparison.Ordinal));
            if (index < 0)
            {
                moved.Add(new CollateralBalance(change.Asset, 0, change.Chain, change.Bridge));
                index = moved.Count - 1;
            }

            moved[index] = moved[index] with { Units = moved[index].Units + change.Units };
        }

        // A debt that was there before may stay or shrink; no change makes or deepens one.
        foreach (CollateralBalance balance in moved.Where(balance =>
            balance.Units < 0 && !balances.Any(before => before.MayBeDebt && balance.MayBeDebt
                && before.Units <= balance.Units)))
        {
            failures.Add(new Failure(
                FailureReason.Inconsistent,
                $"collateral {balance.Asset} would fall below zero by {-balance.Units} least units",
                Value: balance.Asset.Name, Limit: "≥ 0"));
        }

        return [.. moved.Where(balance => balance.Units != 0 && (balance.Units > 0 || balance.MayBeDebt))];
    }
}
