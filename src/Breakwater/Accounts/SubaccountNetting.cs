using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Accounts;

/// <summary>Brings a subaccount into its one canonical form, so that its representation cannot matter (M6).</summary>
public static class SubaccountNetting
{
    /// <summary>Nets the lots of each instrument, joins entries of one price, merges balances, and sorts everything.
    /// </summary>
    /// <remarks>
    /// Entries of options and spot are forgotten: they change nothing (INTERFACES 3). A position of no lots stays only
    /// where its entries lock in a profit or loss. Empty balances vanish.
    /// </remarks>
    /// <param name="subaccount">Positions and balances in any order and split in any way.</param>
    /// <exception cref="ArgumentException">A position's lots are not the sum of its entries, or a balance is negative
    /// that cannot be a debt.
    /// </exception>
    public static Subaccount Net(Subaccount subaccount) => subaccount with
    {
        Collateral = NetCollateral(subaccount.Collateral),
        Positions = NetPositions(subaccount.Positions),
        Orders =
        [
            .. subaccount.Orders.OrderBy(order => order.Instrument).ThenBy(order => order.Lots)
                .ThenBy(order => order.LimitPrice).ThenBy(order => order.IsReduceOnly),
        ],
        Protections = [.. subaccount.Protections.OrderBy(protection => protection.Underlying)],
    };

    private static ImmutableArray<CollateralBalance> NetCollateral(ImmutableArray<CollateralBalance> balances)
    {
        SortedDictionary<(string Asset, string Chain, BridgeClass Bridge), Int128> units = new(
            Comparer<(string Asset, string Chain, BridgeClass Bridge)>.Create(static (left, right) =>
            {
                int byAsset = string.CompareOrdinal(left.Asset, right.Asset);
                int byChain = byAsset != 0 ? byAsset : string.CompareOrdinal(left.Chain, right.Chain);
                return byChain != 0 ? byChain : left.Bridge.CompareTo(right.Bridge);
            }));
        foreach (CollateralBalance balance in balances)
        {
            if (balance.Units < 0 && !balance.MayBeDebt)
            {
                throw new ArgumentException($"collateral {balance.Asset} of {balance.Units} units is negative");
            }

            (string, string, BridgeClass) key = (balance.Asset.Name, balance.Chain, balance.Bridge);
            units[key] = units.GetValueOrDefault(key) + balance.Units;
        }

        return
        [
            .. units.Where(entry => entry.Value != 0).Select(entry => new CollateralBalance(
                AssetId.Of(entry.Key.Asset), entry.Value, entry.Key.Chain, entry.Key.Bridge)),
        ];
    }

    private static ImmutableArray<Position> NetPositions(ImmutableArray<Position> positions)
    {
        SortedDictionary<string, List<Position>> byName = new(StringComparer.Ordinal);
        foreach (Position position in positions)
        {
            Int128 entered = 0;
            foreach (PositionEntry entry in position.Entries)
            {
                entered += entry.Lots;
            }

            if (entered != position.Lots)
            {
                throw new ArgumentException(
                    $"{position.Instrument} holds {position.Lots} lots but its entries sum to {entered}");
            }

            if (!byName.TryGetValue(position.Instrument.Name, out List<Position>? rows))
            {
                byName.Add(position.Instrument.Name, rows = []);
            }

            rows.Add(position);
        }

        return [.. byName.Values.Select(Join).Where(position => !position.Entries.IsEmpty)];
    }

    private static Position Join(List<Position> rows)
    {
        Instrument instrument = rows[0].Instrument;
        bool keepsEntries = instrument is Perpetual or DatedFuture;
        Int128 atMark = 0;
        SortedDictionary<decimal, Int128> atPrice = [];
        foreach (PositionEntry entry in rows.SelectMany(row => row.Entries))
        {
            if (keepsEntries && entry.EntryPriceUsd is { } price)
            {
                atPrice[price] = atPrice.GetValueOrDefault(price) + entry.Lots;
            }
            else
            {
                atMark += entry.Lots;
            }
        }

        ImmutableArray<PositionEntry> entries =
        [
            .. atMark == 0 ? Array.Empty<PositionEntry>() : [new PositionEntry(atMark, null)],
            .. atPrice.Where(entry => entry.Value != 0).Select(entry => new PositionEntry(entry.Value, entry.Key)),
        ];
        Int128 lots = 0;
        foreach (PositionEntry entry in entries)
        {
            lots += entry.Lots;
        }

        return new Position(instrument, lots, entries);
    }
}
