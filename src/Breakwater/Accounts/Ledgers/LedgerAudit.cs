using System.Collections.Immutable;
using System.Numerics;
using Breakwater.Instruments;

namespace Breakwater.Accounts.Ledgers;

/// <summary>Adds a whole ledger up and holds the sums against its pages: L1, L2 and L9 from the ground.</summary>
/// <remarks>Postings keep these sums as they go; this is the other half of the pair, for a ledger that was read. Cost:
/// every line of every account, in unlimited integers.</remarks>
public static class LedgerAudit
{
    /// <summary>The first sum that does not come out.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <returns><c>null</c>, or which page states what its accounts do not have.</returns>
    public static Failure? Check(Ledger ledger)
    {
        Sums sums = new();
        foreach (LedgerAccount account in ledger.Accounts.Values)
        {
            if (OfAccount(ledger, account) is { } refusal)
            {
                return refusal;
            }

            sums.Add(account);
        }

        return ledger.Assets.Values.Select(book => OfBook(book, sums)).FirstOrDefault(own => own is not null)
            ?? ledger.Instruments.Values.Select(page => OfPage(page, sums)).FirstOrDefault(own => own is not null);
    }

    private static Failure? OfAccount(Ledger ledger, LedgerAccount account)
    {
        bool isSound = LedgerAdmission.OfName(account.Id) is null && LedgerAdmission.OfName(account.Owner) is null
            && account.Delegates.All(static own => LedgerAdmission.OfName(own) is null)
            && IsRising(account.Delegates, static own => own)
            && IsRising(account.Cash, static own => own.Asset.Name)
            && IsRising(account.Elsewhere, static own => Place.KeyOf(own.Asset, own.Chain, own.Bridge))
            && IsRising(account.Holdings, static own => own.Instrument.Name)
            && account.Cash.All(own => ledger.Find(own.Asset) is not null && !own.IsEmpty && own.Tokens >= 0
                && (own.Claim >= 0 || own.Tokens == 0))
            && account.Elsewhere.All(own => ledger.Find(own.Asset) is not null && own.Units > 0
                && new Place(own.Chain, own.Bridge) is { IsHome: false, IsValid: true })
            && account.Holdings.All(own => own.Lots != 0 && ledger.Find(own.Instrument) is { } page
                && own.EntryPricePico > 0 && own.EntryPricePico <= PicoPrice.Of(PicoPrice.Maximum)
                && Int128.Abs(own.CostUnits) <= LedgerLimits.UnitsMax && page.Terms.Admits(own.Lots));
        return isSound ? null : Broken($"a line of subaccount {account.Id}", "none like it can be", "a sound one");
    }

    private static Failure? OfBook(AssetBook book, Sums sums)
    {
        string asset = book.Asset.Name;
        BigInteger tokens = sums.Of($"tokens {asset}");
        BigInteger claims = sums.Of($"claims {asset}");
        BigInteger cost = sums.Of($"cost {asset}");
        BigInteger house = (BigInteger)book.Fees.Tokens + book.Insurance.Tokens + book.Residue.Tokens;
        BigInteger due = (BigInteger)book.Fees.Claim + book.Insurance.Claim + book.Residue.Claim;
        bool isSound = tokens == book.AccountTokens && claims == book.AccountClaims && cost == book.OpenCost
            && tokens + house + book.RealisedLosses == book.HeldAt(Place.Home)
            && claims + due == (BigInteger)book.RealisedLosses + book.OpenCost + book.BadDebt
            && IsRising(book.Pools, pool => Place.KeyOf(book.Asset, pool.Place.Chain, pool.Place.Bridge))
            && book.Pools.All(pool => pool.Place.IsValid && pool.HeldUnits > 0
                && (pool.Place.IsHome || sums.Of(Sums.KeyOf(book.Asset, pool.Place)) == pool.HeldUnits))
            && ((Int128[])
            [
                book.RealisedLosses, book.BadDebt, book.Fees.Tokens, book.Fees.Claim, book.Insurance.Tokens,
                book.Insurance.Claim, book.Residue.Tokens, book.Residue.Claim,
            ]).All(static units => units >= 0);
        return isSound ? null : Broken($"the page of {asset}", $"{book.AccountTokens} tokens", $"{tokens} tokens");
    }

    private static Failure? OfPage(InstrumentBook page, Sums sums)
    {
        string name = page.Terms.Instrument.Name;
        BigInteger longs = sums.Of($"long {name}");
        BigInteger shorts = sums.Of($"short {name}");
        return longs == page.LongLots && shorts == page.ShortLots
            ? null
            : Broken($"the page of {name}", $"{page.LongLots} lots", $"{longs} long and {shorts} short");
    }

    private static Failure Broken(string what, string stated, string found) =>
        new(FailureReason.Inconsistent, $"{what} does not add up", Value: stated, Limit: found);

    private static bool IsRising<T>(ImmutableArray<T> lines, Func<T, string> keyOf)
    {
        for (int index = 1; index < lines.Length; index++)
        {
            if (string.CompareOrdinal(keyOf(lines[index - 1]), keyOf(lines[index])) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Sums by name of what is summed.</summary>
    private sealed class Sums
    {
        private readonly SortedDictionary<string, BigInteger> _sums = new(StringComparer.Ordinal);

        internal BigInteger Of(string name) => _sums.GetValueOrDefault(name);

        internal static string KeyOf(AssetId asset, Place place) =>
            "place " + Place.KeyOf(asset, place.Chain, place.Bridge);

        internal void Add(LedgerAccount account)
        {
            foreach (AccountCash line in account.Cash)
            {
                Add($"tokens {line.Asset}", line.Tokens);
                Add($"claims {line.Asset}", line.Claim);
            }

            foreach (CollateralBalance balance in account.Elsewhere)
            {
                Add(KeyOf(balance.Asset, new Place(balance.Chain, balance.Bridge)), balance.Units);
            }

            foreach (Holding holding in account.Holdings)
            {
                bool isOption = holding.Instrument is VanillaOption;
                AssetId? asset = ContractTerms.SettlementAssetOf(holding.Instrument);
                Add($"cost {asset}", isOption ? 0 : holding.CostUnits);
                Add($"long {holding.Instrument}", Int128.Max(0, holding.Lots));
                Add($"short {holding.Instrument}", Int128.Max(0, -holding.Lots));
            }
        }

        private void Add(string name, Int128 units) => _sums[name] = Of(name) + units;
    }
}
