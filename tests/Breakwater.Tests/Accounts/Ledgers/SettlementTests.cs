using Breakwater.Accounts.Ledgers;
using Breakwater.Instruments;

namespace Breakwater.Tests.Accounts.Ledgers;

/// <summary>Expiry and funding, worked out by venues or by hand.</summary>
public sealed class SettlementTests
{
    private const long Usd = 1_000_000;
    private const int Window = 1_800_000;
    private const int Fixings = 1_800;
    private static readonly AssetId Bitcoin = AssetId.Of("BTC");
    private static readonly Timestamp Expiry = Timestamp.Parse("2026-03-27T08:00:00Z");

    // Deribit, inverse options: a call struck at 100,000 USD bought for 0.05 BTC and delivered at 125,000 USD is
    // settled for 25,000 USD, which are 0.2 BTC. Delivered below the strike it pays nothing.
    [Theory]
    [InlineData(125_000, 20_000_000)]
    [InlineData(99_000, 0)]
    public void Deribits_example_of_an_inverse_call_comes_out(int deliveryUsd, int paidUnits)
    {
        LedgerDesk desk = new LedgerDesk().List("BTC-27MAR26-100000-C", 0.1m).Deposit("ann", "BTC", 100_000_000)
            .Deposit("bob", "BTC", 100_000_000).Trade("BTC-27MAR26-100000-C", "ann", "bob", 10, 0.05m);
        Settle(desk, deliveryUsd);
        Assert.Equal(95_000_000 + paidUnits, desk.Cash("ann", "BTC").Balance);
        Assert.Equal(105_000_000 - paidUnits, desk.Cash("bob", "BTC").Balance);
        Assert.Equal(paidUnits - 5_000_000, desk.Cash("ann", "BTC").Realised);
    }

    // Deribit, linear options: a call struck at 250 bought for 10 USDC on each of 10 SOL and delivered at 275 is
    // settled for 250 USDC.
    [Fact]
    public void Deribits_example_of_a_linear_call_comes_out()
    {
        const string Call = "SOL_USDC-27MAR26-250-C";
        LedgerDesk desk = new LedgerDesk().List(Call, 10m).Deposit("ann", "USDC", 100 * Usd)
            .Trade(Call, "ann", "bob", 1, 10m);
        Assert.Equal(0, desk.Cash("ann", "USDC").Balance);
        Settle(desk, 275m, "SOL");
        Assert.Equal(250 * Usd, desk.Cash("ann", "USDC").Balance);
        Assert.Equal(150 * Usd, desk.Cash("ann", "USDC").Realised);
    }

    // By hand: 10 PAXG at 3,000 delivered at 4,000 are 10,000 USDC (Deribit, linear futures); 1,000 USD of BTC at
    // 50,000 delivered at 80,000 are 0.0075 BTC.
    [Fact]
    public void Futures_close_at_the_average_in_their_own_asset()
    {
        LedgerDesk desk = new LedgerDesk().List("PAXG_USDC-27MAR26", 0.01m).List("BTC-27MAR26", 10m)
            .Trade("PAXG_USDC-27MAR26", "ann", "bob", 1_000, 3_000m)
            .Trade("BTC-27MAR26", "ann", "bob", 100, 50_000m);
        Settle(desk, 80_000m);
        Settle(desk, 4_000m, "PAXG");
        Assert.Equal(10_000 * Usd, desk.Cash("ann", "USDC").Balance);
        Assert.Equal(-10_000 * Usd, desk.Cash("bob", "USDC").Balance);
        Assert.Equal(750_000, desk.Cash("ann", "BTC").Balance);
        Assert.Empty(desk.Ledger.Instruments);
        Assert.Null(desk.Holding("ann", "BTC-27MAR26"));
    }

    [Fact]
    public void An_expiry_settles_once_and_not_before_it_is_due()
    {
        LedgerDesk desk = new LedgerDesk().List("BTC-27MAR26", 10m).Trade("BTC-27MAR26", "ann", "bob", 1, 50_000m);
        SettlementAverage average = new(50_000_000_000_000_000, Fixings, 0);
        LedgerTransition.Settlement early = new(Expiry.AddMilliseconds(-1), Bitcoin, Expiry, average);
        Assert.Equal(FailureReason.OutOfOrder, desk.Try(early).Failures[0].Reason);
        LedgerTransition.Settlement due = early with { At = Expiry };
        desk.Do(due);
        Assert.Equal(FailureReason.UnknownInstrument, desk.Try(due).Failures[0].Reason);
        LedgerTransition.Fill late = new(
            Expiry, InstrumentName.Parse("BTC-27MAR26"), 1, 50_000m, new FillSide("ann", new Mandate.Liquidation(), 0),
            new FillSide("bob", new Mandate.Liquidation(), 0));
        Assert.Equal(FailureReason.Expired, desk.Try(late).Failures[0].Reason);
    }

    // By hand: 1 BTC long at 50,000 pays 0.01 % of it for eight hours, an eighth of 5 USDC in one: 0.625 USDC. 1,000
    // USD inverse pay 0.0000125 of 0.02 BTC: 25 units of 10⁻⁸.
    [Fact]
    public void Funding_of_an_hour_goes_from_longs_to_shorts()
    {
        LedgerDesk desk = new LedgerDesk().List("BTC_USDC-PERPETUAL", 0.0001m).List("BTC-PERPETUAL", 10m)
            .Trade("BTC_USDC-PERPETUAL", "ann", "bob", 10_000, 50_000m)
            .Trade("BTC-PERPETUAL", "ann", "bob", 100, 50_000m)
            .Wait(Timestamp.HourMilliseconds);
        foreach (Settlement settlement in Enum.GetValues<Settlement>())
        {
            LedgerTransition.FundingPayment hour = new(
                desk.Now, new Perpetual(Bitcoin, settlement), 0.0001m / 8, 50_000m);
            desk.Do(hour);
            Assert.Equal(FailureReason.Duplicate, desk.Try(hour).Failures[0].Reason);
        }

        Assert.Equal((-625_000, 625_000), (desk.Cash("ann", "USDC").Funding, desk.Cash("bob", "USDC").Funding));
        Assert.Equal((-25, 25), (desk.Cash("ann", "BTC").Funding, desk.Cash("bob", "BTC").Funding));
    }

    [Fact]
    public void The_average_of_all_fixings_is_their_mean_rounded_down_once()
    {
        SettlementWindow window = SettlementWindow.Open(Bitcoin, Expiry, 3_000, 3);
        window = Add(window, -2_000, 10m);
        window = Add(window, -1_000, 10m);
        window = Add(window, 0, 10.000000000002m);
        SettlementAverage average = window.Close(7m).Value;
        Assert.Equal((10_000_000_000_000, 3, 0), (average.PricePico, average.SeenCount, average.MissingCount));
    }

    // docs/adr/0032: what is overdue counts at the price that is there now.
    [Fact]
    public void Missing_fixings_count_at_the_last_price()
    {
        SettlementWindow window = Add(SettlementWindow.Open(Bitcoin, Expiry, Window, Fixings), -900_000, 100m);
        SettlementAverage average = window.Close(118m).Value;
        Assert.Equal(1_799, average.MissingCount);
        Assert.Equal(117.99m, average.PriceUsd);
    }

    [Theory]
    [InlineData(-1_800_000, FailureReason.OutOfRange)] // the window has opened, the first fixing comes a step later
    [InlineData(1_000, FailureReason.OutOfRange)]
    [InlineData(-900_000, FailureReason.Duplicate)]
    [InlineData(-900_001, FailureReason.OutOfOrder)]
    public void A_fixing_at_a_wrong_time_is_refused(int sinceExpiry, FailureReason reason)
    {
        SettlementWindow window = Add(SettlementWindow.Open(Bitcoin, Expiry, Window, Fixings), -899_900, 100m);
        Assert.Equal(reason, window.Add(Expiry.AddMilliseconds(sinceExpiry), 100m).Failures[0].Reason);
    }

    private static SettlementWindow Add(SettlementWindow window, int sinceExpiry, decimal index) =>
        window.Add(Expiry.AddMilliseconds(sinceExpiry), index).Value;

    private static void Settle(LedgerDesk desk, decimal priceUsd, string underlying = "BTC") =>
        desk.Do(new LedgerTransition.Settlement(
            Expiry, AssetId.Of(underlying), Expiry, new SettlementAverage((Int128)(priceUsd * 1e12m), Fixings, 0)));
}
