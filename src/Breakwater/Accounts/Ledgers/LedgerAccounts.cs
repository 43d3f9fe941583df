using System.Collections.Immutable;

namespace Breakwater.Accounts.Ledgers;

/// <summary>All subaccounts of a ledger, in ordinal order of name.</summary>
/// <remarks>
/// Persistent: a change copies one short path of a tree of sixteen branches, keyed by the number that a subaccount got
/// when it was opened, and shares the rest. The order of names changes with openings only. Of a hundred thousand
/// accounts a change copies five arrays of sixteen, where a balanced tree of two branches copies seventeen nodes
/// that outlive the next collections.
/// </remarks>
public sealed class LedgerAccounts
{
    private const int Bits = 4;
    private const int Width = 1 << Bits;

    private readonly ImmutableSortedDictionary<string, int> _numbers;
    private readonly object?[] _root;
    private readonly int _shift; // bits of a number below those that choose in the root

    private LedgerAccounts(ImmutableSortedDictionary<string, int> numbers, object?[] root, int shift)
    {
        _numbers = numbers;
        _root = root;
        _shift = shift;
    }

    /// <summary>No subaccount.</summary>
    public static LedgerAccounts Empty { get; } =
        new(ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal), new object?[Width], 0);

    /// <summary>How many there are.</summary>
    public int Count => _numbers.Count;

    /// <summary>Names in ordinal order.</summary>
    public IEnumerable<string> Names => _numbers.Keys;

    /// <summary>The subaccounts, in ordinal order of name.</summary>
    public IEnumerable<LedgerAccount> Values => _numbers.Values.Select(At);

    /// <summary>A subaccount; <c>null</c> if none has the name.</summary>
    /// <param name="name">Its name.</param>
    public LedgerAccount? Find(string name) => _numbers.TryGetValue(name, out int number) ? At(number) : null;

    /// <summary>Whether other subaccounts are known to have the same names in the same order: nobody opened between.
    /// </summary>
    /// <param name="other">Others, of this ledger earlier or of any.</param>
    internal bool HasSameNames(LedgerAccounts other) => ReferenceEquals(_numbers, other._numbers);

    /// <summary>Where these subaccounts are not the very same as others, in order of opening.</summary>
    /// <remarks>What both share is passed over as a whole: the cost is that of the changes between them.</remarks>
    /// <param name="before">The others, of this ledger earlier or of any.</param>
    /// <returns>The one before and the one now, as opened at the same place; <c>null</c> where there is none.</returns>
    public IEnumerable<(LedgerAccount? Before, LedgerAccount? After)> DifferencesFrom(LedgerAccounts before)
    {
        int shift = Math.Max(_shift, before._shift);
        return Differences(Raised(before._root, before._shift, shift), Raised(_root, _shift, shift), shift);
    }

    /// <summary>The subaccounts with one more.</summary>
    /// <param name="opened">The new one; its name is not in use.</param>
    internal LedgerAccounts Add(LedgerAccount opened)
    {
        int number = Count;
        int shift = number >> _shift == Width ? _shift + Bits : _shift; // full: one branch more
        object?[] root = Raised(_root, _shift, shift);
        return new LedgerAccounts(
            _numbers.Add(opened.Id, number), Copied(root, shift, number, opened with { Number = number }), shift);
    }

    /// <summary>The subaccounts with one of them changed.</summary>
    /// <param name="changed">The changed one, as found here.</param>
    internal LedgerAccounts With(LedgerAccount changed) =>
        new(_numbers, Copied(_root, _shift, changed.Number, changed), _shift);

    private LedgerAccount At(int number)
    {
        object?[] node = _root;
        for (int shift = _shift; shift > 0; shift -= Bits)
        {
            node = (object?[])node[(number >> shift) & (Width - 1)]!; // every number below the count has its path
        }

        return (LedgerAccount)node[number & (Width - 1)]!;
    }

    private static IEnumerable<(LedgerAccount? Before, LedgerAccount? After)> Differences(
        object?[]? before, object?[]? after, int shift)
    {
        for (int branch = 0; branch < Width; branch++)
        {
            object? old = before?[branch];
            object? now = after?[branch];
            if (ReferenceEquals(old, now))
            {
                continue;
            }

            IEnumerable<(LedgerAccount?, LedgerAccount?)> found = shift == 0
                ? [((LedgerAccount?)old, (LedgerAccount?)now)]
                : Differences((object?[]?)old, (object?[]?)now, shift - Bits);
            foreach ((LedgerAccount?, LedgerAccount?) pair in found)
            {
                yield return pair;
            }
        }
    }

    // The same numbers under a root of a greater tree.
    private static object?[] Raised(object?[] root, int shift, int to)
    {
        for (; shift < to; shift += Bits)
        {
            object?[] above = new object?[Width];
            above[0] = root;
            root = above;
        }

        return root;
    }

    private static object?[] Copied(object?[] node, int shift, int number, LedgerAccount account)
    {
        object?[] copy = (object?[])node.Clone();
        int branch = (number >> shift) & (Width - 1);
        copy[branch] = shift == 0
            ? account
            : Copied((object?[]?)node[branch] ?? new object?[Width], shift - Bits, number, account);
        return copy;
    }
}
