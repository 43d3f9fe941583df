using System.Collections.Immutable;
using System.Diagnostics;
using Breakwater.Adapters.Storage;
using Breakwater.Engine;
using Breakwater.Engine.Snapshots;
using Breakwater.Instruments;
using Breakwater.Parameters;
using Breakwater.Server.History;

namespace Breakwater.Server.Loop;

/// <summary>What the journal gave when the server started (docs/adr/0096).</summary>
/// <param name="State">The state after its last event.</param>
/// <param name="Engine">The engine that goes on from there.</param>
/// <param name="SnapshotSequence">Events that the snapshot it began with contained; 0: it began with the first record.
/// </param>
/// <param name="Notes">What a person should know: snapshots that were not used, and why.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record Recovery(
    RiskState State, RiskEngine Engine, long SnapshotSequence, ImmutableArray<string> Notes, TimeSpan Elapsed)
{
    /// <summary>Events applied again.</summary>
    internal long ReplayedCount => State.Sequence - SnapshotSequence;

    /// <summary>Brings back the state of a journal: restores the newest snapshot that is what it should be and applies
    /// what follows it again; without one, everything from the first record on. Begins an empty one.</summary>
    /// <remarks>Effects are not performed again: they were answers to clients that are gone.</remarks>
    /// <param name="journal">The journal.</param>
    /// <param name="options">Threads, and where to begin.</param>
    /// <param name="snapshots">Keeps states on the way: a long replay that is broken off has not been in vain.</param>
    /// <param name="history">Is told what is applied again; <c>null</c>: none is kept.</param>
    /// <param name="at">When an empty journal begins.</param>
    /// <param name="parameters">Governed constants that an empty journal begins with.</param>
    /// <param name="tell">Told what people should know as it goes.</param>
    /// <exception cref="JournalDamagedException">A record is not what was written.</exception>
    internal static async Task<Result<Recovery>> RunAsync(
        Journal journal, EngineOptions options, SnapshotKeeper snapshots, HistoryRecorder? history, Timestamp at,
        RiskParameters parameters, Action<string> tell)
    {
        long start = Stopwatch.GetTimestamp();
        UnitRun run = Threads(options.ThreadCount);
        RiskEngine engine = new(options.ThreadCount, run);
        if (journal.Durable.Sequence == 0)
        {
            await journal.AppendAsync(Genesis.Of(at, parameters)).ConfigureAwait(false);
            history?.Start(begun: 0);
            return Result<Recovery>.Accepted(
                new Recovery(RiskState.Start(parameters), engine, 0, [], Stopwatch.GetElapsedTime(start)));
        }

        List<string> notes = [.. journal.Recovery.UnusableSnapshots.Select(static damage =>
            $"{damage.File} is damaged ({damage.Message}) and set aside")];
        (RiskState State, JournalCursor Cursor)? restored = options.Start == RecoveryStart.NewestSnapshot
            ? Restored(journal, run, notes)
            : null;
        Result<(RiskState State, JournalCursor Cursor)> begun = restored is { } known
            ? Result<(RiskState, JournalCursor)>.Accepted(known)
            : First(journal);
        if (!begun.IsAccepted) return Result<Recovery>.Refused(begun.Failures);
        foreach (string note in notes) tell(note);
        (RiskState state, JournalCursor cursor) = begun.Value;
        history?.Start(state.Sequence);
        snapshots.GoOn(state.Sequence);
        using (cursor)
        {
            RecoveryProgress progress = new(Genesis.EventOf(journal.Durable.Sequence), tell);
            Result<RiskState> last = Replayed(state, cursor, engine, (snapshots, history, progress));
            return last.IsAccepted
                ? Result<Recovery>.Accepted(new Recovery(
                    last.Value, engine, state.Sequence, [.. notes], Stopwatch.GetElapsedTime(start)))
                : Result<Recovery>.Refused(last.Failures);
        }
    }

    // A snapshot is believed if its record has the hash that it names and its state the digest that it names: from one
    // that is not, nothing is served.
    private static (RiskState State, JournalCursor Cursor)? Restored(Journal journal, UnitRun run, List<string> notes)
    {
        Snapshot? snapshot = journal.ReadSnapshot();
        while (snapshot is not null)
        {
            JournalPoint point = snapshot.Point;
            Result<RiskState> read = point.Sequence <= journal.Durable.Sequence
                ? RiskStateSnapshot.Decode(snapshot.Payload.Span, run)
                : Result<RiskState>.Refused(
                    new Failure(FailureReason.Inconsistent, "it is of a record that is not there"));
            if (read.IsAccepted)
            {
                JournalCursor cursor = journal.ReadAfter(point.Sequence - 1);
                bool isOfRecord = Genesis.RecordOf(read.Value.Sequence) == point.Sequence;
                if (isOfRecord && cursor.MoveNext() && cursor.Point == point)
                {
                    return (read.Value, cursor);
                }

                cursor.Dispose();
            }

            string why = read.IsAccepted ? "its state is not that of its record" : read.Failures[0].Message;
            notes.Add($"the snapshot after record {point.Sequence} is not used: {why}");
            snapshot = journal.ReadSnapshotBefore(point.Sequence);
        }

        if (notes.Count > 0) notes.Add("no snapshot is left: every record is applied again");
        return null;
    }

    private static Result<(RiskState State, JournalCursor Cursor)> First(Journal journal)
    {
        JournalCursor cursor = journal.ReadAfter(0);
        cursor.MoveNext();
        Result<RiskParameters> first = Genesis.Read(cursor.Current.Kind, cursor.Current.Payload);
        if (first.IsAccepted)
        {
            return Result<(RiskState, JournalCursor)>.Accepted((RiskState.Start(first.Value), cursor));
        }

        cursor.Dispose();
        return Result<(RiskState, JournalCursor)>.Refused(first.Failures);
    }

    private static Result<RiskState> Replayed(
        RiskState state, JournalCursor cursor, RiskEngine engine,
        (SnapshotKeeper Snapshots, HistoryRecorder? History, RecoveryProgress Progress) watching)
    {
        while (cursor.MoveNext())
        {
            Result<RiskEvent> read = RiskEventEncoding.Decode(cursor.Current.Payload);
            if (!read.IsAccepted)
            {
                return Result<RiskState>.Refused(read.Failures[0] with { Place = $"record {cursor.Point.Sequence}" });
            }

            RiskOutcome outcome = engine.Apply(state, read.Value);
            watching.History?.NoteAgain(read.Value, state, outcome, cursor.Point);
            state = outcome.State;
            watching.Snapshots.Consider(state, cursor.Point);
            watching.Progress.Applied(state.Sequence);
        }

        return Result<RiskState>.Accepted(state);
    }

    /// <summary>Runs units on so many threads.</summary>
    /// <param name="count">Threads; ≥ 1.</param>
    internal static UnitRun Threads(int count) => count == 1
        ? UnitRuns.InOrder
        : (units, unit) => Parallel.For(0, units, new ParallelOptions { MaxDegreeOfParallelism = count }, unit);
}
