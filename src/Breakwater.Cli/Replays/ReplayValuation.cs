using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Revaluation;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Cli.Replays;

/// <summary>Values one portfolio in one recorded market, with and without the anti-procyclical rules.</summary>
/// <param name="Subaccount">The portfolio.</param>
/// <param name="Parameters">Governed constants.</param>
/// <param name="IsMaintenanceOnly">Whether initial margin is left out.</param>
internal sealed record ReplayValuation(Subaccount Subaccount, RiskParameters Parameters, bool IsMaintenanceOnly)
{
    /// <summary>The instruments to revalue: what is held, and spot of what is collateral.</summary>
    private IEnumerable<Instrument> Instruments =>
    [
        .. Subaccount.Positions.Select(position => position.Instrument),
        .. Subaccount.Collateral.Where(balance => balance.Asset != AssetId.Numeraire)
            .Select(balance => new Spot(balance.Asset)),
    ];

    /// <summary>The step, or why it cannot be valued.</summary>
    /// <param name="market">What was known.</param>
    /// <param name="at">The instant.</param>
    public Result<ReplayStep> At(MarketSnapshot market, Timestamp at)
    {
        MarketForecast forecast = VolatilityForecast.From(market, Parameters);
        SurfaceSet surfaces = SurfaceCalibration.Fit(market, forecast, Parameters);
        ScenarioSets scenarios = IsMaintenanceOnly
            ? MaintenanceTwice(market, surfaces, forecast)
            : ScenarioDesign.Build(
                market, surfaces, forecast, Parameters, ScenarioSeed.NoBeacon, ScenarioSeed.NoBeacon);
        Result<Requirement> computed = Margin(market, surfaces, forecast, scenarios);

        // Without the rules: the filter is not raised to its floor, and no regime counts as calm.
        MarketForecast floorless = forecast.WithoutFloor();
        MarketForecast bare = floorless with
        {
            Underlyings = [.. floorless.Underlyings.Select(own => own with { Calmness = 0d })],
        };
        bool isFloored = forecast.Underlyings.Any(own => Used(own, surfaces) > Used(bare.Find(own.Asset)!, surfaces));
        bool isBuffered = forecast.Underlyings.Any(own => own.Calmness > 0d);
        Result<Requirement> plain = !isFloored && !isBuffered
            ? computed
            : Margin(market, surfaces, bare, isFloored ? MaintenanceTwice(market, surfaces, bare) : scenarios);
        return computed.IsAccepted && plain.IsAccepted
            ? Result<ReplayStep>.Accepted(new ReplayStep(
                at,
                [.. market.Underlyings.Select(own => Known(own, forecast.Find(own.Asset)!, surfaces))],
                Notional(market),
                computed.Value with { Initial = IsMaintenanceOnly ? null : computed.Value.Initial },
                plain.Value.Maintenance))
            : Result<ReplayStep>.Refused([.. computed.Failures, .. plain.Failures]);
    }

    private Result<Requirement> Margin(
        MarketSnapshot market, SurfaceSet surfaces, MarketForecast forecast, ScenarioSets scenarios)
    {
        Result<RiskArrays> arrays =
            FullRevaluation.TryRun(Instruments, market, forecast, surfaces, scenarios, Parameters);
        ImmutableArray<Failure> refusals = arrays.IsAccepted
            ? MarginAdmission.Check(Subaccount, arrays.Value, Parameters)
            : [.. arrays.Failures];
        if (!refusals.IsEmpty)
        {
            return Result<Requirement>.Refused(refusals);
        }

        MarginReport report = PortfolioMargin.Assess(Subaccount, arrays.Value, Parameters);
        return Result<Requirement>.Accepted(new Requirement(report.MaintenanceMargin, report.InitialMargin));
    }

    // Both sets are that of maintenance: what comes out as initial margin is not read.
    private ScenarioSets MaintenanceTwice(MarketSnapshot market, SurfaceSet surfaces, MarketForecast forecast)
    {
        ScenarioSet set =
            ScenarioDesign.BuildMaintenance(market, surfaces, forecast, Parameters, ScenarioSeed.NoBeacon);
        return new ScenarioSets(set, set);
    }

    private double Used(UnderlyingForecast forecast, SurfaceSet surfaces) =>
        FusedVolatility.Of(forecast, surfaces.Find(forecast.Asset), Parameters.Volatility);

    private ReplayUnderlying Known(UnderlyingMarket market, UnderlyingForecast forecast, SurfaceSet surfaces) => new(
        market.Asset, market.IndexUsd, forecast.VolatilityAnnual, Used(forecast, surfaces), forecast.Calmness,
        forecast.ShockDeviations);

    private double Notional(MarketSnapshot market) => Subaccount.Positions.Sum(position =>
    {
        decimal lot = Parameters.Find(position.Instrument.Underlying)!.LotOf(position.Instrument); // governed
        double size = Math.Abs((double)position.Lots * (double)lot);
        bool isInUsd = position.Instrument is
            Perpetual { Settlement: Settlement.Inverse } or DatedFuture { Settlement: Settlement.Inverse };
        return isInUsd ? size : size * market.Find(position.Instrument.Underlying)!.IndexUsd; // revalued before
    });
}
