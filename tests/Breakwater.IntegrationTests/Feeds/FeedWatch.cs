using System.Collections.Immutable;
using Breakwater.Adapters.Feeds;

namespace Breakwater.IntegrationTests.Feeds;

/// <summary>A consumer of a feed that compares its book with the venue's after every message.</summary>
internal sealed class FeedWatch
{
    private readonly FeedBook _book = new();
    private readonly List<string> _differences = [];
    private readonly List<FeedMessage> _news = [];

    /// <summary>Books that differ from the venue's.</summary>
    internal ImmutableArray<string> Differences => [.. _differences];

    /// <summary>Books that were compared.</summary>
    internal int ComparedCount { get; private set; }

    /// <summary>Gaps that were declared.</summary>
    internal ImmutableArray<FeedMessage.Gap> Gaps => [.. _news.OfType<FeedMessage.Gap>()];

    /// <summary>States of the feed.</summary>
    internal ImmutableArray<FeedState> States =>
        [.. _news.OfType<FeedMessage.StateChanged>().Select(message => message.State)];

    /// <summary>What the feed said about itself, for a failing test.</summary>
    internal string Log => string.Join('\n', _news.TakeLast(40));

    /// <summary>Reads a feed until the venue is done and the book has caught up, or time is over.</summary>
    internal static async Task<FeedWatch> RunAsync(IMarketFeed feed, FaultyVenue venue, TimeSpan limit)
    {
        FeedWatch watch = new();
        using CancellationTokenSource cancel = new(limit);
        await foreach (FeedMessage message in feed.ReadAsync(cancel.Token))
        {
            watch.Take(message, venue);
            if (venue.IsDone && watch._book.IsKnown && watch._book.UpdateId >= venue.LastRecordedId)
            {
                break;
            }
        }

        return watch;
    }

    private void Take(FeedMessage message, FaultyVenue venue)
    {
        switch (message)
        {
            case FeedMessage.BookSnapshot snapshot:
                _book.Apply(snapshot);
                break;
            case FeedMessage.BookChange change:
                _book.Apply(change);
                break;
            case FeedMessage.Gap gap:
                _news.Add(gap);
                if (gap.Part == FeedPart.Book)
                {
                    _book.Clear();
                }

                return;
            case FeedMessage.StateChanged:
                _news.Add(message);
                return;
            default:
                return;
        }

        ComparedCount++;
        if (_book.ToString() != venue.TruthAt(_book.UpdateId))
        {
            _differences.Add($"after {_book.UpdateId}: {_book.BestBid}, {_book.BestAsk}");
        }

        venue.Acknowledge(_book.UpdateId);
    }
}
