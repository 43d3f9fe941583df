using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Accounts.Ledgers;

/// <summary>Reads a ledger from the bytes that <see cref="LedgerEncoding"/> wrote: for restoring a snapshot.</summary>
internal static class LedgerReading
{
    private const int ItemsMax = 1 << 24;
    private const int LinesMax = 1 << 16;

    /// <summary>The ledger, or <c>null</c> for bytes that are not exactly those of one.</summary>
    internal static Ledger? Read(ReadOnlySpan<byte> bytes)
    {
        CanonicalReader reader = new(bytes, "LDGR", LedgerEncoding.Version);
        Timestamp at = reader.Time();
        ImmutableSortedDictionary<string, AssetBook>.Builder assets = ByName<AssetBook>();
        for (int left = reader.Count(64, LinesMax); left > 0 && !reader.IsBroken; left--)
        {
            AssetBook book = ReadAsset(ref reader);
            assets[book.Asset.Name ?? string.Empty] = book;
        }

        ImmutableSortedDictionary<string, InstrumentBook>.Builder instruments = ByName<InstrumentBook>();
        for (int left = reader.Count(32, LinesMax); left > 0 && !reader.IsBroken; left--)
        {
            if (ReadInstrument(ref reader, assets) is { } page) instruments[page.Terms.Instrument.Name] = page;
        }

        LedgerAccounts accounts = LedgerAccounts.Empty;
        for (int left = reader.Count(20, ItemsMax); left > 0 && !reader.IsBroken; left--)
        {
            LedgerAccount account = ReadAccount(ref reader);
            if (accounts.Find(account.Id) is null) accounts = accounts.Add(account);
            else reader.Break();
        }

        if (!reader.IsWhole) return null;
        Ledger ledger = Ledger.Empty with
        {
            At = at,
            Assets = assets.ToImmutable(),
            Instruments = instruments.ToImmutable(),
            Accounts = accounts,
        };
        return LedgerEncoding.Encode(ledger).Bytes.SequenceEqual(bytes) ? ledger : null;
    }

    private static AssetBook ReadAsset(ref CanonicalReader reader)
    {
        AssetId asset = reader.Asset();
        int decimals = reader.Int();
        ImmutableArray<CustodyPool>.Builder pools = ImmutableArray.CreateBuilder<CustodyPool>();
        for (int left = reader.Count(24, LinesMax); left > 0; left--)
        {
            pools.Add(new CustodyPool(ReadPlace(ref reader), reader.Wide()));
        }

        Int128 losses = reader.Wide();
        HouseCash fees = new(reader.Wide(), reader.Wide());
        HouseCash insurance = new(reader.Wide(), reader.Wide());
        HouseCash residue = new(reader.Wide(), reader.Wide());
        return new AssetBook(
            asset, decimals, pools.ToImmutable(), losses, fees, insurance, residue, reader.Wide(), reader.Wide(),
            reader.Wide(), reader.Wide());
    }

    private static InstrumentBook? ReadInstrument(
        ref CanonicalReader reader, ImmutableSortedDictionary<string, AssetBook>.Builder assets)
    {
        Instrument? instrument = reader.Instrument();
        decimal lot = reader.Decimal();
        Int128 lots = reader.Wide();
        bool isFunded = reader.Bool();
        Timestamp fundedTo = reader.Time();
        ContractTerms? terms = instrument is not null and not Spot
            && ContractTerms.SettlementAssetOf(instrument) is { } settled
            && assets.TryGetValue(settled.Name, out AssetBook? book)
                ? ContractTerms.Of(instrument, lot, book.Decimals)
                : null;
        if (terms is not null) return new InstrumentBook(terms, lots, lots, isFunded ? fundedTo : null);
        reader.Break();
        return null;
    }

    private static LedgerAccount ReadAccount(ref CanonicalReader reader)
    {
        string id = reader.Text(LedgerLimits.NameLengthMax);
        string owner = reader.Text(LedgerLimits.NameLengthMax);
        ImmutableArray<string>.Builder delegates = ImmutableArray.CreateBuilder<string>();
        for (int left = reader.Count(4, LedgerLimits.DelegatesMax); left > 0; left--)
        {
            delegates.Add(reader.Text(LedgerLimits.NameLengthMax));
        }

        ImmutableArray<AccountCash>.Builder cash = ImmutableArray.CreateBuilder<AccountCash>();
        for (int left = reader.Count(84, LinesMax); left > 0; left--)
        {
            cash.Add(new AccountCash(
                reader.Asset(), reader.Wide(), reader.Wide(), reader.Wide(), reader.Wide(), reader.Wide()));
        }

        ImmutableArray<CollateralBalance>.Builder elsewhere = ImmutableArray.CreateBuilder<CollateralBalance>();
        for (int left = reader.Count(28, LinesMax); left > 0; left--)
        {
            AssetId asset = reader.Asset();
            Place place = ReadPlace(ref reader);
            elsewhere.Add(new CollateralBalance(asset, reader.Wide(), place.Chain, place.Bridge));
        }

        return new LedgerAccount(
            id, owner, delegates.ToImmutable(), cash.ToImmutable(), elsewhere.ToImmutable(), ReadHoldings(ref reader));
    }

    private static ImmutableArray<Holding> ReadHoldings(ref CanonicalReader reader)
    {
        ImmutableArray<Holding>.Builder holdings = ImmutableArray.CreateBuilder<Holding>();
        for (int left = reader.Count(52, LinesMax); left > 0; left--)
        {
            Instrument? instrument = reader.Instrument();
            Int128 lots = reader.Wide();
            Int128 entry = reader.Wide();
            Int128 cost = reader.Wide();
            if (instrument is not null) holdings.Add(new Holding(instrument, lots, entry, cost));
        }

        return holdings.ToImmutable();
    }

    private static Place ReadPlace(ref CanonicalReader reader) => new(
        reader.Text(LedgerLimits.ChainLengthMax), (BridgeClass)reader.Member((int)BridgeClass.Unaudited));

    private static ImmutableSortedDictionary<string, T>.Builder ByName<T>() =>
        ImmutableSortedDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);
}
