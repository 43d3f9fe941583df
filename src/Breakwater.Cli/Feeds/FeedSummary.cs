using Breakwater.Adapters.Feeds;
using Breakwater.Instruments;

namespace Breakwater.Cli.Feeds;

/// <summary>What a feed delivered, as it goes.</summary>
internal sealed class FeedSummary
{
    private readonly SortedDictionary<string, long> _kinds = new(StringComparer.Ordinal);
    private readonly SortedDictionary<Instrument, InstrumentSummary> _instruments = [];
    private readonly SortedDictionary<AssetId, AssetSummary> _assets = [];

    /// <summary>Messages by kind, in order of name.</summary>
    public IReadOnlyDictionary<string, long> Kinds => _kinds;

    /// <summary>By instrument.</summary>
    public IReadOnlyDictionary<Instrument, InstrumentSummary> Instruments => _instruments;

    /// <summary>By asset.</summary>
    public IReadOnlyDictionary<AssetId, AssetSummary> Assets => _assets;

    /// <summary>Venue's time of the first message; <c>null</c> before it.</summary>
    public Timestamp? First { get; private set; }

    /// <summary>Venue's time of the last message.</summary>
    public Timestamp? Last { get; private set; }

    /// <summary>Messages in all.</summary>
    public long Count { get; private set; }

    /// <summary>Takes the next message.</summary>
    /// <param name="message">The message.</param>
    public void Take(FeedMessage message)
    {
        Count++;
        First ??= message.Stamp.VenueAt;
        Last = message.Stamp.VenueAt;
        string kind = message.GetType().Name;
        _kinds[kind] = _kinds.GetValueOrDefault(kind) + 1;
        switch (message)
        {
            case FeedMessage.QuoteChanged quote:
                Of(quote.Instrument).QuoteCount++;
                break;
            case FeedMessage.BookSnapshot snapshot:
                Of(snapshot.Instrument).Book.Apply(snapshot);
                break;
            case FeedMessage.BookChange change:
                Of(change.Instrument).Book.Apply(change);
                Of(change.Instrument).ChangeCount++;
                break;
            case FeedMessage.Traded trade:
                Of(trade.Instrument).Take(trade);
                break;
            case FeedMessage.Gap gap:
                Of(gap.Instrument).Take(gap);
                break;
            case FeedMessage.IndexStated stated:
                Of(stated.Asset).PriceUsd = stated.PriceUsd;
                break;
            case FeedMessage.VolatilityIndexChanged index:
                Of(index.Asset).VolatilityAnnual = index.VolatilityAnnual;
                break;
            default:
                break;
        }
    }

    private InstrumentSummary Of(Instrument instrument)
    {
        if (!_instruments.TryGetValue(instrument, out InstrumentSummary? summary))
        {
            _instruments[instrument] = summary = new InstrumentSummary();
        }

        return summary;
    }

    private AssetSummary Of(AssetId asset)
    {
        if (!_assets.TryGetValue(asset, out AssetSummary? summary))
        {
            _assets[asset] = summary = new AssetSummary();
        }

        return summary;
    }
}

/// <summary>What was delivered of one instrument.</summary>
internal sealed class InstrumentSummary
{
    /// <summary>Its book.</summary>
    public FeedBook Book { get; } = new();

    /// <summary>Quotes.</summary>
    public long QuoteCount { get; set; }

    /// <summary>Changes of its book.</summary>
    public long ChangeCount { get; set; }

    /// <summary>Trades.</summary>
    public long TradeCount { get; private set; }

    /// <summary>Traded, venue's unit.</summary>
    public decimal TradedQuantity { get; private set; }

    /// <summary>Price of the last trade.</summary>
    public decimal? LastPrice { get; private set; }

    /// <summary>Gaps of its book and its trades.</summary>
    public long GapCount { get; private set; }

    /// <summary>Takes a trade.</summary>
    /// <param name="trade">The trade.</param>
    public void Take(FeedMessage.Traded trade)
    {
        TradeCount++;
        TradedQuantity += trade.Quantity;
        LastPrice = trade.Price;
    }

    /// <summary>Takes a gap.</summary>
    /// <param name="gap">The gap.</param>
    public void Take(FeedMessage.Gap gap)
    {
        GapCount++;
        if (gap.Part == FeedPart.Book)
        {
            Book.Clear();
        }
    }
}

/// <summary>What was delivered of one asset.</summary>
internal sealed class AssetSummary
{
    /// <summary>Last price, USD.</summary>
    public decimal? PriceUsd { get; set; }

    /// <summary>Last volatility index, annual fraction.</summary>
    public decimal? VolatilityAnnual { get; set; }
}
