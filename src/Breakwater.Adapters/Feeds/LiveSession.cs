using Breakwater.Instruments;

namespace Breakwater.Adapters.Feeds;

/// <summary>The connection of a live feed, one step at a time: everything happens in the reader's turn, so that nothing
/// needs a lock and nothing piles up.</summary>
internal sealed class LiveSession : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50); // how late a time-out may be noticed
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(200); // least time between two snapshots

    private static readonly TimeSpan AskAfterFailure = TimeSpan.FromSeconds(1); // unless the venue says longer

    private readonly IVenueProtocol _protocol;
    private readonly TimeProvider _time;
    private readonly FeedIntake _intake;
    private readonly BackOff _backOff;
    private readonly RequestBudget _budget;
    private readonly SnapshotFetches _fetches;
    private readonly Queue<VenueRequest> _requests = new();
    private readonly SortedDictionary<Instrument, long> _askedAt = [];
    private VenueSocket? _socket;
    private Task<VenueFrame>? _receive;
    private TimeSpan _wait = TimeSpan.Zero;
    private long _lastReceived;
    private long _connectedAt;

    internal LiveSession(IVenueProtocol protocol, FeedLedger ledger, TimeProvider time)
    {
        _protocol = protocol;
        _time = time;
        _intake = new FeedIntake(protocol.Source, protocol.Numbering, protocol.Books, ledger);
        _backOff = new BackOff(protocol.Link, Random.Shared);
        _budget = new RequestBudget(protocol.Budget, time);
        _fetches = new SnapshotFetches(protocol, time);
    }

    /// <summary>Connects, or waits for what comes next and takes it.</summary>
    /// <param name="output">Takes what a consumer is to see.</param>
    /// <param name="cancel">Ends the wait without an exception.</param>
    internal async Task StepAsync(List<FeedMessage> output, CancellationToken cancel)
    {
        if (_socket is null)
        {
            await ConnectAsync(output, cancel).ConfigureAwait(false);
            return;
        }

        try
        {
            _receive ??= _socket.ReceiveAsync(cancel);
            if (!_receive.IsCompleted)
            {
                await WaitAsync(_receive, cancel).ConfigureAwait(false);
            }

            if (_receive.IsCompleted)
            {
                VenueFrame frame = await _receive.ConfigureAwait(false);
                _receive = null;
                Take(frame, output);
            }

            Fetched(output);
            AskForSnapshots();
            await SendAsync(cancel).ConfigureAwait(false);
            if (_socket is not null && _time.GetElapsedTime(_lastReceived) > _protocol.Link.SilenceMax)
            {
                Disconnect($"silent for {_protocol.Link.SilenceMax.TotalSeconds:0.###} s", output);
            }
        }
        catch (Exception exception) when (VenueSocket.IsLoss(exception))
        {
            if (!cancel.IsCancellationRequested)
            {
                Disconnect(exception.Message, output);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket?.Dispose();
        _fetches.Dispose();
    }

    private async Task ConnectAsync(List<FeedMessage> output, CancellationToken cancel)
    {
        try
        {
            await Task.Delay(_wait, _time, cancel).ConfigureAwait(false);
            _intake.Say(FeedState.Connecting, _protocol.Address.Host, FeedArrival.Now(_time), output);
            _socket = await VenueSocket.ConnectAsync(_protocol.Address, _protocol.Link, _time, cancel)
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (VenueSocket.IsLoss(exception))
        {
            if (!cancel.IsCancellationRequested)
            {
                Disconnect(exception.Message, output);
            }

            return;
        }

        _lastReceived = _time.GetTimestamp();
        _connectedAt = _lastReceived;
        foreach (VenueRequest request in _protocol.Open())
        {
            _requests.Enqueue(request);
        }

        // Where snapshots come with a subscription they are on their way; documents are asked for at once.
        foreach (Instrument instrument in _protocol.Books)
        {
            if (_protocol.SnapshotDocument(instrument) is null)
            {
                _askedAt[instrument] = _lastReceived;
            }
        }

        _intake.Say(FeedState.Live, string.Empty, FeedArrival.Now(_time), output);
    }

    private async Task WaitAsync(Task receive, CancellationToken cancel)
    {
        using CancellationTokenSource wake = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny([receive, .. _fetches.Tasks, Task.Delay(Tick, _time, wake.Token)]).ConfigureAwait(false);
        await wake.CancelAsync().ConfigureAwait(false);
    }

    private void Take(VenueFrame frame, List<FeedMessage> output)
    {
        _lastReceived = _time.GetTimestamp();
        FeedArrival arrival = FeedArrival.Now(_time);
        switch (frame.Kind)
        {
            case FrameKind.Closed:
                Disconnect("closed by the venue", output);
                break;
            case FrameKind.TooLarge:
                _intake.RefuseTransport(
                    new Failure(
                        FailureReason.TooLarge, "the message is too long", _protocol.Source,
                        Value: $"{frame.Length} bytes", Limit: $"{_protocol.Link.MessageBytesMax} bytes"),
                    arrival, frame.Bytes, output);
                break;
            case FrameKind.Binary:
                _intake.RefuseTransport(
                    new Failure(FailureReason.Malformed, "the message is not text", _protocol.Source),
                    arrival, frame.Bytes, output);
                break;
            default:
                Take(_protocol.Read(frame.Bytes, arrival), output);
                break;
        }
    }

    private void Take(VenueReading reading, List<FeedMessage> output)
    {
        int before = output.Count;
        _intake.Take(reading, output);
        if (output.Count > before && reading.Fields.Refusal is null
            && _time.GetElapsedTime(_connectedAt) > _protocol.Link.SilenceMax)
        {
            _backOff.Reset(); // a venue that accepts and hangs up again is still asked more and more seldom
        }

        foreach (string reply in reading.Replies)
        {
            _requests.Enqueue(new VenueRequest(reply, 0)); // an answer that is asked for is always affordable
        }

        foreach (VenueRequest request in _protocol.TakeRequests())
        {
            _requests.Enqueue(request);
        }

        if (reading.EndReason is { } why)
        {
            Disconnect(why, output);
        }
    }

    private void Fetched(List<FeedMessage> output)
    {
        foreach (FetchedSnapshot fetched in _fetches.TakeCompleted())
        {
            FeedArrival arrival = FeedArrival.Now(_time);
            if (fetched.Failure is { } failure)
            {
                _intake.RefuseTransport(failure, arrival, fetched.Bytes, output);
                _askedAt[fetched.Instrument] = Earlier(_protocol.Link.SnapshotMax - AskAfterFailure);
            }
            else if (_intake.LostBooks.Contains(fetched.Instrument)) // another one may have come before it
            {
                Take(_protocol.ReadSnapshot(fetched.Instrument, fetched.Bytes, arrival), output);
                if (_intake.LostBooks.Contains(fetched.Instrument))
                {
                    _askedAt[fetched.Instrument] = Earlier(_protocol.Link.SnapshotMax - AskAgain);
                }
            }
        }
    }

    private void AskForSnapshots()
    {
        if (_socket is null)
        {
            return;
        }

        foreach (Instrument instrument in _intake.LostBooks.ToArray())
        {
            if (_askedAt.TryGetValue(instrument, out long asked)
                && _time.GetElapsedTime(asked) < _protocol.Link.SnapshotMax)
            {
                continue;
            }

            if (_protocol.SnapshotDocument(instrument) is { } document)
            {
                // The changes that were kept stay: the snapshot belongs between them.
                if (_budget.TrySpend(document.Cost))
                {
                    _askedAt[instrument] = _time.GetTimestamp();
                    _fetches.Begin(instrument, document.Address);
                }

                continue;
            }

            _askedAt[instrument] = _time.GetTimestamp();
            _intake.Restart(instrument);
            foreach (VenueRequest request in _protocol.SnapshotRequests(instrument))
            {
                _requests.Enqueue(request);
            }
        }

        foreach (Instrument known in _askedAt.Keys.Except(_intake.LostBooks).ToArray())
        {
            _askedAt.Remove(known); // it is asked for at once when it is lost again
        }
    }

    private async Task SendAsync(CancellationToken cancel)
    {
        while (_socket is not null && _requests.TryPeek(out VenueRequest request) && _budget.TrySpend(request.Cost))
        {
            _requests.Dequeue();
            await _socket.SendAsync(request.Text, cancel).ConfigureAwait(false);
        }
    }

    private void Disconnect(string why, List<FeedMessage> output)
    {
        _socket?.Dispose();
        _socket = null;
        _receive = null;
        _requests.Clear();
        _askedAt.Clear();
        _fetches.Abandon();
        FeedArrival arrival = FeedArrival.Now(_time);
        _intake.Disconnect(why, arrival, output);
        _intake.Say(FeedState.Disconnected, why, arrival, output);
        _wait = _backOff.Next();
    }

    private long Earlier(TimeSpan by) => _time.GetTimestamp() - (long)(by.TotalSeconds * _time.TimestampFrequency);
}
