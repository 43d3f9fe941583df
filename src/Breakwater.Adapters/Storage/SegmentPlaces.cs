namespace Breakwater.Adapters.Storage;

/// <summary>Finds the segment of a record by the headers alone.</summary>
internal static class SegmentPlaces
{
    /// <summary>Number of the last segment that begins at or before a record.</summary>
    /// <param name="disk">Where.</param>
    /// <param name="sequence">The record, ≥ 1; it need not exist yet.</param>
    /// <exception cref="JournalDamagedException">A header on the way is damaged.</exception>
    internal static long Find(IDisk disk, long sequence)
    {
        long low = 1;
        long high = disk.List().Select(SegmentHeader.NumberOf).OfType<long>().DefaultIfEmpty(1).Max();
        while (low < high)
        {
            long middle = high - (high - low) / 2;
            if (FirstSequence(disk, middle) <= sequence) low = middle;
            else high = middle - 1;
        }

        return low;
    }

    private static long FirstSequence(IDisk disk, long number)
    {
        using IDiskFile file = disk.OpenToRead(SegmentHeader.NameOf(number));
        JournalDamage? damage = SegmentHeader.TryRead(file, number, out SegmentHeader? header);
        return damage is null ? header!.FirstSequence : throw new JournalDamagedException(damage);
    }
}
