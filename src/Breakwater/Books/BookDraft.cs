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

/// <summary>Collects accounts into <see cref="BookHoldings"/>.</summary>
public sealed class BookDraft
{
    internal List<Holding> Holdings { get; } = [];

    internal List<int> GroupFirst { get; } = [];

    internal List<int> GroupAssets { get; } = [];

    internal List<int> AccountGroup { get; } = [];

    internal List<int> SlotFirst { get; } = [];

    internal List<double> Constants { get; } = [];

    internal List<bool> IsHeld { get; } = [];

    /// <summary>Adds an account.</summary>
    /// <param name="rows">Its holdings in any order; rows may repeat, each is rounded by itself.</param>
    public BookDraft Add(ReadOnlySpan<BookRow> rows)
    {
        BookRow[] ordered = rows.ToArray();
        Array.Sort(ordered, static (left, right) =>
            left.Asset != right.Asset ? left.Asset.CompareTo(right.Asset) : left.Row.CompareTo(right.Row));
        bool isHeld = CanHold(ordered);
        AccountGroup.Add(GroupFirst.Count);
        SlotFirst.Add(Constants.Count / 2);
        IsHeld.Add(isHeld);
        if (!isHeld)
        {
            Constants.AddRange([0.0, 0.0]);
            return this;
        }

        AddGroups(ordered);
        return this;
    }

    /// <summary>Adds an account in integers; resting orders and coin make it a matter of the plain margin.</summary>
    internal BookDraft Add(MarginAccount account)
    {
        if (!account.Orders.IsEmpty) return AddPlain();
        List<BookRow> rows = [];
        for (int index = 0; index < account.Exposures.Length; index++)
        {
            Exposure own = account.Exposures[index];
            if (own.Legs.IsEmpty) continue;
            if (own.Legs.Length > 1 || own.Legs[0].Decimals != 0) return AddPlain();
            int asset = account.Arrays.Scenarios.Maintenance.IndexOf(account.UnderlyingOf(index));
            rows.Add(new BookRow(
                own.Legs[0].RowIndex, asset, own.Legs[0].Down, own.FundingMaintenance, own.FundingInitial));
        }

        return Add([.. rows]);
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

    private void AddGroups(BookRow[] ordered)
    {
        int groups = 0;
        int whole = Constants.Count;
        Constants.AddRange([0.0, 0.0]);
        for (int i = 0; i < ordered.Length; i++)
        {
            BookRow own = ordered[i];
            if (i == 0 || own.Asset != ordered[i - 1].Asset)
            {
                groups++;
                GroupFirst.Add(Holdings.Count);
                GroupAssets.Add(own.Asset);
                Constants.AddRange([0.0, 0.0]);
            }

            Holdings.Add(new Holding(-(double)own.Lots, own.Row, own.Lots < 0 ? 0 : 1));
            Int128 sold = own.Lots < 0 ? -own.Lots : 0;
            Charge(whole, own, sold);
            Charge(Constants.Count - 2, own, sold);
        }

        // Of a single underlying the core is the whole's.
        if (groups == 1) Constants.RemoveRange(Constants.Count - 2, 2);
    }

    private void Charge(int slot, BookRow own, Int128 sold)
    {
        Constants[slot] += (double)(own.FundingMaintenance + sold);
        Constants[slot + 1] += (double)(own.FundingInitial + sold);
    }

    private static bool CanHold(BookRow[] ordered)
    {
        int groups = 0;
        Int128 constants = 0;
        for (int i = 0; i < ordered.Length; i++)
        {
            BookRow own = ordered[i];
            Int128 size = Int128.Abs(own.Lots);
            if (size > BookHoldings.LotsMax
                || own.FundingMaintenance > BookHoldings.LotsMax || own.FundingInitial > BookHoldings.LotsMax)
            {
                return false;
            }

            groups += i == 0 || own.Asset != ordered[i - 1].Asset ? 1 : 0;
            constants += size + own.FundingMaintenance + own.FundingInitial;
        }

        return groups <= BookHoldings.GroupsMax && constants <= BookHoldings.LotsMax;
    }
}
