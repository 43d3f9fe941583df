using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Revaluation;
using Breakwater.Scenarios;
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
    public static ImmutableArray<Finding> Costs(ValuedMarket market, Subaccount subaccount, MarginReport margin)
    {
        SortedSet<AssetId> used = [.. subaccount.Positions.Select(own => own.Instrument)
            .Where(instrument => instrument is not Spot).Select(instrument => instrument.Underlying)];
        ImmutableArray<Finding>.Builder findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (AssetId asset in used)
        {
            if (market.Surfaces.Find(asset) is { State: not SurfaceState.Fresh } surface
                && MaintenanceIfFresh(market, subaccount, asset) is { } fresh)
            {
                Money cost = margin.MaintenanceMargin - fresh;
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

    private static Money? MaintenanceIfFresh(ValuedMarket market, Subaccount subaccount, AssetId asset)
    {
        SurfaceSet surfaces = new([.. market.Surfaces.Surfaces.Select(surface =>
            surface.Underlying == asset ? Fresh(market, surface) : surface)]);
        ValuedMarket fresh = market with
        {
            Surfaces = surfaces,
            Scenarios = ScenarioDesign.Build(
                market.Inputs.Market, surfaces, market.Forecast, market.Inputs.Parameters, market.Inputs.Beacon,
                market.Inputs.BeaconBefore),
        };
        Result<RiskArrays> arrays = fresh.Revalue(
        [
            .. subaccount.Positions.Select(own => own.Instrument), .. subaccount.Orders.Select(own => own.Instrument),
            .. subaccount.Collateral.Where(own => own.Asset != AssetId.Numeraire).Select(own => new Spot(own.Asset)),
        ]);
        return arrays.IsAccepted
            ? PortfolioMargin.Assess(subaccount, arrays.Value, market.Inputs.Parameters).MaintenanceMargin
            : null;
    }

    // As if seen just now: an old surface loses its raise with its age, every surface its widening.
    private static VolatilitySurface Fresh(ValuedMarket market, VolatilitySurface surface)
    {
        UnderlyingMarket own = market.Inputs.Market.Find(surface.Underlying)!; // every surface has its market
        VolatilitySurface young = SurfaceCalibration.Fit(
            new MarketSnapshot(own.At, [own], []), market.Forecast, market.Inputs.Parameters).Surfaces[0];
        return new VolatilitySurface(
            young.Underlying, young.At, young.Slices, young.Forwards, young.LevelCertified, SurfaceState.Fresh,
            young.Findings);
    }
}
