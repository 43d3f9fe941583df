using System.Collections.Immutable;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;

namespace Breakwater.Scenarios;

/// <summary>What the scenarios of one underlying are made of.</summary>
/// <param name="Parameters">Its governed constants.</param>
/// <param name="VolatilityAnnual">σ̂ of METHODOLOGY 3.2, fused and floored, per √year; &gt; 0.</param>
/// <param name="VolatilityLongAnnual">σ_long, per √year; &gt; 0.</param>
/// <param name="VolatilityShockRatio">Widening of volatility shocks by the state of its surface (METHODOLOGY 2.4); ≥ 1.
/// </param>
/// <param name="History">Its hourly closes with filtered variances.</param>
/// <param name="VolatilityIndex">Its volatility index; may be empty.</param>
internal sealed record UnderlyingInputs(
    UnderlyingParameters Parameters,
    double VolatilityAnnual,
    double VolatilityLongAnnual,
    double VolatilityShockRatio,
    FilteredHistory History,
    ImmutableArray<PricePoint> VolatilityIndex)
{
    /// <summary>What closing costs in it; <c>null</c> where its volatility is not to be adjusted for that.</summary>
    public LiquidityForecast? Liquidity { get; init; }

    /// <summary>The underlying.</summary>
    public AssetId Asset => Parameters.Asset;

    /// <summary>Time from the first to the last hourly close, years; 0 without history.</summary>
    public double HistoryYears => History.Hours.Length == 0
        ? 0d
        : (double)(History.Hours[^1] - History.Hours[0]) * Timestamp.HourMilliseconds / Timestamp.YearMilliseconds;

    /// <summary>Scale of jump sizes: clip(σ̂ ÷ σ_long, 0.75, 2) as shipped (METHODOLOGY 3.4).</summary>
    public double JumpScale(ScenarioParameters parameters) => Math.Clamp(
        VolatilityAnnual / VolatilityLongAnnual, parameters.JumpScaleMinimum, parameters.JumpScaleMaximum);
}

/// <summary>What both scenario sets are made of.</summary>
/// <param name="At">The instant.</param>
/// <param name="Underlyings">Inputs in order of asset.</param>
/// <param name="Leader">Index of the class leader.</param>
/// <param name="Parameters">Governed constants.</param>
/// <param name="Seed">Seed of the sets.</param>
internal sealed record ScenarioInputs(
    Timestamp At,
    ImmutableArray<UnderlyingInputs> Underlyings,
    int Leader,
    RiskParameters Parameters,
    ScenarioSeed Seed)
{
    /// <summary>Seed of the eighths of block B that this day's seed has not replaced yet.</summary>
    public ScenarioSeed SeedBefore { get; init; } = Seed;

    /// <summary>Order of the factors.</summary>
    public FactorLayout Layout { get; } = new([.. Underlyings.Select(input => input.Asset)], []);

    /// <summary>Number of underlyings.</summary>
    public int Count => Underlyings.Length;

    /// <summary>[8] key of Philox of each eighth of block B.</summary>
    public ImmutableArray<ulong> KeysOfEighths()
    {
        int replaced = ScenarioSeed.EighthsReplaced(At);
        return
        [
            .. Enumerable.Repeat(Seed.PhiloxKey, replaced),
            .. Enumerable.Repeat(SeedBefore.PhiloxKey, MonteCarloBlock.Eighths - replaced),
        ];
    }
}

/// <summary>One of the two horizons, with what follows from it for every underlying.</summary>
internal sealed record HorizonInputs
{
    private const double YearHours = (double)Timestamp.YearMilliseconds / Timestamp.HourMilliseconds;
    private const double DayHours = 24d;

    public HorizonInputs(ScenarioInputs inputs, MarginHorizon horizon)
        : this(
            inputs, horizon,
            [.. inputs.Underlyings.Select(input => HoursOf(input.Parameters, inputs.Parameters.Horizons, horizon))])
    {
    }

    /// <summary>A horizon of any hours: paths of METHODOLOGY 4.9 need their own.</summary>
    /// <param name="inputs">Volatilities and parameters.</param>
    /// <param name="horizon">Which set it stands in for.</param>
    /// <param name="hours">[underlying] hours; ≥ 1.</param>
    public HorizonInputs(ScenarioInputs inputs, MarginHorizon horizon, ImmutableArray<int> hours)
    {
        Horizon = horizon;
        Hours = hours;
        VolatilitiesAnnual = [.. inputs.Underlyings.Select((input, index) => input.Liquidity is { } liquidity
            ? LiquidityVolatility.Of(
                input.VolatilityAnnual, Hours[index] / YearHours, liquidity, inputs.Parameters.Liquidity)
            : input.VolatilityAnnual)];
        Deviations = [.. VolatilitiesAnnual.Select((volatility, index) =>
            volatility * Math.Sqrt(Hours[index] / YearHours))];
        GridMoves = [.. inputs.Underlyings.Select((input, index) => Math.Min(
            inputs.Parameters.Grid.MoveMaximum,
            Math.Max(
                MoveFloor(input.Parameters, inputs.Parameters.Grid) * Math.Sqrt(Hours[index] / DayHours),
                inputs.Parameters.Grid.Sigmas * Deviations[index])))];
    }

    /// <summary>Which horizon.</summary>
    public MarginHorizon Horizon { get; }

    /// <summary>[underlying] hours.</summary>
    public ImmutableArray<int> Hours { get; }

    /// <summary>[underlying] σ_LA of METHODOLOGY 4.4 for the horizon, per √year; ≥ σ̂.</summary>
    public ImmutableArray<double> VolatilitiesAnnual { get; }

    /// <summary>[underlying] σ_LA·√h, log return.</summary>
    public ImmutableArray<double> Deviations { get; }

    /// <summary>[underlying] R_h of METHODOLOGY 3.6: half-width of the grid, simple return.</summary>
    public ImmutableArray<double> GridMoves { get; }

    /// <summary>Greatest of the hours.</summary>
    public int HoursMaximum => Hours.Max();

    /// <summary>Horizon of one underlying, years.</summary>
    public double Years(int underlying) => Hours[underlying] / YearHours;

    /// <summary>Horizon of one underlying, days.</summary>
    public double Days(int underlying) => Hours[underlying] / DayHours;

    private static int HoursOf(UnderlyingParameters underlying, HorizonParameters parameters, MarginHorizon horizon) =>
        (horizon, underlying.RiskClass) switch
        {
            (MarginHorizon.Maintenance, 1) => parameters.MaintenanceHoursClass1,
            (MarginHorizon.Maintenance, 2) => parameters.MaintenanceHoursClass2,
            (MarginHorizon.Maintenance, _) => parameters.MaintenanceHoursClass3,
            (_, 1) => parameters.InitialHoursClass1,
            (_, 2) => parameters.InitialHoursClass2,
            _ => parameters.InitialHoursClass3,
        };

    private static double MoveFloor(UnderlyingParameters underlying, GridParameters parameters) =>
        underlying.RiskClass switch
        {
            1 => parameters.MoveFloorClass1,
            2 => parameters.MoveFloorClass2,
            _ => parameters.MoveFloorClass3,
        };
}
