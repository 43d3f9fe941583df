namespace Breakwater.Adapters.Storage;

/// <summary>What stands at a place of a segment.</summary>
internal enum FrameState
{
    /// <summary>An intact frame.</summary>
    Intact,

    /// <summary>Room for a frame, or less, of zeros only up to the next possible one: nothing was written
    /// here.</summary>
    Empty,

    /// <summary>Bytes that are no intact frame.</summary>
    Broken,
}

/// <summary>Walks the frames of one segment in order, through a window of its bytes. Judges each frame by itself
/// only.</summary>
internal sealed class FrameReader
{
    private const int WindowBytes = 256 << 10;

    private readonly IDiskFile _file;
    private readonly long _end;
    private byte[] _window;
    private long _windowAt;
    private int _windowLength;
    private int _frameLength;

    /// <summary>A walk that begins after the header.</summary>
    /// <param name="file">The segment.</param>
    /// <param name="segmentBytes">Size of the segment, bytes.</param>
    internal FrameReader(IDiskFile file, long segmentBytes)
    {
        _file = file;
        _end = segmentBytes;
        Offset = SegmentHeader.LengthBytes;
        _windowAt = Offset;
        _window = new byte[Math.Min(WindowBytes, segmentBytes)];
    }

    /// <summary>Where the current frame begins, or would begin; bytes from the start of the file.</summary>
    internal long Offset { get; private set; }

    /// <summary>The current frame, whole; valid until the next call.</summary>
    internal ReadOnlySpan<byte> Frame => _window.AsSpan((int)(Offset - _windowAt), _frameLength);

    /// <summary>Looks at the current place.</summary>
    internal FrameState Look()
    {
        _frameLength = 0;
        if (!TryHave(FrameFormat.HeaderBytes)) return RestState();
        ReadOnlySpan<byte> header = At(FrameFormat.HeaderBytes);
        int length = FrameFormat.ClaimedLength(header);
        if (length < 0) return header.ContainsAnyExcept((byte)0) ? FrameState.Broken : FrameState.Empty;
        if (!TryHave(length) || !FrameFormat.IsIntact(At(length))) return FrameState.Broken;
        _frameLength = length;
        return FrameState.Intact;
    }

    /// <summary>Steps over the current frame, which is intact.</summary>
    internal void Advance() => Offset += _frameLength;

    /// <summary>Steps over bytes that are no frame.</summary>
    /// <param name="bytes">How many.</param>
    internal void Skip(int bytes) => Offset += bytes;

    /// <summary>Forgets what was read: another thread may have written since.</summary>
    internal void Forget()
    {
        _windowAt = Offset;
        _windowLength = 0;
    }

    // Less than a header is left: zeros are an end, anything else was written by nobody.
    private FrameState RestState()
    {
        int rest = (int)Math.Max(0, _end - Offset);
        return TryHave(rest) && !At(rest).ContainsAnyExcept((byte)0) ? FrameState.Empty : FrameState.Broken;
    }

    private ReadOnlySpan<byte> At(int length) => _window.AsSpan((int)(Offset - _windowAt), length);

    private bool TryHave(int length)
    {
        if (Offset + length > _end) return false;
        if (Offset - _windowAt + length <= _windowLength) return true;
        if (length > _window.Length) _window = new byte[length];
        _windowAt = Offset;
        _windowLength = _file.Read(Offset, _window.AsSpan(0, (int)Math.Min(_window.Length, _end - Offset)));
        return length <= _windowLength;
    }
}
