namespace Breakwater.Books;

/// <summary>Where the holdings of a slot lie.</summary>
/// <param name="First">Index of the first.</param>
/// <param name="Count">How many.</param>
internal readonly record struct SlotHoldings(int First, int Count);

/// <summary>Holdings by slot: those of a whole account, then those of its underlyings where it has several.</summary>
internal static class BookSlots
{
    /// <summary>Where the holdings of an account or of one of its underlyings lie.</summary>
    /// <param name="book">The book.</param>
    /// <param name="account">Index of the account.</param>
    /// <param name="slot">0 for the whole account; else one more than the index of the underlying among its own.
    /// </param>
    internal static SlotHoldings RangeOf(BookHoldings book, int account, int slot)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(account);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(account, book.AccountCount);
        ArgumentOutOfRangeException.ThrowIfNegative(slot);
        (int group, int end) = (book.AccountGroup[account], book.AccountGroup[account + 1]);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slot, end - group);
        (int first, int last) = slot == 0 ? (group, end) : (group + slot - 1, group + slot);
        return new SlotHoldings(book.GroupFirst[first], book.GroupFirst[last] - book.GroupFirst[first]);
    }

    /// <summary>The holdings.</summary>
    /// <param name="book">The book.</param>
    /// <param name="range">Where they lie.</param>
    internal static ReadOnlySpan<Holding> HoldingsOf(BookHoldings book, SlotHoldings range) =>
        book.Holdings.Slice(range.First, range.Count);

    /// <summary>The coin of an account or of one of its underlyings.</summary>
    /// <param name="book">The book.</param>
    /// <param name="account">Index of the account.</param>
    /// <param name="slot">As in <see cref="RangeOf"/>.</param>
    internal static ReadOnlySpan<CoinHolding> CoinsOf(BookHoldings book, int account, int slot)
    {
        (int group, int end) = (book.AccountGroup[account], book.AccountGroup[account + 1]);
        return slot == 0 ? book.CoinsOf(group, end) : book.CoinsOf(group + slot - 1, group + slot);
    }

    /// <summary>The holdings of an account or of one of its underlyings.</summary>
    /// <param name="book">The book.</param>
    /// <param name="account">Index of the account.</param>
    /// <param name="slot">As in <see cref="RangeOf"/>.</param>
    internal static ReadOnlySpan<Holding> HoldingsOf(BookHoldings book, int account, int slot) =>
        HoldingsOf(book, RangeOf(book, account, slot));
}
