using Breakwater.Instruments;

namespace Breakwater.Accounts.Ledgers;

/// <summary>Puts changed lines back into a ledger; every page of an asset or instrument is checked on its way in.
/// </summary>
internal static class LedgerWriting
{
    /// <summary>The ledger with a changed subaccount.</summary>
    internal static Ledger With(this Ledger ledger, LedgerAccount account) =>
        ledger with { Accounts = ledger.Accounts.With(account) };

    /// <summary>The ledger with a changed page of an asset (L1, L9).</summary>
    internal static Ledger With(this Ledger ledger, AssetBook book)
    {
        book.CheckConserved();
        return ledger with { Assets = ledger.Assets.SetItem(book.Asset.Name, book) };
    }

    /// <summary>The ledger with a changed page of an instrument (L2).</summary>
    internal static Ledger With(this Ledger ledger, InstrumentBook book)
    {
        book.CheckBalanced();
        return ledger with { Instruments = ledger.Instruments.SetItem(book.Terms.Instrument.Name, book) };
    }

    /// <summary>The ledger as the result of a transition.</summary>
    internal static Result<Ledger> Accepted(this Ledger ledger) => Result<Ledger>.Accepted(ledger);

    /// <summary>A refusal as the result of a transition.</summary>
    internal static Result<Ledger> Refused(this Failure failure) => Result<Ledger>.Refused(failure);
}
