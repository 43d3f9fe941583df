using Breakwater.Margin;

namespace Breakwater.Books;

/// <summary>Books of subaccounts as a sweep takes them, and the plain cores of what it does not.</summary>
internal static class BookMargin
{
    /// <summary>Adds an account in integers to a draft; resting orders and coin make it a matter of the plain margin.
    /// </summary>
    internal static BookDraft Add(BookDraft draft, MarginAccount account)
    {
        List<BookRow> rows = [];
        for (int index = 0; index < account.Exposures.Length; index++)
        {
            Exposure own = account.Exposures[index];
            if (own.Legs.IsEmpty) continue;
            if (own.Legs.Length > 1 || own.Legs[0].Decimals != 0) return draft.AddPlain();
            int asset = account.Arrays.Scenarios.Maintenance.IndexOf(account.UnderlyingOf(index));
            rows.Add(new BookRow(
                own.Legs[0].RowIndex, asset, own.Legs[0].Down, own.FundingMaintenance, own.FundingInitial));
        }

        return account.Orders.IsEmpty ? draft.Add([.. rows]) : draft.AddPlain();
    }
}
