using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Accounts;

/// <summary>How a collateral balance came to the chain where it lies (METHODOLOGY 8.4).</summary>
public enum BridgeClass
{
    /// <summary>Not bridged.</summary>
    Native,

    /// <summary>Canonical bridge of a rollup.</summary>
    Canonical,

    /// <summary>Bridge that verifies the other chain by a light client.</summary>
    LightClient,

    /// <summary>Bridge that trusts a set of signers.</summary>
    Multisig,

    /// <summary>Anything else: counts nothing.</summary>
    Unaudited,
}

/// <summary>Balance of one asset that secures a subaccount.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Units">Least units of the token (its own decimals); ≥ 0, but for the numeraire on the home chain, where
/// a negative balance is a debt (docs/adr/0087).</param>
/// <param name="Chain">Chain where it lies; empty for the home chain.</param>
/// <param name="Bridge">How it came there.</param>
public sealed record CollateralBalance(AssetId Asset, Int128 Units, string Chain, BridgeClass Bridge)
{
    /// <summary>Whether the balance may be below zero: cash of the numeraire at home can be owed.</summary>
    public bool MayBeDebt => Asset == AssetId.Numeraire && Chain.Length == 0 && Bridge == BridgeClass.Native;
}

/// <summary>Part of a position entered at one price.</summary>
/// <param name="Lots">Signed lots, long positive; not 0. The lot of spot is the token's least unit, hence 128
/// bits.</param>
/// <param name="EntryPriceUsd">Price paid, USD per unit of underlying; <c>null</c> means entered at the mark. Always
/// <c>null</c> for options and spot, whose value does not depend on it.</param>
public sealed record PositionEntry(Int128 Lots, decimal? EntryPriceUsd);

/// <summary>All lots of one instrument in one subaccount, netted.</summary>
/// <param name="Instrument">What is held.</param>
/// <param name="Lots">Net signed lots, long positive: the sum over <paramref name="Entries"/>; may be 0.</param>
/// <param name="Entries">The entries, one per price, in order of price (<c>null</c> first), so that equal positions are
/// equal however they were stated; they carry unrealised profit of futures.</param>
public sealed record Position(Instrument Instrument, Int128 Lots, ImmutableArray<PositionEntry> Entries);

/// <summary>Unit of margining: positions and collateral that stand or fall together.</summary>
/// <param name="Id">Name of the subaccount.</param>
/// <param name="Collateral">Balances, in order of (asset, chain, bridge); one each.</param>
/// <param name="Positions">Positions, in order of instrument name; one each.</param>
public sealed record Subaccount(
    string Id, ImmutableArray<CollateralBalance> Collateral, ImmutableArray<Position> Positions)
{
    /// <summary>Resting orders: margined before they trade (METHODOLOGY 4.6a); in order of instrument, side, price.
    /// </summary>
    public ImmutableArray<Order> Orders { get; init; } = [];

    /// <summary>Market-maker protections, in order of underlying; one each.</summary>
    public ImmutableArray<FillProtection> Protections { get; init; } = [];
}

/// <summary>Market-maker protection: the venue pulls an account's orders when so much of them has filled.</summary>
/// <param name="Underlying">Underlying of the orders.</param>
/// <param name="DeltaMaximum">Greatest filled delta, units of the underlying; &gt; 0.</param>
public sealed record FillProtection(AssetId Underlying, decimal DeltaMaximum);
