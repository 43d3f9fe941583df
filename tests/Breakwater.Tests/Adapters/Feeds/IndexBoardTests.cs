using Breakwater.Adapters.Feeds;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Tests.Adapters.Feeds;

/// <summary>An index of what several feeds say, with every rejection counted once.</summary>
public sealed class IndexBoardTests
{
    private static readonly AssetId Btc = AssetId.Of("BTC");
    private static readonly Instrument Spot = InstrumentName.Parse("BTC");

    private static readonly IndexRules Rules =
        IndexRules.Of([new("a", 1), new("b:BTC", 1), new("c:BTC", 1), new("d:BTC", 1)]).Value;

    private readonly FeedLedger _ledger = new(new ManualTime(DateTimeOffset.UnixEpoch));

    [Fact]
    public void Prices_quotes_and_books_of_the_listed_sources_make_the_index()
    {
        IndexBoard board = Board();
        board.Take(new FeedMessage.IndexStated(Stamp("stranger"), Btc, 1m));
        board.Take(new FeedMessage.IndexStated(Stamp("a"), AssetId.Of("ETH"), 2_000m));
        IndexPrice index = board.At(FeedBench.Start);
        Assert.Equal((100.15, MarketMode.Normal), (Math.Round(index.PriceUsd!.Value, 9), index.Mode));
        Assert.Equal(["a", "b:BTC", "c:BTC", "d:BTC"], index.Used);
        Assert.Empty(_ledger.Refusals);
    }

    [Fact]
    public void A_lost_book_is_no_source_until_its_next_snapshot()
    {
        IndexBoard board = Board();
        board.Take(new FeedMessage.Gap(Stamp("c"), Spot, FeedPart.Book, FeedGapReason.MissedNumber, string.Empty));
        Assert.Equal(["a", "b:BTC", "d:BTC"], board.At(FeedBench.Start).Used);
        board.Take(new FeedMessage.BookChange(Stamp("c"), Spot, 6, 6, 5, [new FeedLevel(100m, 1m)], []));
        Assert.Equal(["a", "b:BTC", "d:BTC"], board.At(FeedBench.Start).Used);
        board.Take(Snapshot("c", 100.1m, 100.3m));
        Assert.Equal(["a", "b:BTC", "c:BTC", "d:BTC"], board.At(FeedBench.Start).Used);
    }

    [Fact]
    public void A_price_that_is_left_out_is_counted_once_however_often_the_index_is_made()
    {
        IndexBoard board = Board();
        board.Take(new FeedMessage.IndexStated(Stamp("a"), Btc, 77m));
        for (int second = 0; second < 5; second++)
        {
            Assert.Equal("a", Assert.Single(board.At(FeedBench.Start.AddMilliseconds(second)).Rejections).Source);
        }

        Assert.Equal(
            new RefusalCount(FeedStage.Index, "a", FailureReason.Inconsistent, 1), Assert.Single(_ledger.Refusals));
        board.Take(new FeedMessage.IndexStated(Stamp("a"), Btc, 78m));
        board.At(FeedBench.Start);
        Assert.Equal(2, Assert.Single(_ledger.Refusals).Count);
    }

    [Fact]
    public void Sources_that_fall_silent_halt_the_market()
    {
        IndexBoard board = Board();
        IndexPrice index = board.At(FeedBench.Start.AddMilliseconds(60_001));
        Assert.Equal((null, MarketMode.Halted), (index.PriceUsd, index.Mode));
        Assert.Equal(4, _ledger.Refusals.Sum(refusal => refusal.Count));
    }

    private static FeedStamp Stamp(string feed) => new(feed, 0, FeedBench.Start, FeedBench.Start, 0);

    private static FeedMessage.BookSnapshot Snapshot(string feed, decimal bid, decimal ask) => new(
        Stamp(feed), Spot, 5, [new FeedLevel(bid, 1m)], [new FeedLevel(ask, 1m)]);

    private IndexBoard Board()
    {
        IndexBoard board = new(Btc, Rules, _ledger);
        board.Take(new FeedMessage.IndexStated(Stamp("a"), Btc, 100m));
        board.Take(new FeedMessage.QuoteChanged(
            Stamp("b"), Spot, new VenueQuote { Bid = 100m, Ask = 100.2m }));
        board.Take(Snapshot("c", 100.1m, 100.3m));
        board.Take(Snapshot("d", 100.2m, 100.4m));
        return board;
    }
}
