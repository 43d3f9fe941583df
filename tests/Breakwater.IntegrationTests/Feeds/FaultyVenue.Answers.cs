using System.Collections.Immutable;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Breakwater.Adapters.Feeds;

namespace Breakwater.IntegrationTests.Feeds;

/// <content>What the venue answers: subscriptions, signs of life and snapshots.</content>
internal sealed partial class FaultyVenue
{
    private async Task ServeAsync(WebSocket socket, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        ConnectionCount++;
        _socket = socket;
        _isSubscribed = false;
        _isAwaited = true;
        _held = null;
        _dropping = 0;
        _turn.Release();
        _attached.TrySetResult();
        while (await LoopbackServer.ReceiveAsync(socket, cancel) is { } text)
        {
            await _turn.WaitAsync(cancel);
            try
            {
                await AnswerAsync(socket, JsonDocument.Parse(text).RootElement);
            }
            finally
            {
                _turn.Release();
            }
        }

        await _turn.WaitAsync(cancel);
        _socket = ReferenceEquals(_socket, socket) ? null : _socket;
        _turn.Release();
    }

    private async Task AnswerAsync(WebSocket socket, JsonElement request)
    {
        long id = request.GetProperty("id").GetInt64();
        string method = request.GetProperty("method").GetString()!;
        string[] channels = request.GetProperty("params").TryGetProperty("channels", out JsonElement names)
            ? [.. names.EnumerateArray().Select(name => name.GetString()!)]
            : [];
        string result = method switch
        {
            "public/get_instruments" => "[{\"instrument_name\":\"BTC-PERPETUAL\",\"tick_size\":0.1,"
                + "\"min_trade_amount\":10,\"is_active\":true,\"expiration_timestamp\":32503708800000,"
                + "\"kind\":\"future\"},{\"instrument_name\":\"BTC_USDC\",\"kind\":\"spot\"}]",
            "public/subscribe" or "public/unsubscribe" => JsonSerializer.Serialize(channels),
            _ => "\"ok\"",
        };
        LifeSignCount += method == "public/test" ? 1 : 0;
        await LoopbackServer.SendAsync(
            socket, Encoding.UTF8.GetBytes($"{{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":{result}}}"),
            WebSocketMessageType.Text, _server.Stopped);
        bool isBook = channels.Any(channel => channel.StartsWith("book.", StringComparison.Ordinal));
        if (method == "public/subscribe" && isBook)
        {
            SubscriptionCount++;
            _isSubscribed = true;
            await SendAsync(_text.Snapshot(_book.UpdateId, Now(), _book.Bids, _book.Asks));
            SnapshotSent();
        }
    }

    private void SnapshotSent()
    {
        _isAwaited = false;
        _held = null;
        _dropping = 0;
        _quietUntil = _book.UpdateId + StepsBetween;
    }

    private async Task<Document> DocumentAsync(Uri address)
    {
        // A snapshot is only asked for by who listens: nothing of the stream may lie between the two.
        while (_socket is null)
        {
            await Task.Delay(Pause, _server.Stopped);
        }

        await _turn.WaitAsync(_server.Stopped);
        try
        {
            VenueFault? fault = _documentFault;
            _documentFault = null;
            switch (fault)
            {
                case VenueFault.StaleSnapshot:
                    return new Document(200, _firstSnapshot);
                case VenueFault.TooManyRequests:
                    return new Document(429, "{\"code\":-1003}", RetryAfterSeconds: 1);
                case VenueFault.CrossedSnapshot:
                    ImmutableArray<FeedLevel> bids = [new FeedLevel(10m * (_book.BestAsk ?? 1m), 1m)];
                    return new Document(200, _text.Snapshot(_book.UpdateId, Now(), bids, _book.Asks));
                default:
                    SnapshotSent();
                    return new Document(200, _text.Snapshot(_book.UpdateId, Now(), _book.Bids, _book.Asks));
            }
        }
        finally
        {
            _turn.Release();
        }
    }
}
