using System.Collections;
using System.Collections.Immutable;

namespace Breakwater.Engine;

/// <summary>Where every subaccount stands, in ordinal order of name (docs/adr/0110).</summary>
/// <remarks>
/// Persistent: neighbours in order lie in leaves, and a change copies one leaf and the list of leaves and shares the
/// rest. A tick, which changes all, makes the standings of each leaf anew on as many threads as work and takes its
/// names over; a balanced tree would be searched and copied node by node.
/// </remarks>
public sealed class AccountStandings : IEnumerable<KeyValuePair<string, AccountStanding>>
{
    /// <summary>Names of a leaf that was just made; it is cut in two when it has twice as many.</summary>
    internal const int LeafNames = 64;

    private AccountStandings(ImmutableArray<StandingLeaf> leaves, int count)
    {
        Leaves = leaves;
        Count = count;
    }

    /// <summary>No subaccount.</summary>
    public static AccountStandings Empty { get; } = new([], 0);

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>Names in order.</summary>
    public IEnumerable<string> Keys => Leaves.SelectMany(static leaf => leaf.Names);

    /// <summary>Standings in order of name.</summary>
    public IEnumerable<AccountStanding> Values => Leaves.SelectMany(static leaf => leaf.Standings);

    /// <summary>Neighbours in order; none is empty.</summary>
    internal ImmutableArray<StandingLeaf> Leaves { get; }

    /// <summary>The standing of a subaccount; <c>null</c> if it has none.</summary>
    /// <param name="name">Its name.</param>
    public AccountStanding? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Leaves.IsEmpty) return null;
        StandingLeaf leaf = Leaves[LeafOf(name)];
        int place = leaf.IndexOf(name);
        return place < 0 ? null : leaf.Standings[place];
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, AccountStanding>> GetEnumerator()
    {
        foreach (StandingLeaf leaf in Leaves)
        {
            for (int index = 0; index < leaf.Names.Length; index++)
            {
                yield return new KeyValuePair<string, AccountStanding>(leaf.Names[index], leaf.Standings[index]);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Standings by name.</summary>
    /// <param name="byName">Names and standings; sorted by ordinals of the names.</param>
    internal static AccountStandings Of(SortedDictionary<string, AccountStanding> byName) => byName.Count == 0
        ? Empty
        : new(
            [
                .. byName.Chunk(LeafNames).Select(static part => new StandingLeaf(
                    [.. part.Select(static own => own.Key)], [.. part.Select(static own => own.Value)])),
            ],
            byName.Count);

    /// <summary>The standings with that of one subaccount, in place of what it had.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="standing">Where it stands.</param>
    internal AccountStandings With(string name, AccountStanding standing)
    {
        if (Leaves.IsEmpty) return new AccountStandings([new StandingLeaf([name], [standing])], 1);
        int at = LeafOf(name);
        StandingLeaf leaf = Leaves[at];
        int place = leaf.IndexOf(name);
        if (place >= 0) return new AccountStandings(Leaves.SetItem(at, leaf.With(place, standing)), Count);
        StandingLeaf more = leaf.Inserted(~place, name, standing);
        return new AccountStandings(
            more.Names.Length < 2 * LeafNames
                ? Leaves.SetItem(at, more)
                : Leaves.SetItem(at, more.Part(0, LeafNames))
                    .Insert(at + 1, more.Part(LeafNames, more.Names.Length - LeafNames)),
            Count + 1);
    }

    /// <summary>These standings, and new ones of subaccounts that have none yet.</summary>
    /// <param name="names">Names in order.</param>
    internal AccountStandings Covering(ImmutableArray<string> names)
    {
        int found = 0;
        foreach (StandingLeaf leaf in Leaves)
        {
            foreach (string name in leaf.Names)
            {
                // After a tick both are the same text, which is told without reading it.
                if (found < names.Length && string.Equals(name, names[found])) found++;
            }
        }

        if (found == names.Length) return this;
        SortedDictionary<string, AccountStanding> all = new(StringComparer.Ordinal);
        foreach ((string name, AccountStanding standing) in this) all.Add(name, standing);
        foreach (string name in names) all.TryAdd(name, AccountStanding.New);
        return Of(all);
    }

    /// <summary>The same subaccounts with other standings.</summary>
    /// <param name="leaves">One for each of <see cref="Leaves"/>, of the same names.</param>
    internal AccountStandings Renewed(ImmutableArray<StandingLeaf> leaves) => new(leaves, Count);

    // The leaf that holds a name or would: the last that begins at it or before, else the first.
    private int LeafOf(string name)
    {
        (int low, int high) = (0, Leaves.Length - 1);
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (string.CompareOrdinal(Leaves[middle].Names[0], name) <= 0) low = middle;
            else high = middle - 1;
        }

        return low;
    }
}
