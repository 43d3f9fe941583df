namespace Breakwater.Adapters.Storage;

/// <summary>The command ids of a log: all of them in memory, and those of each full segment in a file beside it.
/// </summary>
/// <remarks>The files are derived. One that cannot be written costs a longer restart and is reported; the log goes
/// on.</remarks>
internal sealed class CommandIndex(IDisk disk, SegmentPreparation preparation) : LogVisitor, IDisposable
{
    private readonly CommandTable _table = new();
    private List<(CommandId Id, long Sequence)> _ofSegment = [];
    private Task _writing = Task.CompletedTask;
    private volatile string? _trouble;

    /// <summary>Number of ids.</summary>
    internal long Count => _table.Count;

    /// <summary>Why a file could not be written; <c>null</c> if all could.</summary>
    internal string? Trouble => _trouble;

    /// <summary>Sequence of the first record of a command; 0 if there is none.</summary>
    internal long Find(CommandId id) => _table.Find(id);

    /// <summary>Adds the command of a record of the segment that was begun last; none is not added.</summary>
    internal void Add(CommandId id, long sequence)
    {
        if (!id.IsNone && _table.FindOrAdd(id, sequence) == sequence) _ofSegment.Add((id, sequence));
    }

    /// <inheritdoc/>
    internal override bool Skips(SegmentHeader segment, SegmentHeader next) =>
        CommandFile.TryRead(disk, segment, next, _table);

    /// <inheritdoc/>
    internal override void Begin(SegmentHeader segment) => _ofSegment = [];

    /// <inheritdoc/>
    internal override void See(ReadOnlySpan<byte> frame) =>
        Add(FrameFormat.Command(frame), FrameFormat.Sequence(frame));

    /// <inheritdoc/>
    internal override void End(SegmentHeader segment, SegmentHeader next)
    {
        List<(CommandId, long)> ids = _ofSegment;
        _ofSegment = [];
        if (preparation == SegmentPreparation.OnDemand)
        {
            Write(segment, next, ids);
            return;
        }

        ((IAsyncResult)_writing).AsyncWaitHandle.WaitOne();
        _writing = Task.Run(() => Write(segment, next, ids));
    }

    /// <summary>Waits for what is being written.</summary>
    public void Dispose() => ((IAsyncResult)_writing).AsyncWaitHandle.WaitOne();

    private void Write(SegmentHeader segment, SegmentHeader next, List<(CommandId, long)> ids)
    {
        try
        {
            CommandFile.Write(disk, segment, next, ids);
        }
        catch (DiskException exception)
        {
            _trouble = exception.Message;
        }
    }
}
