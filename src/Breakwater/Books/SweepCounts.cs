namespace Breakwater.Books;

/// <summary>What a sweep did: for people who tune it.</summary>
/// <param name="Tiles">Tiles × accounts whose cells were bounded.</param>
/// <param name="Cells">Cells × accounts that were summed for the whole account.</param>
/// <param name="GroupCells">Cells × underlyings that were summed.</param>
/// <param name="Candidates">Losses that reached a threshold.</param>
/// <param name="Repeats">Slots that were done again without a threshold.</param>
public readonly record struct SweepCounts(long Tiles, long Cells, long GroupCells, long Candidates, long Repeats)
{
    /// <summary>Slots that the screen settled: their tail was not needed.</summary>
    public long Screened { get; init; }


    /// <summary>Counts together.</summary>
    /// <param name="left">Some.</param>
    /// <param name="right">Others.</param>
    public static SweepCounts operator +(SweepCounts left, SweepCounts right) => new(
        left.Tiles + right.Tiles,
        left.Cells + right.Cells,
        left.GroupCells + right.GroupCells,
        left.Candidates + right.Candidates,
        left.Repeats + right.Repeats)
    {
        Screened = left.Screened + right.Screened,
    };
}
