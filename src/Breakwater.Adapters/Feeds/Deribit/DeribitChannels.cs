using System.Collections.Immutable;
using Breakwater.Adapters.Files;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Feeds.Deribit;

/// <summary>Names of Deribit's channels, and what their notifications mean.</summary>
internal sealed class DeribitChannels(ImmutableArray<AssetId> underlyings)
{
    private const decimal PercentPerUnit = 100m;

    private readonly Dictionary<string, Instrument> _instruments = new(StringComparer.Ordinal);

    /// <summary>Channel of a book.</summary>
    internal static string Book(Instrument instrument, string interval) => $"book.{instrument.Name}.{interval}";

    /// <summary>Channel of trades.</summary>
    internal static string Trades(Instrument instrument, string interval) => $"trades.{instrument.Name}.{interval}";

    /// <summary>Channel of quotes.</summary>
    internal static string Ticker(string instrumentName, string interval) => $"ticker.{instrumentName}.{interval}";

    /// <summary>Channels of the price index and the volatility index of an underlying.</summary>
    internal static IEnumerable<string> Indices(AssetId underlying)
    {
        string name = IndexName(underlying);
        return ["deribit_price_index." + name, "deribit_volatility_index." + name];
    }

    /// <summary>Beginning of the channels of what is listed and settled.</summary>
    internal const string StatesPrefix = "instrument.state.";

    /// <summary>Channel of what is listed and settled of an underlying.</summary>
    internal static string States(AssetId underlying) => $"{StatesPrefix}any.{underlying}";

    /// <summary>Reads a notification.</summary>
    /// <param name="channel">A channel that was subscribed.</param>
    /// <param name="data">What it says.</param>
    /// <param name="reading">Takes the messages.</param>
    internal void Read(string channel, JsonValue data, VenueReading reading)
    {
        string[] parts = channel.Split('.');
        switch (parts[0])
        {
            case "book":
                ReadBook(parts[1], data, reading);
                break;
            case "ticker":
                ReadTicker(parts[1], data, reading);
                break;
            case "trades":
                ReadTrades(parts[1], data, reading);
                break;
            default:
                ReadIndex(parts[0], parts[1], data, reading);
                break;
        }
    }

    /// <summary>Reads a list of instruments; those we have no terms for (combinations, pairs) are passed
    /// over.</summary>
    /// <param name="items">The list.</param>
    /// <param name="reading">Takes the messages.</param>
    internal static void ReadInstruments(ImmutableArray<JsonValue> items, VenueReading reading)
    {
        FeedFields fields = reading.Fields;
        foreach (JsonValue item in items)
        {
            string name = fields.Text(item, "instrument_name");
            if (!InstrumentName.TryParse(name, out Instrument? instrument))
            {
                continue;
            }

            decimal tick = fields.Positive(item, "tick_size");
            decimal step = fields.Positive(item, "min_trade_amount");
            bool isActive = fields.Truth(item, "is_active");
            if (ExpiryOf(instrument!) is { } expiry && fields.Milliseconds(item, "expiration_timestamp") != expiry)
            {
                fields.Refuse(FailureReason.Inconsistent, "the expiry is not the name's", item, $"{expiry}");
            }

            reading.Messages.Add(new FeedMessage.InstrumentListed(
                reading.Stamp(reading.Arrival.At), instrument!, tick, step, isActive));
        }
    }

    private static string IndexName(AssetId underlying) => underlying.Name.ToLowerInvariant() + "_usd";

    private static Timestamp? ExpiryOf(Instrument instrument) => instrument switch
    {
        VanillaOption option => option.Expiry,
        DatedFuture future => future.Expiry,
        _ => null,
    };

    private void ReadBook(string name, JsonValue data, VenueReading reading)
    {
        FeedFields fields = reading.Fields;
        Instrument? instrument = InstrumentOf(name, data, fields);
        FeedStamp stamp = reading.Stamp(fields.Milliseconds(data, "timestamp"));
        long id = fields.Whole(data, "change_id");
        string type = fields.Text(data, "type");
        ImmutableArray<FeedLevel> bids = Levels(fields.Items(data, "bids"), type == "snapshot", fields);
        ImmutableArray<FeedLevel> asks = Levels(fields.Items(data, "asks"), type == "snapshot", fields);
        switch (type)
        {
            case "snapshot":
                reading.Messages.Add(new FeedMessage.BookSnapshot(stamp, instrument!, id, bids, asks));
                break;
            case "change":
                long previous = fields.Whole(data, "prev_change_id");
                reading.Messages.Add(new FeedMessage.BookChange(
                    stamp, instrument!, previous + 1, id, previous, bids, asks));
                break;
            default:
                fields.Refuse(FailureReason.Unknown, "no kind of a book", data, "snapshot or change");
                break;
        }
    }

    private static ImmutableArray<FeedLevel> Levels(
        ImmutableArray<JsonValue> items, bool isSnapshot, FeedFields fields)
    {
        ImmutableArray<FeedLevel>.Builder levels = ImmutableArray.CreateBuilder<FeedLevel>(items.Length);
        foreach (JsonValue item in items)
        {
            if (item.Items.Length != 3)
            {
                fields.Refuse(FailureReason.Malformed, "no level of a book", item, "[action, price, amount]");
                continue;
            }

            string action = item.Items[0].Text;
            bool isDelete = action == "delete" && !isSnapshot;
            if (!isDelete && action != "new" && (action != "change" || isSnapshot))
            {
                fields.Refuse(FailureReason.Unknown, "no action of a level", item.Items[0], "new, change or delete");
            }

            decimal price = fields.Positive(item.Items[1]);
            decimal amount = isDelete ? fields.Decimal(item.Items[2], 0m) : fields.Positive(item.Items[2]);
            levels.Add(new FeedLevel(price, isDelete ? 0m : amount));
        }

        return levels.ToImmutable();
    }

    private void ReadTicker(string name, JsonValue data, VenueReading reading)
    {
        FeedFields fields = reading.Fields;
        Instrument? instrument = InstrumentOf(name, data, fields);
        FeedStamp stamp = reading.Stamp(fields.Milliseconds(data, "timestamp"));
        decimal? bid = Quoted(data, "best_bid_price", fields);
        decimal? ask = Quoted(data, "best_ask_price", fields);
        reading.Messages.Add(new FeedMessage.QuoteChanged(stamp, instrument!, new VenueQuote
        {
            Bid = bid,
            BidQuantity = bid is null ? null : fields.Positive(data, "best_bid_amount"),
            Ask = ask,
            AskQuantity = ask is null ? null : fields.Positive(data, "best_ask_amount"),
            Mark = fields.OptionalDecimal(data, "mark_price", 0m),
            MarkVolatilityAnnual = fields.OptionalDecimal(data, "mark_iv", 0m) / PercentPerUnit,
            ForwardUsd = Quoted(data, "underlying_price", fields),
            IndexUsd = Quoted(data, "index_price", fields),
            OpenInterest = fields.OptionalDecimal(data, "open_interest", 0m),
            Funding8h = fields.OptionalDecimal(data, "funding_8h", -1m),
        }));
    }

    // The venue writes 0 for what is not quoted.
    private static decimal? Quoted(JsonValue data, string name, FeedFields fields) =>
        fields.OptionalDecimal(data, name, 0m) is { } value && value > 0m ? value : null;

    private void ReadTrades(string name, JsonValue data, VenueReading reading)
    {
        FeedFields fields = reading.Fields;
        if (data.Kind != JsonKind.Array)
        {
            fields.Refuse(FailureReason.Malformed, "no array", data);
            return;
        }

        foreach (JsonValue item in data.Items)
        {
            Instrument? instrument = InstrumentOf(name, item, fields);
            FeedStamp stamp = reading.Stamp(fields.Milliseconds(item, "timestamp"));
            string direction = fields.Text(item, "direction");
            if (direction is not ("buy" or "sell"))
            {
                fields.Refuse(FailureReason.Malformed, "no side of a trade", item, "buy or sell");
            }

            reading.Messages.Add(new FeedMessage.Traded(
                stamp, instrument!, fields.Whole(item, "trade_seq"), fields.Positive(item, "price"),
                fields.Positive(item, "amount"), direction == "buy"));
        }
    }

    private void ReadIndex(string kind, string name, JsonValue data, VenueReading reading)
    {
        FeedFields fields = reading.Fields;
        FeedStamp stamp = reading.Stamp(fields.Milliseconds(data, "timestamp"));
        if (fields.Text(data, "index_name") != name)
        {
            fields.Refuse(FailureReason.Inconsistent, "the index is not the channel's", data, name);
        }

        AssetId asset = underlyings.First(own => IndexName(own) == name); // channels are made of them
        reading.Messages.Add(kind == "deribit_volatility_index"
            ? new FeedMessage.VolatilityIndexChanged(
                stamp, asset, fields.Positive(data, "volatility") / PercentPerUnit)
            : new FeedMessage.IndexStated(stamp, asset, fields.Positive(data, "price")));
    }

    private Instrument? InstrumentOf(string name, JsonValue data, FeedFields fields)
    {
        if (fields.Text(data, "instrument_name") != name)
        {
            fields.Refuse(FailureReason.Inconsistent, "the instrument is not the channel's", data, name);
        }

        if (!_instruments.TryGetValue(name, out Instrument? instrument))
        {
            instrument = InstrumentName.Parse(name); // channels are made of names of instruments
            _instruments[name] = instrument;
        }

        return instrument;
    }
}
