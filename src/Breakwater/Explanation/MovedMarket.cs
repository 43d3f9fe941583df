using System.Collections.Immutable;
using Breakwater.Scenarios;

namespace Breakwater.Explanation;

/// <summary>The market after moves that somebody asks about (docs/methodology/moved-markets.md).</summary>
public static class MovedMarket
{
    /// <summary>Moves underlyings one after the other; those that are not named stand still.</summary>
    /// <remarks>A price takes index, perpetual, futures, forwards and pegged collateral with it, and the surface keeps
    /// its moneyness (METHODOLOGY 2.5). Implied volatility moves as the level of a scenario moves it. Scenarios keep
    /// their returns unless σ̂, fused anew, is another one (METHODOLOGY 3.2); then both sets are drawn with it.
    /// </remarks>
    /// <param name="market">The market; not modified.</param>
    /// <param name="shifts">Moves of underlyings with a market and a forecast, each once.</param>
    public static ExplainedMarket Of(ExplainedMarket market, ImmutableArray<MarketShift> shifts)
    {
        ArgumentNullException.ThrowIfNull(market);
        ExplainedMarket moved = market;
        bool isRedrawn = false;
        foreach (MarketShift shift in shifts)
        {
            moved = MarketMove.WithSpot(moved, shift.Underlying, 1.0 + shift.PriceRelative);
            moved = MarketMove.WithSurface(moved, shift.Underlying, shift.VolatilityRelative);
            isRedrawn |= MarketMove.Fused(moved, shift.Underlying) != MarketMove.Fused(market, shift.Underlying);
        }

        return isRedrawn ? moved with { Scenarios = ScenarioDesign.Build(moved.ScenarioInputs) } : moved;
    }
}
