using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Explanation;

/// <summary>States of one underlying at one volatility.</summary>
/// <param name="Equity">[spot] equity, revalued in full.</param>
/// <param name="Maintenance">[margin point] maintenance margin computed in full; empty at volatilities where it is
/// read between others.</param>
public sealed record SurfaceRow(ImmutableArray<Money> Equity, ImmutableArray<Money> Maintenance);

/// <summary>Liquidation surfaces cut into rows that read nothing of each other, so that a shell may work them out on
/// any threads in any order.</summary>
public sealed record LiquidationSurfacePlan
{
    private readonly Subaccount _book;
    private readonly ExplainedMarket _market;
    private readonly ImmutableArray<AssetId> _underlyings;

    private LiquidationSurfacePlan(Subaccount book, ExplainedMarket market, ImmutableArray<AssetId> underlyings)
    {
        _book = book;
        _market = market;
        _underlyings = underlyings;
    }

    /// <summary>Rows of all surfaces.</summary>
    public int RowCount => _underlyings.Length * SurfaceAxes.Shocks.Length;

    /// <summary>Plan of the surfaces of an account.</summary>
    /// <param name="subaccount">The account; its resting orders do not touch maintenance margin.</param>
    /// <param name="market">Its market.</param>
    public static LiquidationSurfacePlan Of(Subaccount subaccount, ExplainedMarket market)
    {
        Subaccount book = PinnedBook.Of(subaccount, market.RevalueMaintenance(BookInstruments.Of(subaccount)));
        return new LiquidationSurfacePlan(book, market, PriceProfile.UnderlyingsOf(book, market));
    }

    /// <summary>Works out one row.</summary>
    /// <param name="rowIndex">Which, in [0, <see cref="RowCount"/>).</param>
    public SurfaceRow RowOf(int rowIndex)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rowIndex, RowCount);
        (int underlying, int shock) = Math.DivRem(rowIndex, SurfaceAxes.Shocks.Length);
        AssetId asset = _underlyings[underlying];
        ExplainedMarket moved = MarketMove.WithSurface(_market, asset, SurfaceAxes.Shocks[shock]);
        return new SurfaceRow(
            EquityRow.Of(_book, moved, asset),
            SurfaceAxes.ShockIndicesOfMargin.Contains(shock)
                ? MaintenanceRow.Of(_book, MarketMove.WithFusedVolatility(moved, asset, _market), asset)
                : []);
    }

    /// <summary>Joins rows.</summary>
    /// <param name="rows">[<see cref="RowCount"/>] every row.</param>
    /// <returns>Surfaces in order of asset.</returns>
    public ImmutableArray<LiquidationSurface> Join(ImmutableArray<SurfaceRow> rows)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Length, RowCount);
        int count = SurfaceAxes.Shocks.Length;
        return
        [
            .. _underlyings.Select((asset, index) => new LiquidationSurface(
                asset, _market.Market.Find(asset)!.IndexUsd, // every underlying of a profile has a market
                SurfaceAxes.Ratios, SurfaceAxes.Shocks, StatesOf(rows.AsSpan(index * count, count)))),
        ];
    }

    private static ImmutableArray<BookState> StatesOf(ReadOnlySpan<SurfaceRow> rows)
    {
        int spots = SurfaceAxes.Ratios.Length;
        BookState[] states = new BookState[rows.Length * spots];
        for (int place = 0; place < states.Length; place++)
        {
            (int shock, int spot) = Math.DivRem(place, spots);
            states[place] = new BookState(rows[shock].Equity[spot], MaintenanceAt(rows, shock, spot));
        }

        return [.. states];
    }

    // Linear in spot between computed points of a row, then linear between rows; exact where it was computed.
    private static Money MaintenanceAt(ReadOnlySpan<SurfaceRow> rows, int shock, int spot)
    {
        (int above, double share) = Place(SurfaceAxes.ShockIndicesOfMargin, SurfaceAxes.Shocks, shock);
        Money upper = InRow(rows[SurfaceAxes.ShockIndicesOfMargin[above]], spot);
        return share == 1.0
            ? upper
            : Between(InRow(rows[SurfaceAxes.ShockIndicesOfMargin[above - 1]], spot), upper, share);
    }

    private static Money InRow(SurfaceRow row, int spot)
    {
        (int above, double share) = Place(SurfaceAxes.RatiosOfMargin, SurfaceAxes.Ratios, spot);
        Money upper = row.Maintenance[above];
        return share == 1.0 ? upper : Between(row.Maintenance[above - 1], upper, share);
    }

    // First computed point at or above an index, and how far the index is from the one before to it.
    private static (int Above, double Share) Place(ImmutableArray<int> computed, ImmutableArray<double> axis, int index)
    {
        int above = 0;
        while (computed[above] < index) above++;
        if (computed[above] == index) return (above, 1.0);
        double low = axis[computed[above - 1]];
        return (above, (axis[index] - low) / (axis[computed[above]] - low));
    }

    private static Money Between(Money low, Money high, double share) =>
        low + Money.FromDoubleUp(share * (high - low).ToUsd());
}
