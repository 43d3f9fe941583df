namespace Breakwater.Adapters.Storage;

/// <summary>An entry on its way, and who waits for it.</summary>
internal sealed class PendingAppend(JournalEntry entry)
    : TaskCompletionSource<Appended>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private int _isDecided;
    private CancellationTokenRegistration _giveUp;

    internal JournalEntry Entry => entry;

    internal Appended Taken { get; set; }

    /// <summary>Lets the caller give up as long as the entry waits for a place.</summary>
    internal void MayBeGivenUp(CancellationToken cancellation) => _giveUp = cancellation.UnsafeRegister(
        static (state, token) =>
        {
            PendingAppend append = (PendingAppend)state!; // registered with itself, below
            if (append.Decide()) append.SetCanceled(token);
        },
        this);

    /// <summary>Takes the entry for writing, unless the caller has given up.</summary>
    internal bool TryClaim()
    {
        bool isClaimed = Decide();
        _giveUp.Dispose();
        return isClaimed;
    }

    private bool Decide() => Interlocked.Exchange(ref _isDecided, 1) == 0;
}
