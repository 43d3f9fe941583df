namespace Breakwater.Adapters.Storage;

/// <summary>The single thread that writes: takes what has gathered while the last commit was under way, makes it
/// durable in one, and only then tells those who wait.</summary>
internal sealed class CommitLoop : IDisposable
{
    private readonly LogWriter _log;
    private readonly int _commitBytesMax;
    private readonly int _queuedCountMax;
    private readonly Lock _stopping = new();
    private readonly object _gate = new(); // a monitor: the thread waits on it for work
    private readonly Thread _thread;
    private readonly Queue<PendingAppend> _waiting = []; // for a place in the queue
    private List<PendingAppend> _queue = [];
    private bool _isClosing;
    private volatile JournalStop? _stop;
    private long _commitCount;

    internal CommitLoop(LogWriter log, JournalOptions options)
    {
        _log = log;
        _commitBytesMax = options.CommitBytesMax;
        _queuedCountMax = options.QueuedCountMax;
        Durable = new DurablePoint(log.Durable);
        _thread = new Thread(Run) { IsBackground = true, Name = "journal" };
        _thread.Start();
    }

    /// <summary>Up to where everything is durable; any thread may ask.</summary>
    internal DurablePoint Durable { get; }

    /// <summary>Why nothing more is taken; <c>null</c> if it is.</summary>
    internal JournalStop? Stop => _stop;

    /// <summary>Appends that wait.</summary>
    internal int QueuedCount
    {
        get
        {
            lock (_gate) return _queue.Count + _waiting.Count;
        }
    }

    /// <summary>Group commits so far.</summary>
    internal long CommitCount => Interlocked.Read(ref _commitCount);

    /// <summary>Number of the segment written to.</summary>
    internal long SegmentNumber => _log.SegmentNumber;

    /// <summary>Why the next segment cannot be made; <c>null</c> if it can, or is not begun.</summary>
    internal string? Trouble => _log.Trouble;

    /// <summary>Queues an entry; behind those that wait for a place if the queue is full.</summary>
    internal Task<Appended> Append(JournalEntry entry, CancellationToken cancellation)
    {
        PendingAppend append = new(entry);
        lock (_gate)
        {
            if (_stop is not null || _isClosing)
            {
                append.SetException(new JournalStoppedException(_stop ?? Closed, isOutcomeUnknown: false));
            }
            else if (_queue.Count < _queuedCountMax)
            {
                _queue.Add(append);
                if (_queue.Count == 1) Monitor.Pulse(_gate);
            }
            else
            {
                _waiting.Enqueue(append);
                append.MayBeGivenUp(cancellation);
            }
        }

        return append.Task;
    }

    /// <summary>Stops for good because of something that another thread met.</summary>
    internal void StopFor(JournalStop stop)
    {
        lock (_stopping) _stop ??= stop;
        lock (_gate) Monitor.Pulse(_gate);
    }

    /// <summary>Commits what is queued, then ends the thread.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosing = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
        _log.Dispose();
    }

    private static JournalStop Closed { get; } = new(StopCause.Closed, "it was closed");

    private void Run()
    {
        List<PendingAppend> batch = [];
        int done = 0;
        try
        {
            while (_stop is null && TakeAll(ref batch))
            {
                for (done = 0; done < batch.Count && _stop is null;) done = CommitFrom(batch, done);
                if (done < batch.Count) break;
            }

            if (_stop is null) _log.Close();
            StopFor(Closed);
        }
#pragma warning disable CA1031 // Whatever it was, nobody may be told that something is durable: the end is reported.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            StopFor(JournalStop.Of(exception));
        }

        Refuse(batch, done);
    }

    // Waits until something is queued; false if nothing is and the journal closes.
    private bool TakeAll(ref List<PendingAppend> batch)
    {
        batch.Clear();
        lock (_gate)
        {
            while (_queue.Count == 0 && !_isClosing && _stop is null) Monitor.Wait(_gate);
            (batch, _queue) = (_queue, batch);
            while (_queue.Count < _queuedCountMax && _waiting.TryDequeue(out PendingAppend? next))
            {
                if (next.TryClaim()) _queue.Add(next);
            }
        }

        return batch.Count > 0;
    }

    private int CommitFrom(List<PendingAppend> batch, int first)
    {
        int next = first;
        do
        {
            batch[next].Taken = _log.Add(batch[next].Entry);
            next++;
        }
        while (next < batch.Count && _log.BufferedBytes < _commitBytesMax);
        _log.Commit();
        Durable.Set(_log.Durable);
        Interlocked.Increment(ref _commitCount);
        for (int i = first; i < next; i++) batch[i].SetResult(batch[i].Taken);
        return next;
    }

    // Of what was taken from the queue, a part may have reached the disk; what is still queued has not.
    private void Refuse(List<PendingAppend> batch, int done)
    {
        JournalStop stop = _stop ?? Closed;
        for (int i = done; i < batch.Count; i++)
        {
            batch[i].SetException(new JournalStoppedException(stop, isOutcomeUnknown: true));
        }

        lock (_gate)
        {
            IEnumerable<PendingAppend> unwritten = _queue.Concat(_waiting.Where(append => append.TryClaim()));
            foreach (PendingAppend append in unwritten)
            {
                append.SetException(new JournalStoppedException(stop, isOutcomeUnknown: false));
            }

            _queue.Clear();
            _waiting.Clear();
        }
    }
}
