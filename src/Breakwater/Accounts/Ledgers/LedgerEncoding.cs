using Breakwater.Instruments;

namespace Breakwater.Accounts.Ledgers;

/// <summary>Canonical bytes of a ledger: equal ledgers have equal bytes, kind <c>LDGR</c>
/// (docs/methodology/canonical-encoding).</summary>
public static class LedgerEncoding
{
    /// <summary>Kind of the document.</summary>
    internal const string Kind = "LDGR";

    /// <summary>Version of its layout.</summary>
    internal const int Version = 1;

    /// <summary>Digest of a ledger.</summary>
    /// <param name="ledger">The ledger.</param>
    public static Digest DigestOf(Ledger ledger) => Encode(ledger).Digest;

    /// <summary>Bytes of a ledger: every page in order of name, every amount in least units.</summary>
    /// <param name="ledger">The ledger.</param>
    public static CanonicalWriter Encode(Ledger ledger)
    {
        CanonicalWriter writer = new(Kind, Version);
        writer.Write(ledger.At).Write(ledger.Assets.Count);
        foreach (AssetBook book in ledger.Assets.Values)
        {
            Write(writer, book);
        }

        writer.Write(ledger.Instruments.Count);
        foreach (InstrumentBook page in ledger.Instruments.Values)
        {
            writer.Write(page.Terms.Instrument.Name).Write(page.Terms.LotQuantity).Write(page.LongLots)
                .Write(page.FundedTo is not null).Write(page.FundedTo ?? default);
        }

        writer.Write(ledger.Accounts.Count);
        foreach (LedgerAccount account in ledger.Accounts.Values)
        {
            Write(writer, account);
        }

        return writer;
    }

    private static void Write(CanonicalWriter writer, AssetBook book) => writer
        .Write(book.Asset).Write(book.Decimals)
        .Write(book.Pools, static (inner, pool) =>
            inner.Write(pool.Place.Chain).Write((int)pool.Place.Bridge).Write(pool.HeldUnits))
        .Write(book.RealisedLosses)
        .Write(book.Fees.Tokens).Write(book.Fees.Claim)
        .Write(book.Insurance.Tokens).Write(book.Insurance.Claim)
        .Write(book.Residue.Tokens).Write(book.Residue.Claim)
        .Write(book.OpenCost).Write(book.BadDebt).Write(book.AccountTokens).Write(book.AccountClaims);

    private static void Write(CanonicalWriter writer, LedgerAccount account) => writer
        .Write(account.Id).Write(account.Owner)
        .Write(account.Delegates, static (inner, name) => inner.Write(name))
        .Write(account.Cash, static (inner, line) => inner
            .Write(line.Asset).Write(line.Tokens).Write(line.Claim).Write(line.Realised).Write(line.Funding)
            .Write(line.Fees))
        .Write(account.Elsewhere, static (inner, balance) =>
            inner.Write(balance.Asset).Write(balance.Chain).Write((int)balance.Bridge).Write(balance.Units))
        .Write(account.Holdings, static (inner, holding) => inner
            .Write(holding.Instrument.Name).Write(holding.Lots).Write(holding.EntryPricePico)
            .Write(holding.CostUnits));
}
