using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Surfaces;

namespace Breakwater.Margin;

/// <summary>Which orders the states of markets refuse (METHODOLOGY 2.4).</summary>
public static class MarketRestriction
{
    /// <summary>Why a change is refused in a market that admits only less risk; <c>null</c> if it is not.</summary>
    /// <param name="modeOf">What may be done in the market of an underlying.</param>
    /// <param name="asked">The change.</param>
    /// <param name="before">Margin before it.</param>
    /// <param name="after">Margin after it.</param>
    public static Failure? Check(
        Func<AssetId, MarketMode> modeOf, SubaccountChange asked, MarginReport before, MarginReport after)
    {
        ArgumentNullException.ThrowIfNull(modeOf);
        ArgumentNullException.ThrowIfNull(asked);
        bool isRaised = after.InitialMargin > before.InitialMargin
            || after.MaintenanceMargin > before.MaintenanceMargin;
        foreach (Order order in asked.Orders.Concat(asked.Resting).Where(order => order.Instrument is not Spot))
        {
            AssetId asset = order.Instrument.Underlying;
            if (!MarketModes.Admits(modeOf(asset), isRaised))
            {
                return new Failure(
                    FailureReason.Inconsistent,
                    $"the market of {asset} admits only orders that lower risk: its surface or index is in doubt",
                    Value: order.Instrument.Name,
                    Limit: "initial and maintenance margin not above those before");
            }
        }

        return null;
    }
}
