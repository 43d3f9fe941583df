using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Accounts.Ledgers;

/// <summary>Reads a ledger back from its canonical bytes: what a snapshot of a state holds.</summary>
public static class LedgerDecoding
{
    private const int CountMax = 1 << 24;
    private static readonly Int128 AmountMax = Int128.One << 120;

    /// <summary>The ledger whose canonical bytes these are.</summary>
    /// <remarks>Strict: the bytes are accepted only if the ledger encodes to the very same ones, and if every sum that
    /// its pages state is that of its accounts (<see cref="LedgerAudit"/>).</remarks>
    /// <param name="bytes">The bytes, as <see cref="LedgerEncoding.Encode"/> wrote them; any bytes are refused, never
    /// thrown at.</param>
    /// <returns>The ledger, or why it is none.</returns>
    public static Result<Ledger> Read(ReadOnlySpan<byte> bytes)
    {
        CanonicalReader reader = new(bytes, LedgerEncoding.Kind, LedgerEncoding.Version);
        Ledger read = Ledger.Empty with { At = reader.Time(), Assets = Ledger.Empty.Assets.Clear() };
        read = ReadAssets(ref reader, read);
        read = ReadInstruments(ref reader, read);
        int accounts = reader.Count(1, CountMax);
        for (int index = 0; index < accounts && !reader.IsBroken; index++)
        {
            LedgerAccount account = ReadAccount(ref reader);
            if (reader.IsBroken || read.Find(account.Id) is not null)
            {
                reader.Break();
                break;
            }

            read = read with { Accounts = read.Accounts.Add(account) };
        }

        if (!reader.IsWhole || !LedgerEncoding.Encode(read).Bytes.SequenceEqual(bytes))
        {
            return new Failure(
                FailureReason.Malformed, "no canonical bytes of a ledger", Value: $"{bytes.Length} bytes",
                Limit: $"kind {LedgerEncoding.Kind}, version {LedgerEncoding.Version}").Refused();
        }

        return LedgerAudit.Check(read) is { } refusal ? refusal.Refused() : read.Accepted();
    }

    private static Ledger ReadAssets(ref CanonicalReader reader, Ledger read)
    {
        int count = reader.Count(1, CountMax);
        for (int index = 0; index < count && !reader.IsBroken; index++)
        {
            AssetId asset = reader.Asset();
            int decimals = reader.Member(LedgerLimits.DecimalsMax);
            AssetBook book = new(
                asset, decimals, ReadPools(ref reader), Amount(ref reader), ReadHouse(ref reader),
                ReadHouse(ref reader), ReadHouse(ref reader), Amount(ref reader), Amount(ref reader),
                Amount(ref reader), Amount(ref reader));
            if (!reader.IsBroken)
            {
                read = read with { Assets = read.Assets.SetItem(asset.Name, book) };
            }
        }

        return read;
    }

    private static ImmutableArray<CustodyPool> ReadPools(ref CanonicalReader reader)
    {
        ImmutableArray<CustodyPool>.Builder pools = ImmutableArray.CreateBuilder<CustodyPool>();
        int count = reader.Count(1, CountMax);
        for (int index = 0; index < count && !reader.IsBroken; index++)
        {
            pools.Add(new CustodyPool(ReadPlace(ref reader), Amount(ref reader)));
        }

        return pools.ToImmutable();
    }

    private static Ledger ReadInstruments(ref CanonicalReader reader, Ledger read)
    {
        int count = reader.Count(1, CountMax);
        for (int index = 0; index < count && !reader.IsBroken; index++)
        {
            Instrument? instrument = reader.Instrument();
            decimal lot = reader.Decimal();
            Int128 lots = Amount(ref reader);
            bool isFunded = reader.Bool();
            Timestamp fundedTo = reader.Time();
            AssetBook? book = instrument is null || ContractTerms.SettlementAssetOf(instrument) is not { } asset
                ? null
                : read.Find(asset);
            ContractTerms? terms = book is null ? null : ContractTerms.Of(instrument!, lot, book.Decimals);
            if (reader.IsBroken || terms is null)
            {
                reader.Break();
                break;
            }

            read = read with
            {
                Instruments = read.Instruments.SetItem(
                    instrument!.Name, new InstrumentBook(terms, lots, lots, isFunded ? fundedTo : null)),
            };
        }

        return read;
    }

    private static LedgerAccount ReadAccount(ref CanonicalReader reader)
    {
        string id = reader.Text(LedgerLimits.NameLengthMax);
        string owner = reader.Text(LedgerLimits.NameLengthMax);
        ImmutableArray<string>.Builder delegates = ImmutableArray.CreateBuilder<string>();
        for (int left = reader.Count(1, LedgerLimits.DelegatesMax); left > 0; left--)
        {
            delegates.Add(reader.Text(LedgerLimits.NameLengthMax));
        }

        ImmutableArray<AccountCash>.Builder cash = ImmutableArray.CreateBuilder<AccountCash>();
        for (int left = reader.Count(1, CountMax); left > 0 && !reader.IsBroken; left--)
        {
            cash.Add(new AccountCash(
                reader.Asset(), Amount(ref reader), Amount(ref reader), Amount(ref reader), Amount(ref reader),
                Amount(ref reader)));
        }

        ImmutableArray<CollateralBalance>.Builder elsewhere = ImmutableArray.CreateBuilder<CollateralBalance>();
        for (int left = reader.Count(1, CountMax); left > 0 && !reader.IsBroken; left--)
        {
            AssetId asset = reader.Asset();
            Place place = ReadPlace(ref reader);
            elsewhere.Add(new CollateralBalance(asset, Amount(ref reader), place.Chain, place.Bridge));
        }

        return new LedgerAccount(
            id, owner, delegates.ToImmutable(), cash.ToImmutable(), elsewhere.ToImmutable(), ReadHoldings(ref reader));
    }

    private static ImmutableArray<Holding> ReadHoldings(ref CanonicalReader reader)
    {
        ImmutableArray<Holding>.Builder holdings = ImmutableArray.CreateBuilder<Holding>();
        for (int left = reader.Count(1, CountMax); left > 0 && !reader.IsBroken; left--)
        {
            if (reader.Instrument() is { } instrument)
            {
                holdings.Add(new Holding(instrument, Amount(ref reader), Amount(ref reader), Amount(ref reader)));
            }
        }

        return holdings.ToImmutable();
    }

    // Sums of a hundred such amounts stay exact in 128 bits; none that postings make comes near.
    private static Int128 Amount(ref CanonicalReader reader)
    {
        Int128 amount = reader.Wide();
        if (amount < -AmountMax || amount > AmountMax)
        {
            reader.Break();
        }

        return amount;
    }

    private static HouseCash ReadHouse(ref CanonicalReader reader) => new(Amount(ref reader), Amount(ref reader));

    private static Place ReadPlace(ref CanonicalReader reader) => new(
        reader.Text(LedgerLimits.ChainLengthMax), (BridgeClass)reader.Member((int)BridgeClass.Unaudited));
}
