using Breakwater.Accounts;
using Breakwater.Books;
using Breakwater.Instruments;
using Breakwater.Revaluation;

namespace Breakwater.Engine;

/// <summary>Perpetuals of one account in a book: their funding moves with marks and rates while the lots stay.
/// </summary>
/// <param name="Slot">Slot of the whole account.</param>
/// <param name="GroupSlot">Slot of the underlying; −1 where the account has one underlying only.</param>
/// <param name="Row">Row of the arrays.</param>
/// <param name="Lots">Signed lots, within the limit of a book.</param>
internal readonly record struct FundingHolding(int Slot, int GroupSlot, int Row, long Lots);

/// <summary>What accounts of a book lose in every scenario, stated anew at every tick without allocation.</summary>
internal sealed class FundingSheet
{
    // Sums stay whole numbers of doubles; a book refuses accounts beyond half of it (BookHoldings.LotsMax).
    private const double SumLimit = 1L << 52;

    private readonly FundingHolding[] _holdings;
    private readonly double[] _sold;

    /// <summary>Perpetuals of accounts that were added to a book without their funding.</summary>
    /// <param name="book">The book; its constants are what is lost for lots sold.</param>
    /// <param name="accounts">Accounts by index of the book; <c>null</c> where one has left.</param>
    /// <param name="arrays">Rows of what they hold.</param>
    internal FundingSheet(BookHoldings book, IReadOnlyList<LiveAccount?> accounts, RiskArrays arrays)
    {
        List<FundingHolding> holdings = [];
        for (int account = 0; account < accounts.Count; account++)
        {
            if (accounts[account] is { } own && book.IsHeld(account)) Add(book, account, own, arrays, holdings);
        }

        _holdings = [.. holdings];
        _sold = [.. book.Constants];
    }

    /// <summary>States the constants of a market.</summary>
    /// <param name="book">The book.</param>
    /// <param name="arrays">Rows with funding of a lot.</param>
    internal void Recharge(BookHoldings book, RiskArrays arrays)
    {
        int first = 0;
        while (first < _holdings.Length)
        {
            int end = first + 1;
            while (end < _holdings.Length && _holdings[end].Slot == _holdings[first].Slot) end++;
            RechargeAccount(book, arrays, _holdings.AsSpan(first, end - first));
            first = end;
        }
    }

    private void RechargeAccount(BookHoldings book, RiskArrays arrays, ReadOnlySpan<FundingHolding> own)
    {
        foreach (FundingHolding holding in own)
        {
            book.Recharge(holding.Slot, _sold[2 * holding.Slot], _sold[(2 * holding.Slot) + 1]);
            if (holding.GroupSlot >= 0)
            {
                book.Recharge(holding.GroupSlot, _sold[2 * holding.GroupSlot], _sold[(2 * holding.GroupSlot) + 1]);
            }
        }

        foreach (FundingHolding holding in own)
        {
            RiskRow row = arrays.Rows[holding.Row];
            double maintenance = Charge(holding.Lots, row.FundingMaintenance);
            double initial = Charge(holding.Lots, row.FundingInitial);
            Charge(book, holding.Slot, maintenance, initial);
            if (holding.GroupSlot >= 0) Charge(book, holding.GroupSlot, maintenance, initial);
        }
    }

    private static void Charge(BookHoldings book, int slot, double maintenance, double initial) => book.Recharge(
        slot,
        Bounded(book.Constants[2 * slot] + maintenance),
        Bounded(book.Constants[(2 * slot) + 1] + initial));

    private static double Bounded(double sum) => sum < SumLimit ? sum : double.PositiveInfinity;

    private static double Charge(long lots, FundingCharge charge)
    {
        Int128 amount = lots >= 0 ? (Int128)lots * charge.LongMicroUsd : -(Int128)lots * charge.ShortMicroUsd;
        return amount < BookHoldings.LotsMax ? (double)amount : double.PositiveInfinity;
    }

    private static void Add(
        BookHoldings book, int account, LiveAccount own, RiskArrays arrays, List<FundingHolding> holdings)
    {
        ReadOnlySpan<int> assets = book.AssetsOf(account);
        int slot = book.SlotOf(account);
        foreach (Position position in own.Subaccount.Positions)
        {
            if (position.Instrument is not Perpetual || position.Lots == 0) continue;
            int asset = arrays.Scenarios.Maintenance.IndexOf(position.Instrument.Underlying);
            int group = assets.Length > 1 ? slot + 1 + assets.IndexOf(asset) : -1;
            holdings.Add(new FundingHolding(
                slot, group, arrays.IndexOf(position.Instrument), (long)position.Lots));
        }
    }
}
