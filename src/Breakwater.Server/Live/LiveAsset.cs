using System.Collections.Immutable;
using Breakwater.Adapters.Feeds;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Server.Live;

/// <summary>The newest of what live feeds say about one underlying, until the engine is told: of each subject one
/// value, however often it has changed.</summary>
/// <param name="asset">The underlying.</param>
/// <param name="board">Makes its index.</param>
internal sealed class LiveAsset(AssetId asset, IndexBoard board)
{
    private readonly SortedDictionary<string, ChainRow> _quotes = new(StringComparer.Ordinal);
    private readonly SortedSet<Timestamp> _listed = [];
    private readonly SortedDictionary<Timestamp, (double MarkUsd, Timestamp SeenAt)> _marks = [];
    private readonly LiveHour _hour = new(asset);
    private readonly LiveDepth _depth = new(asset);
    private double? _perpetualUsd;
    private bool _hasMarks;
    private MarketMode? _told;

    /// <summary>The index as it was made last; <c>null</c> before.</summary>
    internal IndexPrice? Index { get; private set; }

    /// <summary>Quotes that wait for the next telling.</summary>
    internal int WaitingCount => _quotes.Count;

    /// <summary>Hears a message about the underlying.</summary>
    /// <param name="message">The message.</param>
    internal void Take(FeedMessage message)
    {
        board.Take(message);
        _depth.Take(message);
        switch (message)
        {
            case FeedMessage.InstrumentListed { Instrument: DatedFuture { Settlement: Settlement.Inverse } future }:
                _listed.Add(future.Expiry);
                break;
            case FeedMessage.QuoteChanged quote:
                Take(quote);
                break;
            case FeedMessage.VolatilityIndexChanged volatility:
                _hour.Take(volatility);
                break;
            case FeedMessage.Traded trade:
                _hour.Take(trade);
                break;
            default:
                break; // heard by the board and the books, or about the feed itself
        }
    }

    /// <summary>What the engine has to be told now, in order; afterwards nothing waits.</summary>
    /// <remarks>The mode of the index is told when it changes, and at the start, when the engine may remember another:
    /// the market is restricted from the next tick on. Where it is not normal no quote is told: the surface ages as
    /// well, while prices are followed as long as there is one. Without a price nothing else is told, and everything
    /// ages.</remarks>
    /// <param name="now">Engine time.</param>
    internal ImmutableArray<Func<Timestamp, RiskEvent>> Tell(Timestamp now)
    {
        ImmutableArray<Func<Timestamp, RiskEvent>>.Builder told =
            ImmutableArray.CreateBuilder<Func<Timestamp, RiskEvent>>();
        Index = board.At(now);
        if (Index.Mode is var mode && mode != _told)
        {
            told.Add(at => new RiskEvent.IndexModeSeen(at, asset, mode));
            _told = mode;
        }

        if (Index.PriceUsd is { } price)
        {
            told.AddRange(_hour.Tell(now, price));
            told.AddRange(_depth.Tell(now));
            told.Add(at => new RiskEvent.IndexSeen(at, asset, price));
        }

        if (Index.Mode == MarketMode.Normal)
        {
            foreach (ChainRow quote in _quotes.Values.Where(own => own.Option.Expiry > now))
            {
                told.Add(at => new RiskEvent.QuoteSeen(at, quote));
            }

            if (_hasMarks && Marks(now) is { } marks)
            {
                told.Add(at => new RiskEvent.FuturesSeen(at, asset, marks with { At = at }));
            }
        }

        _quotes.Clear();
        _hasMarks = false;
        return told.ToImmutable();
    }

    private void Take(FeedMessage.QuoteChanged said)
    {
        VenueQuote quote = said.Quote;
        switch (said.Instrument)
        {
            case VanillaOption { Settlement: Settlement.Inverse } option:
                _quotes[option.Name] = new ChainRow(
                    option, (double?)quote.Bid, (double?)quote.Ask, (double?)quote.Mark,
                    (double?)quote.MarkVolatilityAnnual, (double?)quote.ForwardUsd, _listed.Contains(option.Expiry),
                    null, (double?)quote.OpenInterest ?? 0d);
                break;
            case DatedFuture { Settlement: Settlement.Inverse } future when quote.Mark is > 0m:
                _marks[future.Expiry] = ((double)quote.Mark, said.Stamp.ReceivedAt);
                _hasMarks = true;
                break;
            case Perpetual perpetual:
                if (quote.IndexUsd is { } index)
                {
                    board.Take(new FeedMessage.IndexStated(said.Stamp, asset, index));
                }

                if (perpetual.Settlement != Settlement.Inverse) break;
                _perpetualUsd = quote.Mark is > 0m ? (double)quote.Mark : _perpetualUsd;
                _hasMarks |= quote.Mark is > 0m;
                _hour.Take(said);
                break;
            default:
                break; // linear options and futures are margined from the inverse ones of the same underlying
        }
    }

    // Marks that nobody has renewed for an hour are of a future that is gone, or of a venue that is.
    private FuturesObservation? Marks(Timestamp now)
    {
        foreach (Timestamp expiry in _marks.Keys.ToArray())
        {
            if (expiry <= now || now.MillisecondsSince(_marks[expiry].SeenAt) > Timestamp.HourMilliseconds)
            {
                _marks.Remove(expiry);
            }
        }

        return _marks.Count == 0 && _perpetualUsd is null
            ? null
            : new FuturesObservation(
                now, [.. _marks.Select(static own => new FutureMark(own.Key, own.Value.MarkUsd, IsListed: true))],
                _perpetualUsd);
    }
}
