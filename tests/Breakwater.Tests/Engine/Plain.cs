using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Attestation;
using Breakwater.Engine;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Revaluation;
using Breakwater.Scenarios;
using Breakwater.Surfaces;
using Breakwater.Tests.Revaluation;

namespace Breakwater.Tests.Engine;

/// <summary>A market worked out stage by stage from its ground state, as the command does it.</summary>
internal sealed record Plain(
    MarketSnapshot Market, MarketForecast Forecast, SurfaceSet Surfaces, ScenarioSets Scenarios, RiskArrays Arrays)
{
    internal static Plain Of(MarketGround ground, Func<ScenarioInputs, ScenarioSets> design)
    {
        SnapshotOutcome outcome = SnapshotAssembly.Build(ground.Observations);
        MarketSnapshot market = CollateralMarkets.Separate(
            Assert.IsType<SnapshotOutcome.Usable>(outcome).Market, ground.Parameters);
        MarketForecast forecast = VolatilityForecast.From(market, ground.Parameters);
        SurfaceSet surfaces = SurfaceCalibration.Fit(market, forecast, ground.Parameters, ground.LastGood);
        ScenarioSets scenarios = ground.Scenarios ?? design(ScenarioDesign.InputsOf(
            market, surfaces, forecast, ground.Parameters, ground.Beacon, ground.BeaconBefore));
        return new Plain(market, forecast, surfaces, scenarios, FullRevaluation.Run(
            ground.Instruments, market, forecast, surfaces, scenarios, ground.Parameters));
    }

    /// <summary>Every stage is the same, to the last bit.</summary>
    internal void AssertSame(MarketValuation own, string place)
    {
        Assert.True(
            CanonicalEncoding.DigestOf(Market) == CanonicalEncoding.DigestOf(own.Market), $"{place}: snapshot");
        Assert.True(Forecast.Underlyings.Length == own.Forecast.Underlyings.Length, $"{place}: underlyings");
        foreach ((UnderlyingForecast expected, UnderlyingForecast actual) in
            Forecast.Underlyings.Zip(own.Forecast.Underlyings))
        {
            Assert.True(Words(expected).SequenceEqual(Words(actual)), $"{place}: forecast of {expected.Asset}");
        }

        Assert.True(
            Forecast.Collateral.SequenceEqual(own.Forecast.Collateral, SameCollateral.Instance),
            $"{place}: collateral");
        foreach ((VolatilitySurface expected, VolatilitySurface actual) in
            Surfaces.Surfaces.Zip(own.Surfaces.Surfaces))
        {
            Assert.True(Words(expected).SequenceEqual(Words(actual)), $"{place}: surface of {expected.Underlying}");
        }

        Assert.True(Scenarios.Maintenance.Digest == own.Scenarios.Maintenance.Digest, $"{place}: maintenance set");
        Assert.True(Scenarios.Initial.Digest == own.Scenarios.Initial.Digest, $"{place}: initial set");
        Assert.True(Arrays.Rows.SequenceEqual(own.Arrays.Rows), $"{place}: rows");
        Assert.True(Arrays.Assets.SequenceEqual(own.Arrays.Assets), $"{place}: terms");
        Assert.True(Arrays.Findings.SequenceEqual(own.Arrays.Findings), $"{place}: findings");
        for (int row = 0; row < Arrays.Rows.Length; row++)
        {
            foreach ((MarginHorizon horizon, RevaluationTime time) in Sheet.All)
            {
                Assert.True(
                    Arrays.Entries(row, horizon, time).SequenceEqual(own.Arrays.Entries(row, horizon, time)),
                    $"{place}: entries of {Arrays.Rows[row].Instrument}");
            }
        }
    }

    /// <summary>Every account has the margin that the plain way gives it, or the same refusals.</summary>
    internal void AssertSame(EngineWorld world, LiveBook book, string place)
    {
        Assert.Equal(world.Accounts.Count, book.AccountCount);
        foreach ((string id, (Subaccount account, MarginContext context)) in world.Accounts)
        {
            ImmutableArray<Failure> refusals = MarginAdmission.Check(account, Arrays, world.Ground.Parameters);
            AccountMargin expected = refusals.IsEmpty
                ? Expected(account, world.Ground.Parameters, context)
                : AccountMargin.Refused(refusals);
            AccountMargin? own = book.Of(id);
            Assert.True(own is not null, $"{place}: {id} is not margined");
            Assert.True(
                expected with { Refusals = [] } == own with { Refusals = [] }
                    && expected.Refusals.SequenceEqual(own.Refusals),
                $"{place}: {id} {expected}, not {own}");
        }
    }

    private AccountMargin Expected(Subaccount account, RiskParameters parameters, MarginContext context)
    {
        MarginReport report = PortfolioMargin.Assess(account, Arrays, parameters, context);
        ScenarioLosses losses = ScenarioLosses.Of(
            MarginAccount.Of(SubaccountNetting.Net(account), Arrays, parameters, context.Protocol).Exposures, Arrays,
            MarginHorizon.Initial);
        return AccountMargin.Of(report) with
        {
            IsLiquidationLikely = LiquidationLikelihood.IsHigh(losses, report.Equity, report.MaintenanceMargin),
        };
    }

    private static IEnumerable<object?> Words(UnderlyingForecast own) =>
    [
        own.Asset, own.VolatilityAnnual, own.VolatilityLongAnnual, own.VolatilityFloorAnnual, own.Calmness, own.Flow,
        own.ShockDeviations, own.Filter, own.Liquidity! with { Profile = [] }, .. own.Liquidity.Profile.Cast<object>(),
        .. own.Findings, .. own.History.Hours.Cast<object>(), .. own.History.LogPrices.Cast<object>(),
        .. own.History.VarianceHourly.Cast<object>(),
    ];

    private static IEnumerable<object?> Words(VolatilitySurface own) =>
    [
        own.Underlying, own.At, own.State, own.ShockRatio, own.LevelCertified, .. own.Slices, .. own.Findings,
        own.Forwards.ForwardUsd(0.1), own.Forwards.ForwardUsd(1.0), own.Forwards.ForwardUsd(0.01),
    ];

    private sealed class SameCollateral : IEqualityComparer<CollateralForecast>
    {
        internal static SameCollateral Instance { get; } = new();

        public bool Equals(CollateralForecast? left, CollateralForecast? right) =>
            left! with { Findings = [], Liquidity = null } == right! with { Findings = [], Liquidity = null }
            && left.Findings.SequenceEqual(right.Findings)
            && (left.Liquidity is null) == (right.Liquidity is null)
            && (left.Liquidity is null
                || (left.Liquidity with { Profile = [] } == right.Liquidity! with { Profile = [] }
                    && left.Liquidity.Profile.SequenceEqual(right.Liquidity.Profile)));

        public int GetHashCode(CollateralForecast own) => own.Asset.GetHashCode();
    }
}
