using System.Collections.Immutable;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Engine;

/// <summary>Which instruments of which asset are revalued, and from what.</summary>
internal static class RowInputs
{
    /// <summary>By asset, in order: every underlying of an instrument and what moves it, with spot of each.</summary>
    internal static ImmutableArray<(AssetId Asset, RowKey Key)> Of(
        MarketSnapshot market,
        Stage<ForecastKey, UnderlyingForecast> underlyings,
        Stage<CollateralKey, CollateralForecast> collateral,
        Stage<SurfaceKey, VolatilitySurface> fitted,
        ScenarioSets scenarios,
        MarketGround ground)
    {
        SortedDictionary<AssetId, SortedSet<Instrument>> byAsset = [];
        foreach (Instrument instrument in ground.Instruments)
        {
            AssetId asset = instrument.Underlying;
            InstrumentsOf(asset, byAsset).Add(instrument);
            if (ground.Parameters.MovedBy(asset) is { } mover && market.Find(mover) is not null)
            {
                InstrumentsOf(mover, byAsset);
            }
        }

        return
        [
            .. byAsset.Select(own => (own.Key, new RowKey(
                [.. own.Value],
                market.At,
                market.Find(own.Key),
                underlyings.Find(own.Key)?.Value,
                collateral.Find(own.Key)?.Value,
                fitted.Find(own.Key)?.Value,
                scenarios,
                ground.Parameters))),
        ];
    }

    private static SortedSet<Instrument> InstrumentsOf(
        AssetId asset, SortedDictionary<AssetId, SortedSet<Instrument>> byAsset)
    {
        if (!byAsset.TryGetValue(asset, out SortedSet<Instrument>? own))
        {
            own = [new Spot(asset)];
            byAsset.Add(asset, own);
        }

        return own;
    }
}
