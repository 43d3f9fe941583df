namespace Breakwater.Adapters.Storage;

/// <summary>Why a journal takes nothing more.</summary>
public enum StopCause
{
    /// <summary>It was closed in good order.</summary>
    Closed,

    /// <summary>The disk is full.</summary>
    DiskFull,

    /// <summary>A write, or the making of a segment, failed.</summary>
    WriteFailed,

    /// <summary>Written bytes could not be made durable.</summary>
    SyncFailed,

    /// <summary>A defect of ours.</summary>
    Defect,
}

/// <summary>The end of a journal's writing: final; only opening it again, after the cause is mended, goes on.</summary>
/// <param name="Cause">Why.</param>
/// <param name="Message">In words.</param>
public sealed record JournalStop(StopCause Cause, string Message)
{
    /// <summary>The end that an exception brings.</summary>
    internal static JournalStop Of(Exception exception) => exception is DiskException disk
        ? new JournalStop(
            disk.Failure switch
            {
                DiskFailure.Full => StopCause.DiskFull,
                DiskFailure.NotSynced => StopCause.SyncFailed,
                _ => StopCause.WriteFailed,
            },
            disk.Message)
        : new JournalStop(StopCause.Defect, $"{exception.GetType().Name}: {exception.Message}");
}

/// <summary>An entry was not acknowledged, because the journal has stopped.</summary>
/// <param name="stop">Why.</param>
/// <param name="isOutcomeUnknown">See <see cref="IsOutcomeUnknown"/>.</param>
public sealed class JournalStoppedException(JournalStop stop, bool isOutcomeUnknown)
    : IOException($"the journal has stopped ({stop.Cause}): {stop.Message}")
{
    /// <summary>Why.</summary>
    public JournalStop Stop { get; } = stop;

    /// <summary>Whether the entry may yet be found in the log when it is opened again: a part of it may have reached
    /// the disk. If false it was never written.</summary>
    public bool IsOutcomeUnknown { get; } = isOutcomeUnknown;
}
