using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Attestation;
using Breakwater.Engine;
using Breakwater.Explanation;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Numerics;
using Breakwater.Revaluation;
using Breakwater.Scenarios;
using Breakwater.Tests.Revaluation;

namespace Breakwater.Tests.Engine;

/// <summary>A margin where the market has moved is that of a market which always stood there.</summary>
public sealed class MovedReportLaws
{
    private static readonly TinyMarket Tiny = TinyMarket.Default;

    // Scenarios of the design itself: they are drawn anew where volatility moves.
    private static readonly ExplainedMarket Market = new(
        Tiny.Market, Tiny.Forecast, Tiny.Surfaces,
        ScenarioDesign.Build(Tiny.Market, Tiny.Surfaces, Tiny.Forecast, Tiny.Parameters, ScenarioSeed.NoBeacon),
        Tiny.Parameters);

    private static readonly Instrument Perpetual = InstrumentName.Parse("BTC_USDC-PERPETUAL");
    private static readonly Instrument Call = InstrumentName.Parse("BTC-27MAR26-66000-C");
    private static readonly Instrument EthPut = InstrumentName.Parse("ETH_USDC-27MAR26-1900-P");

    [Fact]
    public void Where_nothing_moves_it_is_the_report_of_now_to_the_last_unit()
    {
        Subaccount book = Book();
        MarginReport now = PortfolioMargin.Assess(book, Arrays(book), Tiny.Parameters);
        MovedReport still = Moved(book, MarketShift.Of(TinyMarket.Btc, 0d, 0d));
        Assert.Equal(ReportAssembly.DigestOf(now), ReportAssembly.DigestOf(still.Report.Margin));
        Assert.Equal(CanonicalEncoding.DigestOf(Tiny.Market), still.Report.Digests.Market);
        Assert.Equal(CanonicalEncoding.DigestOf(Market.Scenarios), still.Report.Digests.Scenarios);
    }

    [Theory]
    [InlineData(-0.9)]
    [InlineData(-0.1)]
    [InlineData(0.07)]
    [InlineData(5.0)]
    public void A_perpetual_entered_at_the_mark_gains_what_its_price_moves(double move)
    {
        Subaccount book = new("one", [Cash(5_000_000)], [Position(Perpetual, 10_000)]);
        Money mark = Money.FromMicroDollars(
            Arrays(book).Rows[Arrays(book).IndexOf(Perpetual)].MarkPriceMicroUsd); // lots of 0.0001: one BTC
        Money gain = Moved(book, MarketShift.Of(TinyMarket.Btc, move, 0d)).Report.Margin.UnrealisedPnl;
        Assert.Equal(move * mark.ToUsd(), gain.ToUsd(), 0.02); // a micro-dollar a lot, and one of the mark
    }

    [Fact]
    public void It_equals_the_margin_of_a_market_that_was_built_there()
    {
        const double Move = 0.2;
        TinyMarket there = TinyMarket.Build(randomCount: 200, seed: 7, btcIndex: 65_000.0 * (1.0 + Move));
        Subaccount book = new(
            "options", [Cash(5_000_000)], [Position(Call, -30), Position(EthPut, 40)]); // marked, never entered
        MarginReport built = PortfolioMargin.Assess(
            book,
            FullRevaluation.Run(
                BookInstruments.Of(book), there.Market, there.Forecast, there.Surfaces, Market.Scenarios,
                there.Parameters),
            there.Parameters);
        MarginReport moved = Moved(book, MarketShift.Of(TinyMarket.Btc, Move, 0d)).Report.Margin;
        Assert.Equal(built.Equity.ToUsd(), moved.Equity.ToUsd(), 0.01);
        Assert.Equal(built.InitialMargin.ToUsd(), moved.InitialMargin.ToUsd(), 0.05);
        Assert.Equal(built.MaintenanceMargin.ToUsd(), moved.MaintenanceMargin.ToUsd(), 0.05);
    }

    [Fact]
    public void Higher_volatility_costs_who_is_short_options_and_is_drawn_into_the_scenarios()
    {
        Subaccount book = new("short", [Cash(5_000_000)], [Position(Call, -30)]);
        MarginReport now = PortfolioMargin.Assess(book, Arrays(book), Tiny.Parameters);
        MovedReport up = Moved(book, MarketShift.Of(TinyMarket.Btc, 0d, 0.5));
        MovedReport down = Moved(book, MarketShift.Of(TinyMarket.Btc, 0d, -0.3));
        Assert.True(up.Report.Margin.Equity < now.Equity && now.Equity < down.Report.Margin.Equity);
        Assert.True(up.Report.Margin.MaintenanceMargin > now.MaintenanceMargin);
        Assert.NotEqual(CanonicalEncoding.DigestOf(Market.Scenarios), up.Report.Digests.Scenarios);
    }

    [Fact]
    public void Moves_of_two_underlyings_do_not_depend_on_their_order()
    {
        MarketShift btc = MarketShift.Of(TinyMarket.Btc, -0.2, 0.6);
        MarketShift eth = MarketShift.Of(TinyMarket.Eth, 0.1, -0.2);
        Assert.Equal(
            Moved(Book(), btc, eth).Report.Digests.Report, Moved(Book(), eth, btc).Report.Digests.Report);
    }

    [Theory]
    [InlineData(MarketShift.RelativeMinimum, MarketShift.RelativeMinimum)]
    [InlineData(MarketShift.RelativeMinimum, MarketShift.RelativeMaximum)]
    [InlineData(MarketShift.RelativeMaximum, MarketShift.RelativeMinimum)]
    [InlineData(MarketShift.RelativeMaximum, MarketShift.RelativeMaximum)]
    public void The_ends_of_the_ranges_are_margined(double price, double volatility) => Assert.True(
        Moved(Book(), MarketShift.Of(TinyMarket.Btc, price, volatility)).Report.Margin.MaintenanceMargin > Money.Zero);

    [Fact]
    public void Resting_orders_rest_on_and_are_margined_there()
    {
        Subaccount book = Book();
        Subaccount quoting = book with { Orders = [new Order(Perpetual, 50_000, 64_000m, IsReduceOnly: false)] };
        MarketShift fall = MarketShift.Of(TinyMarket.Btc, -0.1, 0d);
        Assert.True(
            Moved(quoting, fall).Report.Margin.InitialMargin > Moved(book, fall).Report.Margin.InitialMargin);
    }

    [Theory]
    [InlineData(-0.91, 0)]
    [InlineData(5.01, 0)]
    [InlineData(double.NaN, 0)]
    [InlineData(0, -1)]
    [InlineData(0, double.PositiveInfinity)]
    public void A_move_out_of_range_is_a_mistake_of_the_caller(double price, double volatility) =>
        Assert.ThrowsAny<ArgumentException>(() => MarketShift.Of(TinyMarket.Btc, price, volatility));

    private static MovedReport Moved(Subaccount book, params ImmutableArray<MarketShift> shifts) =>
        MovedReport.Of(Market, [], book, Arrays(book), shifts).Value;

    private static RiskArrays Arrays(Subaccount book) =>
        Market.Revalue([.. BookInstruments.Of(book), .. book.Orders.Select(static own => own.Instrument)]);

    private static Subaccount Book() => new(
        "book",
        [Cash(2_000_000), new CollateralBalance(TinyMarket.Eth, 3_000_000_000_000_000_000, "", BridgeClass.Native)],
        [Position(Perpetual, 15_000), Position(Call, -20), Position(EthPut, 40)]);

    private static CollateralBalance Cash(long usd) =>
        new(AssetId.Numeraire, (Int128)usd * 1_000_000, string.Empty, BridgeClass.Native);

    private static Position Position(Instrument instrument, int lots) =>
        new(instrument, lots, [new PositionEntry(lots, null)]);
}
