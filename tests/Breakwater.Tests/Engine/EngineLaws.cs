using System.Globalization;
using Breakwater.Accounts;
using Breakwater.Engine;
using Breakwater.Margin;

namespace Breakwater.Tests.Engine;

/// <summary>An engine that redoes what changed equals one without a past, bit for bit (METHODOLOGY 12, row 10).
/// </summary>
/// <remarks>The environment variable <see cref="CountVariable"/> asks for more sequences; docs/adr/0080 says how a
/// hundred thousand were run.</remarks>
public sealed class EngineLaws
{
    private const string CountVariable = "BREAKWATER_EVENT_SEQUENCES";
    private const int SequencesShort = 60;
    private const int EventsMax = 6;
    private const int Accounts = 7;

    private static readonly MarketValuation Start =
        MarketRevaluation.Of(EngineWorld.Base, null, UnitRuns.InOrder, MadeUpDesign.Build).Value;

    [Fact]
    public void Random_sequences_of_events_end_where_a_recomputation_from_ground_state_ends()
    {
        int sequences = int.Parse(
            Environment.GetEnvironmentVariable(CountVariable) ?? $"{SequencesShort}", CultureInfo.InvariantCulture);
        for (int seed = 0; seed < sequences; seed++)
        {
            RunSequence(seed);
        }
    }

    [Fact]
    public void Units_run_backwards_by_two_threads_give_the_same_bits()
    {
        EngineWorld world = new(5, Accounts);
        LiveBook book = new(3);
        Enter(world, book);
        MarketValuation valuation = MarketRevaluation.Of(world.Ground, null, Backwards, MadeUpDesign.Build).Value;
        book.Refresh(valuation, Backwards);
        foreach (WorldEvent moved in (WorldEvent[])[WorldEvent.IndexTick, WorldEvent.Fill, WorldEvent.Close])
        {
            world.Step(book, valuation, moved);
            valuation = MarketRevaluation.Of(world.Ground, valuation, Backwards, MadeUpDesign.Build).Value;
            book.Refresh(valuation, Backwards);
        }

        Plain plain = Plain.Of(world.Ground, MadeUpDesign.Build);
        plain.AssertSame(valuation, "threads");
        plain.AssertSame(world, book, "threads");
    }

    [Fact]
    public void An_account_that_is_only_asked_about_has_the_margin_it_would_have_in_the_book()
    {
        EngineWorld world = new(6, Accounts);
        LiveBook book = new();
        Enter(world, book);
        book.Refresh(Start);
        foreach ((Subaccount account, MarginContext context) in world.Accounts.Values)
        {
            Assert.Equal(
                book.Of(account.Id)! with { Refusals = [] }, book.Assess(account, context) with { Refusals = [] });
        }
    }

    private static void Backwards(int unitCount, Action<int> unit) => Parallel.For(
        0, unitCount, new ParallelOptions { MaxDegreeOfParallelism = 2 }, index => unit(unitCount - 1 - index));

    private static void RunSequence(int seed)
    {
        EngineWorld world = new(seed, Accounts);
        LiveBook book = new(1 + (seed % 3));
        MarketValuation valuation = Start;
        Enter(world, book);
        book.Refresh(valuation);
        List<WorldEvent> events = [];
        int count = 1 + (seed % EventsMax);
        for (int step = 0; step < count; step++)
        {
            events.Add(world.Step(book, valuation));
            if (step < count - 1 && seed % 5 == 0) continue; // several events before one valuation
            valuation = MarketRevaluation.Of(world.Ground, valuation, UnitRuns.InOrder, MadeUpDesign.Build).Value;
            book.Refresh(valuation);
        }

        string place = $"seed {seed}: {string.Join(", ", events)}";
        Plain plain = Plain.Of(world.Ground, MadeUpDesign.Build);
        plain.AssertSame(valuation, place);
        plain.AssertSame(world, book, place);
    }

    private static void Enter(EngineWorld world, LiveBook book)
    {
        foreach ((Subaccount account, MarginContext context) in world.Accounts.Values)
        {
            book.Put(account, context);
        }
    }
}
