using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Adapters.Feeds;

namespace Breakwater.IntegrationTests.Feeds;

/// <summary>Protocols the local venue speaks.</summary>
public enum VenueDialect
{
    /// <summary>Deribit's JSON-RPC.</summary>
    Deribit,

    /// <summary>Depth stream of Binance's USDT-margined futures.</summary>
    Futures,

    /// <summary>Depth stream of Binance spot.</summary>
    Spot,
}

/// <summary>Messages as the venues write them.</summary>
/// <param name="Dialect">The protocol.</param>
internal sealed record VenueText(VenueDialect Dialect)
{
    /// <summary>Changes of the book.</summary>
    internal string Change(
        DepthStep step, long previous, long atMilliseconds, string instrument, IEnumerable<FeedLevel> bids) =>
        Dialect == VenueDialect.Deribit
            ? Channel(
                "book.BTC-PERPETUAL.100ms",
                Text($"{{\"type\":\"change\",\"timestamp\":{atMilliseconds},\"instrument_name\":\"{instrument}\",")
                    + Text($"\"change_id\":{step.Last},\"prev_change_id\":{previous},")
                    + $"\"bids\":{Actions(bids)},\"asks\":{Actions(step.Asks)}}}")
            : Stream(
                "btcusdt@depth@100ms",
                Text($"{{\"e\":\"depthUpdate\",\"E\":{atMilliseconds},\"s\":\"{Symbol(instrument)}\",")
                    + Text($"\"U\":{step.First},\"u\":{step.Last},")
                    + (Dialect == VenueDialect.Futures ? Text($"\"pu\":{previous},") : string.Empty)
                    + $"\"b\":{Pairs(bids)},\"a\":{Pairs(step.Asks)}}}");

    /// <summary>A whole book.</summary>
    internal string Snapshot(
        long id, long atMilliseconds, ImmutableArray<FeedLevel> bids, ImmutableArray<FeedLevel> asks) =>
        Dialect == VenueDialect.Deribit
            ? Channel(
                "book.BTC-PERPETUAL.100ms",
                Text($"{{\"type\":\"snapshot\",\"timestamp\":{atMilliseconds},\"instrument_name\":\"BTC-PERPETUAL\",")
                    + Text($"\"change_id\":{id},") + $"\"bids\":{Actions(bids)},\"asks\":{Actions(asks)}}}")
            : Text($"{{\"lastUpdateId\":{id},\"E\":{atMilliseconds},\"T\":{atMilliseconds},")
                + $"\"bids\":{Pairs(bids)},\"asks\":{Pairs(asks)}}}";

    /// <summary>A trade.</summary>
    internal string Trade(long number, decimal price, long atMilliseconds) => Dialect == VenueDialect.Deribit
        ? Channel(
            "trades.BTC-PERPETUAL.100ms",
            Text($"[{{\"trade_seq\":{number},\"trade_id\":\"{number}\",\"timestamp\":{atMilliseconds},")
                + Text($"\"price\":{price},\"amount\":10.0,\"direction\":\"sell\",\"tick_direction\":0,")
                + "\"instrument_name\":\"BTC-PERPETUAL\"}]")
        : Stream(
            "btcusdt@aggTrade",
            Text($"{{\"e\":\"aggTrade\",\"E\":{atMilliseconds},\"s\":\"BTCUSDT\",\"a\":{number},")
                + Text($"\"p\":\"{price}\",\"q\":\"0.010\",\"f\":1,\"l\":1,\"T\":{atMilliseconds},\"m\":true}}"));

    /// <summary>What else the venue says every now and then.</summary>
    internal IEnumerable<string> Asides(decimal price, long atMilliseconds) => Dialect switch
    {
        VenueDialect.Deribit =>
        [
            Channel(
                "ticker.BTC-PERPETUAL.100ms",
                Text($"{{\"timestamp\":{atMilliseconds},\"instrument_name\":\"BTC-PERPETUAL\",\"state\":\"open\",")
                    + Text($"\"best_bid_price\":{price},\"best_bid_amount\":10,\"best_ask_price\":{price + 0.5m},")
                    + Text($"\"best_ask_amount\":20,\"mark_price\":{price},\"index_price\":{price},")
                    + "\"funding_8h\":0.0001,\"open_interest\":1000,\"stats\":{\"volume\":1}}"),
            Channel(
                "deribit_price_index.btc_usd",
                Text($"{{\"timestamp\":{atMilliseconds},\"price\":{price},\"index_name\":\"btc_usd\"}}")),
            Channel(
                "deribit_volatility_index.btc_usd",
                Text($"{{\"timestamp\":{atMilliseconds},\"volatility\":55.25,\"index_name\":\"btc_usd\"}}")),
        ],
        VenueDialect.Futures =>
        [
            Stream(
                "btcusdt@markPrice@1s",
                Text($"{{\"e\":\"markPriceUpdate\",\"E\":{atMilliseconds},\"s\":\"BTCUSDT\",\"p\":\"{price}\",")
                    + Text($"\"i\":\"{price}\",\"P\":\"{price}\",\"r\":\"0.0001\",\"T\":{atMilliseconds}}}")),
        ],
        _ => [],
    };

    /// <summary>A message nobody asked for.</summary>
    internal string Unasked() => Dialect == VenueDialect.Deribit
        ? Channel("book.ETH-PERPETUAL.100ms", "{}")
        : Stream("ethusdt@depth@100ms", "{\"e\":\"depthUpdate\",\"s\":\"ETHUSDT\"}");

    private static string Symbol(string instrument) => instrument == "BTC-PERPETUAL" ? "BTCUSDT" : "ETHUSDT";

    private static string Channel(string channel, string data) =>
        $"{{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{{\"channel\":\"{channel}\",\"data\":{data}}}}}";

    private static string Stream(string stream, string data) => $"{{\"stream\":\"{stream}\",\"data\":{data}}}";

    private static string Actions(IEnumerable<FeedLevel> levels) => $"[{string.Join(',', levels.Select(level => Text(
        $"[\"{(level.Quantity == 0m ? "delete" : "new")}\",{level.Price},{level.Quantity}]")))}]";

    private static string Pairs(IEnumerable<FeedLevel> levels) => $"[{string.Join(',', levels.Select(level => Text(
        $"[\"{level.Price}\",\"{level.Quantity}\"]")))}]";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
