using System.Collections.Immutable;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Breakwater.IntegrationTests.Feeds;
using Breakwater.Markets;

namespace Breakwater.IntegrationTests.Server;

/// <summary>A venue of Deribit's form on this machine that quotes a chain, its index and a book, and does wrong when it
/// is told to.</summary>
internal sealed class ChainVenue : IAsyncDisposable
{
    private const string Book = "book.BTC-PERPETUAL.100ms";

    private readonly ImmutableSortedDictionary<string, ChainRow> _rows;
    private readonly double _indexUsd;
    private readonly LoopbackServer _server;
    private readonly SemaphoreSlim _turn = new(1);
    private WebSocket? _socket;
    private string[] _channels = [];
    private long _changeId = 100;

    /// <summary>A venue.</summary>
    /// <param name="rows">What it quotes; may be nothing.</param>
    /// <param name="indexUsd">Its index, USD.</param>
    internal ChainVenue(IEnumerable<ChainRow> rows, double indexUsd)
    {
        _rows = rows.ToImmutableSortedDictionary(
            static own => own.Option.Name, static own => own, StringComparer.Ordinal);
        _indexUsd = indexUsd;
        _server = new LoopbackServer(ServeAsync, _ => Task.FromResult(new Document(404, string.Empty)));
    }

    /// <summary>Its WebSocket.</summary>
    internal Uri Address => new($"ws://{_server.Authority}/ws/api/v2");

    /// <summary>What its index is multiplied with: 1 is the truth.</summary>
    internal double Lie { get; set; } = 1d;

    /// <summary>Whether it says nothing.</summary>
    internal bool IsSilent { get; set; }

    /// <summary>Connections that were opened.</summary>
    internal int ConnectionCount { get; private set; }

    /// <summary>Snapshots of its book that were asked for.</summary>
    internal int SnapshotCount { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _turn.Dispose();
    }

    /// <summary>Says something as it is.</summary>
    internal Task SayAsync(string text) => SendAsync(_socket!, text);

    /// <summary>Says a change of its book that does not follow the one before.</summary>
    internal Task SkipAsync()
    {
        _changeId += 7;
        return SayAsync(Channel(Book, $"{{\"type\":\"change\",\"timestamp\":{Now()},\"instrument_name\":"
            + $"\"BTC-PERPETUAL\",\"change_id\":{_changeId},\"prev_change_id\":{_changeId - 1},"
            + "\"bids\":[],\"asks\":[]}"));
    }

    /// <summary>Ends the connection without a word.</summary>
    internal void Cut() => _socket!.Abort();

    /// <summary>A quote that it has subscribed nobody to, of a price that cannot be.</summary>
    internal string AbsurdTicker() => Ticker(_rows.Values.First(), ask: -1d);

    private async Task ServeAsync(WebSocket socket, CancellationToken cancel)
    {
        ConnectionCount++;
        _socket = socket;
        _channels = [];
        Task saying = SayOnAsync(socket, cancel);
        while (await LoopbackServer.ReceiveAsync(socket, cancel) is { } text)
        {
            JsonElement request = JsonDocument.Parse(text).RootElement;
            string method = request.GetProperty("method").GetString()!;
            bool hasChannels = request.GetProperty("params").TryGetProperty("channels", out JsonElement asked);
            string result = method == "public/get_instruments" ? Listing()
                : hasChannels ? asked.GetRawText() : "\"ok\"";
            await SendAsync(
                socket, $"{{\"jsonrpc\":\"2.0\",\"id\":{request.GetProperty("id").GetInt64()},\"result\":{result}}}");
            if (method != "public/subscribe") continue;
            string[] channels = [.. asked.EnumerateArray().Select(static own => own.GetString()!)];
            _channels = [.. _channels, .. channels];
            if (channels.Contains(Book, StringComparer.Ordinal)) await SendAsync(socket, Snapshot());
        }

        await saying;
    }

    // Index five times a second, every quote every two seconds.
    private async Task SayOnAsync(WebSocket socket, CancellationToken cancel)
    {
        for (int round = 0; !cancel.IsCancellationRequested && socket.State == WebSocketState.Open; round++)
        {
            string[] channels = IsSilent ? [] : _channels;
            foreach (string channel in channels)
            {
                string[] parts = channel.Split('.');
                if (parts[0] == "deribit_price_index")
                {
                    await SendAsync(socket, Channel(channel, string.Create(CultureInfo.InvariantCulture,
                        $"{{\"timestamp\":{Now()},\"price\":{_indexUsd * Lie:0.##},\"index_name\":\"btc_usd\"}}")));
                }
                else if (round % 10 == 0 && parts[0] == "ticker" && _rows.TryGetValue(parts[1], out ChainRow? row))
                {
                    await SendAsync(socket, Ticker(row, row.AskCoin));
                }
            }

            await Task.Delay(200, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SendAsync(WebSocket socket, string text)
    {
        await _turn.WaitAsync();
        try
        {
            await LoopbackServer.SendAsync(
                socket, Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, _server.Stopped);
        }
        finally
        {
            _turn.Release();
        }
    }

    private string Snapshot()
    {
        SnapshotCount++;
        _changeId++;
        return Channel(Book, string.Create(CultureInfo.InvariantCulture,
            $"{{\"type\":\"snapshot\",\"timestamp\":{Now()},\"instrument_name\":\"BTC-PERPETUAL\","
            + $"\"change_id\":{_changeId},\"bids\":[[\"new\",{_indexUsd - 5:0.0},2000000]],"
            + $"\"asks\":[[\"new\",{_indexUsd + 5:0.0},3000000]]}}"));
    }

    private string Listing() => $"[{string.Join(',', _rows.Values.Select(static row => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"instrument_name\":\"{row.Option.Name}\",\"tick_size\":0.00000001,\"min_trade_amount\":0.1,"
        + $"\"is_active\":true,"
        + $"\"kind\":\"option\",\"expiration_timestamp\":{row.Option.Expiry.UnixMilliseconds}}}")))}]";

    private static string Ticker(ChainRow row, double? ask) => Channel(
        $"ticker.{row.Option.Name}.100ms",
        $"{{\"timestamp\":{Now()},\"instrument_name\":\"{row.Option.Name}\",\"best_bid_price\":{Number(row.BidCoin)},"
        + $"\"best_bid_amount\":1.0,\"best_ask_price\":{Number(ask)},\"best_ask_amount\":1.0,"
        + $"\"mark_price\":{Number(row.MarkCoin)},\"mark_iv\":{Number(100d * row.MarkVolatilityAnnual)},"
        + $"\"underlying_price\":{Number(row.ForwardUsd)},\"index_price\":{Number(row.IndexUsd)},"
        + $"\"open_interest\":{Number(row.OpenInterest)},\"interest_rate\":0.0,\"state\":\"open\"}}");

    private static string Channel(string channel, string data) =>
        $"{{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{{\"channel\":\"{channel}\",\"data\":{data}}}}}";

    private static string Number(double? value) =>
        value is { } number ? ((decimal)number).ToString(CultureInfo.InvariantCulture) : "null";

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
}
