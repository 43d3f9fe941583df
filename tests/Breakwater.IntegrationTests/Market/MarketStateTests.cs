using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Cli.Market;
using Breakwater.Cli.Terminal;
using Breakwater.Explanation;
using Breakwater.Instruments;
using Breakwater.IntegrationTests.Margin;
using Breakwater.Margin;
using Breakwater.Markets;
using Breakwater.Revaluation;
using Breakwater.Surfaces;

namespace Breakwater.IntegrationTests.Market;

/// <summary>METHODOLOGY 2.4: what a state costs, and what it refuses.</summary>
public sealed class MarketStateTests
{
    private static readonly Perpetual Btc = new(RealDay.Btc, Settlement.Linear);

    [Theory]
    [InlineData(0, MarketMode.Normal)]
    [InlineData(5, MarketMode.Normal)] // degraded
    [InlineData(20, MarketMode.ReduceOnly)]
    [InlineData(61, MarketMode.Halted)]
    public void Age_sets_the_mode(int minutes, MarketMode mode) =>
        Assert.Equal(mode, MarketModes.Of(Aged(minutes).Surfaces.Find(RealDay.Btc)));

    [Fact]
    public void A_fresh_market_costs_nothing() => Assert.Empty(Costs(Aged(0), ShortStrangle()).Costs);

    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    public void A_state_costs_a_short_strangle_what_its_widening_adds(int minutes)
    {
        (ImmutableArray<Finding> costs, MarginReport margin) = Costs(Aged(minutes), ShortStrangle());

        Finding cost = Assert.Single(costs);
        Assert.Equal(FindingKind.SurfaceState, cost.Kind);
        Assert.InRange(cost.CostMicroUsd!.Value, 1, (long)margin.MaintenanceMargin.MicroDollars);
    }

    // Shared with more than is held, with less than is held, and asked twice.
    [Fact]
    public void A_fresh_market_that_accounts_share_costs_each_what_one_of_its_own_costs()
    {
        ValuedMarket market = Aged(20);
        Subaccount book = ShortStrangle();
        (ImmutableArray<Finding> own, MarginReport margin) = Costs(market, book);
        ImmutableArray<Instrument> held = [.. book.Positions.Select(static position => position.Instrument)];
        FreshMarkets shared = new(market.Explained, [.. held, Btc]);

        Assert.NotEmpty(own);
        Assert.Equal(own, SurfaceStateCosts.Of(shared, market.Explained, book, margin));
        Assert.Equal(own, SurfaceStateCosts.Of(shared, market.Explained, book, margin));
        FreshMarkets strange = new(market.Explained, [Btc]);
        Assert.Equal(own, SurfaceStateCosts.Of(strange, market.Explained, book, margin));
    }

    [Fact]
    public void A_stale_market_refuses_more_risk_and_admits_less()
    {
        ValuedMarket stale = Aged(20);
        Subaccount book = RealDay.Of("calm").Book(1_000_000m, (Btc, 10m));

        Assert.NotNull(Refused(stale, book, 5m));
        Assert.Null(Refused(stale, book, -5m));
        Assert.Null(Refused(Aged(0), book, 5m));
    }

    private static Failure? Refused(ValuedMarket market, Subaccount book, decimal quantity)
    {
        decimal lot = market.Inputs.Parameters.Find(RealDay.Btc)!.LotOf(Btc); // shipped parameters govern it
        SubaccountChange asked = new([new Order(Btc, (Int128)(quantity / lot), null, false)], []);
        Subaccount changed = asked.Apply(book).Value;
        return MarketRestriction.Check(
            asset => MarketModes.Of(market.Surfaces.Find(asset)), asked, Assessed(market, book),
            Assessed(market, changed));
    }

    private static (ImmutableArray<Finding> Costs, MarginReport Margin) Costs(ValuedMarket market, Subaccount book)
    {
        MarginReport margin = Assessed(market, book);
        return (SurfaceStateCosts.Of(market.Explained, book, margin), margin);
    }

    private static MarginReport Assessed(ValuedMarket market, Subaccount book)
    {
        Result<RiskArrays> arrays = market.Revalue(book.Positions.Select(own => own.Instrument));
        Assert.True(arrays.IsAccepted, string.Join('\n', arrays.Failures));
        return PortfolioMargin.Assess(book, arrays.Value, market.Inputs.Parameters);
    }

    private static Subaccount ShortStrangle()
    {
        RealDay day = RealDay.Of("calm");
        return day.Book(1_000_000m, SampleBooks.Of(day).First(book => book.Name == "short strangle").Legs);
    }

    // The calm day, looked at some minutes after its sweep.
    private static ValuedMarket Aged(int minutes)
    {
        MarketInputs inputs = RealDay.Of("calm").Valued.Inputs;
        MarketSnapshot market = inputs.Market with { At = inputs.Market.At.AddMilliseconds(60_000L * minutes) };
        return ValuedMarket.Of(
            inputs with { Market = market },
            new Progress(new Shell(TextWriter.Null, TextWriter.Null, IsJson: true)));
    }
}
