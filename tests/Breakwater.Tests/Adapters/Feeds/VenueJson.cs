using System.Globalization;
using Breakwater.Adapters.Feeds;

namespace Breakwater.Tests.Adapters.Feeds;

/// <summary>Messages as the venues write them.</summary>
internal static class VenueJson
{
    internal static string Channel(string channel, string data) =>
        $"{{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{{\"channel\":\"{channel}\",\"data\":{data}}}}}";

    internal static string Ticker(
        string name, string values, long? atMilliseconds = null) => Channel(
            $"ticker.{name}.100ms",
            $"{{\"timestamp\":{At(atMilliseconds)},\"instrument_name\":\"{name}\",\"state\":\"open\",{values}}}");

    internal static string Trade(long number, string price = "64000.5", long? atMilliseconds = null) => Channel(
        "trades.BTC-PERPETUAL.100ms",
        $"[{{\"trade_seq\":{number},\"trade_id\":\"x{number}\",\"timestamp\":{At(atMilliseconds)},\"price\":{price},"
            + "\"instrument_name\":\"BTC-PERPETUAL\",\"direction\":\"buy\",\"amount\":10}]");

    internal static string DeribitSnapshot(
        long id, IEnumerable<FeedLevel> bids, IEnumerable<FeedLevel> asks) => Channel(
        "book.BTC-PERPETUAL.100ms",
        $"{{\"type\":\"snapshot\",\"timestamp\":{At(null)},\"instrument_name\":\"BTC-PERPETUAL\",\"change_id\":{id},"
            + $"\"bids\":{Actions(bids)},\"asks\":{Actions(asks)}}}");

    internal static string DeribitChange(
        long previous, long id, IEnumerable<FeedLevel> bids, IEnumerable<FeedLevel> asks) => Channel(
        "book.BTC-PERPETUAL.100ms",
        $"{{\"type\":\"change\",\"timestamp\":{At(null)},\"instrument_name\":\"BTC-PERPETUAL\",\"change_id\":{id},"
            + $"\"prev_change_id\":{previous},\"bids\":{Actions(bids)},\"asks\":{Actions(asks)}}}");

    internal static string Depth(
        long first, long last, long? previous, IEnumerable<FeedLevel> bids, IEnumerable<FeedLevel> asks) =>
        "{\"stream\":\"btcusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"s\":\"BTCUSDT\","
            + $"\"E\":{At(null)},\"U\":{first},\"u\":{last},"
            + (previous is null ? string.Empty : $"\"pu\":{previous},")
            + $"\"b\":{Pairs(bids)},\"a\":{Pairs(asks)}}}}}";

    internal static string DepthSnapshot(long last, IEnumerable<FeedLevel> bids, IEnumerable<FeedLevel> asks) =>
        $"{{\"lastUpdateId\":{last},\"bids\":{Pairs(bids)},\"asks\":{Pairs(asks)}}}";

    private static string Actions(IEnumerable<FeedLevel> levels) =>
        $"[{string.Join(',', levels.Select(level => Text(
            $"[\"{(level.Quantity == 0m ? "delete" : "new")}\",{level.Price},{level.Quantity}]")))}]";

    private static string Pairs(IEnumerable<FeedLevel> levels) =>
        $"[{string.Join(',', levels.Select(level => Text($"[\"{level.Price}\",\"{level.Quantity}\"]")))}]";

    private static long At(long? milliseconds) => milliseconds ?? FeedBench.Start.UnixMilliseconds;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
