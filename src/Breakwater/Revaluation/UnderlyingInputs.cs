using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Revaluation;

/// <summary>What is known about one asset, and which of its instruments can be valued with it.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="At">Instant of valuation.</param>
/// <param name="Market">Its market; <c>null</c> if there is none.</param>
/// <param name="Surface">Its surface; <c>null</c> if there is none.</param>
/// <param name="Terms">Its governed constants; <c>null</c> if it is not governed.</param>
/// <param name="Forecast">Its forecast; <c>null</c> if there is none.</param>
/// <param name="VolatilityAnnual">σ̂ of METHODOLOGY 3.2, fused with the implied one, per √year; 0 without
/// forecast.</param>
/// <param name="UnderlyingIndex">Index among the scenario sets' underlyings; −1 if it is none.</param>
/// <param name="ReturnColumn">Column of its log return, for a collateral asset that of the underlying it is pegged
/// to; −1 if no scenario moves it.</param>
internal sealed record UnderlyingInputs(
    AssetId Asset,
    Timestamp At,
    UnderlyingMarket? Market,
    VolatilitySurface? Surface,
    UnderlyingParameters? Terms,
    UnderlyingForecast? Forecast,
    double VolatilityAnnual,
    int UnderlyingIndex,
    int ReturnColumn)
{
    // Greatest price or value of a lot: six hundred percent up, it still fits the 2^53 micro-dollars of an entry.
    private const double AmountLimitUsd = 1e9;

    /// <summary>Its governed constants where it is collateral and no underlying.</summary>
    internal CollateralAssetParameters? Collateral { get; init; }

    private bool IsNumeraire => Asset == AssetId.Numeraire;

    /// <summary>Index, USD.</summary>
    internal double IndexUsd => IsNumeraire ? 1.0 : Market!.IndexUsd;

    /// <summary>Collects what is known about an asset.</summary>
    internal static UnderlyingInputs Of(
        AssetId asset, MarketSnapshot market, MarketForecast forecast, SurfaceSet surfaces, ScenarioSets scenarios,
        RiskParameters parameters)
    {
        FactorLayout layout = scenarios.Maintenance.Layout;
        int underlying = layout.Underlyings.IndexOf(asset);
        int moving = parameters.MovedBy(asset) is { } mover ? layout.Underlyings.IndexOf(mover) : -1;
        int column = moving >= 0 ? FactorLayout.Column(moving, RiskFactorKind.SpotReturn) : -1;
        UnderlyingForecast? own = forecast.Find(asset);
        VolatilitySurface? surface = surfaces.Find(asset);
        double volatility = own is null ? 0.0 : FusedVolatility.Of(own, surface, parameters.Volatility);
        return new UnderlyingInputs(
            asset, market.At, market.Find(asset), surface, parameters.Find(asset), own, volatility, underlying, column)
        {
            Collateral = parameters.FindCollateral(asset),
        };
    }

    /// <summary>Adds why an instrument cannot be valued; nothing if it can.</summary>
    /// <param name="instrument">The instrument, on this asset.</param>
    /// <param name="failures">Reasons are added.</param>
    internal void AddRefusals(Instrument instrument, List<Failure> failures)
    {
        if (IsNumeraire && instrument is Spot) return;
        int before = failures.Count;
        if (Market is null) failures.Add(Unknown(instrument, "market"));
        if (Terms is null && Collateral is null) failures.Add(Unknown(instrument, "parameters"));
        bool isMoved = instrument is Spot ? ReturnColumn >= 0 || Collateral is { RevaluedBy: null }
            : UnderlyingIndex >= 0;
        if (!isMoved) failures.Add(Unknown(instrument, "scenarios"));
        bool isDated = instrument is DatedFuture or VanillaOption;
        if (isDated && Surface is null) failures.Add(Unknown(instrument, "surface"));
        if (ExpiryOf(instrument) is Timestamp expiry && expiry <= At)
        {
            failures.Add(new Failure(
                FailureReason.Expired, $"{instrument} has expired", Value: $"{expiry}", Limit: $"after {At}"));
        }

        if (failures.Count > before) return;
        double amount = LargestAmountUsd(instrument);
        if (!(amount < AmountLimitUsd))
        {
            failures.Add(new Failure(
                FailureReason.OutOfRange,
                $"{instrument}: a price or the value of a lot is out of range",
                Value: $"{amount:R} USD",
                Limit: $"below {AmountLimitUsd:R} USD"));
        }
    }

    private double LargestAmountUsd(Instrument instrument)
    {
        double lot = instrument is Spot ? 1.0 : Math.Max(1.0, (double)Terms!.LotOf(instrument));
        double strike = instrument is VanillaOption option ? (double)option.StrikeUsd : 0.0;
        double perpetual = instrument is Perpetual ? Market!.PerpetualMarkUsd ?? 0.0 : 0.0;
        return lot * Math.Max(strike, Math.Max(perpetual, Market!.IndexUsd));
    }

    private static Timestamp? ExpiryOf(Instrument instrument) => instrument switch
    {
        DatedFuture future => future.Expiry,
        VanillaOption option => option.Expiry,
        _ => null,
    };

    private Failure Unknown(Instrument instrument, string what) => new(
        FailureReason.UnknownInstrument,
        $"{instrument} cannot be valued: {Asset} has no {what}",
        Value: instrument.Name);
}
