using Breakwater.Instruments;

namespace Breakwater.Adapters.Storage;

/// <summary>The journal: an append-only, hash-chained log of events in a folder. The truth; all else is made from it.
/// </summary>
/// <remarks>
/// <see cref="AppendAsync"/> completes when the event is durable, and not before. One thread writes; any thread may
/// append, read, look up, and write snapshots. A failed write, a failed sync and a full disk end the writing for good:
/// every append that is not acknowledged fails with <see cref="JournalStoppedException"/>, and reading goes on. The
/// format is docs/adr/0088.
/// </remarks>
public sealed class Journal : IDisposable
{
    private readonly IDisk _disk;
    private readonly JournalOptions _options;
    private readonly IDisposable _lock;
    private readonly CommandIndex _commands;
    private readonly CommitLoop _loop;
    private readonly SnapshotFolder _snapshots;

    private Journal(
        IDisk disk, JournalOptions options, IDisposable folderLock, CommandIndex commands, LogWriter log,
        JournalRecovery recovery)
    {
        _disk = disk;
        _options = options;
        _lock = folderLock;
        _commands = commands;
        _snapshots = new SnapshotFolder(disk, log.Journal, options.SnapshotsKept);
        Recovery = recovery;
        _loop = new CommitLoop(log, options);
    }

    /// <summary>What opening found and did.</summary>
    public JournalRecovery Recovery { get; }

    /// <summary>The last durable record and the hash of everything up to it.</summary>
    public JournalPoint Durable => _loop.Durable.Value;

    /// <summary>How it is doing.</summary>
    public JournalStatus Status => new(
        Durable, _loop.SegmentNumber, _loop.QueuedCount, _loop.CommitCount, _commands.Count, _loop.Trouble, _loop.Stop);

    /// <summary>Opens the journal of a folder, or begins one in an empty folder.</summary>
    /// <param name="disk">The folder; held by this process alone until the journal is disposed.</param>
    /// <param name="options">Limits.</param>
    /// <returns>The journal, or why it is refused: held by another process, or damaged, with every place.</returns>
    /// <exception cref="DiskException">The disk does not do what it is asked.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit is outside its range.</exception>
    public static Result<Journal> Open(IDisk disk, JournalOptions options)
    {
        options.RequireValid();
        IDisposable? folderLock = disk.TryLock();
        if (folderLock is null)
        {
            return Result<Journal>.Refused(
                new Failure(FailureReason.InUse, "another process holds the journal", disk.Place));
        }

        bool isOpen = false;
        try
        {
            CommandIndex commands = new(disk, options.Preparation);
            Result<(LogWriter Log, JournalRecovery Recovery)> opened = JournalOpening.Run(disk, options, commands);
            if (!opened.IsAccepted) return Result<Journal>.Refused(opened.Failures);
            isOpen = true;
            return Result<Journal>.Accepted(new Journal(
                disk, options, folderLock, commands, opened.Value.Log, opened.Value.Recovery));
        }
        finally
        {
            if (!isOpen) folderLock.Dispose();
        }
    }

    /// <summary>Appends an event; completes when it is durable.</summary>
    /// <remarks>Entries get their numbers in the order in which one caller makes its calls, without waiting between
    /// them. A command id that was appended before writes nothing and gives the first one's number, once that is
    /// durable (S4).</remarks>
    /// <param name="entry">The event.</param>
    /// <param name="cancellation">Gives up waiting for a place in a full queue; once queued, the entry is
    /// written.</param>
    /// <exception cref="ArgumentOutOfRangeException">The kind is negative or the payload too large.</exception>
    /// <exception cref="JournalStoppedException">It was not acknowledged; the exception says whether it may be in the
    /// log all the same.</exception>
    public Task<Appended> AppendAsync(JournalEntry entry, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(entry.Kind);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(entry.Payload.Length, _options.PayloadBytesMax);
        return _loop.Append(entry, cancellation);
    }

    /// <summary>Number of the durable record of a command; <c>null</c> if there is none.</summary>
    public long? Find(CommandId command) =>
        !command.IsNone && _commands.Find(command) is > 0 and var sequence && sequence <= Durable.Sequence
            ? sequence
            : null;

    /// <summary>Reads durable records from the one after <paramref name="sequence"/> on.</summary>
    /// <param name="sequence">Record to begin after; 0 for the beginning.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or beyond the last durable record.</exception>
    public JournalCursor ReadAfter(long sequence)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sequence);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sequence, Durable.Sequence);
        return new JournalCursor(_disk, _loop.Durable, sequence, SegmentPlaces.Find(_disk, sequence + 1));
    }

    /// <summary>Keeps a state, durably, from which replay can begin; older snapshots beyond those kept are
    /// deleted.</summary>
    /// <param name="sequence">Last record that the state contains; ≥ 1 and durable.</param>
    /// <param name="payload">Canonical bytes of the state, at most <see cref="Snapshot.PayloadBytesMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The record is not durable, or the state too large.</exception>
    /// <exception cref="DiskException">It could not be written. The log goes on, unless a sync has failed.</exception>
    public void WriteSnapshot(long sequence, ReadOnlyMemory<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1);
        using JournalCursor cursor = ReadAfter(sequence - 1);
        Numerics.Check.That(cursor.MoveNext(), $"record {sequence} is durable and cannot be found");
        WriteSnapshot(cursor.Point, payload);
    }

    /// <summary>The same where the hash of the log at the record is known: nothing is read for it.</summary>
    /// <param name="point">What <see cref="Durable"/> was when the state contained everything up to it; not the
    /// beginning.</param>
    /// <param name="payload">Canonical bytes of the state, at most <see cref="Snapshot.PayloadBytesMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The record is not durable, or the state too large.</exception>
    /// <exception cref="DiskException">It could not be written. The log goes on, unless a sync has failed.</exception>
    public void WriteSnapshot(JournalPoint point, ReadOnlyMemory<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(point.Sequence, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(point.Sequence, Durable.Sequence);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, Snapshot.PayloadBytesMax);
        try
        {
            _snapshots.Write(new Snapshot(point, payload));
        }
        catch (DiskException exception) when (exception.Failure == DiskFailure.NotSynced)
        {
            _loop.StopFor(JournalStop.Of(exception));
            throw;
        }
    }

    /// <summary>The newest usable snapshot; <c>null</c> if there is none.</summary>
    /// <exception cref="DiskException">It cannot be read.</exception>
    public Snapshot? ReadSnapshot() => ReadSnapshotBefore(long.MaxValue);

    /// <summary>The newest usable snapshot of a record before a given one: what there is if that one is not what it
    /// should be; <c>null</c> if there is none.</summary>
    /// <param name="sequence">The record.</param>
    /// <exception cref="DiskException">It cannot be read.</exception>
    public Snapshot? ReadSnapshotBefore(long sequence) => _snapshots.NewestBefore(sequence);

    /// <summary>Commits what is queued, marks the end durably, and gives the folder free.</summary>
    public void Dispose()
    {
        _loop.Dispose();
        _lock.Dispose();
    }
}

/// <summary>How a journal is doing.</summary>
/// <param name="Durable">The last durable record and the hash of everything up to it.</param>
/// <param name="SegmentNumber">Segment written to.</param>
/// <param name="QueuedCount">Appends that wait.</param>
/// <param name="CommitCount">Group commits since it was opened.</param>
/// <param name="CommandCount">Command ids known.</param>
/// <param name="Trouble">What could not be written beside the log: the next segment, without which the journal stops
/// when the present one is full, or a file of command ids, without which a restart takes longer; <c>null</c> if
/// nothing.</param>
/// <param name="Stop">Why nothing more is taken; <c>null</c> if it is.</param>
public sealed record JournalStatus(
    JournalPoint Durable, long SegmentNumber, int QueuedCount, long CommitCount, long CommandCount, string? Trouble,
    JournalStop? Stop);
