using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using Breakwater.Adapters.Feeds;
using Breakwater.Instruments;

namespace Breakwater.IntegrationTests.Feeds;

/// <summary>A venue on this machine that replays a recorded book and does wrong by a plan, one fault at a time: the
/// next only when the consumer has got over the last.</summary>
internal sealed partial class FaultyVenue : IAsyncDisposable
{
    /// <summary>How long it says nothing when it stalls; longer than the feeds of the tests are patient.</summary>
    internal static readonly TimeSpan Stalling = TimeSpan.FromSeconds(2.5);

    /// <summary>Longest message the feeds of the tests accept, bytes.</summary>
    internal const int MessageBytesMax = 512 * 1024;

    private const int StepsBetween = 3; // applied by the consumer between two faults
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    private readonly LoopbackServer _server;
    private readonly VenueText _text;
    private readonly RecordedDepth _depth;
    private readonly Queue<VenueFault> _faults;
    private readonly int _stepCount;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly TaskCompletionSource _attached = new();
    private readonly ConcurrentDictionary<long, string> _truth = [];
    private readonly FeedBook _book = new();
    private readonly Task _pump;
    private WebSocket? _socket;
    private readonly string _firstSnapshot;
    private string? _held;
    private VenueFault? _documentFault;
    private bool _isSubscribed;
    private bool _isAwaited = true; // a snapshot of the book
    private long _tradeNumber = 100;
    private long _quietUntil; // no fault before the consumer has applied this change
    private long _acknowledged;
    private int _dropping;
    private int _stepIndex;

    internal FaultyVenue(
        VenueDialect dialect, RecordedDepth depth, IEnumerable<VenueFault> faults, int stepCount)
    {
        _text = new VenueText(dialect);
        _depth = depth;
        _faults = new Queue<VenueFault>(faults);
        _stepCount = stepCount;
        DepthStep start = Numbered(0) with { Bids = depth.Snapshot.Bids, Asks = depth.Snapshot.Asks };
        _book.Apply(new FeedMessage.BookSnapshot(
            default, InstrumentName.Parse("BTC-PERPETUAL"), StartId, start.Bids, start.Asks));
        _truth[StartId] = _book.ToString();
        _firstSnapshot = _text.Snapshot(StartId, Now(), _book.Bids, _book.Asks);
        _server = new LoopbackServer(ServeAsync, DocumentAsync);
        _pump = Task.Run(PumpAsync);
    }

    /// <summary>Host and port.</summary>
    internal string Authority => _server.Authority;

    /// <summary>Number of the last recorded change.</summary>
    internal long LastRecordedId => Numbered(_stepCount - 1).Last;

    /// <summary>Whether every step was sent, every fault was made, and the consumer has got over the last.</summary>
    internal bool IsDone => _faults.Count == 0 && Volatile.Read(ref _stepIndex) >= _stepCount && !_isAwaited
        && Interlocked.Read(ref _acknowledged) >= _quietUntil;

    /// <summary>Faults not made yet.</summary>
    internal int FaultsLeft => _faults.Count;

    /// <summary>Connections that were opened.</summary>
    internal int ConnectionCount { get; private set; }

    /// <summary>Answers to requests for a sign of life.</summary>
    internal int LifeSignCount { get; private set; }

    /// <summary>Subscriptions to the book.</summary>
    internal int SubscriptionCount { get; private set; }

    private long StartId => _text.Dialect == VenueDialect.Futures ? _depth.Snapshot.Last : 1_000;

    /// <summary>The true book after a change.</summary>
    internal string TruthAt(long id) => _truth.TryGetValue(id, out string? text) ? text : $"no change {id}";

    /// <summary>The consumer has applied a change.</summary>
    internal void Acknowledge(long id) => Interlocked.Exchange(ref _acknowledged, id);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await Task.WhenAny(_pump, Task.Delay(TimeSpan.FromSeconds(5)));
        _turn.Dispose();
    }

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    // Futures keep the recorded numbers; the others count their own book only.
    private DepthStep Numbered(int index)
    {
        bool isRecorded = index < _stepCount;
        DepthStep step = isRecorded ? _depth.Steps[index] : new DepthStep(0, 0, [], []);
        long after = index - _stepCount + 1;
        return _text.Dialect != VenueDialect.Futures
            ? step with { First = 1_001 + index, Last = 1_001 + index }
            : isRecorded ? step : step with
            {
                First = _depth.Steps[_stepCount - 1].Last + (10 * after) - 5,
                Last = _depth.Steps[_stepCount - 1].Last + (10 * after),
            };
    }

    private async Task PumpAsync()
    {
        await _attached.Task.WaitAsync(_server.Stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        long previous = Numbered(0).First - 1;
        for (int index = 0; !_server.Stopped.IsCancellationRequested; index++)
        {
            DepthStep step = Numbered(index);
            await _turn.WaitAsync();
            VenueFault? fault;
            try
            {
                _book.Apply(new FeedMessage.BookChange(
                    default, InstrumentName.Parse("BTC-PERPETUAL"), step.First, step.Last, previous, step.Bids,
                    step.Asks));
                _truth[step.Last] = _book.ToString();
                fault = NextFault(step);
                await PublishAsync(step, previous, fault);
                previous = step.Last;
                Volatile.Write(ref _stepIndex, index + 1);
            }
            finally
            {
                _turn.Release();
            }

            await Task.Delay(fault == VenueFault.Stall ? Stalling : Pause, CancellationToken.None);
        }
    }

    private VenueFault? NextFault(DepthStep step)
    {
        if (_socket is null || _isAwaited || _dropping > 0 || _held is not null
            || Interlocked.Read(ref _acknowledged) < _quietUntil || !_faults.TryDequeue(out VenueFault fault))
        {
            return null;
        }

        _isAwaited = VenueFaults.BreaksBook(fault);
        _quietUntil = step.Last + StepsBetween;
        return fault;
    }

    private async Task PublishAsync(DepthStep step, long previous, VenueFault? fault)
    {
        long now = Now();
        string change = _text.Change(step, previous, now, "BTC-PERPETUAL", step.Bids);
        decimal price = _depth.TradePrices[_stepIndex % _depth.TradePrices.Length];
        await SendTradeAsync(price, now, fault);
        if (_stepIndex % 10 == 0)
        {
            foreach (string aside in _text.Asides(price, now))
            {
                await SendAsync(aside);
            }
        }

        if (_stepIndex % 40 == 20 && _text.Dialect == VenueDialect.Deribit)
        {
            await SendAsync("{\"jsonrpc\":\"2.0\",\"method\":\"heartbeat\",\"params\":{\"type\":\"test_request\"}}");
        }

        if (_text.Dialect == VenueDialect.Deribit && !_isSubscribed)
        {
            return;
        }

        foreach (string text in BookTexts(step, previous, change, now, fault))
        {
            await SendAsync(text);
        }

        if (fault == VenueFault.Cut && _socket is { } open)
        {
            _socket = null;
            await open.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, "24 h are over", _server.Stopped);
        }
        else if (fault == VenueFault.Binary && _socket is { } socket)
        {
            await LoopbackServer.SendAsync(socket, new byte[64], WebSocketMessageType.Binary, _server.Stopped);
        }
    }

    private IEnumerable<string> BookTexts(
        DepthStep step, long previous, string change, long now, VenueFault? fault)
    {
        if (_dropping > 0)
        {
            _dropping--;
            return [];
        }

        string Other(
            long? before = null, long? at = null, string? instrument = null, IEnumerable<FeedLevel>? bids = null) =>
            _text.Change(step, before ?? previous, at ?? now, instrument ?? "BTC-PERPETUAL", bids ?? step.Bids);
        string? held = _held;
        _held = null;
        switch (fault)
        {
            case VenueFault.Drop:
                return [];
            case VenueFault.StaleSnapshot or VenueFault.TooManyRequests or VenueFault.CrossedSnapshot:
                _documentFault = fault;
                return [];
            case VenueFault.Gap:
                _dropping = 4;
                return [];
            case VenueFault.Reorder:
                _held = change;
                return [];
            case VenueFault.Duplicate:
                return [change, change];
            case VenueFault.CrossedBook:
                return [Other(bids: [new FeedLevel(10m * (_book.BestAsk ?? 1m), 1m)])];
            case VenueFault.WrongNumber:
                return [_text.Dialect == VenueDialect.Spot
                    ? _text.Change(step with { First = step.First + 1, Last = step.Last + 1 }, previous, now,
                        "BTC-PERPETUAL", step.Bids)
                    : Other(before: previous - 1)];
            case VenueFault.WrongInstrument:
                return [Other(instrument: "ETH-PERPETUAL")];
            case VenueFault.AbsurdNumber:
                return [Other(bids: [new FeedLevel(60_000m, 987_654_321m)])
                    .Replace("987654321", "1e400", StringComparison.Ordinal)];
            case VenueFault.SecondsClock:
                return [Other(at: now / 1000)];
            case VenueFault.LateClock:
                return [Other(at: now - 10_000)];
            case VenueFault.FastClock:
                return [Other(at: now + 10_000)];
            case VenueFault.Garbage:
                return [change[..(change.Length / 2)], change];
            case VenueFault.DuplicateMember:
                return ["{\"a\":1,\"a\":1}", change];
            case VenueFault.TooLong:
                return [new string(' ', MessageBytesMax + 1), change];
            case VenueFault.UnknownStream:
                return [_text.Unasked(), change];
            default:
                return held is null ? [change] : [change, held];
        }
    }

    private async Task SendTradeAsync(decimal price, long now, VenueFault? fault)
    {
        long number = ++_tradeNumber;
        switch (fault)
        {
            case VenueFault.AbsurdTrade:
                await SendAsync(_text.Trade(number, 10m * price, now));
                break;
            case VenueFault.RepeatedTrade:
                await SendAsync(_text.Trade(number, price, now));
                await SendAsync(_text.Trade(number, price, now));
                break;
            case VenueFault.MissedTrade:
                break;
            default:
                await SendAsync(_text.Trade(number, price, now));
                break;
        }
    }

    private async Task SendAsync(string text)
    {
        bool isWanted = _socket is not null && (_text.Dialect != VenueDialect.Deribit || _isSubscribed);
        if (isWanted && !await LoopbackServer.SendAsync(
            _socket!, Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, _server.Stopped))
        {
            _socket = null;
        }
    }
}
