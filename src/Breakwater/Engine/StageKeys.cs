using System.Collections.Immutable;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Engine;

/// <summary>What assembling the market of an asset reads.</summary>
/// <param name="Seen">Its observations.</param>
/// <param name="At">The instant that everything is valued as of.</param>
internal sealed record AssemblyKey(UnderlyingObservations Seen, Timestamp At);

/// <summary>What the forecast of an underlying reads.</summary>
/// <param name="Market">Its market without quotes, marks and funding.</param>
/// <param name="Leader">The class leader: asset and daily closes.</param>
/// <param name="Parameters">Governed constants.</param>
internal sealed record ForecastKey(UnderlyingMarket Market, UnderlyingMarket Leader, RiskParameters Parameters)
{
    /// <summary>Key of an underlying.</summary>
    internal static ForecastKey Of(UnderlyingMarket market, UnderlyingMarket leader, RiskParameters parameters) => new(
        market with { Quotes = [], FutureMarks = [], PerpetualMarkUsd = null, FundingRate8h = null },
        OnlyDaily(leader),
        parameters);

    private static UnderlyingMarket OnlyDaily(UnderlyingMarket leader) => new(
        leader.Asset, default, 0.0, [], [], null, null,
        PriceHistory.Empty with { Daily = leader.Prices.Daily }, []);
}

/// <summary>What the forecast of an asset as collateral reads.</summary>
/// <param name="Underlying">Its forecast as an underlying; <c>null</c> if it is none.</param>
/// <param name="Market">Its market where it is no underlying.</param>
/// <param name="PegPrices">Prices of what it is pegged to.</param>
/// <param name="At">The instant; of an underlying the start of its hour.</param>
/// <param name="Parameters">Governed constants.</param>
internal sealed record CollateralKey(
    UnderlyingForecast? Underlying,
    UnderlyingMarket? Market,
    PriceHistory PegPrices,
    Timestamp At,
    RiskParameters Parameters)
{
    /// <summary>Key of an underlying.</summary>
    internal static CollateralKey Of(UnderlyingForecast own, Timestamp at, RiskParameters parameters)
    {
        long hour = at.UnixMilliseconds / Timestamp.HourMilliseconds;
        Timestamp start = Timestamp.FromUnixMilliseconds(hour * Timestamp.HourMilliseconds);
        return new CollateralKey(own, null, PriceHistory.Empty, start, parameters);
    }

    /// <summary>The forecast.</summary>
    internal CollateralForecast Make() => Underlying is { } own
        ? CollateralForecast.OfUnderlying(own, At, Parameters)
        : CollateralForecast.OfCollateral(Market!, PegPrices, At, Parameters); // one of the two is there
}

/// <summary>What the surface of an underlying reads.</summary>
/// <param name="Market">Its market: time, index, quotes, marks of futures.</param>
/// <param name="ByAge">State that the age of its snapshot asks for.</param>
/// <param name="VolatilityAnnual">σ̂ of its forecast, per √year.</param>
/// <param name="LastGood">Its last fresh surface; <c>null</c> if none is remembered.</param>
/// <param name="Parameters">Governed constants.</param>
internal sealed record SurfaceKey(
    UnderlyingMarket Market,
    SurfaceState ByAge,
    double? VolatilityAnnual,
    VolatilitySurface? LastGood,
    RiskParameters Parameters)
{
    /// <summary>Key of an underlying.</summary>
    internal static SurfaceKey Of(
        UnderlyingMarket market, Timestamp at, UnderlyingForecast? forecast, MarketGround ground) => new(
            market with
            {
                PerpetualMarkUsd = null,
                FundingRate8h = null,
                Prices = PriceHistory.Empty,
                VolatilityIndex = [],
                DailyVolumes = [],
                Depth = null,
                Flow = FlowObservations.None,
            },
            SurfaceCalibration.StateByAge(market, at, ground.Parameters),
            forecast?.VolatilityAnnual,
            ground.LastGood?.Find(market.Asset),
            ground.Parameters);

    /// <summary>The surface.</summary>
    internal VolatilitySurface Make() =>
        SurfaceCalibration.FitUnderlying(Market, ByAge, VolatilityAnnual, Parameters, LastGood);
}

/// <summary>What revaluing the instruments of an asset reads.</summary>
/// <param name="Instruments">The instruments, in order of name, spot among them.</param>
/// <param name="At">The instant that everything is valued as of.</param>
/// <param name="Market">Its market; <c>null</c> if there is none.</param>
/// <param name="Forecast">Its forecast; <c>null</c> if there is none.</param>
/// <param name="Collateral">Its forecast as collateral; <c>null</c> if there is none.</param>
/// <param name="Surface">Its surface; <c>null</c> if there is none.</param>
/// <param name="Scenarios">Both scenario sets.</param>
/// <param name="Parameters">Governed constants.</param>
internal sealed record RowKey(
    ImmutableArray<Instrument> Instruments,
    Timestamp At,
    UnderlyingMarket? Market,
    UnderlyingForecast? Forecast,
    CollateralForecast? Collateral,
    VolatilitySurface? Surface,
    ScenarioSets Scenarios,
    RiskParameters Parameters)
{
    /// <summary>Whether the same is read: instruments one by one, the rest as records.</summary>
    public bool Equals(RowKey? other) => other is not null
        && At == other.At
        && Market == other.Market
        && Forecast == other.Forecast
        && Collateral == other.Collateral
        && Surface == other.Surface
        && ReferenceEquals(Scenarios, other.Scenarios)
        && ReferenceEquals(Parameters, other.Parameters)
        && (Instruments == other.Instruments || Instruments.AsSpan().SequenceEqual(other.Instruments.AsSpan()));

    /// <inheritdoc/>
    public override int GetHashCode() => At.GetHashCode();
}
