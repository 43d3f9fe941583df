using System.Collections.Immutable;
using System.Diagnostics;
using System.Threading.Channels;
using Breakwater.Accounts.Ledgers;
using Breakwater.Adapters.Storage;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Server.History;

namespace Breakwater.Server.Loop;

/// <summary>The one writer: takes what has gathered, makes it durable, applies it, publishes, answers.</summary>
internal sealed class EngineLoop(
    Journal journal, RiskEngine engine, EngineClock clock, EngineHealth health, EngineOptions options,
    SnapshotKeeper snapshots, HistoryRecorder? history, RiskState start)
{
    private RiskState _state = start;
    private volatile RiskView _view = new(start);

    /// <summary>The newest view.</summary>
    internal RiskView View => _view;

    /// <summary>Runs until the queue is completed and empty, or something ends it for good.</summary>
    /// <param name="queue">Where events come from.</param>
    /// <param name="published">Told of every batch.</param>
    /// <returns>Whether it ended because the queue did.</returns>
    internal async Task<bool> RunAsync(
        ChannelReader<Submission> queue, Action<RiskView, ImmutableArray<Effect>> published)
    {
        List<Submission> batch = new(options.BatchCountMax);
        try
        {
            while (await queue.WaitToReadAsync().ConfigureAwait(false))
            {
                batch.Clear();
                while (batch.Count < options.BatchCountMax && queue.TryRead(out Submission? next)) batch.Add(next);
                await TakeAsync(batch, published).ConfigureAwait(false);
                history?.NoteEnd(journal.Durable);
                snapshots.Consider(_state, journal.Durable);
            }

            return true;
        }
#pragma warning disable CA1031 // Whatever it is, nothing more may be published, and everybody who waits is told.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            health.Stop(cause is JournalStoppedException
                ? cause.Message
                : $"a defect of ours ({cause.GetType().Name}: {cause.Message})");
            await FailAsync(batch, queue, cause).ConfigureAwait(false);
            return false;
        }
    }

    private async Task TakeAsync(List<Submission> batch, Action<RiskView, ImmutableArray<Effect>> published)
    {
        Timestamp now = clock.Now;
        Timestamp at = now > _state.At ? now : _state.At;
        RiskEvent[] events = [.. batch.Select(own => own.At(at))];
        Appended?[] durable = await Task.WhenAll(events.Select(AppendAsync)).ConfigureAwait(false);
        ImmutableArray<Effect>.Builder effects = ImmutableArray.CreateBuilder<Effect>();
        Answer[] answers = new Answer[events.Length];
        for (int index = 0; index < events.Length; index++)
        {
            answers[index] = durable[index] is not { } appended ? Unwritable()
                : appended.IsRepeat ? Known(events[index], appended.Sequence)
                : Apply(events[index], appended.Sequence, effects);
        }

        _view = new RiskView(_state);
        health.Batch(events.Length, answers.Count(static own => own.Refusal is not null));
        published(_view, effects.ToImmutable());
        for (int index = 0; index < events.Length; index++) batch[index].TrySetResult(answers[index]);
    }

    // What could not be read again must not be written: no restart would get past it.
    private async Task<Appended?> AppendAsync(RiskEvent happened)
    {
        ReadOnlyMemory<byte> bytes = RiskEventEncoding.Encode(happened).AsMemory();
        if (bytes.Length > options.Journal.PayloadBytesMax || !RiskEventEncoding.Decode(bytes.Span).IsAccepted)
        {
            return null;
        }

        return await journal.AppendAsync(EventEntry.Of(happened, bytes)).ConfigureAwait(false);
    }

    private Answer Unwritable() => new(_state.Sequence, new Failure(
        FailureReason.TooLarge, "the event, or a name or list in it, is longer than the journal takes",
        Limit: $"{options.Journal.PayloadBytesMax} bytes; names of {LedgerLimits.NameLengthMax} characters"));

    private Answer Apply(RiskEvent happened, long record, ImmutableArray<Effect>.Builder effects)
    {
        long begun = Stopwatch.GetTimestamp();
        RiskOutcome outcome = engine.Apply(_state, happened);
        if (happened is RiskEvent.ClockTick) health.Tick(Stopwatch.GetElapsedTime(begun));
        RiskState before = _state;
        _state = outcome.State;
        Check.That(
            record == Genesis.RecordOf(_state.Sequence),
            $"record {record} of the journal is event {_state.Sequence} of the engine");
        effects.AddRange(outcome.Effects);
        history?.Note(happened, before, outcome);
        return new Answer(_state.Sequence, Answer.RefusalOf(outcome.Effects));
    }

    // The journal knows every name, the engine the answers of the newest.
    private Answer Known(RiskEvent happened, long record) =>
        _state.Commands.Find(RiskEventEncoding.CommandIdOf(happened)!) is { } known // only commands repeat
            ? new Answer(known.Sequence, known.Refusal)
            : new Answer(Genesis.EventOf(record), new Failure(
                FailureReason.Duplicate, "the command was decided long ago and its answer is no longer kept",
                Value: $"sequence {Genesis.EventOf(record)}"));

    private async Task FailAsync(List<Submission> batch, ChannelReader<Submission> queue, Exception cause)
    {
        EngineStoppedException stopped = new(health.Stopped!, cause); // set just before
        foreach (Submission own in batch) own.TrySetException(stopped);
        await foreach (Submission own in queue.ReadAllAsync().ConfigureAwait(false)) own.TrySetException(stopped);
    }
}
