using System.Collections.Immutable;
using Breakwater.Adapters.Feeds;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Server.Live;

/// <summary>Depth of the books of perpetuals and spot, sampled as published files sample it.</summary>
/// <param name="asset">The underlying.</param>
internal sealed class LiveDepth(AssetId asset)
{
    private const long SampleMilliseconds = 600_000; // recorded depth has a sample every ten minutes

    private static readonly ImmutableArray<double> Distances = [0.01, 0.02, 0.03, 0.04, 0.05];

    private readonly SortedDictionary<string, (FeedBook Book, bool IsInverse)> _books = new(StringComparer.Ordinal);
    private Timestamp? _sampledAt;

    /// <summary>Hears a message; of a book that has a gap nothing is believed until its next snapshot.</summary>
    /// <param name="message">The message.</param>
    internal void Take(FeedMessage message)
    {
        switch (message)
        {
            case FeedMessage.BookSnapshot snapshot when snapshot.Instrument is Perpetual or Spot:
                BookOf(snapshot.Stamp.Source, snapshot.Instrument).Apply(snapshot);
                break;
            case FeedMessage.BookChange change when change.Instrument is Perpetual or Spot:
                FeedBook book = BookOf(change.Stamp.Source, change.Instrument);
                if (book.IsKnown) book.Apply(change);
                break;
            case FeedMessage.Gap { Part: FeedPart.Book } gap:
                BookOf(gap.Stamp.Source, gap.Instrument).Clear();
                break;
            default:
                break; // about no book
        }
    }

    /// <summary>A sample of each known book, when one is due.</summary>
    /// <param name="now">Engine time.</param>
    internal IEnumerable<Func<Timestamp, RiskEvent>> Tell(Timestamp now)
    {
        if (_sampledAt is { } last && now.MillisecondsSince(last) < SampleMilliseconds) yield break;
        _sampledAt = now;
        foreach ((string source, (FeedBook book, bool isInverse)) in _books)
        {
            if (book is not { IsKnown: true, BestBid: { } bid, BestAsk: { } ask }) continue;
            double middle = ((double)bid + (double)ask) / 2d;
            (ImmutableArray<DepthLevel> bids, ImmutableArray<DepthLevel> asks) =
                (Within(book.Bids, middle, isInverse), Within(book.Asks, middle, isInverse));
            yield return at => new RiskEvent.DepthSeen(
                at, asset, new DepthSeries(source, [new DepthSample(at, bids, asks)], SuspectCount: 0));
        }
    }

    private static ImmutableArray<DepthLevel> Within(
        ImmutableArray<FeedLevel> levels, double middle, bool isInverse) =>
    [
        .. Distances.Select(distance => new DepthLevel(distance, levels
            .Where(own => Math.Abs(((double)own.Price / middle) - 1d) <= distance)
            .Sum(own => isInverse ? (double)own.Quantity : (double)own.Quantity * (double)own.Price))),
    ];

    private FeedBook BookOf(string feed, Instrument instrument)
    {
        string source = IndexBoard.SourceOf(feed, instrument);
        if (!_books.TryGetValue(source, out (FeedBook Book, bool IsInverse) known))
        {
            known = (new FeedBook(), instrument is Perpetual { Settlement: Settlement.Inverse });
            _books.Add(source, known);
        }

        return known.Book;
    }
}
