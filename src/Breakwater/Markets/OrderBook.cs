using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Instruments;

namespace Breakwater.Markets;

/// <summary>A book rebuilt from a recording: its best levels after every frame.</summary>
/// <param name="Visible">What was shown, after every applied frame of changes.</param>
/// <param name="Rested">The same instants, counting only size that had rested long enough without a break: a level that
/// lives less is never counted, neither when it comes nor when it goes (METHODOLOGY 4.6, spoof guard).</param>
/// <param name="Findings">Breaks of the chain, silences, crossings and disagreements with the published best quotes.
/// </param>
public sealed record OrderBook(
    ImmutableArray<BookState> Visible, ImmutableArray<BookState> Rested, ImmutableArray<Finding> Findings)
{
    private const long SilenceMilliseconds = 1000; // a feed of 50 to 100 ms that is silent for ten frames has a gap

    /// <summary>Rebuilds a book.</summary>
    /// <remarks>
    /// A snapshot states the book; changes already received whose last number is not below the snapshot's are applied
    /// again on top of it, older ones are dropped. Numbers must rise from frame to frame and ranges must not overlap
    /// (they need not be adjacent: the venue numbers all its books together). A size of 0 removes a level. A book that
    /// crosses is thrown away until the next snapshot.
    /// </remarks>
    /// <param name="subject">What the findings are about.</param>
    /// <param name="flow">The recording.</param>
    /// <param name="levelCount">Levels kept on each side; ≥ 1.</param>
    /// <param name="restMilliseconds">How long size must have rested to count, milliseconds; ≥ 0.</param>
    public static OrderBook Rebuild(
        string subject, FlowObservations flow, int levelCount, long restMilliseconds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(levelCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(restMilliseconds);
        Replay replay = new(flow.Book, levelCount, restMilliseconds, new FindingTally(subject, "frames of the book",
            flow.Book.Length));
        replay.Run();
        List<Finding> findings = [.. replay.Findings];
        Compare(subject, replay.Visible, flow.Quotes, findings);
        return new OrderBook([.. replay.Visible], [.. replay.Rested], [.. findings]);
    }

    /// <summary>How many states show the best quotes that the venue published last before them.</summary>
    /// <param name="states">States of the rebuilt book.</param>
    /// <param name="quotes">Published best quotes, numbers not falling.</param>
    /// <returns>States that agree, and states that could be compared.</returns>
    public static (int AgreeingCount, int ComparedCount) Agreement(
        IReadOnlyList<BookState> states, ImmutableArray<QuoteFrame> quotes)
    {
        int agreeing = 0;
        int compared = 0;
        int next = 0;
        foreach (BookState state in states)
        {
            while (next < quotes.Length && quotes[next].UpdateId <= state.UpdateId)
            {
                next++;
            }

            if (next > 0)
            {
                compared++;
                agreeing += state.Best == quotes[next - 1].Best ? 1 : 0;
            }
        }

        return (agreeing, compared);
    }

    private static void Compare(
        string subject, List<BookState> states, ImmutableArray<QuoteFrame> quotes, List<Finding> findings)
    {
        (int agreeing, int compared) = Agreement(states, quotes);
        if (agreeing < compared)
        {
            findings.Add(new Finding(FindingKind.AbsurdValue, subject, string.Create(
                CultureInfo.InvariantCulture,
                $"the rebuilt book shows other best quotes than the venue published in {compared - agreeing} of "
                    + $"{compared} frames")));
        }
    }

    private sealed class Replay(
        ImmutableArray<BookFrame> frames, int levelCount, long restMilliseconds, FindingTally tally)
    {
        private readonly BookSide _bids = new(isBid: true);
        private readonly BookSide _asks = new(isBid: false);
        private bool _isKnown;

        internal List<BookState> Visible { get; } = [];

        internal List<BookState> Rested { get; } = [];

        internal List<Finding> Findings { get; } = [];

        internal void Run()
        {
            long last = -1;
            long before = -1;
            for (int index = 0; index < frames.Length; index++)
            {
                BookFrame frame = frames[index];
                if (frame.IsSnapshot)
                {
                    Restart(index);
                    continue;
                }

                bool isNext = IsNext(frame, last, before);
                before = frame.At.UnixMilliseconds;
                last = Math.Max(last, frame.LastUpdateId);
                if (_isKnown && isNext)
                {
                    Apply(frame, frame.At);
                }
            }

            tally.AddTo(Findings);
        }

        private bool IsNext(BookFrame frame, long last, long before)
        {
            string name = frame.LastUpdateId.ToString(CultureInfo.InvariantCulture);
            if (frame.LastUpdateId <= last)
            {
                tally.Count(FindingKind.RejectedQuote, "repeat or precede what was applied; left out", name);
                return false;
            }

            if (frame.FirstUpdateId <= last)
            {
                tally.Count(FindingKind.AbsurdValue, "overlap the one before; applied", name);
            }

            if (before >= 0 && frame.At.UnixMilliseconds - before > SilenceMilliseconds)
            {
                tally.Count(FindingKind.HistoryHole, "follow a silence of over 1 s; applied", name);
            }

            return true;
        }

        private void Restart(int index)
        {
            BookFrame snapshot = frames[index];
            _bids.Clear();
            _asks.Clear();
            _isKnown = true;
            Change(snapshot, snapshot.At);
            for (int earlier = 0; earlier < index; earlier++)
            {
                if (!frames[earlier].IsSnapshot && frames[earlier].LastUpdateId >= snapshot.LastUpdateId)
                {
                    Apply(frames[earlier], snapshot.At);
                }
            }
        }

        private void Apply(BookFrame frame, Timestamp at)
        {
            Change(frame, at);
            if (_bids.BestUsd is { } bid && _asks.BestUsd is { } ask && bid >= ask)
            {
                tally.Count(
                    FindingKind.CrossedQuote, "cross the book; thrown away until the next snapshot",
                    frame.LastUpdateId.ToString(CultureInfo.InvariantCulture));
                _isKnown = false;
                return;
            }

            Visible.Add(State(frame, at, 0L));
            Rested.Add(State(frame, at, restMilliseconds));
        }

        private void Change(BookFrame frame, Timestamp at)
        {
            foreach (BookChange change in frame.Changes)
            {
                (change.IsBid ? _bids : _asks).Set(change.PriceUsd, change.Quantity, at.UnixMilliseconds);
            }
        }

        private BookState State(BookFrame frame, Timestamp at, long rest) => new(
            at, frame.LastUpdateId,
            _bids.Best(levelCount, at.UnixMilliseconds, rest), _asks.Best(levelCount, at.UnixMilliseconds, rest));
    }
}
