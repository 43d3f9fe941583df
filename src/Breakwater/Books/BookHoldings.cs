namespace Breakwater.Books;

/// <summary>One holding as a sweep reads it.</summary>
/// <param name="Minus">Minus the lots: loss = this × entry (+ 1 per lot sold, which is no matter of the scenario).
/// </param>
/// <param name="Row">Row of the arrays.</param>
/// <param name="Side">0 where the greatest entry loses most (sold), 1 where the least does (held).</param>
internal readonly record struct Holding(double Minus, int Row, int Side);

/// <summary>The same in single precision, for a screen.</summary>
/// <param name="Minus">Minus the lots, nearest.</param>
/// <param name="Row">Row of the arrays.</param>
internal readonly record struct NarrowHolding(float Minus, int Row);

/// <summary>Holdings of many accounts in arrays: accounts → underlyings → holdings.</summary>
/// <remarks>
/// A slot is what has a core: the account as a whole, then each of its underlyings where it has several. The slots of
/// an account are neighbours. Accounts that lanes of doubles cannot hold exactly have no slots but the first and are
/// marked (<see cref="IsHeld"/>): they go through the plain margin.
/// </remarks>
public sealed class BookHoldings
{
    /// <summary>Most underlyings of an account that a sweep takes: masks of them fit one small array.</summary>
    internal const int GroupsMax = 32;

    /// <summary>Lots beyond it are not held: every sum must stay below 2⁵³.</summary>
    internal const long LotsMax = 1L << 51;

    private readonly Holding[] _holdings;
    private readonly NarrowHolding[] _narrow;
    private readonly CoinHolding[] _coins;
    private readonly CoinSize[] _coinSizes;
    private readonly int[] _coinFirst; // none where nobody holds coin
    private readonly int[] _groupFirst;
    private readonly int[] _groupAssets;
    private readonly int[] _accountGroup;
    private readonly int[] _slotFirst;
    private readonly double[] _constants;
    private readonly bool[] _isHeld;

    internal BookHoldings(BookDraft draft)
    {
        _holdings = [.. draft.Holdings];
        _narrow = [.. draft.Holdings.Select(static own => new NarrowHolding((float)own.Minus, own.Row))];
        _coins = [.. draft.Coins];
        _coinSizes = [.. draft.CoinSizes];
        _coinFirst = _coins.Length == 0 ? [] : [.. draft.CoinFirst, draft.Coins.Count];
        _groupFirst = [.. draft.GroupFirst, draft.Holdings.Count];
        _groupAssets = [.. draft.GroupAssets];
        _accountGroup = [.. draft.AccountGroup, draft.GroupFirst.Count];
        _slotFirst = [.. draft.SlotFirst, draft.Constants.Count / 2];
        _constants = [.. draft.Constants];
        _isHeld = [.. draft.IsHeld];
    }

    /// <summary>Accounts.</summary>
    public int AccountCount => _isHeld.Length;

    /// <summary>Slots of all accounts.</summary>
    public int SlotCount => _slotFirst[^1];

    /// <summary>Holdings of all accounts.</summary>
    public int HoldingCount => _holdings.Length;

    /// <summary>All holdings.</summary>
    internal ReadOnlySpan<Holding> Holdings => _holdings;

    /// <summary>All holdings in single precision, likewise.</summary>
    internal ReadOnlySpan<NarrowHolding> NarrowHoldings => _narrow;

    /// <summary>[group + 1] first holding of each group.</summary>
    internal ReadOnlySpan<int> GroupFirst => _groupFirst;

    /// <summary>[account + 1] first group of each account.</summary>
    internal ReadOnlySpan<int> AccountGroup => _accountGroup;

    /// <summary>[account + 1] first slot of each account.</summary>
    internal ReadOnlySpan<int> SlotFirst => _slotFirst;

    /// <summary>[slot × horizon] what is lost in every scenario: funding, and one unit per lot sold.</summary>
    internal ReadOnlySpan<double> Constants => _constants;

    /// <summary>States anew what a slot loses in every scenario: funding moves with marks, holdings stay.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="maintenance">Funding over the maintenance horizon and a unit per lot sold, micro-dollars: a whole
    /// number, or infinity for what no double holds; then the account needs the plain margin.</param>
    /// <param name="initial">Likewise over the initial horizon.</param>
    internal void Recharge(int slot, double maintenance, double initial) =>
        (_constants[2 * slot], _constants[(2 * slot) + 1]) = (maintenance, initial);

    /// <summary>First slot of an account: the whole of it; those of its underlyings follow if there are several.
    /// </summary>
    /// <param name="account">Index of the account.</param>
    public int SlotOf(int account) => _slotFirst[account];

    /// <summary>Underlyings of an account, as indices its draft gave them, in order.</summary>
    /// <param name="account">Index of the account.</param>
    public ReadOnlySpan<int> AssetsOf(int account) =>
        _groupAssets.AsSpan(_accountGroup[account].._accountGroup[account + 1]);

    /// <summary>Coin of neighbouring groups.</summary>
    /// <param name="first">The first group.</param>
    /// <param name="end">The group behind the last.</param>
    internal ReadOnlySpan<CoinHolding> CoinsOf(int first, int end) =>
        _coins.Length == 0 ? default : _coins.AsSpan(_coinFirst[first].._coinFirst[end]);

    /// <summary>What coin of one group adds to sensitivities.</summary>
    /// <param name="group">The group.</param>
    internal ReadOnlySpan<CoinSize> CoinSizesOf(int group) =>
        _coins.Length == 0 ? default : _coinSizes.AsSpan(_coinFirst[group].._coinFirst[group + 1]);

    /// <summary>Whether lanes of doubles can hold the account in a sweep of many: it has no coin.</summary>
    /// <param name="account">Index of the account.</param>
    public bool IsHeld(int account) =>
        _isHeld[account] && CoinsOf(_accountGroup[account], _accountGroup[account + 1]).IsEmpty;

    /// <summary>Whether lanes of doubles can hold the account in a sweep of it alone.</summary>
    /// <param name="account">Index of the account.</param>
    internal bool IsHeldAlone(int account) => _isHeld[account];
}
