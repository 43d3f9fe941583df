using Breakwater.Accounts;
using Breakwater.Accounts.Ledgers;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Margin;

namespace Breakwater.Tests.Engine;

/// <summary>Whatever way a margin takes through the engine, what stands is what the plain margin says of the ledger: so
/// no faster way can change the digest of a replay.</summary>
public sealed class StandingLaws
{
    private const int Histories = 6;
    private const int EventsPerHistory = 160;

    [Fact]
    public void What_stands_after_every_trade_and_tick_is_the_plain_margin()
    {
        int trades = 0;
        int withCoin = 0;
        for (int seed = 70; seed < 70 + Histories; seed++)
        {
            EngineScript script = new(seed);
            RiskEngine engine = EngineScript.NewEngine();
            RiskState state = EngineScript.Begun(engine);
            for (int number = 0; number < EventsPerHistory; number++)
            {
                RiskEvent happened = script.Next();
                RiskOutcome outcome = engine.Apply(state, happened);
                state = outcome.State;
                if (happened is RiskEvent.LedgerCommand { Transition: LedgerTransition.Fill fill }
                    && outcome.Effects.OfType<Effect.CommandDecided>().Single() is { Refusal: null, IsRepeat: false })
                {
                    trades++;
                    withCoin += AssertPlain(state, fill.Buyer.Account, $"seed {seed}, event {number}, buyer");
                    withCoin += AssertPlain(state, fill.Seller.Account, $"seed {seed}, event {number}, seller");
                }
            }

            state = engine.Apply(state, new RiskEvent.ClockTick(state.At)).State;
            foreach (string account in state.Accounts.Keys) AssertPlain(state, account, $"seed {seed}, {account}");
        }

        Assert.True(trades > 20 && withCoin > 10, $"{trades} trades, {withCoin} sides with coin");
    }

    // One if the account holds or owes coin.
    private static int AssertPlain(RiskState state, string name, string place)
    {
        MarketValuation market = state.InForce!; // ticked before
        Subaccount held = LedgerSubaccount.Of(state.Ledger.Find(name)!);
        AccountMargin own = state.StandingOf(name)!.Computed;
        if (!MarginAdmission.Check(held, market.Arrays, state.Parameters).IsEmpty)
        {
            Assert.False(own.IsKnown, place);
            return 0;
        }

        AccountMargin plain = AccountMargin.Of(
            held, market.Arrays, state.Parameters,
            MarginContext.Neutral with { Protocol = BookKeeper.HoldingsOf(state.Ledger, market) });
        Assert.True(plain with { Refusals = own.Refusals } == own, $"{place}: {plain}, not {own}");
        bool hasCoin = held.Positions.Any(static position => position.Instrument is Spot)
            || held.Collateral.Any(static balance => balance.Asset != AssetId.Numeraire);
        return hasCoin ? 1 : 0;
    }
}
