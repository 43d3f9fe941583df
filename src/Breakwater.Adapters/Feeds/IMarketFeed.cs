namespace Breakwater.Adapters.Feeds;

/// <summary>A source of market data: a live venue or a recording.</summary>
public interface IMarketFeed
{
    /// <summary>Name of the feed, as in the stamps of its messages.</summary>
    string Source { get; }

    /// <summary>Its messages, checked, in order of receipt. A live feed ends only by <paramref name="cancel"/>: it
    /// reconnects and repairs its books by itself. One reader at a time; a reader that is slow slows the feed down, so
    /// that nothing piles up.</summary>
    /// <param name="cancel">Ends the feed without an exception.</param>
    IAsyncEnumerable<FeedMessage> ReadAsync(CancellationToken cancel);
}
