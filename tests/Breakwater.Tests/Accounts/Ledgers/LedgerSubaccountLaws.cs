using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Accounts.Ledgers;
using Breakwater.Adapters.Files;
using Breakwater.Attestation;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Tests.Margin;
using Breakwater.Tests.Revaluation;
using FsCheck;
using FsCheck.Fluent;

namespace Breakwater.Tests.Accounts.Ledgers;

/// <summary>What the margin takes is what the ledger holds (docs/adr/0087).</summary>
public sealed class LedgerSubaccountLaws
{
    private const long Usd = 1_000_000;

    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();

    // The file that the command would read: quantities in units, one entry price each.
    private const string Portfolio = """
        { "subaccount": "ann",
          "collateral": [ { "asset": "USDC", "quantity": "250000" }, { "asset": "BTC", "quantity": "3.4" },
                          { "asset": "BTC", "quantity": "7", "chain": "arbitrum", "bridge": "canonical" } ],
          "positions":  [ { "instrument": "BTC_USDC-PERPETUAL", "quantity": "2.5", "entryPrice": "88250.5" },
                          { "instrument": "BTC-PERPETUAL", "quantity": "-7770", "entryPrice": "88111.5" },
                          { "instrument": "BTC-25DEC26-90000-C", "quantity": "-10" } ] }
        """;

    [Fact]
    public void An_account_traded_into_a_portfolio_has_the_digest_of_its_portfolio_file()
    {
        LedgerDesk desk = new LedgerDesk()
            .List("BTC_USDC-PERPETUAL", 0.0001m).List("BTC-PERPETUAL", 10m).List("BTC-25DEC26-90000-C", 0.1m)
            .Deposit("ann", "USDC", 250_000 * Usd).Deposit("ann", "BTC", 300_000_000)
            .Do(new LedgerTransition.Deposit(
                LedgerDesk.Start, "ann", AssetId.Of("BTC"), new Place("arbitrum", BridgeClass.Canonical), 700_000_000))
            .Trade("BTC_USDC-PERPETUAL", "ann", "bob", 10_000, 88_250.5m)
            .Trade("BTC_USDC-PERPETUAL", "ann", "cy", 15_000, 88_250.5m)
            .Trade("BTC-PERPETUAL", "bob", "ann", 777, 88_111.5m)
            .Trade("BTC-25DEC26-90000-C", "bob", "ann", 100, 0.04m);
        string path = Path.GetTempFileName();
        File.WriteAllText(path, Portfolio);
        Result<Subaccount> written =
            PortfolioFile.Load(path, TinyMarket.Default.Market, TinyMarket.Default.Parameters);
        File.Delete(path);
        Assert.True(written.IsAccepted, string.Join(',', written.Failures));
        Subaccount made = LedgerSubaccount.Of(desk.Ledger.Find("ann")!);
        Assert.Equal(CanonicalEncoding.DigestOf(written.Value), CanonicalEncoding.DigestOf(made));
    }

    [Fact]
    public void Every_unit_and_lot_of_the_ledger_is_in_the_subaccount() => Prop.ForAll(Seeds, seed =>
    {
        LedgerHistory history = new(new Random(seed));
        Ledger ledger = LedgerHistory.Openings.Aggregate(
            Ledger.Empty, static (before, opening) => LedgerPosting.Apply(before, opening).Value);
        for (int step = 0; step < 100; step++)
        {
            Result<Ledger> result = LedgerPosting.Apply(ledger, history.Next(ledger));
            ledger = result.IsAccepted ? result.Value : ledger;
        }

        foreach (LedgerAccount account in ledger.Accounts.Values)
        {
            Subaccount made = LedgerSubaccount.Of(account);
            Assert.Equal(CanonicalEncoding.DigestOf(made), CanonicalEncoding.DigestOf(SubaccountNetting.Net(made)));
            foreach (AccountCash line in account.Cash)
            {
                Int128 elsewhere = account.Elsewhere.Where(own => own.Asset == line.Asset)
                    .Aggregate(Int128.Zero, static (sum, own) => sum + own.Units);
                Int128 units = made.Collateral.Where(own => own.Asset == line.Asset)
                    .Aggregate(Int128.Zero, static (sum, own) => sum + own.Units);
                Int128 owed = made.Positions.Where(own => own.Instrument == new Spot(line.Asset))
                    .Aggregate(Int128.Zero, static (sum, own) => sum + own.Lots);
                Assert.Equal(line.Balance + elsewhere, units + owed);
            }

            Assert.Equal(
                account.Holdings.Select(own => (own.Instrument.Name, own.Lots)),
                made.Positions.Where(own => own.Instrument is not Spot)
                    .Select(own => (own.Instrument.Name, own.Lots)));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void INV_M7_A_debt_of_the_numeraire_lowers_equity_by_itself_and_moves_no_requirement()
    {
        PricedMarket market = new(seed: 5);
        Subaccount held = market.Draw() with { Collateral = [] };
        MarginReport without = PortfolioMargin.Assess(held, market.Arrays, LawMarket.Parameters);
        Subaccount indebted = held with
        {
            Collateral = [new CollateralBalance(AssetId.Numeraire, -12_345 * Usd, "", BridgeClass.Native)],
        };
        MarginReport with = PortfolioMargin.Assess(indebted, market.Arrays, LawMarket.Parameters);
        Assert.Equal(without.Equity.MicroDollars - (12_345 * Usd), with.Equity.MicroDollars);
        Assert.Equal(without.InitialMargin, with.InitialMargin);
        Assert.Equal(without.MaintenanceMargin, with.MaintenanceMargin);
    }

    [Fact]
    public void A_debt_can_be_repaid_but_not_deepened_by_moving_collateral()
    {
        Subaccount indebted = new(
            "ann", [new CollateralBalance(AssetId.Numeraire, -100, "", BridgeClass.Native)], []);
        Assert.Equal(-40, Moved(60).Value.Collateral[0].Units);
        Assert.Empty(Moved(100).Value.Collateral);
        Assert.Equal(FailureReason.Inconsistent, Moved(-1).Failures[0].Reason);
        Result<Subaccount> Moved(Int128 units) => new SubaccountChange(
            ImmutableArray<Order>.Empty,
            [new CollateralChange(AssetId.Numeraire, units, "", BridgeClass.Native)]).Apply(indebted);
    }
}
