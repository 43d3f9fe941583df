using Breakwater.Accounts.Ledgers;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Markets;

namespace Breakwater.Tests.Engine;

/// <summary>Rules of the state machine, one by one.</summary>
public sealed class RiskEngineTests
{
    private const string Perpetual = "BTC_USDC-PERPETUAL";

    private readonly RiskEngine _engine = EngineScript.NewEngine();

    [Fact]
    public void A_trade_that_raises_risk_beyond_equity_is_refused_and_changes_nothing()
    {
        RiskState state = EngineScript.Begun(_engine, 10_000_000_000);
        RiskOutcome outcome = _engine.Apply(state, Trade(state, 40_000, "big"));
        Assert.Equal(FailureReason.InsufficientFunds, Decided(outcome).Refusal!.Reason);
        Assert.Equal(LedgerEncoding.DigestOf(state.Ledger), LedgerEncoding.DigestOf(outcome.State.Ledger));
        Assert.Null(Decided(_engine.Apply(state, Trade(state, 4_000, "small"))).Refusal);
    }

    [Fact]
    public void A_trade_that_lowers_risk_passes_below_initial_margin_and_in_a_stale_market()
    {
        RiskState state = EngineScript.Begun(_engine, 8_000_000_000);
        state = _engine.Apply(state, Trade(state, 9_000, "open")).State;
        // The market falls by a tenth: the buyer is below initial margin.
        state = EngineScript.Run(_engine, state,
        [
            new RiskEvent.IndexSeen(state.At, MadeUpMarket.Btc, 58_500d),
            new RiskEvent.FuturesSeen(
                state.At, MadeUpMarket.Btc, new FuturesObservation(state.At, [], 58_500d)),
            new RiskEvent.ClockTick(state.At.AddMilliseconds(1_000)),
        ]);
        Assert.True(state.StandingOf("account-0")!.Stage > MarginStage.Healthy);
        Assert.NotNull(Decided(_engine.Apply(state, Trade(state, 10, "more"))).Refusal);
        Assert.Null(Decided(_engine.Apply(state, Trade(state, -10, "less"))).Refusal);
        RiskState stale = Later(state, 1_800_000, 1);
        Assert.Equal(MarketMode.ReduceOnly, stale.ModeOf(MadeUpMarket.Btc));
        Assert.NotNull(Decided(_engine.Apply(stale, Trade(stale, 10, "more", buyer: 2))).Refusal);
        Assert.Null(Decided(_engine.Apply(stale, Trade(stale, -10, "less"))).Refusal);
    }

    [Fact]
    public void Collateral_at_risk_in_a_stale_market_stays_and_free_accounts_leave()
    {
        RiskState state = EngineScript.Begun(_engine);
        state = Later(_engine.Apply(state, Trade(state, 10, "open")).State, 1_800_000, 1);
        Assert.Equal(
            FailureReason.Inconsistent, Decided(_engine.Apply(state, Withdrawal(state, 0, 1))).Refusal!.Reason);
        Assert.Null(Decided(_engine.Apply(state, Withdrawal(state, 4, 2_000_000_000_000))).Refusal);
    }

    [Fact]
    public void A_payment_of_the_numeraire_leaves_the_standing_that_a_margin_would_find()
    {
        RiskState state = EngineScript.Begun(_engine);
        state = _engine.Apply(state, Trade(state, 300, "open")).State;
        RiskEvent.LedgerCommand deposit = new(state.At, "d", new LedgerTransition.Deposit(
            state.At, "account-0", AssetId.Numeraire, Place.Home, 123_456_789));
        foreach (RiskEvent.LedgerCommand paid in (RiskEvent.LedgerCommand[])[deposit, Withdrawal(state, 0, 777)])
        {
            RiskOutcome outcome = _engine.Apply(state, paid);
            Assert.Null(Decided(outcome).Refusal);
            state = outcome.State;
            MarginReport found = PortfolioMargin.Assess(
                LedgerSubaccount.Of(state.Ledger.Find("account-0")!), state.InForce!.Arrays, EngineScript.Parameters);
            AccountMargin stands = state.StandingOf("account-0")!.Computed;
            Assert.Equal(
                (found.Equity, found.InitialMargin, found.MaintenanceMargin),
                (stands.Equity, stands.Initial, stands.Maintenance));
        }
    }

    [Fact]
    public void A_better_mode_needs_several_good_ticks()
    {
        RiskState state = Later(EngineScript.Begun(_engine), 1_800_000, 1);
        Assert.Equal(MarketMode.ReduceOnly, state.ModeOf(MadeUpMarket.Btc));
        for (int tick = 1; tick <= MarketStanding.TicksToLeave; tick++)
        {
            Assert.Equal(MarketMode.ReduceOnly, state.ModeOf(MadeUpMarket.Btc));
            state = Fresh(state);
        }

        Assert.Equal(MarketMode.Normal, state.ModeOf(MadeUpMarket.Btc));
    }

    // T-I4: sources that disagree, or too few of them.
    [Theory]
    [InlineData(MarketMode.ReduceOnly)]
    [InlineData(MarketMode.Halted)]
    public void T_I4_an_index_in_doubt_restricts_its_market_however_fresh_its_surface(MarketMode mode)
    {
        RiskState state = Fresh(EngineScript.Begun(_engine));
        state = _engine.Apply(state, Trade(state, 100, "open")).State;
        Assert.Equal(MarketMode.Normal, state.ModeOf(MadeUpMarket.Btc));
        state = Fresh(_engine.Apply(state, new RiskEvent.IndexModeSeen(state.At, MadeUpMarket.Btc, mode)).State);
        Assert.Equal(mode, state.ModeOf(MadeUpMarket.Btc));
        Assert.Equal(MarketMode.Normal, state.ModeOf(MadeUpMarket.Eth));
        Assert.Equal(
            FailureReason.Inconsistent, Decided(_engine.Apply(state, Trade(state, 10, "more"))).Refusal!.Reason);
        Assert.Null(Decided(_engine.Apply(state, Trade(state, -10, "less"))).Refusal);
        state = _engine.Apply(
            state, new RiskEvent.IndexModeSeen(state.At, MadeUpMarket.Btc, MarketMode.Normal)).State;
        for (int tick = 1; tick <= MarketStanding.TicksToLeave; tick++)
        {
            Assert.Equal(mode, state.ModeOf(MadeUpMarket.Btc));
            state = Fresh(state);
        }

        Assert.Equal(MarketMode.Normal, state.ModeOf(MadeUpMarket.Btc));
    }

    [Fact]
    public void An_index_of_an_asset_that_is_not_governed_is_refused()
    {
        RiskState state = EngineScript.Begun(_engine);
        RiskOutcome outcome = _engine.Apply(
            state, new RiskEvent.IndexModeSeen(state.At, AssetId.Of("NONE"), MarketMode.Halted));
        Assert.Equal(
            FailureReason.Unknown, outcome.Effects.OfType<Effect.EventRefused>().Single().Refusal.Reason);
        Assert.Empty(outcome.State.IndexModes);
    }

    [Fact]
    public void Funding_of_an_hour_is_paid_at_its_end_before_anything_later()
    {
        RiskState state = EngineScript.Begun(_engine);
        state = _engine.Apply(state, Trade(state, 100, "open")).State;
        Timestamp next = Timestamp.Parse("2026-02-05T03:00:00Z");
        RiskOutcome outcome = _engine.Apply(state, new RiskEvent.IndexSeen(
            next.AddMilliseconds(250), MadeUpMarket.Btc, 65_000d));
        LedgerTransition.FundingPayment paid =
            (LedgerTransition.FundingPayment)outcome.Effects.OfType<Effect.Posted>().Single().Transition;
        Assert.Equal(next, paid.At);
        Assert.Equal(0.0000125m, paid.RatePerHour);
        Assert.Equal(Perpetual, paid.Perpetual.Name);
        Assert.True(outcome.State.Ledger.Find("account-0")!.CashOf(AssetId.Numeraire).Funding < 0);
    }

    [Fact]
    public void An_expiry_is_settled_at_the_mean_of_its_fixings_one_step_after_it()
    {
        RiskState state = EngineScript.Begun(_engine);
        VanillaOption call = (VanillaOption)InstrumentName.Parse("BTC_USDC-13FEB26-55000-C");
        state = _engine.Apply(state, Trade(state, 10, "open", instrument: call)).State;
        Timestamp expiry = call.Expiry;
        for (int second = -1_799; second <= 0; second++)
        {
            state = _engine.Apply(state, new RiskEvent.IndexSeen(
                expiry.AddMilliseconds(second * 1_000L), MadeUpMarket.Btc, 60_000d + (second % 2 == 0 ? 10d : -10d)))
                .State;
        }

        Assert.NotNull(state.Ledger.Find(call));
        RiskOutcome outcome = _engine.Apply(state, new RiskEvent.ClockTick(expiry.AddMilliseconds(1_000)));
        LedgerTransition.Settlement settled = outcome.Effects.OfType<Effect.Posted>()
            .Select(own => own.Transition).OfType<LedgerTransition.Settlement>()
            .Single(own => own.Underlying == MadeUpMarket.Btc);
        Assert.Equal((60_000m, 1_800, 0), (
            settled.Average.PriceUsd, settled.Average.SeenCount, settled.Average.MissingCount));
        Assert.Null(outcome.State.Ledger.Find(call));
        Assert.Empty(outcome.State.Ledger.Find("account-0")!.Holdings);
        // Ten lots of 0.01 coin, 5,000 USD each in the money.
        Assert.Equal(
            500_000_000, outcome.State.Ledger.Find("account-0")!.CashOf(AssetId.Numeraire).Balance
                - state.Ledger.Find("account-0")!.CashOf(AssetId.Numeraire).Balance);
    }

    [Fact]
    public void Scenario_sets_that_are_held_stay_until_they_are_asked_for_again()
    {
        RiskState state = EngineScript.Begun(_engine);
        state = Fresh(_engine.Apply(state, new RiskEvent.ScenarioHold(state.At, "h1", true)).State);
        var held = state.Valuation!.Scenarios;
        Timestamp later = state.At.AddMilliseconds(2 * Timestamp.HourMilliseconds);
        RiskState next = Fresh(_engine.Apply(state, new RiskEvent.ClockTick(later)).State);
        Assert.Same(held, next.Valuation!.Scenarios);
        next = Fresh(_engine.Apply(next, new RiskEvent.ScenarioHold(next.At, "h2", true)).State);
        Assert.NotEqual(held.Maintenance.Digest, next.Valuation!.Scenarios.Maintenance.Digest);
    }

    [Fact]
    public void A_lot_that_is_not_the_governed_one_is_refused_and_so_is_a_version_that_would_change_it()
    {
        RiskState state = EngineScript.Begun(_engine);
        RiskEvent.LedgerCommand listing = new(state.At, "lot", new LedgerTransition.InstrumentListing(
            state.At, InstrumentName.Parse("BTC_USDC-26JUN26"), 7m));
        Assert.Equal(FailureReason.Inconsistent, Decided(_engine.Apply(state, listing)).Refusal!.Reason);
        var values = new Breakwater.Parameters.ParameterValues(
            EngineScript.Parameters.Values.ByPath.SetItem("underlyings.BTC.futureLotLinear", 0.001m));
        RiskEvent.ParametersGiven given = new(
            state.At, "p", 2, state.At, EngineScript.Parameters.ProtocolId, values);
        Assert.Equal(FailureReason.Inconsistent, Decided(_engine.Apply(state, given)).Refusal!.Reason);
    }

    [Fact]
    public void A_report_is_that_of_the_plain_way()
    {
        RiskState state = EngineScript.Begun(_engine);
        state = Fresh(_engine.Apply(state, Trade(state, 300, "open")).State);
        var asked = _engine.Apply(state, new RiskEvent.ReportAsked(state.At, "r", "account-0"));
        var report = asked.Effects.OfType<Effect.ReportMade>().Single().Report;
        Assert.Equal(new RiskView(asked.State).Report("account-0").Value.Digests, report.Digests);
        Assert.Equal(state.StandingOf("account-0")!.Computed.Maintenance, report.Margin.MaintenanceMargin);
        Assert.Equal(
            FailureReason.Unknown, new RiskView(state).Report("nobody").Failures.Single().Reason);
    }

    // Time passes and nothing is seen.
    private RiskState Later(RiskState state, long milliseconds, int ticks)
    {
        // Another market lives on, so that time is known.
        Timestamp at = state.At.AddMilliseconds(milliseconds);
        state = _engine.Apply(state, new RiskEvent.IndexSeen(at, MadeUpMarket.Eth, 1_900d)).State;
        return EngineScript.Run(
            _engine, state, Enumerable.Range(0, ticks).Select(_ => new RiskEvent.ClockTick(at)));
    }

    // A whole chain at now, then a tick.
    private RiskState Fresh(RiskState state)
    {
        Timestamp at = state.At.AddMilliseconds(1_000);
        IEnumerable<RiskEvent> seen = MadeUpMarket.Observations.Underlyings.Where(own => own.Chain is not null)
            .SelectMany(own => new RiskEvent[]
            {
                new RiskEvent.ChainSeen(at, own.Asset, own.Chain! with { At = at }),
            });
        return EngineScript.Run(_engine, state, [.. seen, new RiskEvent.ClockTick(at)]);
    }

    private static RiskEvent.LedgerCommand Trade(
        RiskState state, int lots, string id, int buyer = 0, Instrument? instrument = null)
    {
        Instrument traded = instrument ?? InstrumentName.Parse(Perpetual);
        decimal price = traded is VanillaOption ? 6_000m : 65_000m;
        (int buys, int sells) = lots > 0 ? (buyer, 1) : (1, buyer);
        return new RiskEvent.LedgerCommand(state.At, id, new LedgerTransition.Fill(
            state.At, traded, Math.Abs(lots), price,
            new FillSide(EngineScript.NameOf(buys), new Mandate.Party($"owner-{buys}"), 0),
            new FillSide(EngineScript.NameOf(sells), new Mandate.Party($"owner-{sells}"), 0)));
    }

    private static RiskEvent.LedgerCommand Withdrawal(RiskState state, int account, Int128 units) => new(
        state.At, $"w{account}", new LedgerTransition.Withdrawal(
            state.At, EngineScript.NameOf(account), $"owner-{account}", AssetId.Numeraire, Place.Home, units));

    private static Effect.CommandDecided Decided(RiskOutcome outcome) =>
        outcome.Effects.OfType<Effect.CommandDecided>().Single();
}
