using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Accounts.Ledgers;

/// <summary>Tokens and claims of one of the ledger's own accounts, least units of the asset.</summary>
/// <param name="Tokens">Tokens; ≥ 0.</param>
/// <param name="Claim">What is due to it and no token backs yet; ≥ 0.</param>
public readonly record struct HouseCash(Int128 Tokens, Int128 Claim);

/// <summary>Tokens of one asset that are held in one place for all accounts together.</summary>
/// <param name="Place">Where.</param>
/// <param name="HeldUnits">Least units held: deposits less withdrawals; ≥ 0.</param>
public sealed record CustodyPool(Place Place, Int128 HeldUnits);

/// <summary>The ledger's own page of one asset, least units throughout.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Decimals">Decimals of its least unit; in [0, 18], 6 for the numeraire.</param>
/// <param name="Pools">Tokens held, in order of (chain, bridge); one each.</param>
/// <param name="RealisedLosses">Tokens that losers have paid and no winner has drawn yet: all that a claim can be paid
/// from (L9); ≥ 0.</param>
/// <param name="Fees">The protocol's fees.</param>
/// <param name="Insurance">The insurance fund; its claim is always 0.</param>
/// <param name="Residue">What roundings against accounts have left (L1).</param>
/// <param name="OpenCost">Sum over all accounts of the cost of futures and perpetuals held.</param>
/// <param name="BadDebt">Losses written off that nothing has paid; ≥ 0.</param>
/// <param name="AccountTokens">Sum over all accounts of tokens at home.</param>
/// <param name="AccountClaims">Sum over all accounts of claims, signed.</param>
public sealed record AssetBook(
    AssetId Asset,
    int Decimals,
    ImmutableArray<CustodyPool> Pools,
    Int128 RealisedLosses,
    HouseCash Fees,
    HouseCash Insurance,
    HouseCash Residue,
    Int128 OpenCost,
    Int128 BadDebt,
    Int128 AccountTokens,
    Int128 AccountClaims)
{
    /// <summary>An asset of which nothing is held.</summary>
    internal static AssetBook Empty(AssetId asset, int decimals) =>
        new(asset, decimals, [], 0, default, default, default, 0, 0, 0, 0);

    /// <summary>Tokens held in a place.</summary>
    /// <param name="place">Where.</param>
    public Int128 HeldAt(Place place)
    {
        foreach (CustodyPool pool in Pools)
        {
            if (pool.Place == place)
            {
                return pool.HeldUnits;
            }
        }

        return 0;
    }

    /// <summary>The page with other tokens held in a place.</summary>
    internal AssetBook WithHeld(Place place, Int128 units) => this with
    {
        Pools = SortedLines.Set(
            Pools, Place.KeyOf(Asset, place.Chain, place.Bridge), units == 0 ? null : new CustodyPool(place, units),
            pool => Place.KeyOf(Asset, pool.Place.Chain, pool.Place.Bridge)),
    };

    /// <summary>The page with a rounding added to what roundings have left.</summary>
    /// <param name="units">Least units; the parts of one transition may have any sign, their sum is ≥ 0.</param>
    internal AssetBook WithResidue(Int128 units) => units == 0
        ? this
        : this with { Residue = Residue with { Claim = Residue.Claim + units } };

    /// <summary>States L1 and L9 of the page: every token held is somebody's, and claims are what losses, open profit
    /// and bad debt leave.</summary>
    /// <exception cref="InvalidOperationException">Tokens or claims are not conserved: a mistake in this code.
    /// </exception>
    internal void CheckConserved()
    {
        Int128 tokens = AccountTokens + Fees.Tokens + Insurance.Tokens + Residue.Tokens + RealisedLosses;
        Int128 held = HeldAt(Place.Home);
        Check.That(tokens == held, $"L1: {tokens} units of {Asset} are owned of {held} held");
        Int128 claims = AccountClaims + Fees.Claim + Insurance.Claim + Residue.Claim;
        Check.That(
            claims == RealisedLosses + OpenCost + BadDebt,
            $"L1: claims of {claims} units of {Asset} against {RealisedLosses} + {OpenCost} + {BadDebt}");
        Check.That(
            RealisedLosses >= 0 && BadDebt >= 0 && AccountTokens >= 0 && Residue.Claim >= 0,
            $"L9: a pool of {Asset} is below zero");
    }
}

/// <summary>The ledger's own page of one listed derivative.</summary>
/// <param name="Terms">Its terms.</param>
/// <param name="LongLots">Lots held long over all accounts; ≥ 0.</param>
/// <param name="ShortLots">Lots held short over all accounts, as a positive number; equal to the long ones (L2).
/// </param>
/// <param name="FundedTo">End of the last hour whose funding was paid; <c>null</c> if none was.</param>
public sealed record InstrumentBook(ContractTerms Terms, Int128 LongLots, Int128 ShortLots, Timestamp? FundedTo)
{
    /// <summary>The page after an account's lots have changed.</summary>
    internal InstrumentBook Moved(Int128 before, Int128 after) => this with
    {
        LongLots = LongLots + Int128.Max(after, 0) - Int128.Max(before, 0),
        ShortLots = ShortLots + Int128.Max(-after, 0) - Int128.Max(-before, 0),
    };

    /// <summary>States L2: longs equal shorts.</summary>
    /// <exception cref="InvalidOperationException">They do not: a mistake in this code.</exception>
    internal void CheckBalanced() => Check.That(
        LongLots == ShortLots && LongLots >= 0, $"L2: {Terms.Instrument} is {LongLots} long and {ShortLots} short");
}
