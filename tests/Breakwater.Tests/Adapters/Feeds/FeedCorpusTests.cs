using System.Text;
using Breakwater.Adapters.Feeds;
using Breakwater.Adapters.Feeds.Binance;
using Breakwater.Instruments;

namespace Breakwater.Tests.Adapters.Feeds;

/// <summary>Corpora of bad messages: none is accepted, none is unhandled, each is counted once. RELIABILITY T-I1 to
/// T-I3.</summary>
public sealed class FeedCorpusTests
{
    internal const string Good = "\"best_bid_price\":64000,\"best_bid_amount\":10,\"best_ask_price\":64000.5,"
        + "\"best_ask_amount\":20,\"mark_price\":64000.2,\"index_price\":63990.1";

    // Texts that stand in place of a number.
    internal static readonly string[] NoNumbers =
    [
        "NaN", "Infinity", "-Infinity", "\"NaN\"", "\"Infinity\"", "-5", "\"-5\"", "1e400", "\"1e400\"", "1e-400",
        "1e15", "\"١٢٣\"", "\"１２\"", "\"1,000\"", "\"0x10\"", "\"\"", "\" 1\"", "\"1 \"", "\"1_000\"",
        "\"1e\"", "\".5\"", "\"5.\"", "true", "[]", "{}", "[1]", "{\"a\":1}", "1.2.3", "--1", "+1", "01", "\"1e99999\"",
        "1234567890123456789012345678901234567890", "\"\\u0031\\u0660\"",
    ];

    [Fact]
    public void The_good_message_is_accepted()
    {
        FeedBench bench = FeedBench.OfDeribit();
        bench.Read(VenueJson.Ticker("BTC-PERPETUAL", Good));
        Assert.Equal(64000.5m, Assert.IsType<FeedMessage.QuoteChanged>(Assert.Single(bench.Accepted)).Quote.Ask);
        Assert.Equal(0, bench.RefusedCount);
    }

    [Fact]
    public void T_I1_No_text_that_is_no_number_passes_for_one()
    {
        List<byte[]> corpus = [];
        foreach (string bad in NoNumbers)
        {
            corpus.AddRange(
            [
                Bytes(VenueJson.Ticker("BTC-PERPETUAL", Good.Replace("64000.5", bad, StringComparison.Ordinal))),
                Bytes(VenueJson.Ticker("BTC-PERPETUAL", Good.Replace(":10,", $":{bad},", StringComparison.Ordinal))),
                Bytes(VenueJson.Ticker(
                    "BTC-PERPETUAL", Good.Replace("63990.1", bad, StringComparison.Ordinal))),
                Bytes(VenueJson.Trade(1, bad)),
            ]);
        }

        NoneAccepted(FeedBench.OfDeribit(), corpus);
    }

    [Fact]
    public void T_I1_No_spoilt_document_passes()
    {
        string good = VenueJson.Ticker("BTC-PERPETUAL", Good);
        string deep = string.Concat(Enumerable.Repeat("[", 100_000));
        byte[] invalid = Bytes(good);
        invalid[good.IndexOf("open", StringComparison.Ordinal)] = 0xFF;
        List<byte[]> corpus =
        [
            [], [0], [0xEF, 0xBB, 0xBF], invalid, Bytes("{"), Bytes("}"), Bytes("null"), Bytes("[]"), Bytes("1"),
            Bytes("\"text\""), Bytes("{}"), Bytes(good[..^1]), Bytes(good + "x"), Bytes(good + good), Bytes(deep),
            Bytes(good.Replace("\"state\":\"open\"", $"\"state\":{deep}", StringComparison.Ordinal)),
            Bytes(good.Replace("open", new string('a', 1_000_000), StringComparison.Ordinal)),
            Bytes(good.Replace("state", new string('a', 1_000_000), StringComparison.Ordinal)),
            Bytes(good.Replace("open", "\\ud800", StringComparison.Ordinal)),
            Bytes(good.Replace("\"state\":\"open\"", "\"best_bid_price\":1", StringComparison.Ordinal)),
            Bytes(good.Replace("\"jsonrpc\":\"2.0\"", "\"method\":\"x\"", StringComparison.Ordinal)),
            Bytes(good.Replace("subscription", "unknown", StringComparison.Ordinal)),
            Bytes(good.Replace("\"data\"", "\"date\"", StringComparison.Ordinal)),
            Bytes(good.Replace("ticker.BTC", "ticker.ETH", StringComparison.Ordinal)),
            Bytes(good.Replace("_name\":\"BTC", "_name\":\"ETH", StringComparison.Ordinal)),
            Bytes(good.Replace("\"timestamp\":", "\"time\":", StringComparison.Ordinal)),
            Bytes(good.Replace("{", "/*comment*/{", StringComparison.Ordinal)),
            Bytes(good.Replace("}", ",}", StringComparison.Ordinal)),
            Bytes("{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":\"ok\"}"), Bytes("{\"id\":\"x\"}"),
            Bytes("{\"method\":\"heartbeat\"}"), Bytes("{\"method\":\"heartbeat\",\"params\":{\"type\":5}}"),
            Bytes("{\"method\":{},\"params\":{}}"), Bytes("{\"method\":\"subscription\",\"params\":[]}"),
        ];
        NoneAccepted(FeedBench.OfDeribit(), corpus);
    }

    [Fact]
    public void T_I1_No_text_that_is_no_number_passes_in_a_depth_stream()
    {
        string good = VenueJson.Depth(5, 9, 4, [new FeedLevel(64000.5m, 2.25m)], [new FeedLevel(64001m, 1m)]);
        List<byte[]> corpus = [];
        foreach (string bad in NoNumbers)
        {
            corpus.Add(Bytes(good.Replace("\"64000.5\"", bad, StringComparison.Ordinal)));
            corpus.Add(Bytes(good.Replace("\"2.25\"", bad, StringComparison.Ordinal)));
            corpus.Add(Bytes(good.Replace("\"u\":9", $"\"u\":{bad}", StringComparison.Ordinal)));
            corpus.Add(Bytes(good.Replace("\"E\":1", $"\"E\":{bad}", StringComparison.Ordinal)));
        }

        corpus.AddRange(
        [
            Bytes(good.Replace("BTCUSDT", "ETHUSDT", StringComparison.Ordinal)),
            Bytes(good.Replace("btcusdt", "ethusdt", StringComparison.Ordinal)),
            Bytes(good.Replace("\"u\":9", "\"u\":3", StringComparison.Ordinal)),
            Bytes(good.Replace("\"pu\":4", "\"pu\":6", StringComparison.Ordinal)),
            Bytes(good.Replace("\"pu\":4,", string.Empty, StringComparison.Ordinal)),
            Bytes(good.Replace("depthUpdate", "depthUpDate", StringComparison.Ordinal)),
            Bytes(good.Replace("[[\"64000.5\",\"2.25\"]]", "[[\"64000.5\"]]", StringComparison.Ordinal)),
            Bytes(good.Replace("[[\"64000.5\",\"2.25\"]]", "[\"64000.5\",\"2.25\"]", StringComparison.Ordinal)),
            Bytes(good.Replace("[[\"64000.5\",\"2.25\"]]", "null", StringComparison.Ordinal)),
        ]);
        NoneAccepted(FeedBench.OfBinance(BinanceMarketKind.Futures), corpus);
    }

    [Fact]
    public void T_I2_Crossed_locked_empty_and_off_tick_quotes_are_refused()
    {
        FeedBench bench = FeedBench.OfDeribit(FeedBench.Perpetual);
        bench.Read(VenueJson.Ticker("BTC-PERPETUAL", Good));
        int before = bench.Output.Count;
        long at = FeedBench.Start.UnixMilliseconds + 100;
        List<byte[]> corpus =
        [
            Bytes(VenueJson.Ticker("BTC-PERPETUAL", Quote("64001", "10", "64000", "10"), at)),
            Bytes(VenueJson.Ticker("BTC-PERPETUAL", Quote("64000", "10", "64000", "10"), at)),
            Bytes(VenueJson.Ticker("BTC-PERPETUAL", Quote("64000", "0", "64001", "10"), at)),
            Bytes(VenueJson.Ticker("BTC-PERPETUAL", Quote("64000", "10", "64001", "0"), at)),
            Bytes(VenueJson.Ticker("BTC-PERPETUAL", Quote("6400", "10", "6401", "10"), at)),
            Bytes(VenueJson.Ticker("BTC-PERPETUAL", Quote("640000", "10", "640010", "10"), at)),
            Bytes(VenueJson.Ticker("BTC-27MAR26-90000-C", "\"mark_price\":1.2,\"underlying_price\":64000", at)),
            Bytes(VenueJson.Ticker("BTC-27MAR26-90000-C", "\"mark_price\":0.1,\"mark_iv\":100000", at)),
            Bytes(VenueJson.DeribitSnapshot(1, [new FeedLevel(99, 0)], [new FeedLevel(101, 1)])),
            Bytes(VenueJson.DeribitSnapshot(1, [new FeedLevel(102, 1)], [new FeedLevel(101, 1)])),
            Bytes(VenueJson.DeribitSnapshot(1, [new FeedLevel(101, 1)], [new FeedLevel(101, 1)])),
        ];
        foreach (byte[] bytes in corpus)
        {
            bench.Read(bytes);
        }

        Assert.Equal(corpus.Count, bench.RefusedCount);
        Assert.Single(bench.Accepted);
        Assert.True(bench.Output.Count > before); // gaps of the book, and the news that the feed is unhealthy
    }

    [Fact]
    public void T_I2_A_price_between_the_ticks_of_a_listed_instrument_is_refused()
    {
        FeedBench bench = FeedBench.OfDeribitListing();
        bench.Read("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":[{\"instrument_name\":\"BTC-PERPETUAL\",\"tick_size\":0.5,"
            + "\"min_trade_amount\":10,\"is_active\":true,\"expiration_timestamp\":32503708800000}]}");
        Assert.IsType<FeedMessage.InstrumentListed>(Assert.Single(bench.Accepted));
        bench.Read(VenueJson.Ticker("BTC-PERPETUAL", Good.Replace("64000.5", "64000.7", StringComparison.Ordinal)));
        RefusalCount refusal = Assert.Single(bench.Ledger.Refusals);
        Assert.Equal((FeedStage.Plausibility, FailureReason.Inconsistent), (refusal.Stage, refusal.Reason));
        bench.Read(VenueJson.Ticker("BTC-PERPETUAL", Good));
        Assert.Equal(2, bench.Accepted.Length);
    }

    [Theory]
    [InlineData(1L)] // the right unit, for comparison
    [InlineData(1_000L)]
    [InlineData(1_000_000L)]
    public void T_I3_Times_in_micro_or_nanoseconds_are_refused(long unitsPerMillisecond)
    {
        FeedBench bench = FeedBench.OfDeribit();
        bench.Read(VenueJson.Ticker("BTC-PERPETUAL", Good, FeedBench.Start.UnixMilliseconds * unitsPerMillisecond));
        Assert.Equal(unitsPerMillisecond == 1L ? 0 : 1, bench.RefusedCount);
        Assert.Equal(unitsPerMillisecond == 1L ? 1 : 0, bench.Accepted.Length);
    }

    [Fact]
    public void T_I3_A_time_in_seconds_is_refused()
    {
        FeedBench bench = FeedBench.OfDeribit();
        bench.Read(VenueJson.Ticker("BTC-PERPETUAL", Good, FeedBench.Start.UnixMilliseconds / 1000));
        Assert.Equal(FeedStage.Clock, Assert.Single(bench.Ledger.Refusals).Stage);
    }

    [Theory]
    [InlineData(2_000, true)]
    [InlineData(2_001, false)]
    [InlineData(-2_000, true)]
    [InlineData(-2_001, false)]
    public void T_I3_A_trade_whose_clock_is_more_than_2_s_from_ours_is_refused(int skewMilliseconds, bool isAccepted)
    {
        FeedBench bench = FeedBench.OfDeribit();
        bench.Read(VenueJson.Trade(1, atMilliseconds: FeedBench.Start.UnixMilliseconds + skewMilliseconds));
        Assert.Equal(isAccepted, bench.Accepted.Length == 1);
        Assert.Equal(isAccepted ? 0 : 1, bench.RefusedCount);
    }

    [Fact]
    public void T_I3_Missing_trades_are_a_gap_and_repeated_or_late_ones_are_refused()
    {
        FeedBench bench = FeedBench.OfDeribit();
        foreach (long number in (long[])[5, 6, 6, 9, 7, 10])
        {
            bench.Read(VenueJson.Trade(number));
        }

        Assert.Equal([5, 6, 9, 10], bench.Accepted.Cast<FeedMessage.Traded>().Select(trade => trade.TradeNumber));
        FeedMessage.Gap gap = Assert.Single(bench.Output.OfType<FeedMessage.Gap>());
        Assert.Equal("trades 7 to 8 are missing", gap.Message);
        Assert.Equal(
            [FailureReason.Duplicate, FailureReason.OutOfOrder],
            bench.Ledger.Refusals.Select(refusal => refusal.Reason));
    }

    [Fact]
    public void T_I3_Any_permutation_of_quotes_leaves_the_newest()
    {
        Random random = new(3);
        for (int round = 0; round < 200; round++)
        {
            int[] order = [.. Enumerable.Range(0, 8)];
            random.Shuffle(order);
            FeedBench bench = FeedBench.OfDeribit();
            foreach (int step in order)
            {
                bench.Read(VenueJson.Ticker(
                    "BTC-PERPETUAL", $"\"mark_price\":{64000 + step}", FeedBench.Start.UnixMilliseconds + step));
            }

            Assert.Equal(64007m, ((FeedMessage.QuoteChanged)bench.Accepted[^1]).Quote.Mark);
            Assert.Equal(8, bench.Accepted.Length + bench.RefusedCount);
        }
    }

    [Fact]
    public void One_absurd_trade_is_refused_and_a_market_that_really_moved_is_believed()
    {
        FeedBench bench = FeedBench.OfDeribit();
        string[] prices = ["64000", "6400", "64001", "45000", "45010", "44990", "45020"];
        for (int index = 0; index < prices.Length; index++)
        {
            bench.Read(VenueJson.Trade(index + 1, prices[index]));
        }

        Assert.Equal(
            [64000m, 64001m, 44990m, 45020m], bench.Accepted.Cast<FeedMessage.Traded>().Select(trade => trade.Price));
        Assert.Equal(3, bench.RefusedCount);
    }

    [Fact]
    public void Over_one_percent_refused_within_60_s_makes_a_feed_unhealthy_until_it_no_longer_is()
    {
        FeedBench bench = FeedBench.OfDeribit();
        for (int number = 1; number <= 198; number++)
        {
            bench.Read(VenueJson.Trade(number));
        }

        bench.Read("no JSON");
        bench.Read("no JSON");
        Assert.DoesNotContain(bench.Output, message => message is FeedMessage.StateChanged); // 2 of 200: exactly 1 %
        bench.Read("no JSON");
        Assert.Equal(FeedState.Unhealthy, bench.Output.OfType<FeedMessage.StateChanged>().Single().State);
        bench.Time.Advance(TimeSpan.FromSeconds(61));
        bench.Read(VenueJson.Trade(199, atMilliseconds: FeedBench.Start.UnixMilliseconds + 61_000));
        Assert.Equal(FeedState.Healthy, bench.Output.OfType<FeedMessage.StateChanged>().Last().State);
    }

    [Fact]
    public void A_test_request_is_answered_and_numbers_of_what_is_delivered_have_no_holes()
    {
        FeedBench bench = FeedBench.OfDeribit();
        bench.Read("{\"jsonrpc\":\"2.0\",\"method\":\"heartbeat\",\"params\":{\"type\":\"test_request\"}}");
        Assert.Contains("public/test", bench.Sent[^1], StringComparison.Ordinal);
        bench.Read(VenueJson.Trade(1));
        bench.Read(VenueJson.Trade(4));
        bench.Read("no JSON");
        bench.Read(VenueJson.Trade(5));
        Assert.Equal(
            Enumerable.Range(0, bench.Output.Count).Select(number => (long)number),
            bench.Output.Select(message => message.Stamp.Number));
    }

    private static string Quote(string bid, string bidAmount, string ask, string askAmount) =>
        $"\"best_bid_price\":{bid},\"best_bid_amount\":{bidAmount},\"best_ask_price\":{ask},"
            + $"\"best_ask_amount\":{askAmount}";

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static void NoneAccepted(FeedBench bench, List<byte[]> corpus)
    {
        for (int index = 0; index < corpus.Count; index++)
        {
            bench.Read(corpus[index]);
            Assert.True(
                bench.RefusedCount == index + 1,
                $"counted {bench.RefusedCount} after {index + 1}: "
                    + Encoding.UTF8.GetString(corpus[index].AsSpan(0, Math.Min(300, corpus[index].Length))));
        }

        Assert.Empty(bench.Accepted);
    }
}
