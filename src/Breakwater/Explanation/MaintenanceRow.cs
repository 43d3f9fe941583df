using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Revaluation;

namespace Breakwater.Explanation;

/// <summary>Maintenance margin of a book at the prices of a liquidation surface where it is computed in full.</summary>
internal static class MaintenanceRow
{
    /// <summary>[margin point] maintenance margin.</summary>
    /// <param name="book">The book, pinned.</param>
    /// <param name="market">The market, its surface and scenarios moved.</param>
    /// <param name="asset">The underlying whose price moves.</param>
    /// <remarks>Entries of other underlyings are those of the first price: nothing of theirs moves along a row.
    /// </remarks>
    internal static ImmutableArray<Money> Of(Subaccount book, ExplainedMarket market, AssetId asset)
    {
        ImmutableArray<Money>.Builder margins = ImmutableArray.CreateBuilder<Money>();
        long[]? entries = null;
        foreach (int index in SurfaceAxes.RatiosOfMargin)
        {
            ExplainedMarket moved = MarketMove.WithSpot(market, asset, SurfaceAxes.Ratios[index]);
            RevaluationPlan plan = moved.Prepare(BookInstruments.Of(book));
            AssetId? only = entries is null ? null : asset;
            entries ??= new long[plan.EntryCount];
            ExplainedMarket.FillMaintenance(plan, entries, only);
            RiskArrays arrays = FullRevaluation.Assemble(plan, [.. entries]);
            margins.Add(BookState.Of(book, arrays, moved).Maintenance);
        }

        return margins.ToImmutable();
    }
}
