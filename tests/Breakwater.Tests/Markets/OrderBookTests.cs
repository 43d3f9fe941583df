using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Tests.Markets;

/// <summary>A book is rebuilt from snapshot and changes, and agrees with what the venue showed.</summary>
public sealed class OrderBookTests
{
    private const long Start = 1_700_000_000_000;

    [Fact]
    public void The_recorded_book_shows_the_recorded_best_quotes_in_every_frame()
    {
        FlowObservations recorded = RecordedFlow.Book;
        OrderBook book = OrderBook.Rebuild("BTC", recorded, 10, 5_000);
        Assert.Equal(6_547, book.Visible.Length); // data README: frames from the snapshot on
        Assert.Equal((6_547, 6_547), OrderBook.Agreement(book.Visible, recorded.Quotes));
        Assert.Empty(book.Findings); // never crossed, no silence, chain of update numbers rises
        Assert.All(book.Visible, state => Assert.True(state.Best!.Value.BidUsd < state.Best!.Value.AskUsd));
    }

    [Fact]
    public void Changes_older_than_the_snapshot_are_dropped_and_later_ones_received_before_it_are_applied()
    {
        OrderBook book = Rebuild(
            Update(1, 10, (true, 99, 7)),
            Update(2, 21, (true, 100, 2)),
            Snapshot(3, 20, (true, 98, 1), (false, 102, 1)),
            Update(4, 22, (false, 101, 3)));
        Assert.Equal(2, book.Visible.Length);
        Assert.Equal(new BestQuotes(100, 2, 102, 1), book.Visible[0].Best);
        Assert.Equal(new BestQuotes(100, 2, 101, 3), book.Visible[1].Best);
        Assert.Equal([100d, 98d], book.Visible[0].Bids.Select(level => level.PriceUsd));
        Assert.Empty(book.Findings);
    }

    [Fact]
    public void Size_zero_removes_a_level() => Assert.Equal(
        new BestQuotes(98, 1, 102, 1),
        Rebuild(
            Snapshot(1, 20, (true, 99, 5), (true, 98, 1), (false, 102, 1)),
            Update(2, 21, (true, 99, 0))).Visible[^1].Best);

    [Fact]
    public void Repeats_overlaps_silences_and_crossings_are_found()
    {
        OrderBook book = Rebuild(
            Snapshot(1, 20, (true, 99, 5), (false, 102, 1)),
            Update(2, 21, (true, 100, 1)),
            Update(3, 21, (true, 100, 9)),
            new BookFrame(Timestamp.FromUnixMilliseconds(Start + 5_000), false, 21, 30, [new(true, 99.5, 1)]),
            Update(5_001, 31, (true, 103, 1)),
            Update(5_002, 32, (true, 99, 1)));
        Assert.Equal(2, book.Visible.Length);
        Assert.Equal(
            [FindingKind.HistoryHole, FindingKind.CrossedQuote, FindingKind.RejectedQuote, FindingKind.AbsurdValue],
            book.Findings.Select(finding => finding.Kind).OrderBy(kind => kind == FindingKind.HistoryHole ? 0 : 1)
                .ThenBy(kind => kind));
    }

    [Fact]
    public void Disagreement_with_the_published_quotes_is_found()
    {
        FlowObservations flow = FlowObservations.None with
        {
            Book = [Snapshot(1, 20, (true, 99, 5), (false, 102, 1)), Update(2, 21, (true, 99, 4))],
            Quotes = [new(Timestamp.FromUnixMilliseconds(Start), 20, new BestQuotes(99, 5, 102, 2))],
        };
        Assert.Contains("1 of 1", Assert.Single(OrderBook.Rebuild("BTC", flow, 5, 0).Findings).Message);
    }

    [Fact]
    public void Only_size_that_rested_without_a_break_counts()
    {
        OrderBook book = OrderBook.Rebuild("BTC", FlowObservations.None with
        {
            Book =
            [
                Snapshot(0, 1, (true, 99, 5), (false, 102, 1)),
                Update(4_000, 2, (true, 100, 50)),     // a spoof, placed …
                Update(6_000, 3, (true, 99, 3)),
                Update(8_500, 4, (true, 100, 0)),      // … and gone after 4.5 s
                Update(9_000, 5, (true, 99, 9)),
                Update(14_000, 6, (false, 103, 1)),
            ],
        }, 5, 5_000);
        Assert.Empty(book.Rested[0].Bids);
        Assert.All(book.Rested, state => Assert.DoesNotContain(state.Bids, level => level.PriceUsd == 100));
        Assert.Equal([3d, 3d, 3d, 9d], book.Rested.Skip(1).Select(state => state.Bids[0].Quantity));
    }

    private static OrderBook Rebuild(params BookFrame[] frames) =>
        OrderBook.Rebuild("BTC", FlowObservations.None with { Book = [.. frames] }, 5, 0);

    private static BookFrame Snapshot(long after, long id, params (bool IsBid, double Price, double Size)[] levels) =>
        Update(after, id, levels) with { IsSnapshot = true };

    private static BookFrame Update(long after, long id, params (bool IsBid, double Price, double Size)[] levels) =>
        new(Timestamp.FromUnixMilliseconds(Start + after), false, id, id,
            [.. levels.Select(level => new BookChange(level.IsBid, level.Price, level.Size))]);
}
