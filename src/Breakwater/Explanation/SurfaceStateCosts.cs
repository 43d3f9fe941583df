using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Markets;
using Breakwater.Numerics;

namespace Breakwater.Explanation;

/// <summary>What the states of surfaces cost an account (METHODOLOGY 2.4): its maintenance margin against the same with
/// each surface as if seen just now.</summary>
public static class SurfaceStateCosts
{
    /// <summary>A finding for each underlying of a derivative held whose surface is not fresh.</summary>
    /// <param name="market">The market.</param>
    /// <param name="subaccount">The account, margined in it.</param>
    /// <param name="margin">Its margin.</param>
    public static ImmutableArray<Finding> Of(ExplainedMarket market, Subaccount subaccount, MarginReport margin) =>
        Of(new FreshMarkets(market, []), market, subaccount, margin);

    /// <summary>The same where many accounts are asked about.</summary>
    /// <param name="fresh">The market with each surface fresh.</param>
    /// <param name="market">The market.</param>
    /// <param name="subaccount">The account, margined in it.</param>
    /// <param name="margin">Its margin.</param>
    public static ImmutableArray<Finding> Of(
        FreshMarkets fresh, ExplainedMarket market, Subaccount subaccount, MarginReport margin)
    {
        ArgumentNullException.ThrowIfNull(fresh);
        ArgumentNullException.ThrowIfNull(market);
        ArgumentNullException.ThrowIfNull(subaccount);
        ArgumentNullException.ThrowIfNull(margin);
        SortedSet<AssetId> used = [.. subaccount.Positions.Select(own => own.Instrument)
            .Where(instrument => instrument is not Spot).Select(instrument => instrument.Underlying)];
        ImmutableArray<Finding>.Builder findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (AssetId asset in used)
        {
            if (market.Surfaces.Find(asset) is { State: not SurfaceState.Fresh } surface
                && MaintenanceIfFresh(fresh, market, subaccount, asset) is { } maintenance)
            {
                Money cost = margin.MaintenanceMargin - maintenance;
                findings.Add(new Finding(
                    FindingKind.SurfaceState, asset.Name,
                    FormattableString.Invariant(
                        $"{surface.State}: shocks of volatility times {surface.ShockRatio:0.00}, against it fresh"))
                {
                    CostMicroUsd = checked((long)cost.MicroDollars),
                });
            }
        }

        return findings.ToImmutable();
    }

    private static Money? MaintenanceIfFresh(
        FreshMarkets fresh, ExplainedMarket market, Subaccount subaccount, AssetId asset) =>
        fresh.Find(asset,
            [
                .. subaccount.Positions.Select(own => own.Instrument),
                .. subaccount.Orders.Select(own => own.Instrument),
                .. subaccount.Collateral.Where(own => own.Asset != AssetId.Numeraire)
                    .Select(own => new Spot(own.Asset)),
            ]) is { } found
            ? PortfolioMargin.AssessMaintenance(
                subaccount, found.Arrays, market.Parameters, market.Context, found.Cores).Maintenance
            : null;
}
