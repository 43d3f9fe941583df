namespace Breakwater.Server.Loop;

/// <summary>Counts of the loop since it started; read by any thread.</summary>
internal sealed class EngineHealth : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private long _appliedCount;
    private long _batchCount;
    private long _overflowCount;
    private long _refusedCount;
    private long _tickCount;
    private long _tickMilliseconds;
    private string? _stopped;

    /// <summary>Events applied.</summary>
    public long AppliedCount => Interlocked.Read(ref _appliedCount);

    /// <summary>Batches made durable.</summary>
    public long BatchCount => Interlocked.Read(ref _batchCount);

    /// <summary>Events refused because the queue was full.</summary>
    public long OverflowCount => Interlocked.Read(ref _overflowCount);

    /// <summary>Commands decided against, and market events refused.</summary>
    public long RefusedCount => Interlocked.Read(ref _refusedCount);

    /// <summary>Clock ticks applied.</summary>
    public long TickCount => Interlocked.Read(ref _tickCount);

    /// <summary>Time spent applying ticks, milliseconds of the real clock.</summary>
    public long TickMilliseconds => Interlocked.Read(ref _tickMilliseconds);

    /// <summary>Why the loop takes nothing more; <c>null</c> while it does.</summary>
    public string? Stopped => Volatile.Read(ref _stopped);

    /// <summary>Signalled when the loop takes nothing more.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <inheritdoc/>
    public void Dispose() => _ended.Dispose();

    internal void Overflow() => Interlocked.Increment(ref _overflowCount);

    internal void Batch(int events, int refused)
    {
        Interlocked.Add(ref _appliedCount, events);
        Interlocked.Add(ref _refusedCount, refused);
        Interlocked.Increment(ref _batchCount);
    }

    internal void Tick(TimeSpan spent)
    {
        Interlocked.Increment(ref _tickCount);
        Interlocked.Add(ref _tickMilliseconds, (long)spent.TotalMilliseconds);
    }

    internal void Stop(string why)
    {
        if (Interlocked.CompareExchange(ref _stopped, why, null) is null) _ended.Cancel();
    }
}
