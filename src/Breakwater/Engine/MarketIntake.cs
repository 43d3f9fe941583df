using Breakwater.Accounts.Ledgers;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Engine;

/// <summary>Takes market events into the ground state: microseconds, no valuation.</summary>
internal static class MarketIntake
{
    internal static Result<RiskState> Of(RiskState state, RiskEvent happened)
    {
        AssetId asset = AssetOf(happened);
        bool isGoverned = asset != AssetId.Numeraire
            && (state.Parameters.Find(asset) is not null || state.Parameters.FindCollateral(asset) is not null);
        if (!isGoverned)
        {
            return Result<RiskState>.Refused(new Failure(
                FailureReason.Unknown, "the asset of a market event is not governed by the parameters",
                Value: asset.Name));
        }

        if (happened is RiskEvent.IndexModeSeen stated)
        {
            return Result<RiskState>.Accepted(state with
            {
                IndexModes = stated.Mode == MarketMode.Normal
                    ? state.IndexModes.Remove(asset)
                    : state.IndexModes.SetItem(asset, stated.Mode),
            });
        }

        Result<AssetGround> moved =
            (state.Markets.GetValueOrDefault(asset) ?? AssetGround.None(asset)).After(happened);
        if (!moved.IsAccepted) return Result<RiskState>.Refused(moved.Failures);
        RiskState after = state with { Markets = state.Markets.SetItem(asset, moved.Value) };
        return Result<RiskState>.Accepted(
            happened is RiskEvent.IndexSeen seen ? WithFixing(after, seen) : after);
    }

    private static AssetId AssetOf(RiskEvent happened) => happened switch
    {
        RiskEvent.ChainSeen own => own.Asset,
        RiskEvent.QuoteSeen own => own.Quote.Option.Underlying,
        RiskEvent.IndexSeen own => own.Asset,
        RiskEvent.IndexModeSeen own => own.Asset,
        RiskEvent.FuturesSeen own => own.Asset,
        RiskEvent.ClosesSeen own => own.Asset,
        RiskEvent.FundingSeen own => own.Asset,
        RiskEvent.DepthSeen own => own.Asset,
        RiskEvent.FlowSeen own => own.Asset,
        _ => throw new System.Diagnostics.UnreachableException(happened.ToString()),
    };

    // An index outside the window, or a second one for a fixing, is an index like any other.
    private static RiskState WithFixing(RiskState state, RiskEvent.IndexSeen seen)
    {
        if (!state.Expiries.TryGetValue(seen.Asset, out Timestamp expiry)) return state;
        (int windowMilliseconds, int fixingCount) = DueWork.WindowOf(state.Parameters);
        if (seen.At < expiry.AddMilliseconds(-windowMilliseconds) || LedgerPrice.Of(seen.IndexUsd) is not { } index)
        {
            return state;
        }

        SettlementWindow window = state.Windows.GetValueOrDefault(seen.Asset)
            ?? SettlementWindow.Open(seen.Asset, expiry, windowMilliseconds, fixingCount);
        Result<SettlementWindow> taken = window.Add(seen.At, index);
        return taken.IsAccepted ? state with { Windows = state.Windows.SetItem(seen.Asset, taken.Value) } : state;
    }
}
