using Breakwater.Instruments;

namespace Breakwater.Accounts.Ledgers;

/// <summary>Funding of one hour: longs pay shorts or shorts longs, lots × price × rate.</summary>
internal static class FundingPosting
{
    internal static Result<Ledger> Apply(Ledger ledger, LedgerTransition.FundingPayment funding)
    {
        if (ledger.Find(funding.Perpetual) is not { } page)
        {
            return new Failure(
                FailureReason.UnknownInstrument, "the perpetual is not listed",
                Value: funding.Perpetual.Name).Refused();
        }

        if ((OfHour(funding, page) ?? LedgerAdmission.OfPrice(funding.PriceUsd)) is { } refusal)
        {
            return refusal.Refused();
        }

        if (funding.RatePerHour is < -1 or > 1
            || PicoPrice.OfDecimals(funding.RatePerHour, PicoPrice.Decimals) is not { } rate)
        {
            return new Failure(
                FailureReason.OutOfRange, $"funding rate of {funding.Perpetual}", Value: $"{funding.RatePerHour}",
                Limit: $"−1 to 1 per hour, {PicoPrice.Decimals} decimals").Refused();
        }

        return Paid(ledger, page with { FundedTo = funding.At }, rate, PicoPrice.Of(funding.PriceUsd)!.Value);
    }

    private static Result<Ledger> Paid(Ledger ledger, InstrumentBook page, Int128 rate, Int128 price)
    {
        AssetBook book = ledger.Find(page.Terms.SettlementAsset)!;
        LedgerAccounts accounts = ledger.Accounts;
        Int128 residue = 0;
        foreach (LedgerAccount account in ledger.Accounts.Values)
        {
            if (account.HoldingOf(page.Terms.Instrument) is not { } holding)
            {
                continue;
            }

            if (page.Terms.FundingUp(holding.Lots, rate, price) is not { } paid)
            {
                return LedgerAdmission.TooLarge($"funding of {page.Terms.Instrument}", holding.Lots).Refused();
            }

            AccountCash line = account.CashOf(book.Asset);
            (line, book) = CashPosting.Book(line with { Funding = line.Funding - paid }, book, -paid);
            accounts = accounts.With(account.With(line));
            residue += paid;
        }

        return (ledger with { Accounts = accounts }).With(page).With(book.WithResidue(residue))
            .Accepted();
    }

    private static Failure? OfHour(LedgerTransition.FundingPayment funding, InstrumentBook page)
    {
        if (funding.At.UnixMilliseconds % Timestamp.HourMilliseconds != 0)
        {
            return new Failure(
                FailureReason.OutOfRange, "funding is paid at the end of a whole hour", Value: funding.At.ToString());
        }

        return !(funding.At <= page.FundedTo) ? null
            : new Failure(
                funding.At == page.FundedTo ? FailureReason.Duplicate : FailureReason.OutOfOrder,
                $"funding of {funding.Perpetual} is paid already", Value: funding.At.ToString(),
                Limit: $"after {page.FundedTo}");
    }
}
