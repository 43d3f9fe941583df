using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Accounts.Ledgers;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Margin;

namespace Breakwater.Tests.Engine;

/// <summary>The state machine over random histories.</summary>
public sealed class RiskEngineLaws
{
    private const int Histories = 4;
    private const int EventsPerHistory = 250;

    [Fact]
    public void INV_S2_Replay_of_encoded_events_ends_in_the_same_state_on_any_threads()
    {
        for (int seed = 0; seed < Histories; seed++)
        {
            EngineScript script = new(seed);
            RiskEngine live = EngineScript.NewEngine();
            RiskEngine other = EngineScript.NewEngine(3, Backwards);
            RiskState state = RiskState.Start(EngineScript.Parameters);
            RiskState replayed = state;
            List<RiskEvent> events =
                [.. EngineScript.Beginning(), .. Enumerable.Range(0, EventsPerHistory).Select(_ => script.Next())];
            foreach (RiskEvent happened in events)
            {
                RiskOutcome outcome = live.Apply(state, happened);
                RiskOutcome again = other.Apply(
                    replayed, RiskEventEncoding.Decode(RiskEventEncoding.Encode(happened).AsSpan()).Value);
                (state, replayed) = (outcome.State, again.State);
                Assert.Equal(Words(outcome.Effects), Words(again.Effects));
            }

            Assert.Equal(events.Count, state.Sequence);
            Assert.Equal(RiskStateEncoding.DigestOf(state), RiskStateEncoding.DigestOf(replayed));
        }
    }

    [Fact]
    public void An_engine_in_the_middle_of_another_history_gives_the_same_state()
    {
        EngineScript script = new(11);
        RiskEngine engine = EngineScript.NewEngine();
        RiskState begun = EngineScript.Begun(engine);
        RiskEvent[] events = [.. Enumerable.Range(0, 80).Select(_ => script.Next())];
        RiskState once = EngineScript.Run(engine, begun, events);
        EngineScript.Run(engine, begun, Enumerable.Range(0, 40).Select(_ => script.Next()));
        Assert.Equal(
            RiskStateEncoding.DigestOf(once), RiskStateEncoding.DigestOf(EngineScript.Run(engine, begun, events)));
    }

    [Fact]
    public void INV_S4_The_same_command_has_one_effect_and_the_same_answer()
    {
        RiskEngine engine = EngineScript.NewEngine();
        RiskState state = EngineScript.Begun(engine);
        RiskEvent.LedgerCommand deposit = new(
            state.At, "once",
            new LedgerTransition.Deposit(state.At, EngineScript.NameOf(0), AssetId.Numeraire, Place.Home, 5));
        RiskOutcome first = engine.Apply(state, deposit);
        RiskOutcome second = engine.Apply(first.State, deposit);
        Effect.CommandDecided decided = first.Effects.OfType<Effect.CommandDecided>().Single();
        Assert.Null(decided.Refusal);
        Assert.Equal(decided with { IsRepeat = true }, Assert.Single(second.Effects));
        Assert.Equal(LedgerEncoding.DigestOf(first.State.Ledger), LedgerEncoding.DigestOf(second.State.Ledger));
        RiskEvent.LedgerCommand refused = deposit with
        {
            CommandId = "never",
            Transition = new LedgerTransition.Deposit(state.At, "nobody", AssetId.Numeraire, Place.Home, 5),
        };
        RiskOutcome third = engine.Apply(second.State, refused);
        RiskOutcome fourth = engine.Apply(third.State, refused);
        Assert.NotNull(third.Effects.OfType<Effect.CommandDecided>().Single().Refusal);
        Assert.Equal(
            third.Effects.OfType<Effect.CommandDecided>().Single() with { IsRepeat = true },
            Assert.Single(fourth.Effects));
    }

    [Fact]
    public void INV_M11_After_every_admitted_withdrawal_equity_covers_initial_margin()
    {
        int admitted = 0;
        int refused = 0;
        for (int seed = 20; seed < 20 + Histories; seed++)
        {
            EngineScript script = new(seed);
            RiskEngine engine = EngineScript.NewEngine();
            RiskState state = EngineScript.Begun(engine, 20_000_000_000);
            for (int step = 0; step < EventsPerHistory; step++)
            {
                RiskEvent happened = script.Next();
                RiskOutcome outcome = engine.Apply(state, happened);
                bool isWithdrawal = happened is RiskEvent.LedgerCommand { Transition: LedgerTransition.Withdrawal };
                Effect.CommandDecided? decided = outcome.Effects.OfType<Effect.CommandDecided>().SingleOrDefault();
                state = outcome.State;
                if (!isWithdrawal || decided is null or { IsRepeat: true }) continue;
                if (decided.Refusal is not null)
                {
                    refused += decided.Refusal.Limit.EndsWith("USD", StringComparison.Ordinal) ? 1 : 0;
                    continue;
                }

                admitted++;
                LedgerTransition.Withdrawal own =
                    (LedgerTransition.Withdrawal)((RiskEvent.LedgerCommand)happened).Transition;
                Subaccount then = LedgerSubaccount.Of(state.Ledger.Find(own.Account)!);
                MarginReport report = PortfolioMargin.Assess(then, state.InForce!.Arrays, EngineScript.Parameters);
                Assert.True(report.Equity - report.ThinGains >= report.InitialMargin, $"seed {seed}, step {step}");
            }
        }

        Assert.True(admitted > 10 && refused > 3, $"{admitted} admitted, {refused} refused for margin");
    }

    private static IEnumerable<string> Words(ImmutableArray<Effect> effects) => effects.Select(own => own switch
    {
        Effect.ReportMade made => $"{made.CommandId} {made.Report.Digests.Report}",
        Effect.StageChanged moved => $"{moved.Account} {moved.From} {moved.To} {moved.Standing.Equity}",
        Effect.CommandDecided decided => $"{decided}",
        Effect.MarketUnusable unusable => string.Join(' ', unusable.Reasons),
        _ => $"{own}",
    });

    private static void Backwards(int unitCount, Action<int> unit) => Parallel.For(
        0, unitCount, new ParallelOptions { MaxDegreeOfParallelism = 2 }, index => unit(unitCount - 1 - index));
}
