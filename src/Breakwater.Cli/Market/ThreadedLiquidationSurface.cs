using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Breakwater.Accounts;
using Breakwater.Explanation;

namespace Breakwater.Cli.Market;

/// <summary>Works out the rows of liquidation surfaces on several threads; every number of them gives the same
/// bits.</summary>
internal static class ThreadedLiquidationSurface
{
    /// <summary>Surfaces of a subaccount, in order of asset.</summary>
    /// <param name="subaccount">The subaccount.</param>
    /// <param name="market">Its market.</param>
    /// <param name="threadCount">Threads that work at once; ≥ 1.</param>
    public static ImmutableArray<LiquidationSurface> Of(
        Subaccount subaccount, ExplainedMarket market, int threadCount)
    {
        LiquidationSurfacePlan plan = LiquidationSurfacePlan.Of(subaccount, market);
        SurfaceRow[] rows = new SurfaceRow[plan.RowCount];
        Parallel.For(
            0, rows.Length, new ParallelOptions { MaxDegreeOfParallelism = threadCount },
            row => rows[row] = plan.RowOf(row));
        return plan.Join(ImmutableCollectionsMarshal.AsImmutableArray(rows));
    }
}
