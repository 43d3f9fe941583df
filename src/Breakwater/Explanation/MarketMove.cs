using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Explanation;

/// <summary>Markets in which one thing has moved and all others stand still.</summary>
internal static class MarketMove
{
    /// <summary>One underlying at another price: index, perpetual, futures and forwards move in proportion, and so does
    /// collateral pegged to it; the surface keeps its moneyness, the scenarios their returns.</summary>
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
                CollateralAssets =
                [
                    .. market.Market.CollateralAssets.Select(own =>
                        market.Parameters.MovedBy(own.Asset) == asset ? At(own, ratio) : own),
                ],
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

    /// <summary>Implied volatility of one underlying at another level: the surface moves as a scenario's shock of the
    /// level moves it (METHODOLOGY 2.5); scenarios are kept.</summary>
    /// <param name="market">The market; not modified.</param>
    /// <param name="asset">The underlying; without a surface nothing moves.</param>
    /// <param name="shock">Relative move of 30-day volatility; 0 returns the market itself.</param>
    internal static ExplainedMarket WithSurface(ExplainedMarket market, AssetId asset, double shock) =>
        shock == 0.0 ? market : market with
        {
            Surfaces = new SurfaceSet(
                [.. market.Surfaces.Surfaces.Select(own => own.Underlying == asset ? AtLevel(own, shock) : own)]),
        };

    /// <summary>A market whose surfaces have moved with scenarios of the σ̂ that follows from them, at the maintenance
    /// horizon alone; the market itself where σ̂ stays.</summary>
    /// <param name="moved">The moved market, with the scenarios of before.</param>
    /// <param name="asset">The underlying whose surface has moved.</param>
    /// <param name="before">The market before.</param>
    internal static ExplainedMarket WithFusedVolatility(ExplainedMarket moved, AssetId asset, ExplainedMarket before) =>
        Fused(moved, asset) == Fused(before, asset)
            ? moved
            : moved with
            {
                Scenarios = new ScenarioSets(
                    ScenarioDesign.BuildMaintenance(moved.ScenarioInputs), moved.Scenarios.Initial),
            };

    /// <summary>σ̂ of an underlying, fused from its forecast and its surface (METHODOLOGY 3.2), per √year.</summary>
    /// <param name="market">The market.</param>
    /// <param name="asset">The underlying; scenarios move it.</param>
    internal static double Fused(ExplainedMarket market, AssetId asset) => FusedVolatility.Of(
        market.Forecast.Find(asset)!, // scenarios move it, so it has a forecast
        market.Surfaces.Find(asset), market.Parameters.Volatility);

    /// <summary>The market some hours later with nothing moved: same prices, same volatilities and basis by time to
    /// expiry, same scenarios.</summary>
    /// <param name="market">The market; not modified.</param>
    /// <param name="hours">Hours; ≥ 0.</param>
    internal static ExplainedMarket After(ExplainedMarket market, int hours)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hours);
        return market with
        {
            Market = market.Market with
            {
                At = Later(market.Market.At, hours),
                Underlyings =
                [
                    .. market.Market.Underlyings.Select(own => own with
                    {
                        At = Later(own.At, hours),
                        FutureMarks = [.. own.FutureMarks.Select(mark => Rolled(mark, market, own, hours))],
                    }),
                ],
            },
            Surfaces = new SurfaceSet([.. market.Surfaces.Surfaces.Select(own => Later(own, hours))]),
        };
    }

    // A future's mark keeps its distance from the curve of forwards by time to expiry.
    private static FutureMark Rolled(FutureMark mark, ExplainedMarket market, UnderlyingMarket own, int hours)
    {
        Timestamp then = Later(market.Market.At, hours);
        if (mark.Expiry <= then || market.Surfaces.Find(own.Asset) is not { } surface) return mark;
        double now = surface.Forwards.ForwardUsd(mark.Expiry.YearsSince(market.Market.At));
        return mark with { MarkUsd = mark.MarkUsd * surface.Forwards.ForwardUsd(mark.Expiry.YearsSince(then)) / now };
    }

    private static VolatilitySurface Later(VolatilitySurface surface, int hours) => new(
        surface.Underlying,
        Later(surface.At, hours),
        [.. surface.Slices.Select(slice => slice with { Expiry = Later(slice.Expiry, hours) })],
        surface.Forwards,
        surface.LevelCertified,
        surface.State,
        surface.Findings,
        surface.ShockRatio);

    private static Timestamp Later(Timestamp at, int hours) =>
        Timestamp.FromUnixMilliseconds(at.UnixMilliseconds + (hours * Timestamp.HourMilliseconds));

    private static UnderlyingMarket At(UnderlyingMarket market, double ratio) => market with
    {
        IndexUsd = market.IndexUsd * ratio,
        PerpetualMarkUsd = market.PerpetualMarkUsd * ratio,
        FutureMarks = [.. market.FutureMarks.Select(mark => mark with { MarkUsd = mark.MarkUsd * ratio })],
    };

    private static VolatilitySurface AtLevel(VolatilitySurface surface, double shock)
    {
        SviParameters[] moved = new SviParameters[surface.Svi.Length];
        SurfaceShock.Apply(surface, new SmileShock(shock, 0.0, 0.0), moved);
        double greatest = 1.0 + Math.Max(0.0, shock * surface.LevelTermScales.Max());
        return new VolatilitySurface(
            surface.Underlying,
            surface.At,
            [.. surface.Slices.Select((slice, index) => slice with { Svi = moved[index] })],
            surface.Forwards,
            Math.Max(1.0, surface.LevelCertified / greatest),
            surface.State,
            surface.Findings,
            surface.ShockRatio);
    }

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
