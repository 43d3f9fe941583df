using System.Collections.Immutable;
using Breakwater.Instruments;

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

    /// <summary>Reads an input of the stream from quarantine again, to see whether it would still be refused for what
    /// it says. What was refused for when it came, such as a number out of order, is accepted here.</summary>
    /// <param name="settings">What was listened to.</param>
    /// <param name="input">The input, whole: one that was cut is refused.</param>
    /// <returns>The messages in it, or why there are none.</returns>
    public static Result<ImmutableArray<FeedMessage>> Reread(BinanceSettings settings, QuarantinedInput input) =>
        QuarantinedReading.Of(new BinanceProtocol(settings), input);
}
