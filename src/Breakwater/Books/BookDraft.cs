using Breakwater.Margin;

namespace Breakwater.Books;

/// <summary>One holding of an account that is being added to a book.</summary>
/// <param name="Row">Row of the risk arrays.</param>
/// <param name="Asset">Index of the underlying it moves with; any numbering.</param>
/// <param name="Lots">Signed lots.</param>
/// <param name="FundingMaintenance">Expected funding over the maintenance horizon, micro-dollars; ≥ 0.</param>
/// <param name="FundingInitial">Likewise over the initial horizon.</param>
public readonly record struct BookRow(
    int Row, int Asset, Int128 Lots, Int128 FundingMaintenance, Int128 FundingInitial);

/// <summary>A holding of coin of an account that is being added to a book.</summary>
/// <param name="Asset">Index of the underlying it moves with, in the numbering of the lots.</param>
/// <param name="Coin">The holding as lanes multiply it.</param>
/// <param name="Size">What it adds to sensitivities.</param>
internal readonly record struct BookCoin(int Asset, CoinHolding Coin, CoinSize Size);

/// <summary>Collects accounts into <see cref="BookHoldings"/>.</summary>
public sealed class BookDraft
{
    internal List<Holding> Holdings { get; } = [];

    internal List<CoinHolding> Coins { get; } = [];

    internal List<CoinSize> CoinSizes { get; } = [];

    internal List<int> CoinFirst { get; } = [];

    internal List<int> GroupFirst { get; } = [];

    internal List<int> GroupAssets { get; } = [];

    internal List<int> AccountGroup { get; } = [];

    internal List<int> SlotFirst { get; } = [];

    internal List<double> Constants { get; } = [];

    internal List<bool> IsHeld { get; } = [];

    /// <summary>Adds an account.</summary>
    /// <param name="rows">Its holdings in any order; rows may repeat, each is rounded by itself.</param>
    public BookDraft Add(ReadOnlySpan<BookRow> rows) => Add(rows, []);

    private BookDraft Add(ReadOnlySpan<BookRow> rows, ReadOnlySpan<BookCoin> coins)
    {
        BookRow[] ordered = rows.ToArray();
        Array.Sort(ordered, static (left, right) =>
            left.Asset != right.Asset ? left.Asset.CompareTo(right.Asset) : left.Row.CompareTo(right.Row));
        int[] assets = AssetsOf(ordered, coins);
        bool isHeld = assets.Length <= BookHoldings.GroupsMax && CanHold(ordered);
        AccountGroup.Add(GroupFirst.Count);
        SlotFirst.Add(Constants.Count / 2);
        IsHeld.Add(isHeld);
        if (!isHeld)
        {
            Constants.AddRange([0.0, 0.0]);
            return this;
        }

        AddGroups(ordered, coins, assets);
        return this;
    }

    /// <summary>Adds an account in integers; resting orders and coin make it a matter of the plain margin.</summary>
    internal BookDraft Add(MarginAccount account) =>
        account.Exposures.Any(static own => own.Legs.Any(static leg => leg.Decimals != 0))
            ? AddPlain()
            : AddAlone(account);

    /// <summary>Adds an account in integers for a sweep of one account, which takes coin too: it is of the market it
    /// was made of, because haircuts and gains of inverse contracts are. Resting orders make it a matter of the plain
    /// margin.</summary>
    internal BookDraft AddAlone(MarginAccount account)
    {
        if (!account.Orders.IsEmpty) return AddPlain();
        List<BookRow> rows = [];
        List<BookCoin> coins = [];
        for (int index = 0; index < account.Exposures.Length; index++)
        {
            Exposure own = account.Exposures[index];
            if (own.Legs.IsEmpty) continue;
            int asset = account.Arrays.Scenarios.Maintenance.IndexOf(account.UnderlyingOf(index));
            foreach (ref readonly ExposureLeg leg in own.Legs.AsSpan())
            {
                if (leg.Decimals == 0 && rows.Count + coins.Count < LineLimits.HoldingsMax)
                {
                    rows.Add(new BookRow(
                        leg.RowIndex, asset, leg.Down, own.FundingMaintenance, own.FundingInitial));
                }
                else if (CoinHolding.TryOf(leg, out CoinHolding coin)
                    && CoinSize.TryOf(account, index, leg, out CoinSize size))
                {
                    coins.Add(new BookCoin(asset, coin, size));
                }
                else
                {
                    return AddPlain();
                }
            }
        }

        return Add([.. rows], [.. coins]);
    }

    /// <summary>Adds an account that only the plain margin can hold.</summary>
    public BookDraft AddPlain()
    {
        AccountGroup.Add(GroupFirst.Count);
        SlotFirst.Add(Constants.Count / 2);
        IsHeld.Add(false);
        Constants.AddRange([0.0, 0.0]);
        return this;
    }

    /// <summary>The book.</summary>
    public BookHoldings Build() => new(this);

    private void AddGroups(BookRow[] ordered, ReadOnlySpan<BookCoin> coins, int[] assets)
    {
        int whole = Constants.Count;
        Constants.AddRange([0.0, 0.0]);
        int next = 0;
        foreach (int asset in assets)
        {
            GroupFirst.Add(Holdings.Count);
            CoinFirst.Add(Coins.Count);
            GroupAssets.Add(asset);
            Constants.AddRange([0.0, 0.0]);
            for (; next < ordered.Length && ordered[next].Asset == asset; next++)
            {
                BookRow own = ordered[next];
                Holdings.Add(new Holding(-(double)own.Lots, own.Row, own.Lots < 0 ? 0 : 1));
                Int128 sold = own.Lots < 0 ? -own.Lots : 0;
                Charge(whole, own, sold);
                Charge(Constants.Count - 2, own, sold);
            }

            foreach (ref readonly BookCoin own in coins)
            {
                if (own.Asset != asset) continue;
                Coins.Add(own.Coin);
                CoinSizes.Add(own.Size);
            }
        }

        // Of a single underlying the core is the whole's.
        if (assets.Length == 1) Constants.RemoveRange(Constants.Count - 2, 2);
    }

    private static int[] AssetsOf(BookRow[] ordered, ReadOnlySpan<BookCoin> coins)
    {
        SortedSet<int> assets = [];
        foreach (BookRow own in ordered) assets.Add(own.Asset);
        foreach (BookCoin own in coins) assets.Add(own.Asset);
        return [.. assets];
    }

    private void Charge(int slot, BookRow own, Int128 sold)
    {
        Constants[slot] += (double)(own.FundingMaintenance + sold);
        Constants[slot + 1] += (double)(own.FundingInitial + sold);
    }

    private static bool CanHold(BookRow[] ordered)
    {
        Int128 constants = 0;
        foreach (BookRow own in ordered)
        {
            Int128 size = Int128.Abs(own.Lots);
            if (size > BookHoldings.LotsMax
                || own.FundingMaintenance > BookHoldings.LotsMax || own.FundingInitial > BookHoldings.LotsMax)
            {
                return false;
            }

            constants += size + own.FundingMaintenance + own.FundingInitial;
        }

        return constants <= BookHoldings.LotsMax;
    }
}
