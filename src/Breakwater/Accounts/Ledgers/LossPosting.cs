using System.Globalization;
using Breakwater.Instruments;

namespace Breakwater.Accounts.Ledgers;

/// <summary>Losses in their order: paid by the account, by insurance, recorded, allocated (L6).</summary>
internal static class LossPosting
{
    internal static Result<Ledger> Apply(Ledger ledger, LedgerTransition.LossRealisation realisation)
    {
        Failure? refusal = LedgerAdmission.OfPrice(realisation.PriceUsd)
            ?? LedgerAdmission.OfAccount(ledger, realisation.Account);
        if (refusal is not null)
        {
            return refusal.Refused();
        }

        LedgerAccount account = ledger.Find(realisation.Account)!;
        if (account.HoldingOf(realisation.Instrument) is not { } holding
            || ledger.Find(realisation.Instrument) is not { } page || page.Terms.IsPaidAtOnce)
        {
            return new Failure(
                FailureReason.UnknownInstrument, $"subaccount {account.Id} holds no such future",
                Value: realisation.Instrument.Name).Refused();
        }

        if (page.Terms.Expiry <= realisation.At)
        {
            return new Failure(
                FailureReason.Expired, "the instrument has expired and settles", Value: page.Terms.Instrument.Name,
                Limit: $"after {realisation.At}").Refused();
        }

        return Realised(ledger, account, page, holding, PicoPrice.Of(realisation.PriceUsd)!.Value);
    }

    private static Result<Ledger> Realised(
        Ledger ledger, LedgerAccount account, InstrumentBook page, Holding holding, Int128 price)
    {
        HoldingTrade? closing = HoldingTrade.Of(page.Terms, holding, -holding.Lots, price);
        HoldingTrade? opening = HoldingTrade.Of(page.Terms, null, holding.Lots, price);
        if (closing is not { } close || opening is not { } open)
        {
            return LedgerAdmission.TooLarge($"the loss of {holding.Instrument}", holding.Lots).Refused();
        }

        if (close.RealisedUnits >= 0)
        {
            return new Failure(
                FailureReason.Inconsistent, $"{holding.Instrument} of subaccount {account.Id} has no loss there",
                Value: close.RealisedUnits.ToString(CultureInfo.InvariantCulture), Limit: "< 0 least units").Refused();
        }

        AssetBook book = ledger.Find(page.Terms.SettlementAsset)!;
        (account, page, book) = FillPosting.Settle(account, page, book, close, 0);
        (account, page, book) = FillPosting.Settle(account, page, book, open, 0);
        return ledger.With(account).With(page).With(book).Accepted();
    }

    internal static Result<Ledger> Apply(Ledger ledger, LedgerTransition.BadDebtRecord record)
    {
        Failure? refusal =
            LedgerAdmission.OfAccount(ledger, record.Account) ?? LedgerAdmission.OfAsset(ledger, record.Asset);
        if (refusal is not null)
        {
            return refusal.Refused();
        }

        LedgerAccount account = ledger.Find(record.Account)!;
        AccountCash line = account.CashOf(record.Asset);
        bool isEmpty = account.Holdings.IsEmpty && account.Elsewhere.IsEmpty
            && account.Cash.All(static own => own.Balance <= 0);
        if (!isEmpty || line.Claim >= 0)
        {
            return new Failure(
                FailureReason.Inconsistent, $"subaccount {account.Id} has no debt of {record.Asset} that it cannot pay",
                Value: line.Balance.ToString(CultureInfo.InvariantCulture),
                Limit: "a debt, no tokens, claims or holdings").Refused();
        }

        AssetBook book = ledger.Find(record.Asset)!;
        Int128 insured = Int128.Min(-line.Claim, book.Insurance.Tokens);
        return ledger.With(account.With(line with { Claim = 0 })).With(book with
        {
            AccountClaims = book.AccountClaims - line.Claim,
            Insurance = book.Insurance with { Tokens = book.Insurance.Tokens - insured },
            RealisedLosses = book.RealisedLosses + insured,
            BadDebt = book.BadDebt - line.Claim - insured,
        }).Accepted();
    }

    internal static Result<Ledger> Apply(Ledger ledger, LedgerTransition.LossAllocation allocation)
    {
        Failure? refusal = LedgerAdmission.OfUnits(allocation.Units)
            ?? LedgerAdmission.OfAccount(ledger, allocation.Account)
            ?? LedgerAdmission.OfAsset(ledger, allocation.Asset);
        if (refusal is not null)
        {
            return refusal.Refused();
        }

        LedgerAccount account = ledger.Find(allocation.Account)!;
        AccountCash line = account.CashOf(allocation.Asset);
        AssetBook book = ledger.Find(allocation.Asset)!;
        Int128 most = Int128.Min(line.Claim, book.BadDebt);
        if (allocation.Units > most)
        {
            return new Failure(
                FailureReason.Inconsistent, $"subaccount {account.Id} cannot bear so much",
                Value: allocation.Units.ToString(CultureInfo.InvariantCulture),
                Limit: $"≤ {Int128.Max(0, most)} least units: its claim and the bad debt").Refused();
        }

        return ledger.With(account.With(line with
        {
            Claim = line.Claim - allocation.Units,
            Realised = line.Realised - allocation.Units,
        })).With(book with
        {
            AccountClaims = book.AccountClaims - allocation.Units,
            BadDebt = book.BadDebt - allocation.Units,
        }).Accepted();
    }
}
