using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Explanation;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Markets;
using Breakwater.Surfaces;

namespace Breakwater.Cli.Market;

/// <summary>What the states of markets do to an account: which orders they refuse, and what their widening costs
/// (METHODOLOGY 2.4).</summary>
internal static class MarketStates
{
    /// <summary>Why a change is refused in a market that admits only less risk; <c>null</c> if it is not.</summary>
    /// <param name="market">The market.</param>
    /// <param name="asked">The change.</param>
    /// <param name="before">Margin before it.</param>
    /// <param name="after">Margin after it.</param>
    public static Failure? Refusal(
        ValuedMarket market, SubaccountChange asked, MarginReport before, MarginReport after)
    {
        bool isRaised = after.InitialMargin > before.InitialMargin
            || after.MaintenanceMargin > before.MaintenanceMargin;
        foreach (Order order in asked.Orders.Concat(asked.Resting).Where(order => order.Instrument is not Spot))
        {
            AssetId asset = order.Instrument.Underlying;
            MarketMode mode = MarketModes.Of(market.Surfaces.Find(asset));
            if (!MarketModes.Admits(mode, isRaised))
            {
                return new Failure(
                    FailureReason.Inconsistent,
                    $"the market of {asset} admits only orders that lower risk: its surface is stale",
                    Value: order.Instrument.Name,
                    Limit: "initial and maintenance margin not above those before");
            }
        }

        return null;
    }

    /// <summary>Findings with what each state other than fresh costs this account.</summary>
    /// <param name="market">The market.</param>
    /// <param name="subaccount">The account.</param>
    /// <param name="margin">Its margin.</param>
    public static ImmutableArray<Finding> Costs(ValuedMarket market, Subaccount subaccount, MarginReport margin) =>
        SurfaceStateCosts.Of(market.Explained, subaccount, margin);
}
