using Breakwater.Adapters.Storage;

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

    /// <summary>Limits of the journal.</summary>
    public JournalOptions Journal { get; init; } = JournalOptions.Default;
}
