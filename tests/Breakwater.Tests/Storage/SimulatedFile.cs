namespace Breakwater.Tests.Storage;

/// <summary>Bytes of a file as the system shows them, and as they are on disk.</summary>
internal sealed class SimulatedFile
{
    private readonly SortedSet<int> _dirty = [];
    private readonly Lock _gate = new();
    private byte[] _shown = [];
    private byte[] _durable = [];
    private int _durableLength;
    private int _length;
    private bool _isShared;

    public long LengthBytes => _length;

    public int Read(long offset, Span<byte> buffer)
    {
        lock (_gate)
        {
            int count = (int)Math.Clamp(_length - offset, 0, buffer.Length);
            _shown.AsSpan((int)Math.Min(offset, _length), count).CopyTo(buffer);
            return count;
        }
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            Own();
            int end = (int)offset + bytes.Length;
            if (end > _shown.Length)
            {
                Array.Resize(ref _shown, Math.Max(end, _shown.Length * 2));
                Array.Resize(ref _durable, _shown.Length);
            }

            bytes.CopyTo(_shown.AsSpan((int)offset));
            _length = Math.Max(_length, end);
            int first = (int)offset / SimulatedDisk.SectorBytes;
            for (int s = first; s * SimulatedDisk.SectorBytes < end; s++) _dirty.Add(s);
        }
    }

    public void Sync()
    {
        lock (_gate)
        {
            Own();
            foreach (int sector in _dirty) Keep(_durable, sector, SimulatedDisk.SectorBytes);
            _durableLength = _length;
            _dirty.Clear();
        }
    }

    public void ForgetWhatIsDirty()
    {
        lock (_gate) _dirty.Clear();
    }

    /// <summary>Flips one bit, on disk and in the cache.</summary>
    public void Flip(long offset, int bit)
    {
        Own();
        _shown[offset] ^= (byte)(1 << bit);
        _durable[offset] = _shown[offset];
    }

    /// <summary>Cuts the file, on disk and in the cache.</summary>
    public void Cut(int length)
    {
        _length = length;
        _durableLength = length;
    }

    public SimulatedFile AfterPowerLoss(Random random, Loss loss)
    {
        if (_dirty.Count == 0 && _length == _durableLength)
        {
            // Nothing to lose: both files have the same bytes until one is written to.
            _isShared = true;
            return new SimulatedFile
            {
                _shown = _durable,
                _durable = _durable,
                _length = _length,
                _durableLength = _length,
                _isShared = true,
            };
        }

        byte[] bytes = [.. _durable];
        foreach (int sector in _dirty)
        {
            int kept = loss switch
            {
                Loss.Nothing => SimulatedDisk.SectorBytes,
                Loss.Everything => 0,
                _ => random.Next(3) switch
                {
                    0 => 0,
                    1 => SimulatedDisk.SectorBytes,
                    _ => random.Next(SimulatedDisk.SectorBytes),
                },
            };
            Keep(bytes, sector, kept);
        }

        int length = loss == Loss.Nothing || (loss == Loss.Torn && random.Next(2) == 0) ? _length : _durableLength;
        return new SimulatedFile
        {
            _shown = bytes,
            _durable = [.. bytes],
            _length = length,
            _durableLength = length,
        };
    }

    private void Own()
    {
        if (!_isShared) return;
        _shown = [.. _shown];
        _durable = [.. _durable];
        _isShared = false;
    }

    private void Keep(byte[] target, int sector, int count)
    {
        int at = sector * SimulatedDisk.SectorBytes;
        int length = Math.Min(count, Math.Max(0, _shown.Length - at));
        _shown.AsSpan(at, length).CopyTo(target.AsSpan(at));
    }
}
