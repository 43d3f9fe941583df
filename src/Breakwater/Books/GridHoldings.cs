namespace Breakwater.Books;

/// <summary>One holding in eight bytes.</summary>
/// <param name="Minus">Minus the lots.</param>
/// <param name="Row">Row of the arrays.</param>
internal readonly record struct GridHolding(int Minus, int Row);

/// <summary>Holdings of a book packed for a grid, where reading them is half of the work.</summary>
public sealed class GridHoldings
{
    private readonly GridHolding[] _holdings;
    private readonly int[] _first;
    private readonly double[] _lots;
    private readonly bool[] _isHeld;

    /// <summary>Packs a book.</summary>
    /// <param name="book">The book; accounts with lots beyond 32 bits are marked as not held.</param>
    public GridHoldings(BookHoldings book)
    {
        ArgumentNullException.ThrowIfNull(book);
        Book = book;
        _holdings = new GridHolding[book.HoldingCount];
        _first = new int[book.AccountCount + 1];
        _lots = new double[book.AccountCount];
        _isHeld = new bool[book.AccountCount];
        ReadOnlySpan<int> groups = book.AccountGroup;
        for (int account = 0; account < book.AccountCount; account++)
        {
            _isHeld[account] = book.IsHeld(account);
            (_first[account], _first[account + 1]) =
                (book.GroupFirst[groups[account]], book.GroupFirst[groups[account + 1]]);
            for (int i = _first[account]; i < _first[account + 1]; i++)
            {
                Holding own = book.Holdings[i];
                bool fits = Math.Abs(own.Minus) <= int.MaxValue;
                _isHeld[account] &= fits;
                _holdings[i] = new GridHolding(fits ? (int)own.Minus : 0, own.Row);
                _lots[account] += Math.Abs(own.Minus);
            }
        }
    }

    /// <summary>The book.</summary>
    public BookHoldings Book { get; }

    /// <summary>Holdings of an account.</summary>
    /// <param name="account">Its index.</param>
    internal ReadOnlySpan<GridHolding> Of(int account) => _holdings.AsSpan(_first[account].._first[account + 1]);

    /// <summary>Σ |lots| of an account.</summary>
    /// <param name="account">Its index.</param>
    internal double Lots(int account) => _lots[account];

    /// <summary>Whether the account can be swept.</summary>
    /// <param name="account">Its index.</param>
    internal bool IsHeld(int account) => _isHeld[account];
}
