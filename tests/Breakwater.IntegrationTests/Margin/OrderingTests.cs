using System.Collections.Immutable;
using System.Numerics;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Numerics;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.IntegrationTests.Margin;

/// <summary>Orderings that METHODOLOGY 12 names, on a calm day and in the crash of 2026-02-05, from every recorded
/// file.</summary>
public sealed class OrderingTests
{
    private const decimal Dollars = 1_000_000m;

    private static readonly Perpetual BtcPerpetual = new(RealDay.Btc, Settlement.Linear);
    private static readonly Perpetual EthPerpetual = new(RealDay.Eth, Settlement.Linear);

    [Theory]
    [MemberData(nameof(Days))]
    public void Row_34_a_covered_call_costs_less_than_its_parts_and_less_than_the_naked_call(string name)
    {
        RealDay day = RealDay.Of(name);
        VanillaOption call = day.Listed(RealDay.Btc, 30, 1.10, OptionRight.Call);
        MarginReport naked = day.Assess(Dollars, (call, -10m));
        MarginReport coin = day.Assess(Dollars, (BtcPerpetual, 10m));
        MarginReport covered = day.Assess(Dollars, (call, -10m), (BtcPerpetual, 10m));
        Assert.True(covered.InitialMargin < naked.InitialMargin + coin.InitialMargin);
        Assert.True(covered.MaintenanceMargin < naked.MaintenanceMargin + coin.MaintenanceMargin);
        MarginReport spot = day.Assess(Dollars, (call, -10m), (new Spot(RealDay.Btc), 10m));
        Assert.True(
            spot.InitialMargin < naked.InitialMargin + day.Assess(Dollars, (new Spot(RealDay.Btc), 10m)).InitialMargin);
    }

    [Theory]
    [MemberData(nameof(Days))]
    public void Row_34_the_core_of_a_vertical_spread_never_exceeds_its_greatest_loss(string name)
    {
        RealDay day = RealDay.Of(name);
        foreach (double days in (double[])[7, 30, 60, 180])
        {
            VanillaOption low = Linear(day.Listed(RealDay.Btc, days, 1.00, OptionRight.Call));
            VanillaOption high = Linear(day.Listed(RealDay.Btc, days, 1.15, OptionRight.Call));
            decimal width = high.StrikeUsd - low.StrikeUsd;
            MarginReport sold = day.Assess(Dollars, (low, -10m), (high, 10m));
            Money value = sold.Equity - sold.CollateralValue;
            Money greatest = Dollar(10m * width) + value; // credit received is the negative value
            AssertAtMost(sold.CoreInitial.Amount, greatest);
            AssertAtMost(sold.CoreMaintenance.Amount, greatest);
            MarginReport bought = day.Assess(Dollars, (low, 10m), (high, -10m));
            AssertAtMost(bought.CoreInitial.Amount, bought.Equity - bought.CollateralValue);
        }
    }

    [Theory]
    [MemberData(nameof(Days))]
    public void Row_28_a_short_ten_delta_put_costs_more_under_the_skewed_surface_than_under_a_flat_one(string name)
    {
        RealDay day = RealDay.Of(name);
        RealDay flat = day.With(surfaces: FlatSurface.Of(day.Valued.Surfaces));
        VanillaOption put = FlatSurface.TenDeltaPut(day, RealDay.Btc, 30);
        ScenarioSets selloff = day.Valued.Scenarios.Where(IsSelloff);
        MarginReport skewed = day.With(scenarios: selloff).Assess(Dollars, (put, -10m));
        MarginReport level = flat.With(scenarios: selloff).Assess(Dollars, (put, -10m));
        Assert.True(
            skewed.MaintenanceMargin > level.MaintenanceMargin && skewed.InitialMargin > level.InitialMargin,
            $"{put}: skewed {skewed.InitialMargin} / {skewed.MaintenanceMargin}, flat {level.InitialMargin} / "
                + $"{level.MaintenanceMargin}");
        Assert.True(Needed(day.Assess(Dollars, (put, -10m))) > Needed(flat.Assess(Dollars, (put, -10m))));
    }

    // The grid below and at today's price within its range, and every drawn scenario in which the price does not rise.
    private static bool IsSelloff(ScenarioSet set, Scenario scenario) =>
        scenario.Weight > 0
        || (scenario.Block == ScenarioBlock.D && scenario.DampeningNano == ScenarioSet.NanoOne
            && set.Factor(scenario.Id, 0, RiskFactorKind.SpotReturn) <= 0.0);

    // What a seller must bring besides the premium's worth: requirement and liability.
    private static Money Needed(MarginReport report) => report.InitialMargin - (report.Equity - report.CollateralValue);

    [Theory]
    [MemberData(nameof(Days))]
    public void Row_17_spot_perpetual_and_option_net_in_every_scenario(string name)
    {
        RealDay day = RealDay.Of(name);
        VanillaOption put = day.Listed(RealDay.Btc, 30, 0.95, OptionRight.Put);
        (Instrument, decimal)[] legs = [(new Spot(RealDay.Btc), 5m), (BtcPerpetual, -3m), (put, 4m)];
        Subaccount whole = day.Book(0m, legs);
        RiskArrays arrays = day.Arrays(whole.Positions.Select(own => own.Instrument));
        foreach (MarginHorizon horizon in (MarginHorizon[])[MarginHorizon.Maintenance, MarginHorizon.Initial])
        {
            ImmutableArray<ImmutableArray<BigInteger>> parts =
                [.. legs.Select(
                    leg => PlainLosses.Of(day.Book(0m, leg), arrays, horizon, RevaluationTime.Frozen, day.Parameters))];
            ImmutableArray<BigInteger> together = PlainLosses.Of(
                whole, arrays, horizon, RevaluationTime.Frozen, day.Parameters);
            for (int scenario = 0; scenario < together.Length; scenario++)
            {
                Assert.Equal(parts.Aggregate(BigInteger.Zero, (sum, part) => sum + part[scenario]), together[scenario]);
            }
        }

        Money apart = legs.Aggregate(Money.Zero, (sum, leg) => sum + day.Assess(0m, leg).InitialMargin);
        Assert.True(day.Assess(whole).InitialMargin < apart);
    }

    [Theory]
    [MemberData(nameof(Days))]
    public void Row_17_bitcoin_hedged_with_ether_costs_less_than_bitcoin_alone_and_than_both(string name)
    {
        RealDay day = RealDay.Of(name);
        decimal ether = HedgeEther(day);
        MarginReport bitcoin = day.Assess(Dollars, (BtcPerpetual, 10m));
        MarginReport hedge = day.Assess(Dollars, (EthPerpetual, -ether));
        MarginReport hedged = day.Assess(Dollars, (BtcPerpetual, 10m), (EthPerpetual, -ether));
        Assert.True(hedged.InitialMargin < bitcoin.InitialMargin + hedge.InitialMargin);
        Assert.True(
            hedged.InitialMargin < bitcoin.InitialMargin,
            $"hedged {hedged.InitialMargin}, alone {bitcoin.InitialMargin}");
        Assert.True(hedged.CoreInitial.Amount > Money.Zero);
    }

    [Theory]
    [MemberData(nameof(Days))]
    public void The_core_of_a_fully_paid_long_call_is_never_more_than_it_is_worth(string name)
    {
        RealDay day = RealDay.Of(name);
        foreach (double days in (double[])[2, 7, 30, 180])
        {
            VanillaOption call = Linear(day.Listed(RealDay.Btc, days, 1.0, OptionRight.Call));
            MarginReport report = day.Assess(0m, (call, 10m));
            AssertAtMost(report.CoreInitial.Amount, report.Equity);
            AssertAtMost(report.CoreMaintenance.Amount, report.Equity);
        }
    }

    [Theory]
    [MemberData(nameof(Days))]
    public void A_calendar_costs_less_than_its_short_leg(string name)
    {
        RealDay day = RealDay.Of(name);
        VanillaOption near = day.Listed(RealDay.Btc, 30, 1.0, OptionRight.Call);
        VanillaOption far = day.Listed(RealDay.Btc, 60, 1.0, OptionRight.Call);
        Assert.True(day.Assess(Dollars, (near, -10m), (far, 10m)).InitialMargin < day.Assess(
            Dollars, (near, -10m)).InitialMargin);
    }

    [Theory]
    [MemberData(nameof(Days))]
    public void A_sixty_leg_book_of_a_market_maker_asks_a_fraction_of_its_legs(string name)
    {
        RealDay day = RealDay.Of(name);
        (Instrument, decimal)[] legs = [.. SampleBooks.MarketMaker(day)];
        Assert.Equal(60, legs.Select(leg => leg.Item1).Distinct().Count());
        MarginReport book = day.Assess(Dollars, legs);
        Money apart = legs.Aggregate(Money.Zero, (sum, leg) => sum + day.Assess(Dollars, leg).InitialMargin);
        Assert.True(book.InitialMargin < apart);
        Assert.Equal(book.InitialMargin, book.Lines.Aggregate(Money.Zero, static (sum, line) => sum + line.Initial));
        Assert.True(book.InitialMargin.MicroDollars * 4 >= book.MaintenanceMargin.MicroDollars * 5);
    }

    public static TheoryData<string> Days => RealDay.Names;

    private static VanillaOption Linear(VanillaOption option) =>
        new(option.Underlying, Settlement.Linear, option.Expiry, option.StrikeUsd, option.Right);

    /// <summary>Half the ether that ten bitcoin are worth: ether moves about twice as much as it explains of bitcoin.
    /// </summary>
    internal static decimal HedgeEther(RealDay day) => 5m * decimal.Round((decimal)(
        day.Valued.Inputs.Market.Find(RealDay.Btc)!.IndexUsd / day.Valued.Inputs.Market.Find(RealDay.Eth)!.IndexUsd));

    private static Money Dollar(decimal amount) => Money.FromMicroDollars((Int128)(amount * 1_000_000m));

    // Each leg is quantised against the account: a micro-dollar per lot at most.
    private static void AssertAtMost(Money amount, Money limit) =>
        Assert.True(amount.MicroDollars <= limit.MicroDollars + 4_000, $"{amount} exceeds {limit}");
}
