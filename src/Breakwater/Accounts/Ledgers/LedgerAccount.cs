using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Accounts.Ledgers;

/// <summary>One subaccount as the ledger keeps it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Owner">Who owns it; tokens move between subaccounts of one owner only.</param>
/// <param name="Delegates">Who else may trade for it, in ordinal order; they cannot withdraw.</param>
/// <param name="Cash">Tokens and claims on the home chain, in order of asset; one line each, none empty.</param>
/// <param name="Elsewhere">Tokens on other chains or bridged, in order of (asset, chain, bridge); each &gt; 0.</param>
/// <param name="Holdings">Derivatives held, in order of name; one each, none of no lots.</param>
public sealed record LedgerAccount(
    string Id,
    string Owner,
    ImmutableArray<string> Delegates,
    ImmutableArray<AccountCash> Cash,
    ImmutableArray<CollateralBalance> Elsewhere,
    ImmutableArray<Holding> Holdings)
{
    /// <summary>Its place in <see cref="LedgerAccounts"/>: the count of those opened before.</summary>
    internal int Number { get; init; }

    /// <summary>The line of an asset; an empty one if there is none.</summary>
    /// <param name="asset">The asset.</param>
    public AccountCash CashOf(AssetId asset)
    {
        foreach (AccountCash line in Cash)
        {
            if (line.Asset == asset)
            {
                return line;
            }
        }

        return AccountCash.Empty(asset);
    }

    /// <summary>What is held of an instrument; <c>null</c> if nothing.</summary>
    /// <param name="instrument">The instrument.</param>
    public Holding? HoldingOf(Instrument instrument)
    {
        int index = SortedLines.IndexOf(Holdings, instrument.Name, static holding => holding.Instrument.Name);
        return index >= 0 ? Holdings[index] : null;
    }

    /// <summary>Tokens that lie in one place.</summary>
    /// <param name="asset">The asset.</param>
    /// <param name="place">Where they lie.</param>
    public Int128 TokensAt(AssetId asset, Place place)
    {
        if (place.IsHome)
        {
            return CashOf(asset).Tokens;
        }

        foreach (CollateralBalance balance in Elsewhere)
        {
            if (balance.Asset == asset && balance.Bridge == place.Bridge
                && string.Equals(balance.Chain, place.Chain, StringComparison.Ordinal))
            {
                return balance.Units;
            }
        }

        return 0;
    }

    /// <summary>The account with another line of cash.</summary>
    internal LedgerAccount With(AccountCash line) => this with
    {
        Cash = SortedLines.Set(Cash, line.Asset.Name, line.IsEmpty ? null : line, static own => own.Asset.Name),
    };

    /// <summary>The account with another line of cash and another holding of an instrument.</summary>
    internal LedgerAccount With(AccountCash line, Instrument instrument, Holding? holding) => this with
    {
        Cash = SortedLines.Set(Cash, line.Asset.Name, line.IsEmpty ? null : line, static own => own.Asset.Name),
        Holdings = SortedLines.Set(Holdings, instrument.Name, holding, static own => own.Instrument.Name),
    };

    /// <summary>The account with other tokens at a place that is not home.</summary>
    internal LedgerAccount With(AssetId asset, Place place, Int128 units)
    {
        CollateralBalance? balance =
            units == 0 ? null : new CollateralBalance(asset, units, place.Chain, place.Bridge);
        return this with
        {
            Elsewhere = SortedLines.Set(
                Elsewhere, Place.KeyOf(asset, place.Chain, place.Bridge), balance,
                static own => Place.KeyOf(own.Asset, own.Chain, own.Bridge)),
        };
    }
}

/// <summary>Cash of one asset on the home chain, least units.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Tokens">Tokens that are the account's own; ≥ 0.</param>
/// <param name="Claim">Realised profit that no token backs yet, or, negative, loss that the account has not paid; it is
/// negative only where <paramref name="Tokens"/> is 0 (L9).</param>
/// <param name="Realised">Profit and loss of trading and settlement so far, before fees and funding.</param>
/// <param name="Funding">Funding received so far, less paid.</param>
/// <param name="Fees">Fees paid so far, less rebates.</param>
public sealed record AccountCash(
    AssetId Asset, Int128 Tokens, Int128 Claim, Int128 Realised, Int128 Funding, Int128 Fees)
{
    /// <summary>Tokens and claim together: what the account has of the asset; negative if it owes.</summary>
    public Int128 Balance => Tokens + Claim;

    /// <summary>Whether nothing is in it or ever was.</summary>
    internal bool IsEmpty => Tokens == 0 && Claim == 0 && Realised == 0 && Funding == 0 && Fees == 0;

    /// <summary>A line of nothing.</summary>
    internal static AccountCash Empty(AssetId asset) => new(asset, 0, 0, 0, 0, 0);
}

/// <summary>Lots of one derivative in one subaccount.</summary>
/// <param name="Instrument">What is held.</param>
/// <param name="Lots">Signed lots, long positive; not 0.</param>
/// <param name="EntryPricePico">Average price, 10⁻¹² of the quoted unit, rounded against the account (docs/adr/0085).
/// </param>
/// <param name="CostUnits">What the lots cost, least units of the settlement asset, negative if they were sold: exact,
/// the sum of what was paid less the parts that closing released.</param>
public sealed record Holding(Instrument Instrument, Int128 Lots, Int128 EntryPricePico, Int128 CostUnits)
{
    /// <summary>Average price in the quoted unit: USD, coin for inverse options.</summary>
    public decimal EntryPrice => PicoPrice.ToDecimal(EntryPricePico);
}
