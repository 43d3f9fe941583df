using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Adapters.Files;
using Breakwater.Attestation;
using Breakwater.Collateral;
using Breakwater.Explanation;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Markets;
using Breakwater.Revaluation;
using Breakwater.Tests.Revaluation;

namespace Breakwater.Tests.Collateral;

/// <summary>Books secured by assets that are no underlyings: rows 13 and 35 of METHODOLOGY 12, M7.</summary>
public sealed class CollateralBookTests
{
    private static readonly AssetId StakedEther = AssetId.Of("stETH");
    private static readonly AssetId Dai = AssetId.Of("DAI");
    private static readonly Instrument Perpetual = InstrumentName.Parse("ETH_USDC-PERPETUAL");
    private static readonly TinyMarket Priced = WithCollateral(TinyMarket.Default);

    private static readonly RiskArrays Arrays = FullRevaluation.TryRun(
        [Perpetual, new Spot(TinyMarket.Eth), new Spot(StakedEther), new Spot(Dai)],
        Priced.Market, Priced.Forecast, Priced.Surfaces, Priced.Scenarios, Priced.Parameters).Value;

    private static readonly Int128 Ether = DecimalParts.PowerOfTen(18);

    [Fact]
    public void Row_35_Collateral_that_falls_with_the_book_asks_for_more_than_one_that_does_not()
    {
        MarginReport apart = Assess(30_000, (Dai, 57_000 * Ether));
        MarginReport together = Assess(30_000, (TinyMarket.Eth, 30 * Ether));
        MarginReport wrapped = Assess(30_000, (StakedEther, 30 * Ether));
        Assert.True(together.MaintenanceMargin > apart.MaintenanceMargin);
        Assert.True(wrapped.MaintenanceMargin > apart.MaintenanceMargin);
        Assert.True(together.InitialMargin > apart.InitialMargin && wrapped.InitialMargin > apart.InitialMargin);
    }

    [Fact]
    public void A_staked_asset_hedges_a_short_of_its_underlying()
    {
        Assert.True(
            Assess(-30_000, (StakedEther, 30 * Ether)).CoreMaintenance.Amount.MicroDollars * 2
                < Assess(-30_000, (Dai, 57_000 * Ether)).CoreMaintenance.Amount.MicroDollars);
    }

    [Fact]
    public void Row_13_A_stable_asset_moves_in_no_scenario_and_a_staked_one_with_its_underlying()
    {
        AssetTerms stable = Arrays.TermsOf(Dai)!;
        AssetTerms staked = Arrays.TermsOf(StakedEther)!;
        Assert.True(stable.Collateral.MarketNano > 0);
        Assert.Equal(0, staked.Collateral.MarketNano);
        ReadOnlySpan<long> entries = Arrays.Entries(
            Arrays.IndexOf(new Spot(Dai)), Breakwater.Scenarios.MarginHorizon.Initial, RevaluationTime.Frozen);
        Assert.Equal(-1, entries.IndexOfAnyExcept(0L));
        int row = Arrays.IndexOf(new Spot(StakedEther));
        int ether = Arrays.IndexOf(new Spot(TinyMarket.Eth));
        for (int scenario = 0; scenario < Arrays.ScenarioCount; scenario++)
        {
            long own = EntryOf(row, scenario);
            long peg = EntryOf(ether, scenario);
            Assert.InRange(own - (0.97 * peg), -2.0, 2.0); // two micro-dollars of rounding down
        }
    }

    [Fact]
    public void INV_M7_A_deposit_of_numeraire_changes_no_haircut_of_any_collateral()
    {
        MarginReport before = Assess(30_000, (StakedEther, 30 * Ether), (Dai, 1_000 * Ether));
        MarginReport after = Assess(
            30_000, (StakedEther, 30 * Ether), (Dai, 1_000 * Ether), (AssetId.Numeraire, 123_456_789));
        Assert.Equal(123_456_789, (after.Equity - before.Equity).MicroDollars);
        Assert.Equal(before.Lines, after.Lines);
    }

    [Fact]
    public void What_the_protocol_holds_too_much_of_is_worth_less_and_asks_for_no_other_margin()
    {
        (AssetId, Int128)[] collateral = [(StakedEther, 30 * Ether), (Dai, 60_000 * Ether)];
        MarginReport alone = Assess(30_000, collateral);
        long cap = Arrays.TermsOf(Dai)!.Collateral.CapMicroUsd;
        MarginReport within = Crowded(new ProtocolHolding(Dai, cap));
        Assert.Equal(ReportAssembly.DigestOf(alone), ReportAssembly.DigestOf(within));
        MarginReport before = within;
        foreach (int tenths in (int[])[11, 13, 15, 20, 40])
        {
            MarginReport crowded = Crowded(new ProtocolHolding(Dai, (Int128)cap * tenths / 10));
            Assert.True(crowded.Collateral[0].Haircut.ProtocolNano > before.Collateral[0].Haircut.ProtocolNano);
            Assert.True(crowded.Collateral[0].Value < before.Collateral[0].Value);
            Assert.Equal(alone.Collateral[1], crowded.Collateral[1]);
            Assert.Equal(alone.Lines, crowded.Lines);
            Assert.Equal(
                alone.Equity - crowded.Equity, alone.Collateral[0].Value - crowded.Collateral[0].Value);
            before = crowded;
        }

        MarginReport Crowded(ProtocolHolding holding) => PortfolioMargin.Assess(
            BookOf(30_000, collateral), Arrays, Priced.Parameters,
            MarginContext.Neutral with { Protocol = new ProtocolHoldings([holding]) });
    }

    [Fact]
    public void The_parts_of_a_haircut_make_its_total_and_are_attested()
    {
        MarginReport report = Assess(30_000, (StakedEther, 30 * Ether), (Dai, 57_000 * Ether));
        foreach (CollateralLine line in report.Collateral)
        {
            BalanceHaircut own = line.Haircut;
            CollateralTerms terms = Arrays.TermsOf(line.Asset)!.Collateral;
            long asset = BalanceHaircut.Joined(
                BalanceHaircut.Joined(own.MarketNano, own.DrawdownNano), own.PegNano);
            Assert.Equal(Math.Clamp(asset, terms.FloorNano, terms.CeilingNano), own.AssetNano);
            long sold = BalanceHaircut.Joined(
                BalanceHaircut.Joined(own.AssetNano, own.BridgeNano), own.LiquidityNano);
            Assert.Equal(
                Math.Min(BalanceHaircut.One, sold + own.ProtocolNano + own.ConcentrationNano), own.TotalNano);
            MarginReport other = report with
            {
                Collateral = report.Collateral.Replace(line, line with
                {
                    Haircut = own with { DrawdownNano = own.DrawdownNano + 1 },
                }),
            };
            Assert.NotEqual(ReportAssembly.DigestOf(report), ReportAssembly.DigestOf(other));
        }
    }

    [Fact]
    public void A_staked_asset_is_margined_where_nothing_else_of_its_underlying_is_held()
    {
        Instrument bitcoin = InstrumentName.Parse("BTC_USDC-PERPETUAL");
        RiskArrays alone = FullRevaluation.TryRun(
            [bitcoin, new Spot(StakedEther)], Priced.Market, Priced.Forecast, Priced.Surfaces, Priced.Scenarios,
            Priced.Parameters).Value;
        Subaccount book = BookOf(0, [(StakedEther, 30 * Ether)]) with
        {
            Positions = [new Position(bitcoin, 3_000, [new PositionEntry(3_000, null)])],
        };
        MarginReport report = PortfolioMargin.Assess(book, alone, Priced.Parameters);
        Assert.Equal(["BTC", "ETH"], report.Underlyings.Select(line => line.Underlying.Name));
    }

    [Fact]
    public void A_staked_asset_follows_its_underlying_wherever_a_margin_is_computed_again()
    {
        ExplainedMarket market = new(
            Priced.Market, Priced.Forecast, Priced.Surfaces, Priced.Scenarios, Priced.Parameters);
        PriceProfile hedged = Profile(BookOf(-30_000, [(StakedEther, 30 * Ether)]));
        PriceProfile held = Profile(BookOf(0, [(StakedEther, 30 * Ether)]));
        Assert.Equal([TinyMarket.Eth], held.Underlyings);
        double now = held.Unmoved.Equity.ToUsd();
        Assert.InRange(held.Points[0][0].State.Equity.ToUsd() / now, 0.8, 0.805); // less of it is easier to sell
        Assert.InRange(held.Points[0][2].State.Equity.ToUsd() / now, 1.195, 1.2);
        double moved = hedged.Points[0][2].State.Equity.ToUsd() - hedged.Unmoved.Equity.ToUsd();
        Assert.InRange(moved, -0.1 * now, 0.0); // the haircut and the 3 % below the peg are not hedged

        PriceProfile Profile(Subaccount book) =>
            PriceProfile.Of(PinnedBook.Of(book, Arrays), market, [0.8, 1.0, 1.2]);
    }

    [Fact]
    public void A_portfolio_file_states_collateral_in_its_own_decimals_and_none_without_a_price()
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, """
            { "subaccount": "a", "collateral": [ { "asset": "stETH", "quantity": "1.000000000000000001" } ] }
            """);
        Result<Subaccount> known = PortfolioFile.Load(path, Priced.Market, Priced.Parameters);
        File.WriteAllText(path, """
            { "subaccount": "a", "collateral": [ { "asset": "FRAX", "quantity": "1" } ] }
            """);
        Result<Subaccount> unknown = PortfolioFile.Load(path, Priced.Market, Priced.Parameters);
        File.Delete(path);
        Assert.Equal(Ether + 1, Assert.Single(known.Value.Collateral).Units);
        Assert.False(unknown.IsAccepted);
    }

    private static long EntryOf(int row, int scenario) => Arrays.Entries(
        row, Breakwater.Scenarios.MarginHorizon.Maintenance, RevaluationTime.Frozen)[scenario];

    private static MarginReport Assess(Int128 lots, params (AssetId Asset, Int128 Units)[] collateral) =>
        PortfolioMargin.Assess(BookOf(lots, collateral), Arrays, Priced.Parameters);

    private static Subaccount BookOf(Int128 lots, (AssetId Asset, Int128 Units)[] collateral) => new(
        "desk",
        [
            .. collateral.Select(static own =>
                new CollateralBalance(own.Asset, own.Units, string.Empty, BridgeClass.Native)),
        ],
        [new Position(Perpetual, lots, [new PositionEntry(lots, null)])]);

    private static TinyMarket WithCollateral(TinyMarket tiny)
    {
        MarketSnapshot market = tiny.Market with
        {
            CollateralAssets =
            [
                PriceOf(Dai, tiny.Market.At, 1d),
                PriceOf(StakedEther, tiny.Market.At, 0.97 * tiny.Of(TinyMarket.Eth).IndexUsd),
            ],
        };
        return tiny with { Market = market, Forecast = VolatilityForecast.From(market, tiny.Parameters) };
    }

    private static UnderlyingMarket PriceOf(AssetId asset, Timestamp at, double usd) =>
        new(asset, at, usd, [], [], null, null, PriceHistory.Empty, ImmutableArray<PricePoint>.Empty);
}
