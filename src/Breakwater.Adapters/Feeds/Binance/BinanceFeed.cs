namespace Breakwater.Adapters.Feeds.Binance;

/// <summary>The live feed of a venue with a depth stream of Binance's form.</summary>
public static class BinanceFeed
{
    /// <summary>A feed; it connects when it is read.</summary>
    /// <param name="settings">What is listened to.</param>
    /// <param name="ledger">Where it is counted, and what is refused is kept.</param>
    /// <param name="time">Clock of receipts, waits and limits.</param>
    public static IMarketFeed Of(BinanceSettings settings, FeedLedger ledger, TimeProvider time) =>
        new LiveFeed(new BinanceProtocol(settings), ledger, time);
}
