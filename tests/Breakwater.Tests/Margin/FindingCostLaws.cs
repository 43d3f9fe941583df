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
    public void A_cost_is_that_of_margining_the_whole_account_again()
    {
        Instrument bitcoin = InstrumentName.Parse("BTC_USDC-PERPETUAL");
        RiskArrays arrays = FullRevaluation.Run(
            [Perpetual, Call, bitcoin], Tiny.Market, Tiny.Forecast, Tiny.Surfaces, Tiny.Scenarios, Tiny.Parameters);
        Finding[] findings =
        [
            .. from charge in Enum.GetValues<ChargingRule>()
               from subject in (string[])["BTC", "ETH", "SOL", Perpetual.Name, bitcoin.Name]
               select Found(charge, subject),
        ];
        int costly = 0;
        for (int seed = 0; seed < 12; seed++)
        {
            Random random = new(seed);
            Subaccount book = Book(
                (random.Next(2) == 0 ? Perpetual : bitcoin, random.Next(1, 20_000)), (Call, -random.Next(1, 40)));
            if (seed % 3 == 1) book = book with { Collateral = book.Collateral.Add(Coin("ETH")) };
            if (seed % 3 == 2) book = book with { Collateral = book.Collateral.Add(Coin("BTC")) };
            if (seed % 2 > 0) book = book with { Orders = [new Order(bitcoin, 500, 60_000m, IsReduceOnly: false)] };
            MarginReport margin = Assess(book, arrays);
            ImmutableArray<Finding> priced = FindingCosts.Of(findings, book, arrays, Tiny.Parameters, margin);
            foreach ((Finding finding, Finding own) in findings.Zip(priced))
            {
                long cost = CostByAssessing(finding, book, arrays, margin);
                Assert.Equal(cost, own.CostMicroUsd ?? 0);
                costly += cost != 0 ? 1 : 0;
            }
        }

        Assert.True(costly > 30, $"{costly} findings cost something");
    }

    // The obvious way: everything is margined again from arrays in which the imperfection is not there.
    private static long CostByAssessing(Finding finding, Subaccount book, RiskArrays arrays, MarginReport margin)
    {
        bool isFunding = finding.Charge == ChargingRule.UnknownFunding;
        RiskArrays known = arrays.With(
            row => isFunding && row.Instrument.Name == finding.Subject
                ? row with { FundingMaintenance = default, FundingInitial = default }
                : row,
            terms => terms.Asset.Name != finding.Subject ? terms : finding.Charge switch
            {
                ChargingRule.VolumeFloor when terms.Liquidity is { } thin =>
                    terms with { Liquidity = thin with { VolumeDailyMicroUsd = 1_000_000_000_000_000_000 } },
                ChargingRule.WholeBuffer => terms with { CalmnessNano = 0 },
                ChargingRule.CalmHaircut => terms with { Collateral = terms.Collateral with { DrawdownNano = 0 } },
                _ => terms,
            });
        MarginReport rest = Assess(book, known);
        return (long)(rest.Equity - rest.MaintenanceMargin - (margin.Equity - margin.MaintenanceMargin)).MicroDollars;
    }

    private static CollateralBalance Coin(string asset) => new(
        AssetId.Of(asset), Int128.Parse(asset == "BTC" ? "300000000" : "5000000000000000000",
            System.Globalization.CultureInfo.InvariantCulture), string.Empty, BridgeClass.Native);

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
