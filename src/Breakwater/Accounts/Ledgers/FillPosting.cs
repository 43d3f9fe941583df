using Breakwater.Instruments;

namespace Breakwater.Accounts.Ledgers;

/// <summary>A trade between two subaccounts.</summary>
internal static class FillPosting
{
    internal static Result<Ledger> Apply(Ledger ledger, LedgerTransition.Fill fill)
    {
        LedgerAccount? buyer = ledger.Find(fill.Buyer.Account);
        LedgerAccount? seller = ledger.Find(fill.Seller.Account);
        if (OfFill(fill, buyer, seller) is { } refusal)
        {
            return refusal.Refused();
        }

        return fill.Instrument is Spot
            ? SpotPosting.Apply(ledger, fill)
            : Derivative(ledger, fill, buyer!, seller!); // admitted
    }

    private static Result<Ledger> Derivative(
        Ledger ledger, LedgerTransition.Fill fill, LedgerAccount buyer, LedgerAccount seller)
    {
        if (ContractTerms.ExpiryOf(fill.Instrument) <= fill.At)
        {
            return new Failure(
                FailureReason.Expired, "the instrument has expired", Value: fill.Instrument.Name,
                Limit: $"after {fill.At}").Refused();
        }

        if (ledger.Find(fill.Instrument) is not { } page)
        {
            return new Failure(
                FailureReason.UnknownInstrument, "the instrument is not listed", Value: fill.Instrument.Name).Refused();
        }

        Int128 price = PicoPrice.Of(fill.Price)!.Value; // admitted
        HoldingTrade? bought = HoldingTrade.Of(page.Terms, buyer.HoldingOf(fill.Instrument), fill.Lots, price);
        HoldingTrade? sold = HoldingTrade.Of(page.Terms, seller.HoldingOf(fill.Instrument), -fill.Lots, price);
        if (bought is not { } purchase || sold is not { } sale)
        {
            return LedgerAdmission.TooLarge($"the trade of {fill.Instrument}", fill.Lots).Refused();
        }

        AssetBook book = ledger.Find(page.Terms.SettlementAsset)!;
        (buyer, page, book) = Settle(buyer, page, book, purchase, fill.Buyer.FeeUnits);
        (seller, page, book) = Settle(seller, page, book, sale, fill.Seller.FeeUnits);
        return ledger.With(buyer).With(seller).With(page).With(book).Accepted();
    }

    /// <summary>Books a trade of one side: its holding, profit and loss, and fee; what it paid goes to the residue,
    /// from which the other side takes what it receives.</summary>
    /// <param name="account">The subaccount.</param>
    /// <param name="page">Page of the instrument.</param>
    /// <param name="book">Page of its settlement asset.</param>
    /// <param name="trade">What the trade does to the holding.</param>
    /// <param name="fee">Fee, least units, negative for a rebate.</param>
    internal static (LedgerAccount Account, InstrumentBook Page, AssetBook Book) Settle(
        LedgerAccount account, InstrumentBook page, AssetBook book, HoldingTrade trade, Int128 fee)
    {
        Instrument instrument = page.Terms.Instrument;
        Int128 before = account.HoldingOf(instrument)?.Lots ?? 0;
        bool isPaidAtOnce = page.Terms.IsPaidAtOnce;
        AccountCash line = account.CashOf(book.Asset);
        CashMove move = CashPosting.MoveOf(line, (isPaidAtOnce ? -trade.PaidUnits : trade.RealisedUnits) - fee);
        AccountCash after = line with
        {
            Tokens = line.Tokens + move.Tokens,
            Claim = line.Claim + move.Claim,
            Realised = line.Realised + trade.RealisedUnits,
            Fees = line.Fees + fee,
        };
        CashMove.CheckBacked(after);
        book = book with
        {
            AccountTokens = book.AccountTokens + move.Tokens,
            AccountClaims = book.AccountClaims + move.Claim,
            RealisedLosses = book.RealisedLosses + move.Losses,
            Fees = book.Fees with { Claim = book.Fees.Claim + fee },
            OpenCost = book.OpenCost + (isPaidAtOnce ? 0 : trade.CostChange),
            Residue = book.Residue with { Claim = book.Residue.Claim + trade.PaidUnits },
        };
        return (account.With(after, instrument, trade.After), page.Moved(before, trade.After?.Lots ?? 0), book);
    }

    private static Failure? OfFill(LedgerTransition.Fill fill, LedgerAccount? buyer, LedgerAccount? seller) =>
        LedgerAdmission.OfUnits(fill.Lots)
        ?? LedgerAdmission.OfPrice(fill.Price)
        ?? LedgerAdmission.OfKnown(buyer, fill.Buyer.Account)
        ?? LedgerAdmission.OfKnown(seller, fill.Seller.Account)
        ?? CustodyPosting.OfTwo(fill.Buyer.Account, fill.Seller.Account)
        ?? LedgerAdmission.OfTrader(buyer!, fill.Buyer.By) // both are known by now
        ?? LedgerAdmission.OfTrader(seller!, fill.Seller.By)
        ?? LedgerAdmission.OfSize(fill.Buyer.FeeUnits)
        ?? LedgerAdmission.OfSize(fill.Seller.FeeUnits)
        ?? (fill.Buyer.FeeUnits + fill.Seller.FeeUnits >= 0
            ? null
            : new Failure(
                FailureReason.Inconsistent, "the rebate exceeds the fee of the other side",
                Value: $"{fill.Buyer.FeeUnits} and {fill.Seller.FeeUnits} least units", Limit: "a sum ≥ 0"));
}
