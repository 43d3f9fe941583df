using System.Collections.Immutable;
using System.Diagnostics;
using Breakwater.Adapters.Storage;
using Breakwater.Engine;
using Breakwater.Engine.Snapshots;
using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Server.History;

namespace Breakwater.Server.Loop;

/// <summary>Keeps snapshots of the state, so that a restart replays a short tail (docs/adr/0096).</summary>
/// <remarks>States do not change: one is encoded and written beside the loop, which goes on meanwhile. At most one is
/// under way. What cannot be written is said and tried again when the next is due; the journal does not depend on it.
/// </remarks>
internal sealed class SnapshotKeeper
{
    private static readonly TimeSpan HistoryWait = TimeSpan.FromSeconds(10); // then there is a gap, and it is told

    private readonly Journal _journal;
    private readonly EngineOptions _options;
    private readonly HistoryRecorder? _history;
    private readonly TimeProvider _time;
    private volatile SnapshotStanding _newest;
    private volatile string? _trouble;
    private long _lastSequence;
    private long _lastAt;
    private long _failedCount;
    private Task _writing = Task.CompletedTask;

    /// <summary>A keeper that has written nothing yet.</summary>
    /// <param name="journal">Where snapshots go.</param>
    /// <param name="options">How often.</param>
    /// <param name="history">Goes first: a restart that begins with the snapshot does not tell it what is before;
    /// <c>null</c>: none is kept.</param>
    /// <param name="time">The clock that snapshots are due by.</param>
    internal SnapshotKeeper(Journal journal, EngineOptions options, HistoryRecorder? history, TimeProvider time)
    {
        _journal = journal;
        _options = options;
        _history = history;
        _time = time;
        _lastAt = time.GetTimestamp();
        _newest = new SnapshotStanding(0, default, 0, TimeSpan.Zero, _lastAt);
    }

    /// <summary>The newest snapshot.</summary>
    internal SnapshotStanding Newest => _newest;

    /// <summary>How long ago the newest was written; since the start, if it was written before.</summary>
    internal TimeSpan Age => _time.GetElapsedTime(_newest.WrittenAt);

    /// <summary>Why the last one could not be written; <c>null</c> if it was.</summary>
    internal string? Trouble => _trouble;

    /// <summary>Snapshots that could not be written.</summary>
    internal long FailedCount => Interlocked.Read(ref _failedCount);

    /// <summary>Goes on from a snapshot that a state was restored from.</summary>
    /// <param name="sequence">Events that it contains.</param>
    internal void GoOn(long sequence)
    {
        _lastSequence = sequence;
        _newest = _newest with { Sequence = sequence };
    }

    /// <summary>Begins a snapshot if one is due and none is under way. Called by whoever applies events, and by nobody
    /// else; never waits.</summary>
    /// <param name="state">The state after an event.</param>
    /// <param name="durable">The journal's place after its record, durable.</param>
    internal void Consider(RiskState state, JournalPoint durable)
    {
        if (!_writing.IsCompleted || state.Sequence == _lastSequence) return;
        bool isDue = state.Sequence - _lastSequence >= _options.SnapshotEvents
            || _time.GetElapsedTime(_lastAt) >= TimeSpan.FromSeconds(_options.SnapshotSeconds);
        if (isDue) Begin(state, durable);
    }

    /// <summary>Waits for the one under way, then keeps the last state. Called when the loop has ended in good order.
    /// </summary>
    /// <param name="state">The last state.</param>
    /// <param name="durable">The journal's place after it.</param>
    internal async Task CloseAsync(RiskState state, JournalPoint durable)
    {
        await _writing.ConfigureAwait(false);
        if (state.Sequence == 0 || state.Sequence == _newest.Sequence) return;
        Begin(state, durable);
        await _writing.ConfigureAwait(false);
    }

    /// <summary>Waits for the one under way and begins no other.</summary>
    internal Task EndAsync() => _writing;

    private void Begin(RiskState state, JournalPoint durable)
    {
        Check.That(
            durable.Sequence == Genesis.RecordOf(state.Sequence),
            $"the journal ends with record {durable.Sequence}, the state with event {state.Sequence}");
        _lastSequence = state.Sequence;
        _writing = Task.Run(async () =>
        {
            if (_history is not null) await _history.ReachAsync(durable.Sequence, HistoryWait).ConfigureAwait(false);
            Write(state, durable);
        });
    }

    private void Write(RiskState state, JournalPoint durable)
    {
        long begun = _time.GetTimestamp();
        try
        {
            ImmutableArray<byte> bytes = RiskStateSnapshot.Encode(state);
            _journal.WriteSnapshot(durable, bytes.AsMemory());
            long now = _time.GetTimestamp();
            _newest = new SnapshotStanding(
                state.Sequence, RiskStateSnapshot.DigestIn(bytes.AsSpan()), bytes.Length,
                Stopwatch.GetElapsedTime(begun, now), now);
            _trouble = null;
        }
#pragma warning disable CA1031 // Whatever it is, the log is whole without a snapshot: it is said, and the loop goes on.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            _trouble = cause.Message;
            Interlocked.Increment(ref _failedCount);
        }
        finally
        {
            _lastAt = _time.GetTimestamp();
        }
    }
}

/// <summary>A snapshot that was written, or restored.</summary>
/// <param name="Sequence">Events its state contains; 0: there is none.</param>
/// <param name="State">Digest of the state; <c>default</c> if it was written before this start.</param>
/// <param name="Bytes">Its size, bytes; 0 if it was written before this start.</param>
/// <param name="Spent">How long encoding and writing took, beside the loop.</param>
/// <param name="WrittenAt">When it was written, or this start, in ticks of the clock.</param>
internal sealed record SnapshotStanding(long Sequence, Digest State, int Bytes, TimeSpan Spent, long WrittenAt);
