using System.Collections.Immutable;
using System.Diagnostics;
using Breakwater.Adapters.Feeds;
using Breakwater.Adapters.Feeds.Recorded;
using Breakwater.Adapters.Files;
using Breakwater.Instruments;
using Breakwater.IntegrationTests.Commands;
using Breakwater.Markets;
using Breakwater.Tests;

namespace Breakwater.IntegrationTests.Feeds;

/// <summary>Recordings are replayed as one feed, merged by time, at any speed.</summary>
public sealed class RecordedFeedTests
{
    private static readonly AssetId Btc = AssetId.Of("BTC");
    private static readonly Instrument Perpetual = InstrumentName.Parse("BTC_USDC-PERPETUAL");

    private static RecordedSelection Book => new(Timestamp.Parse("2030-01-01"))
    {
        Books = [new RecordedFile(Perpetual, SampleFiles.Of("samples/market/binance_btcusdt_perp_depth.csv.gz"))],
        Trades = [new RecordedFile(Perpetual, SampleFiles.Of("samples/market/binance_btcusdt_perp_trades.csv.gz"))],
    };

    private static RecordedSelection Market => new(Timestamp.Parse("2026-02-05T10:00:00Z"))
    {
        From = Timestamp.Parse("2026-01-28T00:00:00Z"),
        Chains =
        [
            SampleFiles.Of("samples/market/deribit_btc_chain.csv.gz"),
            SampleFiles.Of("samples/market/deribit_eth_chain.csv.gz"),
        ],
        Histories =
        [
            new AssetFile(Btc, SampleFiles.Of("samples/market/btcusd_1d.csv.gz")),
            new AssetFile(Btc, SampleFiles.Of("samples/market/binance_btcusdt_1h.csv.gz")),
        ],
        VolatilityIndices = [new AssetFile(Btc, SampleFiles.Of("samples/market/deribit_btc_dvol_1h.csv.gz"))],
    };

    [Fact]
    public async Task Chains_histories_and_indices_come_in_order_of_time_and_nothing_is_refused()
    {
        FeedLedger ledger = new(TimeProvider.System);
        ImmutableArray<FeedMessage> messages = await ReadAsync(Market, ledger, ReplaySpeed.Fastest);
        Assert.Equal(
            messages.Select(message => message.Stamp.VenueAt).Order(),
            messages.Select(message => message.Stamp.VenueAt));
        Assert.Equal(
            Enumerable.Range(0, messages.Length).Select(number => (long)number),
            messages.Select(message => message.Stamp.Number));
        Assert.Contains(messages, message => message is FeedMessage.QuoteChanged);
        Assert.Contains(messages, message => message is FeedMessage.IndexStated);
        Assert.Contains(messages, message => message is FeedMessage.VolatilityIndexChanged);
        Assert.Equal(FeedState.Ended, Assert.IsType<FeedMessage.StateChanged>(messages[^1]).State);
        Assert.Empty(ledger.Refusals);
    }

    [Fact]
    public async Task Every_row_of_a_recorded_chain_is_a_quote_with_its_numbers()
    {
        ImmutableArray<FeedMessage> messages = await ReadAsync(
            Market, new FeedLedger(TimeProvider.System), ReplaySpeed.Fastest);
        MarketObservations recorded = MarketFiles.Read(
            new MarketFileSelection([Market.Chains[0]], [], [], [], []), Market.Until).Value;
        ChainObservation chain = recorded.Underlyings.Single().Chain!;
        SortedDictionary<Instrument, VenueQuote> quotes = [];
        foreach (FeedMessage.QuoteChanged quote in messages.OfType<FeedMessage.QuoteChanged>()
            .Where(quote => quote.Stamp.VenueAt == chain.At && quote.Instrument.Underlying == Btc))
        {
            quotes.Add(quote.Instrument, quote.Quote);
        }

        Assert.Equal(chain.Rows.Length, quotes.Count);
        foreach (ChainRow row in chain.Rows)
        {
            VenueQuote quote = quotes[row.Option];
            Assert.Equal(row.MarkCoin, (double?)quote.Mark);
            Assert.Equal(row.MarkVolatilityAnnual, (double?)quote.MarkVolatilityAnnual);
            Assert.Equal(row.BidCoin is > 0d ? row.BidCoin : null, (double?)quote.Bid);
            Assert.Equal(row.ForwardUsd, (double?)quote.ForwardUsd);
        }
    }

    [Fact]
    public async Task The_replayed_book_is_the_rebuilt_one_after_every_frame()
    {
        ImmutableArray<FeedMessage> messages = await ReadAsync(
            Book, new FeedLedger(TimeProvider.System), ReplaySpeed.Fastest);
        FlowObservations flow = MarketFiles.Read(
            new MarketFileSelection([], [], [], [], []) { Books = [new AssetFile(Btc, Book.Books[0].Path)] },
            Book.Until).Value.Underlyings.Single().Flow;
        OrderBook rebuilt = OrderBook.Rebuild("BTC", flow, 10, 0L);
        FeedBook book = new();
        int compared = 0;
        foreach (FeedMessage message in messages)
        {
            if (message is FeedMessage.BookSnapshot snapshot)
            {
                book.Apply(snapshot);
            }
            else if (message is FeedMessage.BookChange change)
            {
                book.Apply(change);
                BookState state = rebuilt.Visible[compared++];
                Assert.Equal(state.UpdateId, book.UpdateId);
                Assert.Equal(state.Bids, book.Bids.Take(10).Select(LevelOf));
                Assert.Equal(state.Asks, book.Asks.Take(10).Select(LevelOf));
            }
        }

        Assert.Equal(rebuilt.Visible.Length, compared);
        Assert.Equal(301, messages.Count(message => message is FeedMessage.Traded));

        static BookLevel LevelOf(FeedLevel level) => new((double)level.Price, (double)level.Quantity);
    }

    [Fact]
    public async Task Of_a_quarter_of_a_million_recorded_messages_none_is_refused()
    {
        static string Data(string file) => SharedFolder.Require("data/" + file);
        FeedLedger ledger = new(TimeProvider.System);
        ImmutableArray<FeedMessage> messages = await ReadAsync(
            new RecordedSelection(Timestamp.Parse("2030-01-01"))
            {
                Chains = [Data("deribit_btc_option_chains.csv.gz")],
                VolatilityIndices = [new AssetFile(Btc, Data("dvol_btc_1h.csv.gz"))],
                Histories = [new AssetFile(Btc, Data("perp_btcusdt_1h.csv.gz"))],
                Trades =
                [
                    // The day of the crash, thin venues among them: none of its trades is a misprint.
                    new RecordedFile(
                        InstrumentName.Parse("BTC"), Data("gemini_btcusd_trades_2025-10-10.csv.gz")),
                    new RecordedFile(
                        InstrumentName.Parse("AVAX-PERPETUAL"),
                        Data("binance_coinm_avaxusd_perp_trades_2025-10-10_20h-24h.csv.gz") + "@10USD"),
                ],
            },
            ledger, ReplaySpeed.Fastest);
        Assert.Equal(249_534, messages.Count(message => message is not FeedMessage.StateChanged));
        Assert.Empty(ledger.Refusals);
        Assert.DoesNotContain(messages, message => message is FeedMessage.Gap);
    }

    [Fact]
    public async Task Speed_changes_when_messages_come_and_nothing_else()
    {
        ImmutableArray<FeedMessage> fastest = await ReadAsync(
            Book, new FeedLedger(TimeProvider.System), ReplaySpeed.Fastest);
        Stopwatch clock = Stopwatch.StartNew();
        ImmutableArray<FeedMessage> slower = await ReadAsync(
            Book, new FeedLedger(TimeProvider.System), ReplaySpeed.Times(20));
        TimeSpan took = clock.Elapsed;
        Assert.Equal(fastest.Select(Told), slower.Select(Told));
        long recorded = fastest[^1].Stamp.VenueAt.MillisecondsSince(fastest[0].Stamp.VenueAt);
        Assert.True(took.TotalMilliseconds >= recorded / 20d, $"{took.TotalMilliseconds} ms for {recorded} ms at 20×");

        static string Told(FeedMessage message) => message is FeedMessage.BookSnapshot or FeedMessage.BookChange
            ? $"{message.Stamp} {message.GetType().Name}" // lists of levels print as their type only
            : message.ToString();
    }

    [Fact]
    public async Task A_replay_that_is_cancelled_ends_without_an_exception()
    {
        using CancellationTokenSource cancel = new();
        RecordedFeed feed = RecordedFeed.Open(
            Book, new FeedLedger(TimeProvider.System), ReplaySpeed.Times(0.001), TimeProvider.System).Value;
        cancel.CancelAfter(TimeSpan.FromMilliseconds(100));
        int count = 0;
        await foreach (FeedMessage message in feed.ReadAsync(cancel.Token))
        {
            count++;
        }

        Assert.InRange(count, 0, feed.MessageCount - 1);
    }

    [Fact]
    public void Bad_files_are_refused_by_name_and_nothing_is_replayed()
    {
        using TemporaryFolder folder = new();
        string bad = folder.Write("bad.csv", "recv_ns,exch_ms,trade_id\n1,2,3\n");
        Result<RecordedFeed> feed = RecordedFeed.Open(
            Market with { Trades = [new RecordedFile(Perpetual, bad)], Chains = ["absent.csv"] },
            new FeedLedger(TimeProvider.System), ReplaySpeed.Fastest, TimeProvider.System);
        Assert.False(feed.IsAccepted);
        Assert.Contains(feed.Failures, failure => failure.File == bad);
        Assert.Contains(feed.Failures, failure => failure.File == "absent.csv");
    }

    [Theory]
    [InlineData(0d)]
    [InlineData(-1d)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_speed_that_is_no_speed_is_refused(double factor) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ReplaySpeed.Times(factor));

    private static async Task<ImmutableArray<FeedMessage>> ReadAsync(
        RecordedSelection selection, FeedLedger ledger, ReplaySpeed speed)
    {
        Result<RecordedFeed> feed = RecordedFeed.Open(selection, ledger, speed, TimeProvider.System);
        Assert.True(feed.IsAccepted, string.Join('\n', feed.Failures));
        List<FeedMessage> messages = [];
        await foreach (FeedMessage message in feed.Value.ReadAsync(CancellationToken.None))
        {
            messages.Add(message);
        }

        return [.. messages];
    }
}
