using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Adapters.Files;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Feeds.Binance;

/// <summary>Combined streams of a venue of Binance's form: changes of depth, aggregated trades, and of futures the
/// mark; snapshots are documents.</summary>
/// <remarks>Source: developers.binance.com, pages "How to manage a local order book correctly" of USDT-margined futures
/// and of spot, "Diff. Book Depth Streams", "Aggregate Trade Streams", "Mark Price Stream". A connection answers the
/// venue's pings by itself and is ended by the venue after 24 h; it is then made again.</remarks>
internal sealed class BinanceProtocol(BinanceSettings settings) : IVenueProtocol
{
    private const int SnapshotLevels = 1_000;

    private readonly SortedDictionary<string, Instrument> _instruments = new(
        settings.Markets.ToDictionary(market => market.Symbol, market => market.Instrument, StringComparer.Ordinal),
        StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Source => settings.Source;

    /// <inheritdoc/>
    public Uri Address { get; } = new(
        $"{settings.StreamAddress}?streams="
            + string.Join('/', settings.Markets.SelectMany(market => Streams(market, settings.Kind))));

    /// <inheritdoc/>
    public LinkSettings Link => settings.Link;

    /// <inheritdoc/>
    public VenueNumbering Numbering => new(
        settings.Kind == BinanceMarketKind.Futures ? BookNumbering.LinkedRanges : BookNumbering.AdjacentRanges,
        AreTradesConsecutive: true);

    /// <inheritdoc/>
    public VenueBudget Budget => BinanceWeight.Budget;

    /// <inheritdoc/>
    public IReadOnlyList<Instrument> Books => [.. settings.Markets.Select(market => market.Instrument)];

    /// <inheritdoc/>
    public IReadOnlyList<VenueRequest> Open() => [];

    /// <inheritdoc/>
    public IReadOnlyList<VenueRequest> TakeRequests() => [];

    /// <inheritdoc/>
    public IReadOnlyList<VenueRequest> SnapshotRequests(Instrument instrument) => [];

    /// <inheritdoc/>
    public VenueDocument? SnapshotDocument(Instrument instrument) => new VenueDocument(
        new Uri(string.Create(
            CultureInfo.InvariantCulture,
            $"{settings.DepthAddress}?symbol={SymbolOf(instrument)}&limit={SnapshotLevels}")),
        BinanceWeight.Snapshot);

    /// <inheritdoc/>
    public VenueReading Read(ReadOnlyMemory<byte> raw, FeedArrival arrival)
    {
        VenueReading reading = VenueReading.Of(raw, Source, arrival, out JsonValue? root);
        if (root is null)
        {
            return reading;
        }

        FeedFields fields = reading.Fields;
        string stream = fields.Text(root, "stream");
        if (fields.Member(root, "data") is not { } data || fields.Refusal is not null)
        {
            return reading;
        }

        string symbol = fields.Text(data, "s");
        if (!_instruments.TryGetValue(symbol, out Instrument? instrument)
            || !stream.StartsWith(symbol.ToLowerInvariant() + "@", StringComparison.Ordinal))
        {
            fields.Refuse(FailureReason.Unknown, "a market that was not asked for", data, stream);
            return reading;
        }

        ReadEvent(fields.Text(data, "e"), data, instrument, reading);
        return reading;
    }

    /// <inheritdoc/>
    public VenueReading ReadSnapshot(Instrument instrument, ReadOnlyMemory<byte> raw, FeedArrival arrival)
    {
        VenueReading reading = VenueReading.Of(raw, Source, arrival, out JsonValue? root);
        if (root is not null)
        {
            FeedFields fields = reading.Fields;
            Timestamp at = FeedFields.Optional(root, "E") is null ? arrival.At : fields.Milliseconds(root, "E");
            reading.Messages.Add(new FeedMessage.BookSnapshot(
                reading.Stamp(at), instrument, fields.Whole(root, "lastUpdateId"),
                Levels(root, "bids", isSnapshot: true, fields), Levels(root, "asks", isSnapshot: true, fields)));
        }

        return reading;
    }

    private static string[] Streams(BinanceMarket market, BinanceMarketKind kind)
    {
        string symbol = market.Symbol.ToLowerInvariant();
        string[] streams = [$"{symbol}@depth@100ms", $"{symbol}@aggTrade"];
        return kind == BinanceMarketKind.Futures ? [.. streams, $"{symbol}@markPrice@1s"] : streams;
    }

    private string SymbolOf(Instrument instrument) =>
        settings.Markets.First(market => market.Instrument == instrument).Symbol;

    private void ReadEvent(string kind, JsonValue data, Instrument instrument, VenueReading reading)
    {
        FeedFields fields = reading.Fields;
        FeedStamp stamp = reading.Stamp(fields.Milliseconds(data, "E"));
        switch (kind)
        {
            case "depthUpdate":
                ReadDepth(stamp, data, instrument, reading);
                break;
            case "aggTrade":
                reading.Messages.Add(new FeedMessage.Traded(
                    stamp, instrument, fields.Whole(data, "a"), fields.Positive(data, "p"),
                    fields.Positive(data, "q"), IsBuy: !fields.Truth(data, "m"))); // m: the buyer was the maker
                break;
            case "markPriceUpdate":
                reading.Messages.Add(new FeedMessage.QuoteChanged(stamp, instrument, new VenueQuote
                {
                    Mark = fields.Positive(data, "p"),
                    IndexUsd = fields.Positive(data, "i"),
                }));
                break;
            default:
                fields.Refuse(FailureReason.Unknown, "an event that is not known", data, "depthUpdate, aggTrade");
                break;
        }
    }

    private void ReadDepth(FeedStamp stamp, JsonValue data, Instrument instrument, VenueReading reading)
    {
        FeedFields fields = reading.Fields;
        long first = fields.Whole(data, "U");
        long last = fields.Whole(data, "u");
        if (last < first)
        {
            fields.Refuse(FailureReason.Inconsistent, "the range of changes is empty", data, "U ≤ u");
        }

        long? previous = settings.Kind == BinanceMarketKind.Futures ? fields.Whole(data, "pu") : null;
        if (previous >= first)
        {
            fields.Refuse(FailureReason.Inconsistent, "the range before does not lie before", data, "pu < U");
        }

        reading.Messages.Add(new FeedMessage.BookChange(
            stamp, instrument, first, last, previous,
            Levels(data, "b", isSnapshot: false, fields), Levels(data, "a", isSnapshot: false, fields)));
    }

    private static ImmutableArray<FeedLevel> Levels(
        JsonValue parent, string name, bool isSnapshot, FeedFields fields)
    {
        ImmutableArray<JsonValue> items = fields.Items(parent, name);
        ImmutableArray<FeedLevel>.Builder levels = ImmutableArray.CreateBuilder<FeedLevel>(items.Length);
        foreach (JsonValue item in items)
        {
            if (item.Items.Length != 2)
            {
                fields.Refuse(FailureReason.Malformed, "no level of a book", item, "[price, quantity]");
                continue;
            }

            levels.Add(new FeedLevel(
                fields.Positive(item.Items[0]),
                isSnapshot ? fields.Positive(item.Items[1]) : fields.Decimal(item.Items[1], 0m)));
        }

        return levels.ToImmutable();
    }
}

/// <summary>Weights of requests at Binance. Source: its documentation of the order book and its limits.</summary>
internal static class BinanceWeight
{
    /// <summary>Weight of a minute and what comes back each second.</summary>
    internal static VenueBudget Budget => new(2_400, 40);

    /// <summary>Weight of a snapshot of 1,000 levels.</summary>
    internal static int Snapshot => 20;
}
