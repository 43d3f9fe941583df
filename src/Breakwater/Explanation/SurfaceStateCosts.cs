using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Revaluation;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Explanation;

/// <summary>What the states of surfaces cost an account (METHODOLOGY 2.4): its maintenance margin against the same with
/// each surface as if seen just now.</summary>
public static class SurfaceStateCosts
{
    /// <summary>A finding for each underlying of a derivative held whose surface is not fresh.</summary>
    /// <param name="market">The market.</param>
    /// <param name="subaccount">The account, margined in it.</param>
    /// <param name="margin">Its margin.</param>
    public static ImmutableArray<Finding> Of(ExplainedMarket market, Subaccount subaccount, MarginReport margin)
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

    private static Money? MaintenanceIfFresh(ExplainedMarket market, Subaccount subaccount, AssetId asset)
    {
        SurfaceSet surfaces = new([.. market.Surfaces.Surfaces.Select(surface =>
            surface.Underlying == asset ? Fresh(market, surface) : surface)]);
        ScenarioSets scenarios =
            ScenarioDesign.Build((market with { Surfaces = surfaces }).ScenarioInputs);
        Result<RiskArrays> arrays = FullRevaluation.TryRun(
            [
                .. subaccount.Positions.Select(own => own.Instrument),
                .. subaccount.Orders.Select(own => own.Instrument),
                .. subaccount.Collateral.Where(own => own.Asset != AssetId.Numeraire)
                    .Select(own => new Spot(own.Asset)),
            ],
            market.Market, market.Forecast, surfaces, scenarios, market.Parameters);
        return arrays.IsAccepted
            ? PortfolioMargin.Assess(subaccount, arrays.Value, market.Parameters, market.Context).MaintenanceMargin
            : null;
    }

    // As if seen just now: an old surface loses its raise with its age, every surface its widening.
    private static VolatilitySurface Fresh(ExplainedMarket market, VolatilitySurface surface)
    {
        UnderlyingMarket own = market.Market.Find(surface.Underlying)!; // every surface has its market
        VolatilitySurface young = SurfaceCalibration.Fit(
            new MarketSnapshot(own.At, [own], []), market.Forecast, market.Parameters).Surfaces[0];
        return new VolatilitySurface(
            young.Underlying, young.At, young.Slices, young.Forwards, young.LevelCertified, SurfaceState.Fresh,
            young.Findings);
    }
}
