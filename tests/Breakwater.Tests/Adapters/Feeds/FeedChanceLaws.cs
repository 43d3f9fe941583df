using System.Text;
using Breakwater.Adapters.Feeds;
using Breakwater.Adapters.Feeds.Binance;

namespace Breakwater.Tests.Adapters.Feeds;

/// <summary>Messages spoilt by chance: RELIABILITY T-I1, none unhandled.</summary>
public sealed class FeedChanceLaws
{
    [Fact]
    public void T_I1_No_message_that_chance_has_spoilt_is_unhandled()
    {
        string[] good =
        [
            VenueJson.Ticker("BTC-PERPETUAL", FeedCorpusTests.Good), VenueJson.Trade(5),
            VenueJson.DeribitSnapshot(5, [new FeedLevel(99, 1)], [new FeedLevel(101, 1)]),
            VenueJson.DeribitChange(5, 6, [new FeedLevel(99, 0)], [new FeedLevel(101, 2)]),
            VenueJson.Depth(5, 9, 4, [new FeedLevel(64000.5m, 2.25m)], [new FeedLevel(64001m, 1m)]),
            "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":[{\"instrument_name\":\"BTC-PERPETUAL\",\"tick_size\":0.5,"
                + "\"min_trade_amount\":10,\"is_active\":true,\"expiration_timestamp\":32503708800000}]}",
            "{\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":10028,\"message\":\"too_many_requests\"}}",
            "{\"jsonrpc\":\"2.0\",\"method\":\"heartbeat\",\"params\":{\"type\":\"test_request\"}}",
            VenueJson.Channel("instrument.state.any.BTC", "{\"state\":\"created\"}"),
            VenueJson.DepthSnapshot(7, [new FeedLevel(64000.5m, 2.25m)], [new FeedLevel(64001m, 1m)]),
        ];
        string[] pieces =
        [
            .. FeedCorpusTests.NoNumbers, "9223372036854775807", "4611686018427387904", "18446744073709551616",
            "1e-28", "0", "null", "79228162514264337593543950335", "1e28", "{", "}", "[", "]", ",", ":", "\"", "\\",
        ];
        Random random = new(5);
        for (int round = 0; round < 6_000; round++)
        {
            FeedBench bench = (round % 3) switch
            {
                0 => FeedBench.OfDeribit(FeedBench.Perpetual),
                1 => FeedBench.OfDeribitListing(),
                _ => FeedBench.OfBinance(BinanceMarketKind.Futures),
            };
            for (int message = 0; message < 4; message++)
            {
                byte[] bytes = Encoding.UTF8.GetBytes(good[random.Next(good.Length)]);
                for (int change = random.Next(4); change > 0; change--)
                {
                    int at = random.Next(bytes.Length);
                    int length = Math.Min(random.Next(12), bytes.Length - at);
                    byte[] piece = random.Next(3) == 0
                        ? [(byte)random.Next(256)]
                        : Encoding.UTF8.GetBytes(pieces[random.Next(pieces.Length)]);
                    bytes = [.. bytes[..at], .. piece, .. bytes[(at + length)..]];
                }

                bench.Read(bytes);
                bench.ReadSnapshot(Encoding.UTF8.GetString(bytes));
            }

            Assert.False(bench.Book.IsCrossed);
        }
    }
}
