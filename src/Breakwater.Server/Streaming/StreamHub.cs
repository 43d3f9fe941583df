using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Breakwater.Adapters.Reports;
using Breakwater.Engine;
using Breakwater.Markets;
using Breakwater.Server.Access;
using Breakwater.Server.Api;

namespace Breakwater.Server.Streaming;

/// <summary>Turns what the loop publishes into messages, keeps the newest for those who come back, and offers them to
/// every client.</summary>
/// <remarks>Called on the loop's thread, which never waits for a client. Before the first client nothing is made.
/// </remarks>
internal sealed class StreamHub
{
    /// <summary>Messages kept for clients that come back.</summary>
    internal const int KeptMax = 16_384;

    /// <summary>Most clients at once.</summary>
    internal const int ClientsMax = 1_024;

    /// <summary>Most clients of one key at once.</summary>
    internal const int ClientsOfKeyMax = 64;

    private readonly Lock _gate = new();
    private readonly Queue<StreamMessage> _kept = new();
    private readonly int _pendingMax;
    private ImmutableArray<StreamClient> _clients = [];
    private RiskView? _view;
    private RiskView? _told; // of the last tick: what commands have changed since is told at the next
    private StreamPlace _last;
    private bool _isWatched;
    private long _slowCount;

    /// <summary>A hub.</summary>
    /// <param name="pendingMax">Most messages that wait for one client; ≥ 1.</param>
    internal StreamHub(int pendingMax = KeptMax) => _pendingMax = pendingMax;

    /// <summary>Clients now.</summary>
    internal int ClientCount => _clients.Length;

    /// <summary>Clients closed because they were too slow.</summary>
    internal long SlowCount => Interlocked.Read(ref _slowCount);

    /// <summary>Takes what a batch has led to.</summary>
    /// <param name="view">The view after it.</param>
    /// <param name="effects">Its effects.</param>
    internal void Publish(RiskView view, ImmutableArray<Effect> effects)
    {
        lock (_gate)
        {
            _view = view;
            if (!_isWatched) return;
            int index = 0;
            foreach ((Topics topic, string subject, string? account, string json) in Messages(_told, view, effects))
            {
                _last = new StreamPlace(view.Sequence, index++);
                StreamMessage message = new(_last, topic, subject, account, json);
                _kept.Enqueue(message);
                if (_kept.Count > KeptMax) _kept.Dequeue();
                foreach (StreamClient client in _clients)
                {
                    if (client.Wants(message) && client.Offer(message)) Interlocked.Increment(ref _slowCount);
                }
            }

            if (effects.Any(static own => own is Effect.MarketValued)) _told = view;
        }
    }

    /// <summary>Lets a client in: first what it missed, or all state if that is no longer kept; then all that follows.
    /// </summary>
    /// <param name="key">Who listens.</param>
    /// <param name="topics">To what.</param>
    /// <param name="after">The last message that the client has; <c>null</c>: none.</param>
    /// <returns>The client; <c>null</c> if there are too many.</returns>
    internal StreamClient? Join(ApiKey key, Topics topics, StreamPlace? after)
    {
        StreamClient client = new(key, topics, _pendingMax);
        lock (_gate)
        {
            if (_clients.Length >= ClientsMax || _clients.Count(own => own.Key.Name == key.Name) >= ClientsOfKeyMax)
            {
                return null;
            }

            _isWatched = true;
            bool isKept = after is { } last && _kept.TryPeek(out StreamMessage? oldest)
                && oldest.Place.CompareTo(last) <= 0 && last.CompareTo(_last) <= 0;
            IEnumerable<StreamMessage> first = isKept
                ? _kept.Where(own => own.Place.CompareTo(after!.Value) > 0) // known where it is kept
                : _view is { } view ? Snapshot(view) : [];
            foreach (StreamMessage message in first.Where(client.Wants)) client.Offer(message);
            _clients = _clients.Add(client);
        }

        return client;
    }

    /// <summary>The client has gone.</summary>
    /// <param name="client">The client.</param>
    internal void Leave(StreamClient client)
    {
        lock (_gate) _clients = _clients.Remove(client);
    }

    /// <summary>Ends the streams of some keys.</summary>
    /// <param name="isGone">Which.</param>
    internal void CloseAll(Func<ApiKey, bool> isGone)
    {
        foreach (StreamClient client in _clients.Where(own => isGone(own.Key))) client.Close();
    }

    private IEnumerable<StreamMessage> Snapshot(RiskView view)
    {
        StreamPlace place = _last.Sequence == 0 ? new StreamPlace(view.Sequence, 0) : _last;
        foreach (UnderlyingMarket own in view.Valuation?.Market.Underlyings ?? [])
        {
            yield return new StreamMessage(place, Topics.Market, own.Asset.Name, null, Market(view, own));
        }

        foreach ((string id, AccountStanding standing) in view.State.Accounts)
        {
            yield return new StreamMessage(place, Topics.Margin, id, id, Margin(view, id, standing));
        }
    }

    private static IEnumerable<(Topics Topic, string Subject, string? Account, string Json)> Messages(
        RiskView? told, RiskView view, ImmutableArray<Effect> effects)
    {
        foreach (Effect effect in effects)
        {
            switch (effect)
            {
                case Effect.StageChanged own:
                    yield return (Topics.Action, own.Account, own.Account, Text(json =>
                    {
                        StandingJson.Write(json, own.Account, own.Standing, view.Parameters);
                        json.WriteString("from", own.From.ToString());
                        json.WriteString("to", own.To.ToString());
                    }));
                    break;
                case Effect.ModeChanged own:
                    yield return (Topics.Action, own.Asset.Name, null, Text(json =>
                    {
                        json.WriteString("underlying", own.Asset.Name);
                        json.WriteString("from", own.From.ToString());
                        json.WriteString("to", own.To.ToString());
                    }));
                    break;
                case Effect.ReportMade own:
                    yield return (Topics.Report, own.CommandId, own.Report.Margin.Subaccount, Text(json =>
                    {
                        json.WriteString("subaccount", own.Report.Margin.Subaccount);
                        json.WriteString("at", own.Report.At.ToString());
                        json.WriteString("report", own.Report.Digests.Report.ToString());
                    }));
                    break;
                default:
                    break; // answers to clients, and what the next messages say
            }
        }

        if (!effects.Any(static own => own is Effect.MarketValued)) yield break;
        foreach (UnderlyingMarket own in view.Valuation!.Market.Underlyings) // just valued
        {
            yield return (Topics.Market, own.Asset.Name, null, Market(view, own));
        }

        foreach ((string id, AccountStanding standing) in view.State.Accounts)
        {
            if (!ReferenceEquals(told?.State.StandingOf(id), standing))
            {
                yield return (Topics.Margin, id, id, Margin(view, id, standing));
            }
        }
    }

    private static string Market(RiskView view, UnderlyingMarket market) =>
        Text(json => StatusJson.WriteMarket(json, view, market));

    private static string Margin(RiskView view, string id, AccountStanding standing) =>
        Text(json => StandingJson.Write(json, id, standing, view.Parameters));

    private static string Text(Action<Utf8JsonWriter> members)
    {
        System.Buffers.ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.Object(() => members(json));
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
