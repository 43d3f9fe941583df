using Breakwater.Instruments;

namespace Breakwater.Adapters.Storage;

/// <summary>What is to be appended: the journal keeps it and knows nothing of its meaning.</summary>
/// <param name="Kind">Kind of event, a number of the writer's closed set; ≥ 0.</param>
/// <param name="Time">The event's own time.</param>
/// <param name="Command">The command that asked for it; <see cref="CommandId.None"/> if none did.</param>
/// <param name="Payload">Canonical bytes of the event, at most <see cref="PayloadBytesMax"/>; not changed by the caller
/// until the append has completed.</param>
public sealed record JournalEntry(int Kind, Timestamp Time, CommandId Command, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Most bytes of a payload: 1 MiB. A journal of small segments takes less
    /// (<see cref="JournalOptions.PayloadBytesMax"/>).</summary>
    public const int PayloadBytesMax = 1 << 20;
}

/// <summary>Where an appended entry stands.</summary>
/// <param name="Sequence">Its number; the first of a journal is 1.</param>
/// <param name="IsRepeat">Whether the command had been appended before: nothing was written, and the number is the
/// first one's.</param>
public readonly record struct Appended(long Sequence, bool IsRepeat);
