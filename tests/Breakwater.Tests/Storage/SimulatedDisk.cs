using Breakwater.Adapters.Storage;

namespace Breakwater.Tests.Storage;

/// <summary>A disk in memory with a cache that a crash loses: what was not synced survives in part, sector by sector.
/// Single faults can be ordered.</summary>
/// <remarks>A model of Linux: after a failed sync the cache keeps the new bytes and forgets that they are not on disk,
/// so that a second sync succeeds and means nothing.</remarks>
internal sealed class SimulatedDisk : IDisk
{
    internal const int SectorBytes = 512;

    private readonly SortedDictionary<string, SimulatedFile> _names = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SimulatedFile> _durableNames = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private bool _isLocked;
    private bool _isDead;

    /// <summary>Called before each write, sync, creation, renaming and deletion with its number, from 1.</summary>
    public Action<int, string>? OnBoundary { get; set; }

    /// <summary>Boundaries so far.</summary>
    public int BoundaryCount { get; private set; }

    /// <summary>Number of the boundary at which to fail, and how.</summary>
    public (int Boundary, DiskFault Fault)? Order { get; set; }

    public string Place => "simulated";

    /// <summary>Everything that exists after a loss of power now.</summary>
    /// <param name="random">Decides, sector by sector, what unsynced bytes survive.</param>
    /// <param name="loss">What may survive.</param>
    public SimulatedDisk AfterPowerLoss(Random random, Loss loss)
    {
        SimulatedDisk disk = new();
        bool keepsNames = loss == Loss.Nothing || (loss == Loss.Torn && random.Next(2) == 0);
        foreach ((string name, SimulatedFile file) in keepsNames ? _names : _durableNames)
        {
            SimulatedFile copy = file.AfterPowerLoss(random, loss);
            disk._names.Add(name, copy);
            disk._durableNames.Add(name, copy);
        }

        return disk;
    }

    /// <summary>The same disk after the process alone was killed: the system still has its cache.</summary>
    public SimulatedDisk AfterKill()
    {
        SimulatedDisk disk = new();
        foreach ((string name, SimulatedFile file) in _names) disk._names.Add(name, file);
        foreach ((string name, SimulatedFile file) in _durableNames) disk._durableNames.Add(name, file);
        return disk;
    }

    /// <summary>A file as it is, to be spoilt.</summary>
    public SimulatedFile File(string name) => _names[name];

    /// <summary>Removes a file as if it had never been.</summary>
    public void Lose(string name)
    {
        _names.Remove(name);
        _durableNames.Remove(name);
    }

    public IReadOnlyList<string> List()
    {
        lock (_gate) return [.. _names.Keys];
    }

    public IDisposable? TryLock()
    {
        if (_isLocked) return null;
        _isLocked = true;
        return new Unlock(this);
    }

    public IDiskFile OpenToRead(string name) => Open(name);

    public IDiskFile OpenToWrite(string name) => Open(name);

    public IDiskFile Create(string name)
    {
        Pass($"create {name}");
        lock (_gate) _names[name] = new SimulatedFile();
        return Open(name);
    }

    public void Rename(string name, string newName)
    {
        Pass($"rename {name}");
        lock (_gate)
        {
            _names[newName] = Existing(name);
            _names.Remove(name);
        }
    }

    public void Delete(string name)
    {
        Pass($"delete {name}");
        lock (_gate) _names.Remove(name);
    }

    public void SyncFolder()
    {
        if (Pass("sync folder") == DiskFault.SyncFails) throw Failed(DiskFailure.NotSynced);
        lock (_gate)
        {
            _durableNames.Clear();
            foreach ((string name, SimulatedFile file) in _names) _durableNames.Add(name, file);
        }
    }

    private static DiskException Failed(DiskFailure failure) => new(failure, $"simulated: {failure}");

    private DiskFault? Pass(string what)
    {
        if (_isDead) throw Failed(DiskFailure.Refused);
        BoundaryCount++;
        OnBoundary?.Invoke(BoundaryCount, what);
        DiskFault? fault = Order is { } order && order.Boundary == BoundaryCount ? order.Fault : null;
        if (fault == DiskFault.Dies)
        {
            _isDead = true;
            throw Failed(DiskFailure.Refused);
        }

        return fault == DiskFault.Full ? throw Failed(DiskFailure.Full) : fault;
    }

    private SimulatedFile Existing(string name) => _names.TryGetValue(name, out SimulatedFile? file)
        ? file
        : throw new DiskException(DiskFailure.Missing, $"{name}: there is no such file");

    private Handle Open(string name)
    {
        lock (_gate) return new Handle(this, name, Existing(name));
    }

    private sealed class Unlock(SimulatedDisk disk) : IDisposable
    {
        public void Dispose() => disk._isLocked = false;
    }

    private sealed class Handle(SimulatedDisk disk, string name, SimulatedFile file) : IDiskFile
    {
        public string Name => name;

        public long LengthBytes => file.LengthBytes;

        public int Read(long offset, Span<byte> buffer) => file.Read(offset, buffer);

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            DiskFault? fault = disk.Pass($"write {name}");
            if (fault == DiskFault.Lost) return;
            file.Write(fault == DiskFault.Misdirected ? offset + 8 * SectorBytes : offset, bytes);
        }

        public void Sync()
        {
            DiskFault? fault = disk.Pass($"sync {name}");
            if (fault == DiskFault.SyncFails)
            {
                file.ForgetWhatIsDirty();
                throw Failed(DiskFailure.NotSynced);
            }

            file.Sync();
        }

        public void Dispose()
        {
        }
    }
}

/// <summary>A fault at one boundary.</summary>
internal enum DiskFault
{
    /// <summary>The disk does nothing more.</summary>
    Dies,

    /// <summary>There is no space left.</summary>
    Full,

    /// <summary>A sync fails, and the cache forgets what was dirty.</summary>
    SyncFails,

    /// <summary>A write says that it was done and never happens.</summary>
    Lost,

    /// <summary>A write says that it was done and went elsewhere in the file.</summary>
    Misdirected,
}

/// <summary>What a loss of power takes of what was not synced.</summary>
internal enum Loss
{
    /// <summary>All of it.</summary>
    Everything,

    /// <summary>None of it.</summary>
    Nothing,

    /// <summary>Each sector is kept, lost or torn at random; names all or not at all.</summary>
    Torn,
}
