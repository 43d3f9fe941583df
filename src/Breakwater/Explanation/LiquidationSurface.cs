using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Explanation;

/// <summary>Equity and maintenance margin of an account where one underlying and its implied volatility have moved, all
/// else still (METHODOLOGY 4.9).</summary>
/// <remarks>
/// The surface moves as a shock of its level moves it (METHODOLOGY 2.5): other expiries than 30 days by g(T) of it.
/// Moneyness, basis and scenario returns stand still, and σ̂ is fused anew: it rises with the options where their floor
/// binds. Equity is revalued in full at every point; maintenance margin in full at some and linear between
/// (<see cref="SurfaceAxes"/>).
/// </remarks>
/// <param name="Underlying">The underlying.</param>
/// <param name="IndexUsd">Its index now, USD; &gt; 0.</param>
/// <param name="SpotRatios">[spot] price then ÷ now, rising, 1 among them.</param>
/// <param name="VolatilityShocks">[volatility] relative moves of 30-day implied volatility, rising, 0 among
/// them.</param>
/// <param name="States">[volatility × spot] equity and maintenance margin; at (0, 1) those of the report.</param>
public sealed record LiquidationSurface(
    AssetId Underlying,
    double IndexUsd,
    ImmutableArray<double> SpotRatios,
    ImmutableArray<double> VolatilityShocks,
    ImmutableArray<BookState> States)
{
    /// <summary>State where nothing has moved.</summary>
    public BookState Unmoved => At(VolatilityShocks.IndexOf(0.0), SpotRatios.IndexOf(1.0));

    /// <summary>Surfaces of an account, one for each underlying that its prices depend on, in order of asset.</summary>
    /// <param name="subaccount">The account.</param>
    /// <param name="market">Its market.</param>
    public static ImmutableArray<LiquidationSurface> Of(Subaccount subaccount, ExplainedMarket market)
    {
        LiquidationSurfacePlan plan = LiquidationSurfacePlan.Of(subaccount, market);
        return plan.Join([.. Enumerable.Range(0, plan.RowCount).Select(plan.RowOf)]);
    }

    /// <summary>State at a point.</summary>
    /// <param name="volatilityIndex">Index into <see cref="VolatilityShocks"/>.</param>
    /// <param name="spotIndex">Index into <see cref="SpotRatios"/>.</param>
    public BookState At(int volatilityIndex, int spotIndex) =>
        States[(volatilityIndex * SpotRatios.Length) + spotIndex];

    /// <summary>Where equity is a multiple of maintenance margin: 1 is where liquidation begins.</summary>
    /// <param name="marginRatio">Equity ÷ maintenance margin; finite, ≥ 0.</param>
    /// <returns>The set where E − ratio·MM ≥ 0, with its border; both are linear between points, so is this.</returns>
    public LevelSet Covered(double marginRatio)
    {
        Require.NonNegative(marginRatio);
        return new LevelSet(
            SpotRatios, VolatilityShocks,
            [.. States.Select(state => state.Equity.ToUsd() - (marginRatio * state.Maintenance.ToUsd()))]);
    }
}
