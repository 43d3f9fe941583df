namespace Breakwater.Adapters.Storage;

/// <summary>Makes segments: files of zeros at their full length, durable, so that a later sync has no length and no
/// extent to keep, only bytes.</summary>
internal sealed class SegmentSupply : IDisposable
{
    private const string FileName = "next.segment" + TemporaryFiles.NameEnd;
    private const int ChunkBytes = 1 << 20;

    private readonly IDisk _disk;
    private readonly JournalOptions _options;
    private Task? _ahead;

    internal SegmentSupply(IDisk disk, JournalOptions options)
    {
        _disk = disk;
        _options = options;
    }

    /// <summary>Why the next segment cannot be made; <c>null</c> if it can, or nobody has tried.</summary>
    internal string? Trouble => _ahead is { IsFaulted: true, Exception: { } failure }
        ? failure.InnerException?.Message ?? failure.Message
        : null;

    /// <summary>Begins to make the next segment, if that is done ahead.</summary>
    internal void Begin()
    {
        if (_options.Preparation == SegmentPreparation.Ahead) _ahead = Task.Run(Prepare);
    }

    /// <summary>The next segment, with its header and its name, all durable.</summary>
    /// <exception cref="DiskException">It cannot be made.</exception>
    internal IDiskFile Take(SegmentHeader header)
    {
        Task? ahead = _ahead;
        _ahead = null;
        if (ahead is null) Prepare();
        else ahead.GetAwaiter().GetResult();
        using (IDiskFile file = _disk.OpenToWrite(FileName))
        {
            file.Write(0, header.ToBytes());
            file.Sync();
        }

        string name = SegmentHeader.NameOf(header.Number);
        _disk.Rename(FileName, name);
        _disk.SyncFolder();
        return _disk.OpenToWrite(name);
    }

    /// <summary>Waits for what is under way; what it made is cleared by the next opening.</summary>
    public void Dispose()
    {
        // Its failure is nobody's loss any more: the segment is not needed.
        if (_ahead is { } ahead) ((IAsyncResult)ahead).AsyncWaitHandle.WaitOne();
    }

    // Synced piece by piece, so that commits beside it never wait for 64 MiB at once.
    private void Prepare()
    {
        using IDiskFile file = _disk.Create(FileName);
        byte[] zeros = new byte[Math.Min(ChunkBytes, _options.SegmentBytes)];
        for (long at = 0; at < _options.SegmentBytes; at += ChunkBytes)
        {
            file.Write(at, zeros.AsSpan(0, (int)Math.Min(ChunkBytes, _options.SegmentBytes - at)));
            file.Sync();
        }
    }
}
