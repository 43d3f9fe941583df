using Breakwater.Instruments;

namespace Breakwater.Accounts.Ledgers;

/// <summary>Settles every derivative of one underlying and expiry at one average.</summary>
internal static class SettlementPosting
{
    internal static Result<Ledger> Apply(Ledger ledger, LedgerTransition.Settlement settlement)
    {
        if (settlement.At < settlement.Expiry)
        {
            return new Failure(
                FailureReason.OutOfOrder, "the expiry lies ahead", Value: settlement.At.ToString(),
                Limit: $"≥ {settlement.Expiry}").Refused();
        }

        if (LedgerAdmission.OfPrice(settlement.Average.PriceUsd) is { } refusal)
        {
            return refusal.Refused();
        }

        SortedDictionary<string, InstrumentBook> pages = Settling(ledger, settlement);
        return pages.Count == 0
            ? new Failure(
                FailureReason.UnknownInstrument, "nothing listed expires then: not at all, or settled already",
                Value: $"{settlement.Underlying} {settlement.Expiry}").Refused()
            : Settled(ledger, settlement, pages);
    }

    private static SortedDictionary<string, InstrumentBook> Settling(
        Ledger ledger, LedgerTransition.Settlement settlement)
    {
        SortedDictionary<string, InstrumentBook> pages = new(StringComparer.Ordinal);
        foreach ((string name, InstrumentBook page) in ledger.Instruments)
        {
            if (page.Terms.Instrument.Underlying == settlement.Underlying && page.Terms.Expiry == settlement.Expiry)
            {
                pages.Add(name, page);
            }
        }

        return pages;
    }

    private static Result<Ledger> Settled(
        Ledger ledger, LedgerTransition.Settlement settlement, SortedDictionary<string, InstrumentBook> pages)
    {
        LedgerAccounts accounts = ledger.Accounts;
        SortedDictionary<AssetId, AssetBook> books = [];
        foreach (LedgerAccount before in ledger.Accounts.Values)
        {
            LedgerAccount account = before;
            foreach (Holding holding in before.Holdings)
            {
                if (!pages.TryGetValue(holding.Instrument.Name, out InstrumentBook? page))
                {
                    continue;
                }

                if (page.Terms.SettledUp(holding.Lots, settlement.Average.PricePico) is not { } paid)
                {
                    return LedgerAdmission.TooLarge($"settlement of {holding.Instrument}", holding.Lots).Refused();
                }

                AssetId asset = page.Terms.SettlementAsset;
                AssetBook book = books.GetValueOrDefault(asset) ?? ledger.Find(asset)!;
                (account, page, book) =
                    FillPosting.Settle(account, page, book, HoldingTrade.Closing(holding, paid), 0);
                books[asset] = book;
                pages[holding.Instrument.Name] = page;
            }

            if (!ReferenceEquals(account, before))
            {
                accounts = accounts.With(account);
            }
        }

        return Closed(ledger with { Accounts = accounts }, pages, books).Accepted();
    }

    // L2: a page is closed only when nobody holds the instrument any more. Residues are signed on the way and must come
    // out right: AssetBook.CheckConserved sees to it.
    private static Ledger Closed(
        Ledger ledger, SortedDictionary<string, InstrumentBook> pages, SortedDictionary<AssetId, AssetBook> books)
    {
        foreach ((string name, InstrumentBook page) in pages)
        {
            Numerics.Check.That(
                page.LongLots == 0 && page.ShortLots == 0, $"L2: {name} has settled and is still held");
            ledger = ledger with { Instruments = ledger.Instruments.Remove(name) };
        }

        foreach (AssetBook book in books.Values)
        {
            ledger = ledger.With(book);
        }

        return ledger;
    }
}
