using System.Collections.Immutable;

namespace Breakwater.Engine;

/// <summary>Neighbouring subaccounts in order of name, and where they stand.</summary>
/// <param name="Names">Names in ordinal order.</param>
/// <param name="Standings">[name] standings.</param>
internal sealed record StandingLeaf(ImmutableArray<string> Names, ImmutableArray<AccountStanding> Standings)
{
    /// <summary>Place of a name; if it is not here, the complement of where it would be.</summary>
    internal int IndexOf(string name) => Names.BinarySearch(name, StringComparer.Ordinal);

    /// <summary>The leaf with another standing.</summary>
    internal StandingLeaf With(int place, AccountStanding standing) =>
        this with { Standings = Standings.SetItem(place, standing) };

    /// <summary>The leaf with one name more.</summary>
    internal StandingLeaf Inserted(int place, string name, AccountStanding standing) =>
        new(Names.Insert(place, name), Standings.Insert(place, standing));

    /// <summary>Some neighbours by themselves.</summary>
    internal StandingLeaf Part(int first, int count) =>
        new(Names.Slice(first, count), Standings.Slice(first, count));
}
