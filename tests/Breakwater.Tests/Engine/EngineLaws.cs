using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Accounts;
using Breakwater.Engine;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Revaluation;
using Breakwater.Scenarios;
using Breakwater.Surfaces;
using Breakwater.Tests.Revaluation;

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
