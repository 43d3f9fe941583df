using System.Threading.Channels;
using Breakwater.Server.Access;

namespace Breakwater.Server.Streaming;

/// <summary>What one client has not been sent yet: bounded. Of state the newest of each subject is kept; when even that
/// is too much, the client is closed (T-W2).</summary>
/// <param name="key">Who listens.</param>
/// <param name="topics">What he listens to.</param>
/// <param name="pendingMax">Most messages that wait; ≥ 1.</param>
internal sealed class StreamClient(ApiKey key, Topics topics, int pendingMax)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<StreamMessage> _pending = [];
    private readonly Dictionary<(Topics Topic, string Subject), LinkedListNode<StreamMessage>> _states = [];
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private bool _isTooSlow;

    /// <summary>Who listens.</summary>
    internal ApiKey Key => key;

    /// <summary>Whether the client was given up because it did not take what was offered.</summary>
    internal bool IsTooSlow
    {
        get
        {
            lock (_gate) return _isTooSlow;
        }
    }

    /// <summary>Whether the client may see a message and wants to.</summary>
    /// <param name="message">The message.</param>
    internal bool Wants(StreamMessage message) => (topics & message.Topic) != Topics.None
        && (message.Subaccount is null || key.Sees(message.Subaccount));

    /// <summary>Offers a message; never waits.</summary>
    /// <param name="message">A message that the client wants; later than all before.</param>
    /// <returns>Whether the client is given up with this message.</returns>
    internal bool Offer(StreamMessage message)
    {
        lock (_gate)
        {
            if (_isTooSlow) return false;
            if (message.IsState)
            {
                if (_states.Remove((message.Topic, message.Subject), out LinkedListNode<StreamMessage>? older))
                {
                    _pending.Remove(older);
                }

                _states[(message.Topic, message.Subject)] = _pending.AddLast(message);
            }
            else
            {
                _pending.AddLast(message);
            }

            if (_pending.Count <= pendingMax)
            {
                _signal.Writer.TryWrite(true);
                return false;
            }

            _isTooSlow = true;
            _pending.Clear();
            _states.Clear();
        }

        _signal.Writer.TryComplete();
        return true;
    }

    /// <summary>Ends it: nothing more is taken or given.</summary>
    internal void Close() => _signal.Writer.TryComplete();

    /// <summary>Takes what waits, at most so many; empty if nothing does.</summary>
    /// <param name="countMax">Most messages.</param>
    internal List<StreamMessage> Take(int countMax)
    {
        List<StreamMessage> taken = [];
        lock (_gate)
        {
            while (taken.Count < countMax && _pending.First is { } first)
            {
                taken.Add(first.Value);
                _pending.RemoveFirst();
                if (first.Value.IsState) _states.Remove((first.Value.Topic, first.Value.Subject));
            }

            if (_pending.Count > 0) _signal.Writer.TryWrite(true);
        }

        return taken;
    }

    /// <summary>Waits until something may be there to take.</summary>
    /// <param name="wait">Longest wait.</param>
    /// <param name="cancel">The client has gone.</param>
    internal async Task<StreamWait> WaitAsync(TimeSpan wait, CancellationToken cancel)
    {
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timeout.CancelAfter(wait);
        try
        {
            bool isOpen = await _signal.Reader.WaitToReadAsync(timeout.Token).ConfigureAwait(false);
            if (!isOpen) return StreamWait.Ended;
            _signal.Reader.TryRead(out _);
            return StreamWait.Signalled;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return StreamWait.Quiet;
        }
    }
}

/// <summary>How a wait for messages has ended.</summary>
internal enum StreamWait
{
    /// <summary>Something may be there to take.</summary>
    Signalled,

    /// <summary>Nothing came for as long as was said: time for a sign of life.</summary>
    Quiet,

    /// <summary>The client was given up, because it is too slow or its key is gone.</summary>
    Ended,
}
