using Breakwater.Instruments;

namespace Breakwater.Accounts.Ledgers;

/// <summary>Opens what the other transitions name: subaccounts, delegates, assets, derivatives.</summary>
internal static class OpeningPosting
{
    internal static Result<Ledger> Apply(Ledger ledger, LedgerTransition.AccountOpening opening)
    {
        Failure? refusal = LedgerAdmission.OfName(opening.Account) ?? LedgerAdmission.OfName(opening.Owner);
        if (refusal is not null)
        {
            return refusal.Refused();
        }

        return ledger.Find(opening.Account) is not null
            ? Duplicate("the subaccount is open already", opening.Account).Refused()
            : Opened(ledger, new LedgerAccount(opening.Account, opening.Owner, [], [], [], [])).Accepted();
    }

    internal static Result<Ledger> Apply(Ledger ledger, LedgerTransition.DelegateGrant grant)
    {
        Failure? refusal = OfDelegation(ledger, grant.Account, grant.By) ?? LedgerAdmission.OfName(grant.Delegate);
        if (refusal is not null)
        {
            return refusal.Refused();
        }

        LedgerAccount account = ledger.Find(grant.Account)!; // admitted
        int index = SortedLines.IndexOf(account.Delegates, grant.Delegate, static name => name);
        return index >= 0 ? Duplicate("the delegate trades for it already", grant.Delegate).Refused()
            : account.Delegates.Length >= LedgerLimits.DelegatesMax
            ? new Failure(
                FailureReason.TooLarge, $"subaccount {account.Id} has too many delegates", Value: grant.Delegate,
                Limit: $"{LedgerLimits.DelegatesMax}").Refused()
            : ledger.With(account with { Delegates = account.Delegates.Insert(~index, grant.Delegate) }).Accepted();
    }

    internal static Result<Ledger> Apply(Ledger ledger, LedgerTransition.DelegateRevocation revocation)
    {
        if (OfDelegation(ledger, revocation.Account, revocation.By) is { } refusal)
        {
            return refusal.Refused();
        }

        LedgerAccount account = ledger.Find(revocation.Account)!; // admitted
        int index = SortedLines.IndexOf(account.Delegates, revocation.Delegate, static name => name);
        return index < 0
            ? new Failure(
                FailureReason.Unknown, $"no such delegate of subaccount {account.Id}",
                Value: revocation.Delegate).Refused()
            : ledger.With(account with { Delegates = account.Delegates.RemoveAt(index) }).Accepted();
    }

    internal static Result<Ledger> Apply(Ledger ledger, LedgerTransition.AssetAdmission admission)
    {
        if (admission.Decimals is < 0 or > LedgerLimits.DecimalsMax)
        {
            return new Failure(
                FailureReason.OutOfRange, $"decimals of {admission.Asset}", Value: $"{admission.Decimals}",
                Limit: $"0 to {LedgerLimits.DecimalsMax}").Refused();
        }

        return ledger.Find(admission.Asset) is not null
            ? Duplicate("the asset is admitted already", admission.Asset.Name).Refused()
            : ledger.With(AssetBook.Empty(admission.Asset, admission.Decimals)).Accepted();
    }

    internal static Result<Ledger> Apply(Ledger ledger, LedgerTransition.InstrumentListing listing)
    {
        Instrument instrument = listing.Instrument;
        if (ContractTerms.SettlementAssetOf(instrument) is not { } asset)
        {
            return new Failure(
                FailureReason.UnknownInstrument, "spot is traded without a listing", Value: instrument.Name).Refused();
        }

        if (LedgerAdmission.OfAsset(ledger, asset) is { } refusal)
        {
            return refusal.Refused();
        }

        if (ContractTerms.ExpiryOf(instrument) <= listing.At)
        {
            return new Failure(
                FailureReason.Expired, "the instrument has expired", Value: instrument.Name,
                Limit: $"after {listing.At}").Refused();
        }

        if (ledger.Find(instrument) is not null)
        {
            return Duplicate("the instrument is listed already", instrument.Name).Refused();
        }

        return ContractTerms.Of(instrument, listing.LotQuantity, ledger.Find(asset)!.Decimals) is { } terms
            ? ledger.With(new InstrumentBook(terms, 0, 0, null)).Accepted()
            : new Failure(
                FailureReason.OutOfRange, $"lot or strike of {instrument}", Value: $"{listing.LotQuantity}",
                Limit: "a lot > 0 of at most eight digits, a strike that is a price of the ledger").Refused();
    }

    private static Ledger Opened(Ledger ledger, LedgerAccount account) =>
        ledger with { Accounts = ledger.Accounts.Add(account) };

    private static Failure? OfDelegation(Ledger ledger, string account, string by) =>
        LedgerAdmission.OfAccount(ledger, account) ?? LedgerAdmission.OfOwner(ledger.Find(account)!, by);

    private static Failure Duplicate(string message, string value) =>
        new(FailureReason.Duplicate, message, Value: value);
}
