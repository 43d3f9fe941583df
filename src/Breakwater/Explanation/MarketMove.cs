using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Explanation;

/// <summary>Markets in which one thing has moved and all others stand still.</summary>
internal static class MarketMove
{
    /// <summary>One underlying at another price: index, perpetual, futures and forwards move in proportion, the surface
    /// keeps its moneyness, the scenarios their returns.</summary>
    /// <param name="market">The market; not modified.</param>
    /// <param name="asset">The underlying.</param>
    /// <param name="ratio">Price then ÷ price now; &gt; 0.</param>
    internal static ExplainedMarket WithSpot(ExplainedMarket market, AssetId asset, double ratio)
    {
        Require.Positive(ratio);
        return market with
        {
            Market = market.Market with
            {
                Underlyings = [.. market.Market.Underlyings.Select(own => own.Asset == asset ? At(own, ratio) : own)],
            },
            Surfaces = new SurfaceSet(
                [.. market.Surfaces.Surfaces.Select(own => own.Underlying == asset ? At(own, ratio) : own)]),
        };
    }

    /// <summary>The same market with scenarios of another σ̂ of one underlying, at the maintenance horizon alone.
    /// </summary>
    /// <param name="market">The market; not modified.</param>
    /// <param name="asset">The underlying.</param>
    /// <param name="ratio">σ̂ then ÷ σ̂ now; &gt; 0.</param>
    internal static ExplainedMarket WithVolatility(ExplainedMarket market, AssetId asset, double ratio)
    {
        ScenarioInputs inputs = market.ScenarioInputs;
        ScenarioSet moved = ScenarioDesign.BuildMaintenance(inputs with
        {
            Underlyings =
            [
                .. inputs.Underlyings.Select(own => own.Asset == asset
                    ? own with { VolatilityAnnual = own.VolatilityAnnual * ratio }
                    : own),
            ],
        });
        return market with { Scenarios = new ScenarioSets(moved, market.Scenarios.Initial) };
    }

    private static UnderlyingMarket At(UnderlyingMarket market, double ratio) => market with
    {
        IndexUsd = market.IndexUsd * ratio,
        PerpetualMarkUsd = market.PerpetualMarkUsd * ratio,
        FutureMarks = [.. market.FutureMarks.Select(mark => mark with { MarkUsd = mark.MarkUsd * ratio })],
    };

    private static VolatilitySurface At(VolatilitySurface surface, double ratio) => new(
        surface.Underlying,
        surface.At,
        [.. surface.Slices.Select(slice => slice with { ForwardUsd = slice.ForwardUsd * ratio })],
        surface.Forwards.AtSpot(surface.Forwards.SpotUsd * ratio),
        surface.LevelCertified,
        surface.State,
        surface.Findings,
        surface.ShockRatio);
}
