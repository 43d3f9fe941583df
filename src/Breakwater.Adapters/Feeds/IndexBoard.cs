using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Adapters.Feeds;

/// <summary>Keeps what several feeds said last about one asset, and makes an index of it when asked.</summary>
/// <remarks>
/// A source of the index is a feed by its name (<c>deribit</c>: the price it states itself) or a feed and an instrument
/// (<c>binance:BTC</c>: the middle of its book or quotes). A book that is lost counts for nothing until its next
/// snapshot. What the index leaves out is counted and kept like everything that is refused, each price once. Not safe
/// for several threads: whoever merges the feeds feeds the board.
/// </remarks>
public sealed class IndexBoard
{
    private readonly AssetId _asset;
    private readonly IndexRules _rules;
    private readonly FeedLedger _ledger;
    private readonly SortedDictionary<string, SourcePrice> _said = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, FeedBook> _books = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SourcePrice> _counted = new(StringComparer.Ordinal);
    private IndexPrice? _last;

    /// <summary>A board that has heard nothing yet.</summary>
    /// <param name="asset">The underlying.</param>
    /// <param name="rules">The sources and their weights.</param>
    /// <param name="ledger">Where rejections are counted and kept.</param>
    public IndexBoard(AssetId asset, IndexRules rules, FeedLedger ledger)
    {
        _asset = asset;
        _rules = rules;
        _ledger = ledger;
    }

    /// <summary>Name of a source: a book or quotes of a feed.</summary>
    /// <param name="feed">Name of the feed.</param>
    /// <param name="instrument">The instrument.</param>
    public static string SourceOf(string feed, Instrument instrument) => $"{feed}:{instrument.Name}";

    /// <summary>Hears a message; of what is not about a source of the index nothing is kept.</summary>
    /// <param name="message">A message of some feed.</param>
    public void Take(FeedMessage message)
    {
        switch (message)
        {
            case FeedMessage.IndexStated stated when stated.Asset == _asset && IsSource(stated.Stamp.Source):
                _said[stated.Stamp.Source] = new SourcePrice.Stated(
                    stated.Stamp.Source, (double)stated.PriceUsd, stated.Stamp.VenueAt, stated.Stamp.ReceivedAt);
                break;
            case FeedMessage.QuoteChanged { Quote: { Bid: { } bid, Ask: { } ask } } quote:
                Hear(SourceOf(quote.Stamp.Source, quote.Instrument), bid, ask, quote.Stamp);
                break;
            case FeedMessage.BookSnapshot snapshot:
                Hear(
                    SourceOf(snapshot.Stamp.Source, snapshot.Instrument), snapshot.Stamp,
                    book => book.Apply(snapshot));
                break;
            case FeedMessage.BookChange change:
                Hear(SourceOf(change.Stamp.Source, change.Instrument), change.Stamp, book => book.Apply(change));
                break;
            case FeedMessage.Gap { Part: FeedPart.Book } gap:
                Lose(SourceOf(gap.Stamp.Source, gap.Instrument));
                break;
            default:
                break;
        }
    }

    /// <summary>The index as of now, which carries on the mode of the one before.</summary>
    /// <param name="at">Now, by the clock of the receipts; not before the last time it was asked.</param>
    public IndexPrice At(Timestamp at)
    {
        _last = IndexAggregation.Of(_asset, [.. _said.Values], _rules, _last, at);
        foreach (IndexRejection rejection in _last.Rejections)
        {
            SourcePrice price = _said[rejection.Source];
            if (!_counted.TryGetValue(rejection.Source, out SourcePrice? counted) || !ReferenceEquals(counted, price))
            {
                _counted[rejection.Source] = price;
                _ledger.Refuse(
                    FeedStage.Index, rejection.Source, new Failure(ReasonOf(rejection.Reason), rejection.Message),
                    price.ReceivedAt, System.Text.Encoding.UTF8.GetBytes(price.ToString()));
            }
        }

        return _last;
    }

    private static FailureReason ReasonOf(IndexRejectionReason reason) => reason switch
    {
        IndexRejectionReason.UnknownSource => FailureReason.Unknown,
        IndexRejectionReason.Superseded => FailureReason.Duplicate,
        IndexRejectionReason.Stale => FailureReason.OutOfOrder,
        IndexRejectionReason.Crossed or IndexRejectionReason.Outlier => FailureReason.Inconsistent,
        IndexRejectionReason.NotAPrice or IndexRejectionReason.ClockAhead or IndexRejectionReason.Wide =>
            FailureReason.OutOfRange,
        _ => throw new System.Diagnostics.UnreachableException(reason.ToString()),
    };

    private bool IsSource(string name) => _rules.IndexOf(name) >= 0;

    private void Hear(string source, decimal bid, decimal ask, in FeedStamp stamp)
    {
        if (IsSource(source))
        {
            _said[source] = new SourcePrice.Quoted(source, (double)bid, (double)ask, stamp.VenueAt, stamp.ReceivedAt);
        }
    }

    private void Hear(string source, in FeedStamp stamp, Action<FeedBook> apply)
    {
        if (!IsSource(source))
        {
            return;
        }

        if (!_books.TryGetValue(source, out FeedBook? book))
        {
            _books[source] = book = new FeedBook();
        }

        apply(book);
        if (book is { IsKnown: true, BestBid: { } bid, BestAsk: { } ask })
        {
            Hear(source, bid, ask, stamp);
        }
        else
        {
            _said.Remove(source); // one side is empty, or it began without a snapshot: there is no middle
        }
    }

    private void Lose(string source)
    {
        if (_books.TryGetValue(source, out FeedBook? book))
        {
            book.Clear();
            _said.Remove(source);
        }
    }
}
