using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Feeds.Recorded;

/// <summary>A feed that replays recordings, merged by time, through the same checks as a live one.</summary>
/// <remarks>Its messages bear the recorded time as that of the venue and of receipt. It can be read again, from the
/// start; equal recordings give equal messages at any speed.</remarks>
public sealed class RecordedFeed : IMarketFeed
{
    private readonly ImmutableArray<FeedMessage> _messages;
    private readonly FeedLedger _ledger;
    private readonly ReplaySpeed _speed;
    private readonly TimeProvider _time;

    private RecordedFeed(
        string source, ImmutableArray<FeedMessage> messages, FeedLedger ledger, ReplaySpeed speed, TimeProvider time)
    {
        Source = source;
        _messages = messages;
        _ledger = ledger;
        _speed = speed;
        _time = time;
    }

    /// <inheritdoc/>
    public string Source { get; }

    /// <summary>Messages recorded.</summary>
    public int MessageCount => _messages.Length;

    /// <summary>Time of the first message; <c>null</c> if nothing is recorded.</summary>
    public Timestamp? First => _messages.IsEmpty ? null : _messages[0].Stamp.VenueAt;

    /// <summary>Time of the last message; <c>null</c> if nothing is recorded.</summary>
    public Timestamp? Last => _messages.IsEmpty ? null : _messages[^1].Stamp.VenueAt;

    /// <summary>Reads recordings, whole.</summary>
    /// <param name="selection">The files.</param>
    /// <param name="ledger">Where messages are counted, and what is refused is kept.</param>
    /// <param name="speed">How fast recorded time passes.</param>
    /// <param name="time">Clock that it passes by.</param>
    /// <returns>The feed, or every refusal of every file.</returns>
    public static Result<RecordedFeed> Open(
        RecordedSelection selection, FeedLedger ledger, ReplaySpeed speed, TimeProvider time)
    {
        Result<ImmutableArray<FeedMessage>> messages = RecordedMessages.Of(selection);
        return messages.IsAccepted
            ? Result<RecordedFeed>.Accepted(new RecordedFeed(selection.Source, messages.Value, ledger, speed, time))
            : Result<RecordedFeed>.Refused(messages.Failures);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedMessage> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        FeedIntake intake = new(
            Source, new VenueNumbering(BookNumbering.RisingRanges, AreTradesConsecutive: true), Books(), _ledger);
        List<FeedMessage> output = [];
        long start = _time.GetTimestamp();
        FeedArrival arrival = default;
        foreach (FeedMessage recorded in _messages)
        {
            long recordedMilliseconds = recorded.Stamp.VenueAt.MillisecondsSince(_messages[0].Stamp.VenueAt);
            await WaitAsync(_speed.Due(recordedMilliseconds) - _time.GetElapsedTime(start), cancel)
                .ConfigureAwait(false);
            if (cancel.IsCancellationRequested)
            {
                yield break;
            }

            arrival = new FeedArrival(recorded.Stamp.VenueAt, recordedMilliseconds * 1_000_000L);
            intake.Take(
                recorded with { Stamp = recorded.Stamp with { ReceivedNanoseconds = arrival.Nanoseconds } }, arrival,
                output);
            foreach (FeedMessage message in output)
            {
                yield return message;
            }

            output.Clear();
        }

        intake.Say(FeedState.Ended, string.Empty, arrival, output);
        yield return output[0];
    }

    private async Task WaitAsync(TimeSpan wait, CancellationToken cancel)
    {
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, _time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private IEnumerable<Instrument> Books() => _messages.Select(message => message switch
    {
        FeedMessage.BookSnapshot snapshot => snapshot.Instrument,
        FeedMessage.BookChange change => change.Instrument,
        _ => null,
    }).OfType<Instrument>().Distinct();
}
