using System.Collections.Immutable;
using Breakwater.Attestation;
using Breakwater.Instruments;
using Breakwater.Scenarios;

namespace Breakwater.Engine;

/// <summary>The state machine: (state, event) → (state, effects), pure and total; live server, replay and tests run the
/// same (ARCHITECTURE 6, docs/adr/0081).</summary>
/// <remarks>
/// The result is a function of state and event alone; governed constants are part of the state, because their changes
/// are events. What the engine object holds is scratch for many margins at once (<see cref="LiveBook"/>): it saves work
/// and changes nothing. One writer at a time.
/// </remarks>
public sealed class RiskEngine
{
    private readonly BookKeeper _keeper;

    /// <summary>An engine.</summary>
    /// <param name="partitionCount">Partitions of the accounts: as many as threads work at once; ≥ 1.</param>
    /// <param name="run">Runs independent units; <c>null</c>: one after another.</param>
    public RiskEngine(int partitionCount = 1, UnitRun? run = null)
        : this(partitionCount, run, ScenarioDesign.Build)
    {
    }

    /// <summary>The same with another design of scenario sets, for laws over many histories.</summary>
    internal RiskEngine(int partitionCount, UnitRun? run, Func<ScenarioInputs, ScenarioSets> design)
    {
        _keeper = new BookKeeper(partitionCount, run ?? UnitRuns.InOrder, design);
    }

    /// <summary>Takes in one event.</summary>
    /// <param name="state">The state before; not modified.</param>
    /// <param name="happened">The event.</param>
    /// <returns>The state after and what follows. A refused event changes nothing but the count of events, the time and
    /// the memory of its command.</returns>
    public RiskOutcome Apply(RiskState state, RiskEvent happened)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(happened);
        List<Effect> effects = [];
        RiskState counted = state with { Sequence = state.Sequence + 1 };
        RiskState after;
        if (RiskEventEncoding.CommandIdOf(happened) is { } id)
        {
            after = Decide(counted, id, happened, effects);
        }
        else if (happened.At < state.At)
        {
            effects.Add(new Effect.EventRefused(Late(state, happened)));
            after = counted;
        }
        else
        {
            after = TakeIn(DueWork.Before(counted, happened.At, effects), happened, effects);
        }

        return new RiskOutcome(after, [.. effects]);
    }

    private RiskState TakeIn(RiskState state, RiskEvent happened, List<Effect> effects)
    {
        switch (happened)
        {
            case RiskEvent.ClockTick tick:
                return Tick.Of(state, tick, _keeper, effects);
            case RiskEvent.BeaconSeen seen:
                return Beacon(state, seen, effects);
            default:
                Result<RiskState> moved = MarketIntake.Of(state, happened);
                if (moved.IsAccepted) return moved.Value;
                effects.Add(new Effect.EventRefused(moved.Failures[0]));
                return state;
        }
    }

    // The same name has one effect and one answer (S4).
    private RiskState Decide(RiskState state, string id, RiskEvent happened, List<Effect> effects)
    {
        bool isName = id.Length is > 0 and <= RiskEventEncoding.CommandIdLengthMax
            && id.All(static letter => letter is >= ' ' and <= '~');
        if (!isName)
        {
            effects.Add(new Effect.EventRefused(new Failure(
                FailureReason.Malformed, "no name of a command", Value: $"{id.Length} characters",
                Limit: $"1 to {RiskEventEncoding.CommandIdLengthMax} printable ASCII characters")));
            return state;
        }

        if (state.Commands.Find(id) is { } known)
        {
            effects.Add(new Effect.CommandDecided(id, known.Sequence, known.Refusal, IsRepeat: true));
            return state;
        }

        Failure? late = happened.At < state.At ? Late(state, happened) : null;
        RiskState timed = late is null ? DueWork.Before(state, happened.At, effects) : state;
        Result<RiskState> moved = late is null
            ? Decided(timed, happened, effects)
            : Result<RiskState>.Refused(late);
        Failure? refusal = moved.IsAccepted ? null : moved.Failures[0];
        effects.Add(new Effect.CommandDecided(id, state.Sequence, refusal, IsRepeat: false));
        RiskState after = moved.IsAccepted ? moved.Value : timed;
        return after with { Commands = after.Commands.With(id, new CommandOutcome(state.Sequence, refusal)) };
    }

    private Result<RiskState> Decided(RiskState state, RiskEvent happened, List<Effect> effects)
    {
        switch (happened)
        {
            case RiskEvent.LedgerCommand command:
                return Commands.Post(state, command, _keeper, effects);
            case RiskEvent.ParametersGiven given:
                return Commands.Govern(state, given);
            case RiskEvent.ScenarioHold hold:
                return Result<RiskState>.Accepted(state with { IsHolding = hold.IsHeld, Held = null });
            case RiskEvent.ReportAsked asked:
                Result<AttestationReport> report = new RiskView(state).Report(asked.Account);
                if (!report.IsAccepted) return Result<RiskState>.Refused(report.Failures);
                effects.Add(new Effect.ReportMade(asked.CommandId, report.Value));
                return Result<RiskState>.Accepted(state);
            default:
                throw new System.Diagnostics.UnreachableException(happened.ToString());
        }
    }

    private static RiskState Beacon(RiskState state, RiskEvent.BeaconSeen seen, List<Effect> effects)
    {
        if (seen.Beacon.Length != ScenarioSeed.BeaconBytes)
        {
            effects.Add(new Effect.EventRefused(new Failure(
                FailureReason.Malformed, "a beacon has another length", Value: $"{seen.Beacon.Length} bytes",
                Limit: $"{ScenarioSeed.BeaconBytes} bytes")));
            return state;
        }

        ImmutableSortedDictionary<long, ImmutableArray<byte>> beacons =
            state.Beacons.SetItem(seen.Epoch, seen.Beacon);
        while (beacons.Count > 2) beacons = beacons.Remove(beacons.Keys.First());
        return state with { Beacons = beacons };
    }

    private static Failure Late(RiskState state, RiskEvent happened) => new(
        FailureReason.OutOfOrder, "the event is earlier than the one before", Value: $"{happened.At}",
        Limit: $"≥ {state.At}");
}
