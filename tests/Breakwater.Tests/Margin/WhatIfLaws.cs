using Breakwater.Accounts;
using Breakwater.Attestation;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Revaluation;
using Breakwater.Tests.Revaluation;

namespace Breakwater.Tests.Margin;

/// <summary>A what-if question is answered with the margin of the portfolio it would make, recomputed from scratch.
/// </summary>
public sealed class WhatIfLaws
{
    private const int PortfolioCount = 30;
    private const decimal MicroPerUsd = 1_000_000m;

    private static readonly TinyMarket Tiny = TinyMarket.Build(randomCount: 40, seed: 11);
    private static readonly RiskArrays Shared = Arrays(TinyMarket.Instruments);
    private static readonly AssetId[] Coins = [AssetId.Numeraire, TinyMarket.Btc, TinyMarket.Eth];

    [Fact]
    public void Orders_resting_orders_and_collateral_moves_equal_recomputing_with_them_bit_for_bit()
    {
        int moved = 0;
        for (int seed = 0; seed < PortfolioCount; seed++)
        {
            Random random = new(seed);
            Subaccount book = Draw(random);
            Order[] filled = [.. Enumerable.Range(0, random.Next(4)).Select(_ => OrderOf(random, random.Next(2) == 0))];
            Order[] resting = [.. Enumerable.Range(0, random.Next(3)).Select(_ => OrderOf(random, isLimited: true))];
            CollateralChange[] deposits = [.. Enumerable.Range(0, random.Next(3)).Select(_ => DepositOf(random))];
            SubaccountChange asked = new([.. filled], [.. deposits]) { Resting = [.. resting] };
            Subaccount answered = OrderPremium.Settle(asked, book, Shared, Tiny.Parameters).Apply(book).Value;
            MarginReport answer = PortfolioMargin.Assess(answered, Shared, Tiny.Parameters);

            Subaccount made = Made(book, filled, resting, deposits, random);
            RiskArrays alone = Arrays(
            [
                .. made.Positions.Select(own => own.Instrument), .. made.Orders.Select(own => own.Instrument),
                .. made.Collateral.Where(own => own.Asset != AssetId.Numeraire).Select(own => new Spot(own.Asset)),
            ]);
            MarginReport recomputed = PortfolioMargin.Assess(made, alone, Tiny.Parameters);
            Assert.True(
                ReportAssembly.DigestOf(recomputed) == ReportAssembly.DigestOf(answer),
                $"seed {seed}: {recomputed.InitialMargin} recomputed, {answer.InitialMargin} answered");
            MarginReport before = PortfolioMargin.Assess(book, Shared, Tiny.Parameters);
            moved += before.InitialMargin == answer.InitialMargin ? 0 : 1;
        }

        Assert.True(moved > PortfolioCount / 2, $"{moved} of {PortfolioCount} questions moved initial margin");
    }

    // The portfolio as its owner would write it down afterwards: rows in any order, cash paid and received by hand.
    private static Subaccount Made(
        Subaccount book, Order[] filled, Order[] resting, CollateralChange[] deposits, Random random)
    {
        decimal cashMicroUsd = 0m;
        foreach (Order order in filled)
        {
            cashMicroUsd -= order.Instrument is VanillaOption option ? PremiumMicroUsd(option, order) : 0m;
        }

        Position[] positions =
        [
            .. book.Positions, .. filled.Select(order =>
                new Position(order.Instrument, order.Lots, [new PositionEntry(order.Lots, order.LimitPrice)])),
        ];
        CollateralBalance[] balances =
        [
            .. book.Collateral, .. deposits.Select(own =>
                new CollateralBalance(own.Asset, own.Units, own.Chain, own.Bridge)),
        ];
        balances[0] = balances[0] with { Units = balances[0].Units + (Int128)cashMicroUsd }; // the book's numeraire
        random.Shuffle(positions);
        random.Shuffle(balances);
        return new Subaccount(book.Id, [.. balances], [.. positions]) { Orders = [.. book.Orders, .. resting] };
    }

    // What an option costs, micro-dollars: paid rounded up, received rounded down, each order on its own.
    private static decimal PremiumMicroUsd(VanillaOption option, Order order)
    {
        RiskRow row = Shared.Rows[Shared.IndexOf(option)];
        if (order.LimitPrice is not { } price)
        {
            return (decimal)order.Lots * (order.Lots > 0 ? row.MarkValueUpMicroUsd : row.MarkValueDownMicroUsd);
        }

        decimal unit = option.Settlement == Settlement.Inverse
            ? Shared.TermsOf(option.Underlying)!.IndexMicroUsd // has a row
            : MicroPerUsd;
        return decimal.Ceiling((decimal)order.Lots * row.LotQuantity * price * unit);
    }

    private static Subaccount Draw(Random random) => new(
        "drawn",
        [
            new CollateralBalance(AssetId.Numeraire, 50_000_000_000_000, string.Empty, BridgeClass.Native),
            new CollateralBalance(TinyMarket.Eth, random.Next(1, 1_000_000_000), "arbitrum", BridgeClass.Canonical),
        ],
        [
            .. Enumerable.Range(0, random.Next(1, 6)).Select(_ =>
            {
                Order like = OrderOf(random, isLimited: false);
                return new Position(like.Instrument, like.Lots, [new PositionEntry(like.Lots, null)]);
            }),
        ])
    {
        Orders = [.. Enumerable.Range(0, random.Next(2)).Select(_ => OrderOf(random, isLimited: true))],
    };

    private static Order OrderOf(Random random, bool isLimited)
    {
        Instrument instrument = TinyMarket.Instruments[random.Next(TinyMarket.Instruments.Length)];
        Int128 lots = random.Next(1, 400) * (random.Next(2) == 0 ? 1 : -1);
        decimal mark = Shared.Rows[Shared.IndexOf(instrument)].MarkPriceMicroUsd / MicroPerUsd;
        decimal price = instrument is VanillaOption { Settlement: Settlement.Inverse }
            ? random.Next(1, 900) / 10_000m
            : Math.Max(1m, decimal.Round(mark * random.Next(900, 1_100) / 1_000m, 1));
        return new Order(instrument, lots, isLimited ? price : null, IsReduceOnly: false);
    }

    private static CollateralChange DepositOf(Random random)
    {
        AssetId asset = Coins[random.Next(Coins.Length)];
        return new CollateralChange(asset, random.Next(1, 1_000_000_000), string.Empty, BridgeClass.Native);
    }

    private static RiskArrays Arrays(IEnumerable<Instrument> instruments) => FullRevaluation.Run(
        instruments, Tiny.Market, Tiny.Forecast, Tiny.Surfaces, Tiny.Scenarios, Tiny.Parameters);
}
