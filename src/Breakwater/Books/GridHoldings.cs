using Breakwater.Scenarios;

namespace Breakwater.Books;

/// <summary>One holding in eight bytes.</summary>
/// <param name="Minus">Minus the lots.</param>
/// <param name="Row">Row of the arrays.</param>
internal readonly record struct GridHolding(int Minus, int Row);

/// <summary>Two holdings in eight bytes.</summary>
/// <param name="Minus">Minus the lots of both, 16 bits each, the first in the lower ones.</param>
/// <param name="First">Row of the first.</param>
/// <param name="Second">Row of the second.</param>
internal readonly record struct GridPair(int Minus, ushort First, ushort Second);

/// <summary>Where an account's holdings lie.</summary>
/// <param name="First">Its first pair, or first holding if it has no pairs.</param>
/// <param name="Count">How many of them.</param>
/// <param name="MinusSum">Minus the sum of its lots, if it has pairs.</param>
/// <param name="IsPaired">Whether it has few enough lots for pairs.</param>
internal readonly record struct GridAccount(int First, int Count, int MinusSum, bool IsPaired);

/// <summary>Holdings of a book packed for a grid, where reading them is a good part of the work.</summary>
public sealed class GridHoldings
{
    /// <summary>Most lots, bought and sold, of an account in pairs: 2¹⁵ times them is below 2³¹.</summary>
    internal const int PairedLotsMax = ushort.MaxValue;

    private readonly GridHolding[] _holdings;
    private readonly GridPair[] _pairs;
    private readonly GridAccount[] _accounts;
    private readonly long[] _constants;
    private readonly double[] _lots;
    private readonly bool[] _isHeld;

    /// <summary>Packs a book.</summary>
    /// <param name="book">The book; accounts with lots beyond 32 bits are marked as not held.</param>
    public GridHoldings(BookHoldings book)
    {
        ArgumentNullException.ThrowIfNull(book);
        Book = book;
        _accounts = new GridAccount[book.AccountCount];
        _constants = new long[2 * book.AccountCount];
        _lots = new double[book.AccountCount];
        _isHeld = new bool[book.AccountCount];
        List<GridHolding> holdings = [];
        List<GridPair> pairs = [];
        for (int account = 0; account < book.AccountCount; account++)
        {
            ReadOnlySpan<Holding> own = HoldingsOf(book, account);
            for (int horizon = 0; horizon < 2; horizon++)
            {
                _constants[(horizon * book.AccountCount) + account] =
                    (long)book.Constants[(2 * book.SlotOf(account)) + horizon];
            }

            foreach (Holding holding in own) _lots[account] += Math.Abs(holding.Minus);
            bool isPaired = IsPaired(own, _lots[account]);
            _isHeld[account] = book.IsHeld(account) && (isPaired || Fits(own));
            if (!_isHeld[account]) continue;
            _accounts[account] = isPaired ? Pair(own, pairs) : Pack(own, holdings);
        }

        (_holdings, _pairs) = ([.. holdings], [.. pairs]);
    }

    /// <summary>The book.</summary>
    public BookHoldings Book { get; }

    /// <summary>[account] where its holdings lie.</summary>
    internal ReadOnlySpan<GridAccount> Accounts => _accounts;

    /// <summary>[account] what it loses in every scenario, micro-dollars.</summary>
    /// <param name="horizon">Over which horizon.</param>
    internal ReadOnlySpan<long> Constants(MarginHorizon horizon) =>
        _constants.AsSpan((int)horizon * Book.AccountCount, Book.AccountCount);

    /// <summary>All pairs.</summary>
    internal ReadOnlySpan<GridPair> Pairs => _pairs;

    /// <summary>Holdings of an account that has no pairs.</summary>
    /// <param name="account">Where they lie.</param>
    internal ReadOnlySpan<GridHolding> Of(GridAccount account) => _holdings.AsSpan(account.First, account.Count);

    /// <summary>Σ |lots| of an account.</summary>
    /// <param name="account">Its index.</param>
    internal double Lots(int account) => _lots[account];

    /// <summary>Whether the account can be swept.</summary>
    /// <param name="account">Its index.</param>
    internal bool IsHeld(int account) => _isHeld[account];

    private static ReadOnlySpan<Holding> HoldingsOf(BookHoldings book, int account)
    {
        ReadOnlySpan<int> groups = book.AccountGroup;
        return book.Holdings[book.GroupFirst[groups[account]]..book.GroupFirst[groups[account + 1]]];
    }

    private static bool Fits(ReadOnlySpan<Holding> holdings)
    {
        foreach (Holding own in holdings)
        {
            if (Math.Abs(own.Minus) > int.MaxValue) return false;
        }

        return true;
    }

    private static bool IsPaired(ReadOnlySpan<Holding> holdings, double lots)
    {
        bool isPaired = lots <= PairedLotsMax;
        foreach (Holding own in holdings)
        {
            isPaired &= own.Minus is >= short.MinValue and <= short.MaxValue && own.Row <= ushort.MaxValue;
        }

        return isPaired;
    }

    private static GridAccount Pack(ReadOnlySpan<Holding> holdings, List<GridHolding> packed)
    {
        int first = packed.Count;
        foreach (Holding own in holdings) packed.Add(new GridHolding((int)own.Minus, own.Row));
        return new GridAccount(first, holdings.Length, 0, IsPaired: false);
    }

    // An odd holding is paired with none of the first row.
    private static GridAccount Pair(ReadOnlySpan<Holding> holdings, List<GridPair> paired)
    {
        int first = paired.Count;
        int sum = 0;
        for (int i = 0; i < holdings.Length; i += 2)
        {
            Holding own = holdings[i];
            Holding next = i + 1 < holdings.Length ? holdings[i + 1] : default;
            int minus = ((int)own.Minus & ushort.MaxValue) | ((int)next.Minus << 16);
            paired.Add(new GridPair(minus, (ushort)own.Row, (ushort)next.Row));
            sum += (int)own.Minus + (int)next.Minus;
        }

        return new GridAccount(first, paired.Count - first, sum, IsPaired: true);
    }
}
