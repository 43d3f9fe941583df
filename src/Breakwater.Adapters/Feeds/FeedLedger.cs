using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Feeds;

/// <summary>What the feeds of a process sent: accepted, refused by stage and reason, and how healthy each is.</summary>
/// <remarks>Every refusal is counted here, counted in <see cref="FeedMetrics"/> and kept in quarantine, all three or
/// none. Safe for several threads.</remarks>
public sealed class FeedLedger
{
    /// <summary>Share of refused inputs over 60 s above which a feed is unhealthy (RELIABILITY 2.3).</summary>
    public const double RefusedFractionMax = 0.01;

    private const int WindowSeconds = 60;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly Quarantine? _quarantine;
    private readonly SortedDictionary<(FeedStage Stage, string Source, FailureReason Reason), long> _refused = new(
        Comparer<(FeedStage Stage, string Source, FailureReason Reason)>.Create(Compare));

    private readonly SortedDictionary<string, SourceWindow> _bySource = new(StringComparer.Ordinal);

    /// <summary>A ledger that begins empty.</summary>
    /// <param name="time">Clock of the windows.</param>
    /// <param name="quarantine">Where refused inputs are kept; <c>null</c> keeps none.</param>
    public FeedLedger(TimeProvider time, Quarantine? quarantine = null)
    {
        _time = time;
        _quarantine = quarantine;
    }

    /// <summary>Every kind of refusal with its count, in order of stage, source and reason.</summary>
    public ImmutableArray<RefusalCount> Refusals
    {
        get
        {
            lock (_gate)
            {
                return
                [
                    .. _refused.Select(entry =>
                        new RefusalCount(entry.Key.Stage, entry.Key.Source, entry.Key.Reason, entry.Value)),
                ];
            }
        }
    }

    /// <summary>How many messages of a feed were accepted.</summary>
    /// <param name="source">The feed.</param>
    public long AcceptedCount(string source)
    {
        lock (_gate)
        {
            return _bySource.TryGetValue(source, out SourceWindow? window) ? window.AcceptedCount : 0;
        }
    }

    /// <summary>Share of what a feed sent within the last 60 s that was refused; 0 if it sent nothing.</summary>
    /// <param name="source">The feed.</param>
    public double RefusedFraction(string source)
    {
        lock (_gate)
        {
            return _bySource.TryGetValue(source, out SourceWindow? window) ? window.RefusedFraction(Second()) : 0d;
        }
    }

    /// <summary>Counts a message that was accepted.</summary>
    /// <param name="source">Its feed.</param>
    internal void Accept(string source)
    {
        FeedMetrics.Accept(source);
        lock (_gate)
        {
            WindowOf(source).Accept(Second());
        }
    }

    /// <summary>Counts and keeps an input that was refused.</summary>
    /// <param name="stage">Where.</param>
    /// <param name="source">Its feed.</param>
    /// <param name="failure">Why.</param>
    /// <param name="receivedAt">When it was received.</param>
    /// <param name="raw">The input.</param>
    internal void Refuse(
        FeedStage stage, string source, Failure failure, Timestamp receivedAt, ReadOnlyMemory<byte> raw)
    {
        lock (_gate)
        {
            (FeedStage, string, FailureReason) key = (stage, source, failure.Reason);
            _refused[key] = _refused.GetValueOrDefault(key) + 1;
            WindowOf(source).Refuse(Second());
        }

        FeedMetrics.Reject(new RefusalCount(stage, source, failure.Reason, 1));
        _quarantine?.Keep(receivedAt, source, stage, failure, raw);
    }

    private static int Compare(
        (FeedStage Stage, string Source, FailureReason Reason) left,
        (FeedStage Stage, string Source, FailureReason Reason) right)
    {
        int order = left.Stage.CompareTo(right.Stage);
        order = order != 0 ? order : string.CompareOrdinal(left.Source, right.Source);
        return order != 0 ? order : left.Reason.CompareTo(right.Reason);
    }

    private long Second() => (long)_time.GetElapsedTime(0).TotalSeconds;

    private SourceWindow WindowOf(string source)
    {
        if (!_bySource.TryGetValue(source, out SourceWindow? window))
        {
            _bySource[source] = window = new SourceWindow();
        }

        return window;
    }

    // Counts of each of the last 60 seconds; a slot is emptied when its second comes again.
    private sealed class SourceWindow
    {
        private readonly long[] _seconds = new long[WindowSeconds];
        private readonly long[] _acceptedBySlot = new long[WindowSeconds];
        private readonly long[] _refusedBySlot = new long[WindowSeconds];

        internal long AcceptedCount { get; private set; }

        internal void Accept(long second)
        {
            AcceptedCount++;
            _acceptedBySlot[Slot(second)]++;
        }

        internal void Refuse(long second) => _refusedBySlot[Slot(second)]++;

        internal double RefusedFraction(long second)
        {
            long accepted = 0;
            long refused = 0;
            for (int slot = 0; slot < WindowSeconds; slot++)
            {
                bool isRecent = second - _seconds[slot] < WindowSeconds;
                accepted += isRecent ? _acceptedBySlot[slot] : 0;
                refused += isRecent ? _refusedBySlot[slot] : 0;
            }

            return refused == 0 ? 0d : (double)refused / (accepted + refused);
        }

        private int Slot(long second)
        {
            int slot = (int)(second % WindowSeconds);
            if (_seconds[slot] != second)
            {
                _seconds[slot] = second;
                _acceptedBySlot[slot] = 0;
                _refusedBySlot[slot] = 0;
            }

            return slot;
        }
    }
}
