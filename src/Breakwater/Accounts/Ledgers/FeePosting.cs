using Breakwater.Instruments;

namespace Breakwater.Accounts.Ledgers;

/// <summary>What accounts pay to the protocol, and what is set aside for insurance.</summary>
internal static class FeePosting
{
    internal static Result<Ledger> Apply(Ledger ledger, LedgerTransition.Fee fee)
    {
        Failure? refusal = LedgerAdmission.OfUnits(fee.Units)
            ?? LedgerAdmission.OfAccount(ledger, fee.Account)
            ?? LedgerAdmission.OfAsset(ledger, fee.Asset)
            ?? LedgerAdmission.OfTrader(ledger.Find(fee.Account)!, fee.By);
        if (refusal is not null)
        {
            return refusal.Refused();
        }

        LedgerAccount account = ledger.Find(fee.Account)!;
        AssetBook book = ledger.Find(fee.Asset)!;
        AccountCash line = account.CashOf(fee.Asset);
        (line, book) = CashPosting.Book(line with { Fees = line.Fees + fee.Units }, book, -fee.Units);
        book = book with { Fees = book.Fees with { Claim = book.Fees.Claim + fee.Units } };
        return ledger.With(account.With(line)).With(book).Accepted();
    }

    internal static Result<Ledger> Apply(Ledger ledger, LedgerTransition.InsuranceContribution contribution)
    {
        Failure? refusal =
            LedgerAdmission.OfUnits(contribution.Units) ?? LedgerAdmission.OfAsset(ledger, contribution.Asset);
        if (refusal is not null)
        {
            return refusal.Refused();
        }

        AssetBook book = ledger.Find(contribution.Asset)!;
        return contribution.Source switch
        {
            InsuranceSource.Outside => FromOutside(ledger, book, contribution.Units),
            InsuranceSource.Fees => FromFees(ledger, book, contribution.Units),
            _ => new Failure(
                FailureReason.Unknown, "no source of insurance", Value: contribution.Source.ToString()).Refused(),
        };
    }

    private static Result<Ledger> FromOutside(Ledger ledger, AssetBook book, Int128 units)
    {
        Int128 held = book.HeldAt(Place.Home) + units;
        return held > LedgerLimits.UnitsMax
            ? LedgerAdmission.TooLarge($"what is held of {book.Asset}", held).Refused()
            : ledger.With(SetAside(book.WithHeld(Place.Home, held), units)).Accepted();
    }

    // Fees are drawn like anybody's claim: only what losers have paid is there (L9).
    private static Result<Ledger> FromFees(Ledger ledger, AssetBook book, Int128 units)
    {
        Int128 drawn = Int128.Min(
            Int128.Max(0, units - book.Fees.Tokens), Int128.Min(book.Fees.Claim, book.RealisedLosses));
        Int128 tokens = book.Fees.Tokens + drawn;
        if (tokens < units)
        {
            return LedgerAdmission.Insufficient("the protocol's fees", book.Asset, tokens, units).Refused();
        }

        AssetBook paid = book with
        {
            Fees = new HouseCash(tokens - units, book.Fees.Claim - drawn),
            RealisedLosses = book.RealisedLosses - drawn,
        };
        return ledger.With(SetAside(paid, units)).Accepted();
    }

    private static AssetBook SetAside(AssetBook book, Int128 units)
    {
        Int128 repaid = Int128.Min(book.BadDebt, units);
        return book with
        {
            BadDebt = book.BadDebt - repaid,
            RealisedLosses = book.RealisedLosses + repaid,
            Insurance = book.Insurance with { Tokens = book.Insurance.Tokens + units - repaid },
        };
    }
}
