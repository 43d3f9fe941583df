using Breakwater.Accounts.Ledgers;
using Breakwater.Instruments;
using FsCheck;
using FsCheck.Fluent;

namespace Breakwater.Tests.Accounts.Ledgers;

/// <summary>Average cost: what splitting, closing and rounding may and may not do (docs/adr/0085).</summary>
public sealed class HoldingTradeLaws
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();

    private static readonly ContractTerms[] Contracts =
    [
        ContractTerms.Of(InstrumentName.Parse("BTC_USDC-PERPETUAL"), 0.0001m, 6)!,
        ContractTerms.Of(InstrumentName.Parse("ETH_USDC-PERPETUAL"), 0.0007m, 6)!,
        ContractTerms.Of(InstrumentName.Parse("BTC-PERPETUAL"), 10m, 8)!,
        ContractTerms.Of(InstrumentName.Parse("ETH-PERPETUAL"), 1m, 18)!,
        ContractTerms.Of(InstrumentName.Parse("BTC-27MAR26-90000-C"), 0.1m, 8)!,
    ];

    [Fact]
    public void Parts_of_a_trade_never_bring_more_than_the_whole() => Prop.ForAll(Seeds, seed =>
    {
        Random random = new(seed);
        ContractTerms terms = Contracts[random.Next(Contracts.Length)];
        Int128 price = Pico(random);
        Holding? before = Opened(terms, random, out _);
        Int128 first = random.Next(1, 500);
        Int128 second = random.Next(1, 500);
        int side = random.Next(2) == 0 ? 1 : -1;
        HoldingTrade whole = HoldingTrade.Of(terms, before, side * (first + second), price)!.Value;
        HoldingTrade one = HoldingTrade.Of(terms, before, side * first, price)!.Value;
        HoldingTrade two = HoldingTrade.Of(terms, one.After, side * second, price)!.Value;
        Assert.InRange(one.PaidUnits + two.PaidUnits - whole.PaidUnits, Int128.Zero, 2);
        Assert.Equal(whole.After?.Lots, two.After?.Lots);
        Int128 gain = one.RealisedUnits + two.RealisedUnits - (two.After?.CostUnits ?? 0);
        Assert.True(gain <= whole.RealisedUnits - (whole.After?.CostUnits ?? 0));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Realised_is_change_of_cost_less_what_was_paid() => Prop.ForAll(Seeds, seed =>
    {
        Random random = new(seed);
        ContractTerms terms = Contracts[random.Next(Contracts.Length)];
        Holding? before = Opened(terms, random, out _);
        Int128 lots = random.Next(1, 900) * (random.Next(2) == 0 ? 1 : -1);
        HoldingTrade trade = HoldingTrade.Of(terms, before, lots, Pico(random))!.Value;
        Assert.Equal((before?.Lots ?? 0) + lots, trade.After?.Lots ?? 0);
        Assert.Equal((trade.After?.CostUnits ?? 0) - (before?.CostUnits ?? 0), trade.CostChange);
        Assert.Equal(trade.CostChange - trade.PaidUnits, trade.RealisedUnits);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_price_that_the_margin_sees_is_the_cost_within_a_unit_for_each_trade() => Prop.ForAll(Seeds, seed =>
    {
        Random random = new(seed);
        ContractTerms terms = Contracts[random.Next(Contracts.Length)];
        if (Opened(terms, random, out int trades) is { } held)
        {
            // Ether has 18 decimals: the twelfth decimal of its price is more than its least unit.
            Int128 priced = terms.PaidUp(held.Lots, held.EntryPricePico)!.Value;
            Int128 tolerance = terms.Decimals < 12 ? trades + 1 : Int128.Abs(held.CostUnits) / 1_000_000_000_000;
            Assert.InRange(priced - held.CostUnits, -tolerance, tolerance);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_holding_of_one_price_has_that_price_digit_for_digit() => Prop.ForAll(Seeds, seed =>
    {
        Random random = new(seed);
        ContractTerms terms = Contracts[random.Next(Contracts.Length)];
        Int128 price = Pico(random);
        Holding? held = null;
        for (int trade = 0; trade < 5; trade++)
        {
            held = HoldingTrade.Of(terms, held, random.Next(1, 90), price)!.Value.After;
        }

        Assert.Equal(price, held!.EntryPricePico);
    }).QuickCheckThrowOnFailure();

    private static Holding? Opened(ContractTerms terms, Random random, out int trades)
    {
        Holding? held = null;
        trades = random.Next(0, 20);
        for (int trade = 0; trade < trades; trade++)
        {
            Int128 lots = random.Next(1, 300) * (random.Next(3) == 0 ? -1 : 1);
            held = HoldingTrade.Of(terms, held, lots, Pico(random))!.Value.After;
        }

        return held;
    }

    private static Int128 Pico(Random random) =>
        (Int128)(50_000 + random.Next(40_000)) * 1_000_000_000_000 + random.Next();
}
