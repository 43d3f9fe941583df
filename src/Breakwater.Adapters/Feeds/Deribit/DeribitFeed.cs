namespace Breakwater.Adapters.Feeds.Deribit;

/// <summary>The live feed of Deribit.</summary>
public static class DeribitFeed
{
    /// <summary>A feed; it connects when it is read.</summary>
    /// <param name="settings">What is listened to.</param>
    /// <param name="ledger">Where it is counted, and what is refused is kept.</param>
    /// <param name="time">Clock of receipts, waits and limits.</param>
    public static IMarketFeed Of(DeribitSettings settings, FeedLedger ledger, TimeProvider time) =>
        new LiveFeed(new DeribitProtocol(settings), ledger, time);
}
