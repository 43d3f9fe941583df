using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Accounts.Ledgers;

/// <summary>Who holds what: subaccounts, tokens in custody, derivatives, and what the protocol itself has.</summary>
/// <remarks>Changed only by <see cref="LedgerPosting.Apply"/>, which keeps L1, L2, L3 and L9 (docs/methodology/ledger).
/// Sorted throughout, so that equal ledgers have equal bytes (<see cref="LedgerEncoding"/>).</remarks>
public sealed record Ledger
{
    private Ledger(
        Timestamp at,
        LedgerAccounts accounts,
        ImmutableSortedDictionary<string, AssetBook> assets,
        ImmutableSortedDictionary<string, InstrumentBook> instruments)
    {
        At = at;
        Accounts = accounts;
        Assets = assets;
        Instruments = instruments;
    }

    /// <summary>A ledger that knows nothing but the numeraire.</summary>
    public static Ledger Empty { get; } = new(
        default,
        LedgerAccounts.Empty,
        ByName<AssetBook>().Add(
            AssetId.Numeraire.Name, AssetBook.Empty(AssetId.Numeraire, LedgerLimits.NumeraireDecimals)),
        ByName<InstrumentBook>());

    /// <summary>Instant of the last transition; the next is not earlier.</summary>
    public Timestamp At { get; internal init; }

    /// <summary>Subaccounts, in ordinal order of name.</summary>
    public LedgerAccounts Accounts { get; internal init; }

    /// <summary>Pages of assets by name, in ordinal order.</summary>
    public ImmutableSortedDictionary<string, AssetBook> Assets { get; internal init; }

    /// <summary>Pages of listed derivatives by name, in ordinal order; one that has settled is gone.</summary>
    public ImmutableSortedDictionary<string, InstrumentBook> Instruments { get; internal init; }

    /// <summary>A subaccount; <c>null</c> if none has the name.</summary>
    /// <param name="account">Its name.</param>
    public LedgerAccount? Find(string account) => Accounts.Find(account);

    /// <summary>Page of an asset; <c>null</c> if it was not admitted.</summary>
    /// <param name="asset">The asset.</param>
    public AssetBook? Find(AssetId asset) => Assets.GetValueOrDefault(asset.Name);

    /// <summary>Page of a derivative; <c>null</c> if it is not listed.</summary>
    /// <param name="instrument">The derivative.</param>
    public InstrumentBook? Find(Instrument instrument) => Instruments.GetValueOrDefault(instrument.Name);

    /// <summary>Tokens that a subaccount could take out of a place now, its margin aside: its own and, at home, as much
    /// of its claim as realised losses can pay (L9).</summary>
    /// <param name="account">Its name.</param>
    /// <param name="asset">The asset.</param>
    /// <param name="place">Where the tokens lie.</param>
    /// <returns>Least units; 0 for what is not known.</returns>
    public Int128 Withdrawable(string account, AssetId asset, Place place)
    {
        if (Find(account) is not { } known || Find(asset) is not { } book)
        {
            return 0;
        }

        Int128 tokens = known.TokensAt(asset, place);
        return place.IsHome
            ? tokens + Int128.Max(0, Int128.Min(known.CashOf(asset).Claim, book.RealisedLosses))
            : tokens;
    }

    private static ImmutableSortedDictionary<string, T> ByName<T>() =>
        ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);
}
