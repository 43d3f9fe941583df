namespace Breakwater.Adapters.Storage;

/// <summary>Appends records to the log: encodes, writes, syncs, goes on to the next segment. One thread at a time;
/// after an exception it is of no more use.</summary>
internal sealed class LogWriter : IDisposable
{
    private readonly Guid _journal;
    private readonly JournalOptions _options;
    private readonly CommandIndex _commands;
    private readonly SegmentSupply _supply;
    private readonly DurableMark _mark;
    private SegmentHeader _segment;
    private IDiskFile _file;
    private byte[] _buffer;
    private int _buffered;
    private long _offset;
    private JournalPoint _last;
    private JournalPoint _durable;

    /// <summary>A writer that goes on where a log ends.</summary>
    /// <param name="disk">Where.</param>
    /// <param name="options">Limits.</param>
    /// <param name="segment">The last segment.</param>
    /// <param name="end">Where its last record ends, bytes.</param>
    /// <param name="last">The place after that record, durable.</param>
    /// <param name="commands">Ids of the log; new ones are added.</param>
    internal LogWriter(
        IDisk disk, JournalOptions options, SegmentHeader segment, long end, JournalPoint last, CommandIndex commands)
    {
        _journal = segment.Journal;
        _options = options;
        _commands = commands;
        _segment = segment;
        _offset = end;
        _last = last;
        _durable = last;
        _buffer = new byte[options.CommitBytesMax];
        _file = disk.OpenToWrite(SegmentHeader.NameOf(segment.Number));
        _mark = DurableMark.Start(disk, segment.Journal, last);
        _supply = new SegmentSupply(disk, options);
        _supply.Begin();
    }

    /// <summary>Identity of the journal.</summary>
    internal Guid Journal => _journal;

    /// <summary>Everything up to here is durable.</summary>
    internal JournalPoint Durable => _durable;

    /// <summary>Number of the segment written to.</summary>
    internal long SegmentNumber => _segment.Number;

    /// <summary>Bytes that wait for <see cref="Commit"/>.</summary>
    internal int BufferedBytes => _buffered;

    /// <summary>Why the next segment cannot be made; <c>null</c> if it can, or is not begun.</summary>
    internal string? Trouble => _supply.Trouble ?? _commands.Trouble;

    /// <summary>Takes an entry; it is durable after the next <see cref="Commit"/>.</summary>
    internal Appended Add(JournalEntry entry)
    {
        if (_commands.Find(entry.Command) is > 0 and var first) return new Appended(first, IsRepeat: true);
        int length = FrameFormat.Length(entry.Payload.Length);
        if (_offset + _buffered + length > _segment.SegmentBytes)
        {
            Commit();
            Roll();
        }

        long sequence = _last.Sequence + 1;
        _commands.Add(entry.Command, sequence);
        if (_buffered + length > _buffer.Length) Array.Resize(ref _buffer, _buffered + length);
        Span<byte> frame = _buffer.AsSpan(_buffered, length);
        ChainHash chain = FrameFormat.Write(
            frame, entry, sequence, _last.Chain, _segment.Number, _durable.Sequence);
        _last = new JournalPoint(sequence, chain);
        _buffered += length;
        return new Appended(sequence, IsRepeat: false);
    }

    /// <summary>Makes everything taken so far durable.</summary>
    /// <exception cref="DiskException">It may not be; nothing more may be acknowledged.</exception>
    internal void Commit()
    {
        if (_buffered == 0) return;
        _file.Write(_offset, _buffer.AsSpan(0, _buffered));
        _file.Sync();
        _offset += _buffered;
        _buffered = 0;
        if (_buffer.Length > _options.CommitBytesMax) _buffer = new byte[_options.CommitBytesMax];
        _durable = _last;
        _mark.Write(_durable);
    }

    /// <summary>Ends in good order: the mark itself becomes durable.</summary>
    internal void Close()
    {
        Commit();
        _mark.Sync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _supply.Dispose();
        _commands.Dispose();
        _mark.Dispose();
        _file.Dispose();
    }

    // Everything before is durable when the new name is given: that a segment exists proves it.
    private void Roll()
    {
        SegmentHeader next = new(
            _journal, _segment.Number + 1, _last.Sequence + 1, _options.SegmentBytes, _last.Chain);
        IDiskFile file = _supply.Take(next);
        _commands.End(_segment, next);
        _commands.Begin(next);
        _file.Dispose();
        (_file, _segment, _offset) = (file, next, SegmentHeader.LengthBytes);
        _supply.Begin();
    }
}
