using Breakwater.Instruments;

namespace Breakwater.Accounts.Ledgers;

/// <summary>Tokens that come in, go out and move between subaccounts of one owner.</summary>
internal static class CustodyPosting
{
    internal static Result<Ledger> Apply(Ledger ledger, LedgerTransition.Deposit deposit)
    {
        if (OfMove(ledger, deposit.Account, deposit.Asset, deposit.Place, deposit.Units) is { } refusal)
        {
            return refusal.Refused();
        }

        AssetBook book = ledger.Find(deposit.Asset)!;
        Int128 held = book.HeldAt(deposit.Place) + deposit.Units;
        if (held > LedgerLimits.UnitsMax)
        {
            return LedgerAdmission.TooLarge($"what is held of {deposit.Asset}", held).Refused();
        }

        (LedgerAccount account, book) = Put(
            ledger.Find(deposit.Account)!, book.WithHeld(deposit.Place, held), deposit.Place, deposit.Units);
        return ledger.With(account).With(book).Accepted();
    }

    internal static Result<Ledger> Apply(Ledger ledger, LedgerTransition.Withdrawal withdrawal)
    {
        Failure? refusal =
            OfMove(ledger, withdrawal.Account, withdrawal.Asset, withdrawal.Place, withdrawal.Units)
            ?? LedgerAdmission.OfOwner(ledger.Find(withdrawal.Account)!, withdrawal.By)
            ?? OfTokens(ledger, withdrawal.Account, withdrawal.Asset, withdrawal.Place, withdrawal.Units);
        if (refusal is not null)
        {
            return refusal.Refused();
        }

        AssetBook book = ledger.Find(withdrawal.Asset)!;
        (LedgerAccount account, book) = Take(
            ledger.Find(withdrawal.Account)!, book, withdrawal.Place, withdrawal.Units);
        book = book.WithHeld(withdrawal.Place, book.HeldAt(withdrawal.Place) - withdrawal.Units);
        return ledger.With(account).With(book).Accepted();
    }

    internal static Result<Ledger> Apply(Ledger ledger, LedgerTransition.Transfer transfer)
    {
        Failure? refusal = OfMove(ledger, transfer.From, transfer.Asset, transfer.Place, transfer.Units)
            ?? LedgerAdmission.OfAccount(ledger, transfer.To)
            ?? LedgerAdmission.OfOwner(ledger.Find(transfer.From)!, transfer.By)
            ?? LedgerAdmission.OfOwner(ledger.Find(transfer.To)!, transfer.By)
            ?? OfTwo(transfer.From, transfer.To)
            ?? OfTokens(ledger, transfer.From, transfer.Asset, transfer.Place, transfer.Units);
        if (refusal is not null)
        {
            return refusal.Refused();
        }

        AssetBook book = ledger.Find(transfer.Asset)!;
        (LedgerAccount from, book) = Take(ledger.Find(transfer.From)!, book, transfer.Place, transfer.Units);
        (LedgerAccount to, book) = Put(ledger.Find(transfer.To)!, book, transfer.Place, transfer.Units);
        return ledger.With(from).With(to).With(book).Accepted();
    }

    /// <summary>Two subaccounts that are not one.</summary>
    internal static Failure? OfTwo(string one, string other) =>
        string.Equals(one, other, StringComparison.Ordinal)
            ? new Failure(FailureReason.Inconsistent, "both sides are one subaccount", Value: one)
            : null;

    /// <summary>Tokens that an account has or can draw.</summary>
    internal static Failure? OfTokens(Ledger ledger, string account, AssetId asset, Place place, Int128 units)
    {
        Int128 most = ledger.Withdrawable(account, asset, place);
        return units <= most ? null : LedgerAdmission.Insufficient($"subaccount {account}", asset, most, units);
    }

    /// <summary>Adds tokens to an account; what it owes of them at home is paid first.</summary>
    internal static (LedgerAccount Account, AssetBook Book) Put(
        LedgerAccount account, AssetBook book, Place place, Int128 units)
    {
        if (!place.IsHome)
        {
            return (account.With(book.Asset, place, account.TokensAt(book.Asset, place) + units), book);
        }

        (AccountCash line, book) = CashPosting.Deposit(account.CashOf(book.Asset), book, units);
        return (account.With(line), book);
    }

    /// <summary>Takes tokens from an account that has them or can draw them.</summary>
    internal static (LedgerAccount Account, AssetBook Book) Take(
        LedgerAccount account, AssetBook book, Place place, Int128 units)
    {
        if (!place.IsHome)
        {
            return (account.With(book.Asset, place, account.TokensAt(book.Asset, place) - units), book);
        }

        (AccountCash line, book) = CashPosting.Draw(account.CashOf(book.Asset), book, units);
        (line, book) = CashPosting.TakeOut(line, book, units);
        return (account.With(line), book);
    }

    private static Failure? OfMove(Ledger ledger, string account, AssetId asset, Place place, Int128 units) =>
        LedgerAdmission.OfUnits(units) ?? LedgerAdmission.OfPlace(place)
        ?? LedgerAdmission.OfAccount(ledger, account) ?? LedgerAdmission.OfAsset(ledger, asset);
}
