using Breakwater.Adapters.Storage;
using Breakwater.Server.History;

namespace Breakwater.Server.Loop;

/// <summary>Limits of the engine loop.</summary>
internal sealed record EngineOptions
{
    /// <summary>Most events that wait; the next one is refused and says so. ≥ 1.</summary>
    public int QueuedCountMax { get; init; } = 16_384;

    /// <summary>Most events that become durable together. ≥ 1.</summary>
    public int BatchCountMax { get; init; } = 1_024;

    /// <summary>Time between clock ticks, milliseconds of the real clock; ≥ 1. A tick that takes longer delays the
    /// next.</summary>
    public int TickMilliseconds { get; init; } = 1_000;

    /// <summary>Whether whoever feeds the market hands in the ticks too, each after the market it is to value: so that
    /// none falls between two prices of one instant.</summary>
    public bool AreTicksFed { get; init; }

    /// <summary>Threads that work on a tick at once; ≥ 1. Every number of them gives the same bits.</summary>
    public int ThreadCount { get; init; } = 1;

    /// <summary>Events after which a snapshot is due; ≥ 1.</summary>
    public long SnapshotEvents { get; init; } = 100_000;

    /// <summary>Time after which a snapshot is due if anything has happened, seconds of the real clock; ≥ 1. A restart
    /// replays no more than the loop can have applied in that time.</summary>
    public double SnapshotSeconds { get; init; } = 30;

    /// <summary>Where a restart begins.</summary>
    public RecoveryStart Start { get; init; } = RecoveryStart.NewestSnapshot;

    /// <summary>SQLite file of the history of margins; <c>null</c>: none is kept.</summary>
    public string? HistoryPath { get; init; }

    /// <summary>What the history keeps.</summary>
    public HistoryOptions History { get; init; } = new();

    /// <summary>Limits of the journal.</summary>
    public JournalOptions Journal { get; init; } = JournalOptions.Default;
}

/// <summary>Where a restart begins.</summary>
internal enum RecoveryStart
{
    /// <summary>With the newest snapshot that restores the state it was made of.</summary>
    NewestSnapshot,

    /// <summary>With the first record, whatever snapshots there are.</summary>
    FirstRecord,
}
