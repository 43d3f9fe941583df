namespace Breakwater.Engine;

/// <summary>Where an account of a live book is margined: scratch that the book and its partition keep up.</summary>
/// <param name="partition">Index of its partition, for good.</param>
internal sealed class LivePlace(int partition)
{
    /// <summary>Index of its partition.</summary>
    internal int Partition { get; } = partition;

    /// <summary>Whether it is among the recent accounts of the partition.</summary>
    internal bool IsRecent { get; set; }

    /// <summary>Its index there; −1 before it was put in.</summary>
    internal int Index { get; set; } = -1;
}
