using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Breakwater.Adapters.Feeds;
using Breakwater.Adapters.Feeds.Deribit;
using Breakwater.Adapters.Files;
using Breakwater.Instruments;
using Breakwater.IntegrationTests.Commands;
using Breakwater.Markets;

namespace Breakwater.IntegrationTests.Feeds;

/// <summary>A whole recorded option chain comes through the live feed of Deribit: listed, subscribed in pieces, quoted.
/// </summary>
public sealed class DeribitChainTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Every_option_of_a_recorded_chain_is_listed_subscribed_and_quoted_with_its_numbers()
    {
        MarketObservations recorded = MarketFiles.Read(
            new MarketFileSelection([SampleFiles.Of("samples/market/deribit_btc_chain.csv.gz")], [], [], [], []),
            Timestamp.Parse("2026-02-05T10:00:00Z")).Value;
        SortedDictionary<string, ChainRow> rows = new(
            recorded.Underlyings.Single().Chain!.Rows.ToDictionary(row => row.Option.Name, StringComparer.Ordinal),
            StringComparer.Ordinal);
        List<int> channelCounts = [];
        await using LoopbackServer server = new(
            (socket, cancel) => ServeAsync(socket, rows, channelCounts, cancel),
            _ => Task.FromResult(new Document(404, string.Empty)));
        FeedLedger ledger = new(TimeProvider.System);
        IMarketFeed feed = DeribitFeed.Of(
            new DeribitSettings(new Uri($"ws://{server.Authority}/ws/api/v2")) { Underlyings = [AssetId.Of("BTC")] },
            ledger, TimeProvider.System);
        SortedDictionary<string, VenueQuote> quotes = new(StringComparer.Ordinal);
        int listedCount = 0;
        using CancellationTokenSource cancel = new(Limit);
        await foreach (FeedMessage message in feed.ReadAsync(cancel.Token))
        {
            listedCount += message is FeedMessage.InstrumentListed ? 1 : 0;
            if (message is FeedMessage.QuoteChanged quote)
            {
                quotes.Add(quote.Instrument.Name, quote.Quote);
            }

            if (quotes.Count == rows.Count)
            {
                break;
            }
        }

        Assert.Equal(rows.Count, listedCount);
        Assert.Equal(rows.Keys, quotes.Keys);
        Assert.All(rows, entry =>
        {
            VenueQuote quote = quotes[entry.Key];
            Assert.Equal(entry.Value.BidCoin is > 0d ? entry.Value.BidCoin : null, (double?)quote.Bid);
            Assert.Equal(entry.Value.AskCoin is > 0d ? entry.Value.AskCoin : null, (double?)quote.Ask);
            Assert.Equal(entry.Value.MarkCoin, (double?)quote.Mark);
            Assert.Equal(entry.Value.MarkVolatilityAnnual, (double?)quote.MarkVolatilityAnnual);
            Assert.Equal(entry.Value.ForwardUsd, (double?)quote.ForwardUsd);
        });
        Assert.Empty(ledger.Refusals);
        Assert.True(rows.Count > 500, "the chain needs more than one subscription");
        Assert.All(channelCounts, count => Assert.InRange(count, 1, 500));
    }

    private static async Task ServeAsync(
        WebSocket socket, SortedDictionary<string, ChainRow> rows, List<int> channelCounts, CancellationToken cancel)
    {
        while (await LoopbackServer.ReceiveAsync(socket, cancel) is { } text)
        {
            JsonElement request = JsonDocument.Parse(text).RootElement;
            long id = request.GetProperty("id").GetInt64();
            string method = request.GetProperty("method").GetString()!;
            bool hasChannels = request.GetProperty("params").TryGetProperty("channels", out JsonElement asked);
            string result = method == "public/get_instruments" ? Listing(rows.Values)
                : hasChannels ? asked.GetRawText() : "\"ok\"";
            await SendAsync(socket, Text($"{{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":") + result + "}", cancel);
            if (method == "public/subscribe")
            {
                string[] channels =
                [
                    .. request.GetProperty("params").GetProperty("channels").EnumerateArray()
                        .Select(channel => channel.GetString()!),
                ];
                channelCounts.Add(channels.Length);
                foreach (string channel in channels)
                {
                    if (rows.TryGetValue(channel.Split('.')[1], out ChainRow? row))
                    {
                        await SendAsync(socket, Ticker(channel, row), cancel);
                    }
                }
            }
        }
    }

    private static Task<bool> SendAsync(WebSocket socket, string text, CancellationToken cancel) =>
        LoopbackServer.SendAsync(socket, Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, cancel);

    private static string Listing(IEnumerable<ChainRow> rows) => $"[{string.Join(',', rows.Select(row => Text(
        $"{{\"instrument_name\":\"{row.Option.Name}\",\"tick_size\":0.0001,\"min_trade_amount\":0.1,")
        + "\"is_active\":true,\"kind\":\"option\","
        + Text($"\"expiration_timestamp\":{row.Option.Expiry.UnixMilliseconds}}}")))}]";

    private static string Ticker(string channel, ChainRow row) =>
        $"{{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{{\"channel\":\"{channel}\",\"data\":"
        + Text($"{{\"timestamp\":{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()},")
        + $"\"instrument_name\":\"{row.Option.Name}\",\"best_bid_price\":{Number(row.BidCoin)},"
        + $"\"best_bid_amount\":{(row.BidCoin > 0d ? "1.0" : "0.0")},\"best_ask_price\":{Number(row.AskCoin)},"
        + $"\"best_ask_amount\":{(row.AskCoin > 0d ? "1.0" : "0.0")},\"mark_price\":{Number(row.MarkCoin)},"
        + $"\"mark_iv\":{Number(100m * (decimal?)row.MarkVolatilityAnnual)},"
        + $"\"underlying_price\":{Number(row.ForwardUsd)},\"index_price\":{Number(row.IndexUsd)},"
        + $"\"open_interest\":{Number(row.OpenInterest)},\"interest_rate\":0.0,\"state\":\"open\"}}}}}}";

    // What is not quoted is written as null or as 0 by the venue.
    private static string Number(double? value) => Number((decimal?)value);

    private static string Number(decimal? value) =>
        value is { } number ? number.ToString(CultureInfo.InvariantCulture) : "null";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
