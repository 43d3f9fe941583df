namespace Breakwater.Adapters.Storage;

/// <summary>The snapshots of one journal: the newest few are kept.</summary>
internal sealed class SnapshotFolder(IDisk disk, Guid journal, int kept)
{
    private readonly Lock _gate = new();

    /// <summary>Writes one, then deletes the oldest beyond those kept.</summary>
    internal void Write(Snapshot snapshot)
    {
        lock (_gate)
        {
            snapshot.Write(disk, journal);
            foreach (string name in Names().SkipLast(kept)) disk.Delete(name);
        }
    }

    /// <summary>The newest that can be used, of a record before a given one; <c>null</c> if there is none.</summary>
    internal Snapshot? NewestBefore(long sequence)
    {
        lock (_gate)
        {
            foreach (string name in Names().Where(name => Snapshot.SequenceOf(name) < sequence).Reverse())
            {
                if (Snapshot.TryRead(disk, name, journal, out Snapshot? snapshot) is null) return snapshot;
            }

            return null;
        }
    }

    // Their names sort by sequence.
    private IEnumerable<string> Names() => disk.List().Where(name => Snapshot.SequenceOf(name) is not null);
}
