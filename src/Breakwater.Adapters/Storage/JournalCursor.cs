namespace Breakwater.Adapters.Storage;

/// <summary>Reads durable records in order, each checked whole: checksum, place, sequence, hash of everything before.
/// </summary>
/// <remarks>One thread at a time; any number of cursors beside the writer. At the end of what is durable
/// <see cref="MoveNext"/> returns false and may be asked again later.</remarks>
public sealed class JournalCursor : IDisposable
{
    private readonly IDisk _disk;
    private readonly DurablePoint _durable;
    private readonly long _after;
    private IDiskFile? _file;
    private FrameReader? _reader;
    private long _segment;
    private JournalPoint _point;
    private long _known;

    /// <summary>A cursor that begins after a record.</summary>
    /// <param name="disk">Where.</param>
    /// <param name="durable">Up to where it may read.</param>
    /// <param name="after">The record.</param>
    /// <param name="segment">Number of the segment that holds the record after it.</param>
    internal JournalCursor(IDisk disk, DurablePoint durable, long after, long segment)
    {
        _disk = disk;
        _durable = durable;
        _after = after;
        _segment = segment;
    }

    /// <summary>The place after the current record.</summary>
    public JournalPoint Point => _point;

    /// <summary>The current record; valid until the next move.</summary>
    /// <exception cref="InvalidOperationException">The cursor stands on no record.</exception>
    public JournalRecord Current => _reader is { Frame: { IsEmpty: false } frame }
        ? new JournalRecord(_point, frame)
        : throw new InvalidOperationException("the cursor stands on no record");

    /// <summary>Moves to the next durable record.</summary>
    /// <returns>Whether there is one; if not, the cursor stands where it stood.</returns>
    /// <exception cref="JournalDamagedException">The record is not what was written: it is not served.</exception>
    /// <exception cref="DiskException">It cannot be read.</exception>
    public bool MoveNext()
    {
        do
        {
            if (_point.Sequence >= _known)
            {
                _known = _durable.Value.Sequence;
                if (Math.Max(_point.Sequence, _after) >= _known) return false;
                _reader?.Forget();
            }

            Step();
        }
        while (_point.Sequence <= _after);
        return true;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file?.Dispose();

    private void Step()
    {
        _reader ??= Open(_segment);
        _reader.Advance();
        FrameState state = _reader.Look();
        if (state == FrameState.Empty && HasNext())
        {
            _reader = Open(_segment + 1);
            state = _reader.Look();
        }

        if (state != FrameState.Intact)
        {
            throw Damaged(DamageKind.Record, "the record's checksum is wrong, it is cut, or it is not there");
        }

        if (_point.Against(_reader.Frame, _segment) is { } wrong) throw Damaged(wrong.Kind, wrong.Message);
        _point = _point.After(_reader.Frame);
    }

    private bool HasNext() => _disk.List().Contains(SegmentHeader.NameOf(_segment + 1), StringComparer.Ordinal);

    private FrameReader Open(long segment)
    {
        IDiskFile file = _disk.OpenToRead(SegmentHeader.NameOf(segment));
        JournalDamage? damage = SegmentHeader.TryRead(file, segment, out SegmentHeader? header);
        JournalPoint before = header is null ? default : new(header.FirstSequence - 1, header.Previous);
        if (_reader is null) _point = before;
        if (damage is not null || before != _point)
        {
            file.Dispose();
            throw damage is not null
                ? new JournalDamagedException(damage)
                : Damaged(DamageKind.LostTail, $"segment {segment} does not go on here");
        }

        _file?.Dispose();
        _file = file;
        _segment = segment;
        return new FrameReader(file, header!.SegmentBytes); // without damage there is a header
    }

    private JournalDamagedException Damaged(DamageKind kind, string message) => new(new JournalDamage(
        kind, SegmentHeader.NameOf(_segment), _reader?.Offset ?? 0, _point.Sequence + 1, message));
}

/// <summary>A stored record is not what was written.</summary>
/// <param name="damage">Where, and what is wrong.</param>
public sealed class JournalDamagedException(JournalDamage damage)
    : IOException($"{damage.File}, byte {damage.Offset}, record {damage.Sequence}: {damage.Message}")
{
    /// <summary>Where, and what is wrong.</summary>
    public JournalDamage Damage { get; } = damage;
}
