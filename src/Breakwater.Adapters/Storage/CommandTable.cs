namespace Breakwater.Adapters.Storage;

/// <summary>Every command id of the log and the sequence of its first record (S4): 24 bytes an id at 80 %
/// load.</summary>
/// <remarks>256 open-addressed tables, each with its lock, grow by themselves: no growth holds up the writer for long.
/// The ids are cut from SHA-256, so their own bits spread them.</remarks>
internal sealed class CommandTable
{
    private const int ShardCount = 256;
    private const int ShardShift = 56;

    private readonly Shard[] _shards = [.. Enumerable.Range(0, ShardCount).Select(_ => new Shard())];

    /// <summary>Number of ids.</summary>
    internal long Count => _shards.Sum(shard => (long)shard.Count);

    /// <summary>Sequence of the first record of a command; 0 if there is none.</summary>
    internal long Find(CommandId id) => Of(id).Find(id);

    /// <summary>Adds an id unless it is there, or is none.</summary>
    /// <param name="id">The id.</param>
    /// <param name="sequence">Sequence of its record; ≥ 1.</param>
    /// <returns>Sequence of its first record: this one, or an earlier one if it is a repetition.</returns>
    internal long FindOrAdd(CommandId id, long sequence) => id.IsNone ? sequence : Of(id).FindOrAdd(id, sequence);

    private Shard Of(CommandId id) => _shards[id.Fingerprint >> ShardShift];

    private sealed class Shard
    {
        private const int CapacityFirst = 64;
        private const int LoadPercentMax = 80;

        private readonly Lock _gate = new();
        private (CommandId Id, long Sequence)[] _slots = new (CommandId, long)[CapacityFirst];

        internal int Count { get; private set; }

        internal long Find(CommandId id)
        {
            lock (_gate) return _slots[SlotOf(_slots, id)].Sequence;
        }

        internal long FindOrAdd(CommandId id, long sequence)
        {
            lock (_gate)
            {
                int slot = SlotOf(_slots, id);
                if (_slots[slot].Sequence != 0) return _slots[slot].Sequence;
                _slots[slot] = (id, sequence);
                Count++;
                if (Count > (long)_slots.Length * LoadPercentMax / 100) Grow();
                return sequence;
            }
        }

        // The slot of an id, or the empty one where it would go; sequences begin at 1, so 0 is empty.
        private static int SlotOf((CommandId Id, long Sequence)[] slots, CommandId id)
        {
            int mask = slots.Length - 1;
            int slot = (int)(id.Fingerprint & (ulong)mask);
            while (slots[slot].Sequence != 0 && slots[slot].Id != id) slot = (slot + 1) & mask;
            return slot;
        }

        private void Grow()
        {
            (CommandId Id, long Sequence)[] larger = new (CommandId, long)[_slots.Length * 2];
            foreach ((CommandId id, long sequence) in _slots)
            {
                if (sequence != 0) larger[SlotOf(larger, id)] = (id, sequence);
            }

            _slots = larger;
        }
    }
}
