using System.Collections.Immutable;

namespace Breakwater.Engine;

/// <summary>All accounts of a ledger in order of name, each with its place in a live book: what a tick walks through,
/// made anew only when names come or go.</summary>
/// <param name="Names">Names in ordinal order.</param>
/// <param name="Places">[name] places.</param>
internal sealed record BookRoll(ImmutableArray<string> Names, ImmutableArray<LivePlace> Places)
{
    /// <summary>No account.</summary>
    internal static BookRoll Empty { get; } = new([], []);

    /// <summary>Where a name is or would be.</summary>
    internal int FirstFrom(string name)
    {
        int place = Names.BinarySearch(name, StringComparer.Ordinal);
        return place < 0 ? ~place : place;
    }
}
