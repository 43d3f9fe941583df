using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Accounts.Ledgers;

/// <summary>The subaccount that the margin takes, made of the ledger's.</summary>
public static class LedgerSubaccount
{
    /// <summary>The subaccount in canonical form.</summary>
    /// <remarks>
    /// Tokens and claims at home are one balance. A debt of the numeraire is a negative balance at home, a debt of coin
    /// a short position of spot (docs/adr/0087). Futures carry their average entry price, options none: what they cost
    /// was paid. Orders and protections are not the ledger's.
    /// </remarks>
    /// <param name="account">The ledger's subaccount.</param>
    /// <returns>Equal to what <see cref="SubaccountNetting.Net"/> makes of it.</returns>
    public static Subaccount Of(LedgerAccount account)
    {
        ImmutableArray<CollateralBalance>.Builder collateral = ImmutableArray.CreateBuilder<CollateralBalance>();
        ImmutableArray<Position>.Builder positions = ImmutableArray.CreateBuilder<Position>();
        foreach (AccountCash line in account.Cash)
        {
            if (line.Balance > 0 || (line.Balance < 0 && line.Asset == AssetId.Numeraire))
            {
                collateral.Add(new CollateralBalance(
                    line.Asset, line.Balance, Place.Home.Chain, Place.Home.Bridge));
            }
            else if (line.Balance < 0)
            {
                positions.Add(new Position(
                    new Spot(line.Asset), line.Balance, [new PositionEntry(line.Balance, null)]));
            }
        }

        collateral.AddRange(account.Elsewhere);
        foreach (Holding holding in account.Holdings)
        {
            decimal? entry = holding.Instrument is VanillaOption ? null : holding.EntryPrice;
            positions.Add(new Position(holding.Instrument, holding.Lots, [new PositionEntry(holding.Lots, entry)]));
        }

        return SubaccountNetting.Net(new Subaccount(account.Id, collateral.ToImmutable(), positions.ToImmutable()));
    }
}
