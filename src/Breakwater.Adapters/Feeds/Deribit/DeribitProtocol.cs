using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Adapters.Files;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Feeds.Deribit;

/// <summary>Deribit's public JSON-RPC over WebSocket: instruments first, then subscriptions, heartbeats answered.
/// </summary>
/// <remarks>Source: docs.deribit.com, pages of public/subscribe, public/set_heartbeat, public/get_instruments, channels
/// book, ticker, trades, deribit_volatility_index and deribit_price_index, and the article on rate limits.</remarks>
internal sealed class DeribitProtocol(DeribitSettings settings) : IVenueProtocol
{
    private const int ChannelsPerRequestMax = 500; // the venue's limit of one public/subscribe
    private const int HeartbeatSeconds = 10; // the least the venue allows
    private const string TooManyRequests = "10028";
    private const string Subscribing = "public/subscribe";
    private const string Listing = "public/get_instruments";

    private readonly SortedDictionary<long, PendingRequest> _pending = [];
    private readonly SortedSet<string> _channels = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _listed = new(StringComparer.Ordinal);
    private readonly List<VenueRequest> _requests = [];
    private readonly DeribitChannels _reader = new(settings.Underlyings);
    private long _lastId;
    private int _listsAwaited;

    /// <inheritdoc/>
    public string Source => settings.Source;

    /// <inheritdoc/>
    public Uri Address => settings.Address;

    /// <inheritdoc/>
    public LinkSettings Link => settings.Link;

    /// <inheritdoc/>
    public VenueNumbering Numbering => new(BookNumbering.Linked, AreTradesConsecutive: true);

    /// <inheritdoc/>
    public VenueBudget Budget => DeribitCost.Budget;

    /// <inheritdoc/>
    public IReadOnlyList<Instrument> Books => settings.Books;

    /// <inheritdoc/>
    public IReadOnlyList<VenueRequest> Open()
    {
        _pending.Clear();
        _channels.Clear();
        _listed.Clear();
        _requests.Clear();
        _listsAwaited = settings.Underlyings.Length;
        List<VenueRequest> requests =
            [Request("public/set_heartbeat", $"{{\"interval\":{HeartbeatSeconds}}}", DeribitCost.Plain)];
        requests.AddRange(settings.Underlyings.Select(List));

        if (_listsAwaited == 0)
        {
            Subscribe(requests);
        }

        return requests;
    }

    /// <inheritdoc/>
    public VenueReading Read(ReadOnlyMemory<byte> raw, FeedArrival arrival)
    {
        VenueReading reading = VenueReading.Of(raw, Source, arrival, out JsonValue? root);
        if (root is null)
        {
            return reading;
        }

        if (FeedFields.Optional(root, "method") is { } method)
        {
            Notified(root, method, reading);
        }
        else
        {
            Answered(root, reading);
        }

        return reading;
    }

    /// <inheritdoc/>
    public IReadOnlyList<VenueRequest> TakeRequests()
    {
        VenueRequest[] taken = [.. _requests];
        _requests.Clear();
        return taken;
    }

    /// <inheritdoc/>
    public IReadOnlyList<VenueRequest> SnapshotRequests(Instrument instrument)
    {
        // The first notification of a subscription is a snapshot: subscribing anew is how one is asked for.
        string channel = DeribitChannels.Book(instrument, settings.Interval);
        return _channels.Contains(channel)
            ?
            [
                Request("public/unsubscribe", Channels([channel]), DeribitCost.Plain),
                Request(Subscribing, Channels([channel]), DeribitCost.Subscription, channel),
            ]
            : [];
    }

    /// <inheritdoc/>
    public VenueDocument? SnapshotDocument(Instrument instrument) => null;

    /// <inheritdoc/>
    public VenueReading ReadSnapshot(Instrument instrument, ReadOnlyMemory<byte> raw, FeedArrival arrival) =>
        Read(raw, arrival);

    private void Notified(JsonValue root, JsonValue method, VenueReading reading)
    {
        JsonValue? parameters = reading.Fields.Member(root, "params");
        if (parameters is null)
        {
            return;
        }

        switch (method.Text)
        {
            case "subscription":
                Subscription(parameters, reading);
                break;
            case "heartbeat":
                if (reading.Fields.Text(parameters, "type") == "test_request")
                {
                    reading.Replies.Add(Request("public/test", "{}", DeribitCost.Plain).Text);
                }

                break;
            default:
                reading.Fields.Refuse(FailureReason.Unknown, "a method that is not known", method);
                break;
        }
    }

    private void Subscription(JsonValue parameters, VenueReading reading)
    {
        string channel = reading.Fields.Text(parameters, "channel");
        if (!_channels.Contains(channel))
        {
            reading.Fields.Refuse(FailureReason.Unknown, "a channel that was not asked for", parameters);
        }
        else if (reading.Fields.Member(parameters, "data") is not { } data)
        {
            return;
        }
        else if (channel.StartsWith(DeribitChannels.StatesPrefix, StringComparison.Ordinal))
        {
            ListAgain(channel);
        }
        else
        {
            _reader.Read(channel, data, reading);
        }
    }

    private void Answered(JsonValue root, VenueReading reading)
    {
        long id = reading.Fields.Whole(root, "id");
        if (reading.Fields.Refusal is not null)
        {
            return;
        }

        if (!_pending.Remove(id, out PendingRequest? pending))
        {
            reading.Fields.Refuse(FailureReason.Unknown, "an answer to what was not asked", root);
            return;
        }

        if (FeedFields.Optional(root, "error") is { } error)
        {
            string code = FeedFields.Optional(error, "code")?.Text ?? string.Empty;
            reading.Fields.Refuse(
                FailureReason.Inconsistent, $"the venue refused {pending.Method} with code {code}", error);
            reading.EndReason = code == TooManyRequests
                ? "too many requests"
                : $"the venue refused {pending.Method}";
        }
        else if (pending.Method == Subscribing)
        {
            Subscribed(pending.Channels, root, reading);
        }
        else if (pending.Method == Listing)
        {
            DeribitChannels.ReadInstruments(reading.Fields.Items(root, "result"), reading);
            Listed(reading);
        }
    }

    private void Listed(VenueReading reading)
    {
        foreach (FeedMessage.InstrumentListed listed in reading.Messages.OfType<FeedMessage.InstrumentListed>())
        {
            _listed.Add(listed.Instrument.Name);
        }

        _listsAwaited--;
        if (reading.Fields.Refusal is not null)
        {
            reading.EndReason = "the list of instruments was refused";
        }
        else if (_listsAwaited == 0)
        {
            Subscribe(_requests);
        }
    }

    // What is listed or settled while we listen is told by a channel of its own: then the list is asked for again.
    private void ListAgain(string channel)
    {
        if (_listsAwaited == 0)
        {
            _listsAwaited = 1;
            _requests.Add(List(settings.Underlyings.First(own => DeribitChannels.States(own) == channel)));
        }
    }

    // The venue leaves out of its answer what it does not know.
    private static void Subscribed(ImmutableArray<string> channels, JsonValue root, VenueReading reading)
    {
        SortedSet<string> answered = new(StringComparer.Ordinal);
        foreach (JsonValue item in reading.Fields.Items(root, "result"))
        {
            answered.Add(item.Text);
        }

        if (reading.Fields.Refusal is null && channels.FirstOrDefault(own => !answered.Contains(own)) is { } missing)
        {
            reading.Fields.Refuse(FailureReason.Missing, $"the venue knows no channel {missing}", root);
        }
    }

    private VenueRequest List(AssetId underlying) => Request(
        Listing, $"{{\"currency\":\"{underlying}\",\"expired\":false}}", DeribitCost.List);

    private void Subscribe(List<VenueRequest> requests)
    {
        IEnumerable<string> quoted = settings.Quotes.IsEmpty ? _listed : settings.Quotes.Select(own => own.Name);
        string[] wanted =
        [
            .. settings.Books.Select(own => DeribitChannels.Book(own, settings.Interval)),
            .. settings.Trades.Select(own => DeribitChannels.Trades(own, settings.Interval)),
            .. settings.Underlyings.SelectMany(DeribitChannels.Indices),
            .. settings.Underlyings.Select(DeribitChannels.States),
            .. quoted.Select(name => DeribitChannels.Ticker(name, settings.Interval)),
        ];
        foreach (string[] chunk in wanted.Except(_channels).ToArray().Chunk(ChannelsPerRequestMax))
        {
            _channels.UnionWith(chunk);
            requests.Add(Request(Subscribing, Channels(chunk), DeribitCost.Subscription, chunk));
        }
    }

    // Names of channels consist of letters, digits, points, hyphens and underscores: nothing to escape.
    private static string Channels(string[] channels) => $"{{\"channels\":[\"{string.Join("\",\"", channels)}\"]}}";

    private VenueRequest Request(string method, string parameters, int cost, params string[] channels)
    {
        long id = ++_lastId;
        _pending[id] = new PendingRequest(method, [.. channels]);
        return new VenueRequest(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{{\"jsonrpc\":\"2.0\",\"id\":{id},\"method\":\"{method}\",\"params\":{parameters}}}"),
            cost);
    }

    private sealed record PendingRequest(string Method, ImmutableArray<string> Channels);
}

/// <summary>Credits that requests cost at Deribit. Source: its article on rate limits.</summary>
internal static class DeribitCost
{
    /// <summary>Credits of the scarcest pool, that of subscriptions, and how fast credits come back.</summary>
    internal static VenueBudget Budget => new(30_000, 10_000);

    /// <summary>Of an ordinary request.</summary>
    internal const int Plain = 500;

    /// <summary>Of a subscription.</summary>
    internal const int Subscription = 3_000;

    /// <summary>Of a list of instruments.</summary>
    internal const int List = 10_000;
}
