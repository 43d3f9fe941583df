using Breakwater.Accounts.Ledgers;
using Breakwater.Instruments;

namespace Breakwater.Tests.Accounts.Ledgers;

/// <summary>Trades worked out by venues or by hand.</summary>
public sealed class FillTests
{
    private const string Linear = "BTC_USDC-PERPETUAL";
    private const string Inverse = "BTC-PERPETUAL";
    private const long Usd = 1_000_000;

    // Bybit, USDC 8-hour session settlement: 0.1 BTC at 50,000 and 0.1 at 50,500 cost 50,250 on average; half of it
    // sold at 50,700 realises 45 USDC.
    [Fact]
    public void Bybits_example_of_average_price_and_realised_profit_comes_out()
    {
        LedgerDesk desk = new LedgerDesk().List(Linear, 0.0001m)
            .Trade(Linear, "ann", "bob", 1_000, 50_000m)
            .Trade(Linear, "ann", "bob", 1_000, 50_500m);
        Assert.Equal(50_250m, desk.Holding("ann", Linear)!.EntryPrice);
        desk.Trade(Linear, "cy", "ann", 1_000, 50_700m);
        Assert.Equal(45 * Usd, desk.Cash("ann", "USDC").Realised);
        Assert.Equal(45 * Usd, desk.Cash("ann", "USDC").Claim);
        Assert.Equal(50_250m, desk.Holding("ann", Linear)!.EntryPrice);
        Assert.Equal(5_025 * Usd, desk.Holding("ann", Linear)!.CostUnits);
    }

    // By hand: 100,000 USD long at 40,000 closed at 50,000 earn 100,000·(1/40,000 − 1/50,000) = 0.5 BTC.
    [Fact]
    public void An_inverse_perpetual_earns_coin()
    {
        LedgerDesk desk = new LedgerDesk().List(Inverse, 10m)
            .Trade(Inverse, "ann", "bob", 10_000, 40_000m)
            .Trade(Inverse, "bob", "ann", 10_000, 50_000m);
        Assert.Equal(50_000_000, desk.Cash("ann", "BTC").Balance);
        Assert.Equal(-50_000_000, desk.Cash("bob", "BTC").Balance);
        Assert.Equal(0, desk.Book("BTC").OpenCost);
    }

    // By hand: 100 USD at 3 and 200 USD at 6 are 300 USD at 300/(100/3 + 200/6) = 4.5.
    [Fact]
    public void An_inverse_average_is_harmonic()
    {
        LedgerDesk desk = new LedgerDesk().List(Inverse, 10m)
            .Trade(Inverse, "ann", "bob", 10, 3m).Trade(Inverse, "ann", "bob", 20, 6m);
        Assert.Equal(4.5m, desk.Holding("ann", Inverse)!.EntryPrice);
    }

    // By hand: the mean of …01 and …02 lies between two prices; each side has the one that is worse for it.
    [Theory]
    [InlineData(Linear, 1)]
    [InlineData(Inverse, 10)]
    public void An_average_between_two_prices_is_rounded_against_both_sides(string instrument, int lot)
    {
        LedgerDesk desk = new LedgerDesk().List(instrument, lot)
            .Trade(instrument, "ann", "bob", 1, 1.000000000001m).Trade(instrument, "ann", "bob", 1, 1.000000000002m);
        Assert.Equal(1.000000000002m, desk.Holding("ann", instrument)!.EntryPrice);
        Assert.Equal(1.000000000001m, desk.Holding("bob", instrument)!.EntryPrice);
    }

    // By hand: the long pays 1.000001 for 1.0000003, the short gets 1, a micro-dollar stays.
    [Fact]
    public void A_rounding_costs_both_sides_and_stays_in_the_residue()
    {
        LedgerDesk desk = new LedgerDesk().List(Linear, 1m)
            .Trade(Linear, "ann", "bob", 1, 1.0000003m);
        Assert.Equal(1_000_001, desk.Holding("ann", Linear)!.CostUnits);
        Assert.Equal(-1_000_000, desk.Holding("bob", Linear)!.CostUnits);
        Assert.Equal(1, desk.Book("USDC").Residue.Claim);
    }

    [Theory]
    [InlineData("BTC_USDC-PERPETUAL", 100_000_000, 53)]
    [InlineData("BTC-PERPETUAL", 100_000_000, 53)]
    [InlineData("BTC_USDC-27MAR26-1-P", 100_000_000, 53)]
    [InlineData("BTC-27MAR26-1-C", 100_000_000, 53)]
    [InlineData("BTC_USDC-PERPETUAL", 1, 54)]
    [InlineData("BTC-PERPETUAL", 1, 90)]
    [InlineData("BTC", 1, 96)]
    public void A_trade_too_great_for_exact_sums_is_refused(string instrument, int lot, int bits)
    {
        LedgerDesk desk = new();
        Instrument traded = InstrumentName.Parse(instrument);
        _ = traded is Spot ? desk.Deposit("bob", "BTC", Int128.One << 96) : desk.List(instrument, lot);
        Result<Ledger> result = desk.Try(new LedgerTransition.Fill(
            desk.Now, traded, Int128.One << bits, 1_000_000_000m, new FillSide("ann", new Mandate.Liquidation(), 0),
            new FillSide("bob", new Mandate.Liquidation(), 0)));
        Assert.Equal(FailureReason.TooLarge, result.Failures[0].Reason);
    }

    [Fact]
    public void A_trade_through_zero_closes_and_opens()
    {
        LedgerDesk desk = new LedgerDesk().List(Linear, 0.0001m)
            .Trade(Linear, "ann", "bob", 10_000, 50_000m)
            .Trade(Linear, "bob", "ann", 15_000, 51_000m);
        Assert.Equal(1_000 * Usd, desk.Cash("ann", "USDC").Realised);
        Assert.Equal((-5_000, 51_000m), (desk.Holding("ann", Linear)!.Lots, desk.Holding("ann", Linear)!.EntryPrice));
        Assert.Equal((5_000, 51_000m), (desk.Holding("bob", Linear)!.Lots, desk.Holding("bob", Linear)!.EntryPrice));
    }

    // By hand: 2 BTC of a call at 0.05 BTC cost 0.1 BTC at once; half of it sold at 0.08 realises 0.03.
    [Fact]
    public void An_option_is_paid_at_once_and_realises_against_its_cost()
    {
        const string Call = "BTC-27MAR26-100000-C";
        LedgerDesk desk = new LedgerDesk().List(Call, 0.1m).Deposit("ann", "BTC", 50_000_000)
            .Trade(Call, "ann", "bob", 20, 0.05m);
        Assert.Equal(40_000_000, desk.Cash("ann", "BTC").Tokens);
        Assert.Equal(10_000_000, desk.Cash("bob", "BTC").Claim);
        Assert.Equal(10_000_000, desk.Ledger.Withdrawable("bob", AssetId.Of("BTC"), Place.Home));
        desk.Trade(Call, "cy", "ann", 10, 0.08m);
        Assert.Equal(3_000_000, desk.Cash("ann", "BTC").Realised);
        Assert.Equal(48_000_000, desk.Cash("ann", "BTC").Balance);
    }

    // Deribit's schedule: takers pay 0.05 %, makers of the perpetual once had 0.02 % back; here 5 and −2 USDC.
    [Fact]
    public void A_makers_rebate_comes_out_of_the_takers_fee()
    {
        LedgerDesk desk = new LedgerDesk().List(Linear, 0.0001m).Deposit("ann", "USDC", 100 * Usd)
            .Trade(Linear, "ann", "bob", 2_000, 50_000m, 5 * Usd, -2 * Usd);
        Assert.Equal(95 * Usd, desk.Cash("ann", "USDC").Tokens);
        Assert.Equal(2 * Usd, desk.Cash("bob", "USDC").Claim);
        Assert.Equal(3 * Usd, desk.Book("USDC").Fees.Claim);
        Assert.Equal(5 * Usd, desk.Book("USDC").RealisedLosses);
    }

    [Fact]
    public void Spot_is_delivered_against_the_numeraire_and_never_owed()
    {
        LedgerDesk desk = new LedgerDesk().Deposit("bob", "BTC", 100_000_000).Deposit("ann", "USDC", 60_000 * Usd)
            .Trade("BTC", "ann", "bob", 50_000_000, 90_000m);
        Assert.Equal((50_000_000, 15_000 * Usd), (desk.Cash("ann", "BTC").Tokens, desk.Cash("ann", "USDC").Tokens));
        Assert.Equal(45_000 * Usd, desk.Ledger.Withdrawable("bob", AssetId.Numeraire, Place.Home));
        Result<Ledger> oversold = desk.Try(new LedgerTransition.Fill(
            desk.Now, new Spot(AssetId.Of("BTC")), 50_000_001, 90_000m,
            new FillSide("ann", new Mandate.Party("ann"), 0), new FillSide("bob", new Mandate.Party("bob"), 0)));
        Assert.Equal(FailureReason.InsufficientFunds, oversold.Failures[0].Reason);
    }

    // Drift v1, May 2022: a winner closed against a newcomer while the loser stayed open, and left with deposits.
    [Fact]
    public void INV_L9_A_winner_waits_for_the_loser_and_not_at_the_cost_of_depositors()
    {
        LedgerDesk desk = new LedgerDesk().List(Linear, 0.0001m)
            .Deposit("cy", "USDC", 1_000_000 * Usd).Deposit("bob", "USDC", 20_000 * Usd)
            .Trade(Linear, "ann", "bob", 10_000, 50_000m)
            .Trade(Linear, "cy", "ann", 10_000, 80_000m);
        Assert.Equal(30_000 * Usd, desk.Cash("ann", "USDC").Claim);
        Assert.Equal(FailureReason.InsufficientFunds, desk.TryWithdraw("ann", "USDC", 1).Failures[0].Reason);

        // The loser's loss is realised: he has 20,000 of 30,000, so much the winner can have.
        desk.Do(new LedgerTransition.LossRealisation(desk.Now, "bob", InstrumentName.Parse(Linear), 80_000m));
        Assert.Equal(-10_000 * Usd, desk.Cash("bob", "USDC").Claim);
        Assert.True(desk.TryWithdraw("ann", "USDC", 20_000 * Usd).IsAccepted);
        Assert.False(desk.TryWithdraw("ann", "USDC", (20_000 * Usd) + 1).IsAccepted);

        // Insurance covers what it has of the bad debt.
        desk.Trade(Linear, "bob", "cy", 10_000, 80_000m)
            .Do(new LedgerTransition.InsuranceContribution(
                desk.Now, AssetId.Numeraire, 4_000 * Usd, InsuranceSource.Outside))
            .Do(new LedgerTransition.BadDebtRecord(desk.Now, "bob", AssetId.Numeraire));
        Assert.Equal(6_000 * Usd, desk.Book("USDC").BadDebt);
        Assert.Equal(24_000 * Usd, desk.Ledger.Withdrawable("ann", AssetId.Numeraire, Place.Home));
        desk.Do(new LedgerTransition.LossAllocation(desk.Now, "ann", AssetId.Numeraire, 6_000 * Usd));
        Assert.Equal((0, 24_000 * Usd), (desk.Book("USDC").BadDebt, desk.Cash("ann", "USDC").Claim));
        Assert.Equal(1_000_000 * Usd, desk.Cash("cy", "USDC").Tokens);
    }
}
