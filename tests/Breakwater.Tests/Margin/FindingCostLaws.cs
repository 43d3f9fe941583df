using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Revaluation;
using Breakwater.Tests.Revaluation;

namespace Breakwater.Tests.Margin;

/// <summary>Findings whose rule charges an account say what they cost it: METHODOLOGY 2.4.</summary>
public sealed class FindingCostLaws
{
    private static readonly TinyMarket Tiny = TinyMarket.Build(randomCount: 60, seed: 3);
    private static readonly Instrument Perpetual = InstrumentName.Parse("ETH_USDC-PERPETUAL");
    private static readonly Instrument Call = InstrumentName.Parse("ETH-27MAR26-1900-C");

    [Theory]
    [InlineData(20_000)]
    [InlineData(-20_000)]
    public void Unknown_funding_costs_what_known_funding_of_nothing_would_save(int lots)
    {
        MarketSnapshot funded = Tiny.Market with
        {
            Underlyings = [.. Tiny.Market.Underlyings.Select(own => own with { FundingRate8h = 0d })],
        };
        MarketSnapshot unfunded = Tiny.Market with
        {
            Underlyings = [.. Tiny.Market.Underlyings.Select(own => own with { FundingRate8h = null })],
        };
        Subaccount book = Book((Perpetual, lots), (Call, -30));
        MarginReport known = Assess(book, ArraysOf(funded));
        MarginReport unknown = Assess(book, ArraysOf(unfunded));
        Finding priced = FindingCosts.Of(unknown.Findings, book, ArraysOf(unfunded), Tiny.Parameters, unknown)
            .Single(finding => finding.Charge == ChargingRule.UnknownFunding);
        Assert.Equal((long?)(unknown.MaintenanceMargin - known.MaintenanceMargin).MicroDollars, priced.CostMicroUsd);
        Assert.True(priced.CostMicroUsd > 0);
    }

    [Theory]
    [InlineData(ChargingRule.VolumeFloor)]
    [InlineData(ChargingRule.WholeBuffer)]
    public void A_floor_of_volume_and_a_whole_buffer_cost_the_account_that_is_charged_for_them(ChargingRule charge)
    {
        Finding finding = Found(charge, "ETH");
        Subaccount book = Book((Perpetual, 20_000));
        RiskArrays arrays = ArraysOf(Tiny.Market);
        MarginReport margin = Assess(book, arrays);
        Finding priced = FindingCosts.Of([finding], book, arrays, Tiny.Parameters, margin).Single();
        Money line = margin.Lines.Single(own => own.Name ==
            (charge == ChargingRule.VolumeFloor ? "Liquidity" : "Buffer")).Maintenance;
        Assert.InRange(priced.CostMicroUsd!.Value, 1, (long)line.MicroDollars);
    }

    [Fact]
    public void Who_does_not_hold_it_pays_nothing_for_it_whatever_else_was_revalued()
    {
        Subaccount book = Book((InstrumentName.Parse("BTC_USDC-PERPETUAL"), 1_000));
        RiskArrays arrays = FullRevaluation.Run(
            [Perpetual, Call, InstrumentName.Parse("BTC_USDC-PERPETUAL")], Tiny.Market, Tiny.Forecast, Tiny.Surfaces,
            Tiny.Scenarios, Tiny.Parameters);
        ImmutableArray<Finding> findings =
        [
            Found(ChargingRule.VolumeFloor, "ETH"), Found(ChargingRule.WholeBuffer, "ETH"),
            Found(ChargingRule.UnknownFunding, Perpetual.Name), Found(ChargingRule.CalmHaircut, "ETH"),
            Found(ChargingRule.VolumeFloor, "SOL"),
        ];
        Assert.Equal(
            findings, FindingCosts.Of(findings, book, arrays, Tiny.Parameters, Assess(book, arrays)));
    }

    [Fact]
    public void Forecasts_say_by_which_rule_they_charge()
    {
        ImmutableArray<Finding> findings =
            [.. VolatilityForecast.From(Tiny.Market, Tiny.Parameters).Underlyings.SelectMany(own => own.Findings)];
        Assert.Contains(findings, finding => finding is { Charge: ChargingRule.VolumeFloor, Subject: "ETH" });
        Assert.Contains(findings, finding => finding is { Charge: ChargingRule.WholeBuffer, Subject: "ETH" });
    }

    private static Finding Found(ChargingRule charge, string subject) =>
        new(FindingKind.MissingInput, subject, charge.ToString()) { Charge = charge };

    private static RiskArrays ArraysOf(MarketSnapshot market) => FullRevaluation.Run(
        [Perpetual, Call], market, Tiny.Forecast, Tiny.Surfaces, Tiny.Scenarios, Tiny.Parameters);

    private static MarginReport Assess(Subaccount book, RiskArrays arrays) =>
        PortfolioMargin.Assess(book, arrays, Tiny.Parameters);

    private static Subaccount Book(params (Instrument Instrument, int Lots)[] held) => new(
        "book", [new CollateralBalance(AssetId.Numeraire, 1_000_000_000, string.Empty, BridgeClass.Native)],
        [
            .. held.Select(own => new Position(own.Instrument, own.Lots, [new PositionEntry(own.Lots, null)])),
        ]);
}
