using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Attestation;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Numerics;
using Breakwater.Revaluation;

namespace Breakwater.Tests.Margin;

/// <summary>Laws of METHODOLOGY 4.6a over random books and orders.</summary>
public sealed class OpenOrderLaws
{
    private const int MarketCount = 30;
    private const int BooksPerMarket = 30;

    [Fact]
    public void Adding_an_order_never_lowers_initial_margin_and_never_touches_maintenance() => Each(
        (market, arrays, seed) =>
    {
        Subaccount book = market.Draw(3);
        MarginReport before = Assess(book, arrays);
        Money initial = before.InitialMargin;
        ImmutableArray<Order> orders = [];
        for (int count = 0; count < 4; count++)
        {
            orders = orders.Add(Draw(market, arrays));
            MarginReport with = Assess(book with { Orders = orders }, arrays);
            Assert.True(with.InitialMargin >= initial, $"seed {seed}: {with.InitialMargin} below {initial}");
            Assert.True(with.MaintenanceMargin == before.MaintenanceMargin, $"seed {seed}");
            Assert.True(with.Equity == before.Equity, $"seed {seed}");
            initial = with.InitialMargin;
        }
    });

    [Fact]
    public void Cancelling_every_order_restores_the_margin_bit_for_bit() => Each((market, arrays, seed) =>
    {
        Subaccount book = market.Draw(3);
        Subaccount with = book with { Orders = [Draw(market, arrays), Draw(market, arrays)] };
        Assert.True(
            ReportAssembly.DigestOf(Assess(book, arrays))
                == ReportAssembly.DigestOf(Assess(with with { Orders = [] }, arrays)),
            $"seed {seed}");
    });

    [Fact]
    public void The_core_after_any_fills_is_within_the_margin_that_the_orders_held() => Each((market, arrays, seed) =>
    {
        Subaccount book = market.Draw(3);
        ImmutableArray<Order> orders = [.. Enumerable.Range(0, 4).Select(_ => Draw(market, arrays))];
        MarginReport resting = Assess(book with { Orders = orders }, arrays);
        Order[] filled = [.. orders.Where(_ => market.Next(0, 2) == 0)];
        Subaccount after = LawMarket.Merge(
            book, new Subaccount(
                "fills", [], [.. filled.Select(order => LawMarket.Hold(order.Instrument, order.Lots))]));
        Assert.True(
            Assess(after, arrays).CoreInitial.Amount <= resting.InitialMargin,
            $"seed {seed}: {Assess(after, arrays).CoreInitial.Amount} above {resting.InitialMargin}");
    });

    [Fact]
    public void A_fill_worse_than_the_mark_is_held_whole_and_a_better_one_gives_nothing() => Each(
        (market, arrays, seed) =>
    {
        Perpetual perpetual = new(LawMarket.Btc, Settlement.Linear);
        RiskRow row = arrays.Rows[arrays.IndexOf(perpetual)];
        decimal mark = row.MarkPriceMicroUsd / 1_000_000m;
        MarginReport At(decimal price) => Assess(
            LawMarket.Empty with { Orders = [new Order(perpetual, 1000, price, IsReduceOnly: false)] }, arrays);
        Money atMark = At(mark).InitialMargin;
        Assert.True(At(mark - 100m).InitialMargin == atMark, $"seed {seed}");
        Money dearer = Money.FromMicroDollars((Int128)(1000m * row.LotQuantity * 100m * 1_000_000m));
        Assert.True(At(mark + 100m).InitialMargin >= atMark + dearer, $"seed {seed}");
        Assert.True(At(mark + 100m).Orders[0].AdverseFill == dearer, $"seed {seed}");
    });

    [Fact]
    public void Protection_never_asks_more_and_a_wide_cap_changes_nothing() => Each((market, arrays, seed) =>
    {
        Subaccount book =
            market.Draw(2) with { Orders = [.. Enumerable.Range(0, 4).Select(_ => Draw(market, arrays))] };
        Money open = Assess(book, arrays).InitialMargin;
        Money last = Money.Zero;
        foreach (decimal cap in (ReadOnlySpan<decimal>)[0.001m, 1m, 1000m, 1_000_000_000_000m])
        {
            Money capped = Assess(
                book with { Protections = [new(LawMarket.Btc, cap), new(LawMarket.Eth, cap)] }, arrays).InitialMargin;
            Assert.True(capped <= open && capped >= last, $"seed {seed}: cap {cap}: {last}, {capped}, {open}");
            last = capped;
        }
    });

    [Fact]
    public void Reduce_only_orders_are_not_margined() => Each((market, arrays, seed) =>
    {
        Subaccount book = market.Draw(3);
        Order order = Draw(market, arrays) with { IsReduceOnly = true };
        Assert.True(
            Assess(book with { Orders = [order] }, arrays).InitialMargin == Assess(book, arrays).InitialMargin,
            $"seed {seed}");
    });

    private static Order Draw(LawMarket market, RiskArrays arrays)
    {
        RiskRow row = market.Pick(arrays.Rows);
        decimal price = row.Instrument is VanillaOption { Settlement: Settlement.Inverse }
            ? market.Next(1, 1000) / 1000m
            : Math.Max(0.01m, row.MarkPriceMicroUsd / 1_000_000m * market.Next(900, 1100) / 1000m);
        Int128 lots = market.Next(1, 3000) * (market.Next(0, 2) == 0 ? 1 : -1);
        return new Order(row.Instrument, lots, price, IsReduceOnly: false);
    }

    private static MarginReport Assess(Subaccount subaccount, RiskArrays arrays) =>
        PortfolioMargin.Assess(subaccount, arrays, LawMarket.Parameters);

    private static void Each(Action<LawMarket, RiskArrays, int> law)
    {
        for (int seed = 0; seed < MarketCount; seed++)
        {
            LawMarket market = seed % 2 == 0 ? new PricedMarket(seed) : new SyntheticMarket(seed);
            RiskArrays arrays = ChargedMarket.Of(market.Arrays, seed);
            for (int book = 0; book < BooksPerMarket; book++)
            {
                law(market, arrays, seed);
            }
        }
    }
}
