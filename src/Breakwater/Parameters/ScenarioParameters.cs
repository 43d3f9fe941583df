using System.Collections.Immutable;

namespace Breakwater.Parameters;

/// <summary>Constants of the distribution blocks A and B (METHODOLOGY 3.3–3.5).</summary>
public sealed record ScenarioParameters
{
    private static readonly ParameterField HistoricalWindowYearsField = new(
        "scenarios.historicalWindowYears", "years", 1m, 10m, "1 / 7 d",
        "Past hours that block A draws from (METHODOLOGY 3.3).");

    private static readonly ParameterField HistoricalExtremeFractionField = new(
        "scenarios.historicalExtremeFraction", "fraction", 0.005m, 0.05m, "0.005 / 7 d",
        "Most extreme dates per underlying that are always included (METHODOLOGY 3.3).");

    private static readonly ParameterField HistoricalMinimumYearsField = new(
        "scenarios.historicalMinimumYears", "years", 0.25m, 3m, "0.5 / 7 d",
        "A shorter history is replaced by beta to the leader and a residual (METHODOLOGY 3.3).");

    private static readonly ParameterField ProxyResidualScaleField = new(
        "scenarios.proxyResidualScale", "ratio", 1m, 3m, "0.25 / 7 d",
        "Widening of the residual of a proxy (METHODOLOGY 3.3).");

    private static readonly ParameterField CopulaDegreesField = new(
        "scenarios.copulaDegrees", "degrees of freedom", 2m, 30m, "1 / 7 d",
        "t-copula of hourly innovations: matches BTC–ETH lower-tail dependence 0.63 (METHODOLOGY 3.4).");

    private static readonly ParameterField InnovationDegreesField = new(
        "scenarios.innovationDegrees", "degrees of freedom", 3m, 30m, "1 / 7 d",
        "Margins of the innovations beside jumps; above 2 so that the variance exists (METHODOLOGY 3.4).");

    private static readonly ParameterField CommonJumpFractionField = new(
        "scenarios.commonJumpFraction", "fraction", 0m, 1m, "0.1 / 7 d",
        "Share of jumps that hit every underlying (METHODOLOGY 3.4).");

    private static readonly ParameterField JumpScaleMinimumField = new(
        "scenarios.jumpScaleMinimum", "ratio", 0.5m, 1m, "0.1 / 7 d",
        "Lower end of the scaling of jump sizes with volatility (METHODOLOGY 3.4).");

    private static readonly ParameterField JumpScaleMaximumField = new(
        "scenarios.jumpScaleMaximum", "ratio", 1m, 4m, "0.25 / 7 d",
        "Upper end of the scaling of jump sizes with volatility (METHODOLOGY 3.4).");

    private static readonly ParameterField DiffusionShareMinimumField = new(
        "scenarios.diffusionShareMinimum", "fraction", 0.1m, 0.9m, "0.1 / 7 d",
        "The diffusion keeps at least this share of the variance (METHODOLOGY 3.4).");

    private static readonly ParameterField VolatilityReversionAnnualField = new(
        "scenarios.volatilityReversionAnnual", "1/year", 0m, 50m, "×1.5 / 7 d",
        "Speed of return of log volatility in block B (METHODOLOGY 3.4; docs/methodology/scenario-calibration.md).");

    private static readonly ParameterField SpotVolatilityBearField = new(
        "scenarios.spotVolatilityBear", "correlation", -0.95m, 0.95m, "0.1 / 7 d",
        "Spot–volatility correlation, bear regime, probability ½ (METHODOLOGY 3.4).");

    private static readonly ParameterField SpotVolatilityNeutralField = new(
        "scenarios.spotVolatilityNeutral", "correlation", -0.95m, 0.95m, "0.1 / 7 d",
        "Spot–volatility correlation, neutral regime, probability ¼ (METHODOLOGY 3.4).");

    private static readonly ParameterField SpotVolatilityBullField = new(
        "scenarios.spotVolatilityBull", "correlation", -0.95m, 0.95m, "0.1 / 7 d",
        "Spot–volatility correlation, bull regime, probability ¼ (METHODOLOGY 3.4).");

    private static readonly ParameterField CorrelationHalfLifeDaysField = new(
        "scenarios.correlationHalfLifeDays", "days", 5m, 180m, "20 % / 7 d",
        "Memory of the correlation (METHODOLOGY 3.5).");

    private static readonly ParameterField CorrelationStressMildField = new(
        "scenarios.correlationStressMild", "fraction", 0m, 1m, "0.1 / 7 d",
        "Mild pull of all correlations to one (METHODOLOGY 3.5).");

    private static readonly ParameterField CorrelationStressSevereField = new(
        "scenarios.correlationStressSevere", "fraction", 0m, 1m, "0.1 / 7 d",
        "Severe pull of all correlations to one (METHODOLOGY 3.5).");

    private static readonly ParameterField CorrelationNormalWeightField = new(
        "scenarios.correlationNormalWeight", "fraction", 0.3m, 0.9m, "0.1 / 7 d",
        "Share of block B without stress (METHODOLOGY 3.5).");

    private static readonly ParameterField CorrelationMildWeightField = new(
        "scenarios.correlationMildWeight", "fraction", 0m, 0.5m, "0.1 / 7 d",
        "Share of block B under mild stress; the rest is severe (METHODOLOGY 3.5).");

    private static readonly ParameterField CorrelationHalvedFractionField = new(
        "scenarios.correlationHalvedFraction", "fraction", 0m, 0.5m, "0.05 / 7 d",
        "Share of the first stratum with halved correlations (METHODOLOGY 3.5).");

    /// <summary>Every field of this section.</summary>
    internal static ImmutableArray<ParameterField> Fields { get; } =
    [
        HistoricalWindowYearsField, HistoricalExtremeFractionField, HistoricalMinimumYearsField,
        ProxyResidualScaleField, CopulaDegreesField, InnovationDegreesField, CommonJumpFractionField,
        JumpScaleMinimumField, JumpScaleMaximumField, DiffusionShareMinimumField, VolatilityReversionAnnualField,
        SpotVolatilityBearField, SpotVolatilityNeutralField, SpotVolatilityBullField, CorrelationHalfLifeDaysField,
        CorrelationStressMildField, CorrelationStressSevereField, CorrelationNormalWeightField,
        CorrelationMildWeightField, CorrelationHalvedFractionField,
    ];

    internal ScenarioParameters(ParameterValues values)
    {
        HistoricalWindowYears = values[HistoricalWindowYearsField];
        HistoricalExtremeFraction = values[HistoricalExtremeFractionField];
        HistoricalMinimumYears = values[HistoricalMinimumYearsField];
        ProxyResidualScale = values[ProxyResidualScaleField];
        CopulaDegrees = values.Whole(CopulaDegreesField);
        InnovationDegrees = values[InnovationDegreesField];
        CommonJumpFraction = values[CommonJumpFractionField];
        JumpScaleMinimum = values[JumpScaleMinimumField];
        JumpScaleMaximum = values[JumpScaleMaximumField];
        DiffusionShareMinimum = values[DiffusionShareMinimumField];
        VolatilityReversionAnnual = values[VolatilityReversionAnnualField];
        SpotVolatilityBear = values[SpotVolatilityBearField];
        SpotVolatilityNeutral = values[SpotVolatilityNeutralField];
        SpotVolatilityBull = values[SpotVolatilityBullField];
        CorrelationHalfLifeDays = values[CorrelationHalfLifeDaysField];
        CorrelationStressMild = values[CorrelationStressMildField];
        CorrelationStressSevere = values[CorrelationStressSevereField];
        CorrelationNormalWeight = values[CorrelationNormalWeightField];
        CorrelationMildWeight = values[CorrelationMildWeightField];
        CorrelationHalvedFraction = values[CorrelationHalvedFractionField];
    }

    /// <summary>Window of block A, years.</summary>
    public double HistoricalWindowYears { get; }

    /// <summary>Share of most extreme dates always included.</summary>
    public double HistoricalExtremeFraction { get; }

    /// <summary>History below which block A uses a proxy, years.</summary>
    public double HistoricalMinimumYears { get; }

    /// <summary>Widening of a proxy's residual.</summary>
    public double ProxyResidualScale { get; }

    /// <summary>Degrees of freedom of the t-copula, ν_c.</summary>
    public int CopulaDegrees { get; }

    /// <summary>Degrees of freedom of the innovations' margins beside jumps, ν_d.</summary>
    public double InnovationDegrees { get; }

    /// <summary>Share of jumps that hit every underlying, c_J.</summary>
    public double CommonJumpFraction { get; }

    /// <summary>Least scale of jump sizes.</summary>
    public double JumpScaleMinimum { get; }

    /// <summary>Greatest scale of jump sizes.</summary>
    public double JumpScaleMaximum { get; }

    /// <summary>Least share of the diffusion in the variance.</summary>
    public double DiffusionShareMinimum { get; }

    /// <summary>Speed of mean reversion of log volatility, per year.</summary>
    public double VolatilityReversionAnnual { get; }

    /// <summary>Spot–volatility correlation of the bear regime (probability ½).</summary>
    public double SpotVolatilityBear { get; }

    /// <summary>Spot–volatility correlation of the neutral regime (probability ¼).</summary>
    public double SpotVolatilityNeutral { get; }

    /// <summary>Spot–volatility correlation of the bull regime (probability ¼).</summary>
    public double SpotVolatilityBull { get; }

    /// <summary>Half-life of the correlation, days.</summary>
    public double CorrelationHalfLifeDays { get; }

    /// <summary>Mild correlation stress s.</summary>
    public double CorrelationStressMild { get; }

    /// <summary>Severe correlation stress s.</summary>
    public double CorrelationStressSevere { get; }

    /// <summary>Share of block B in the first stratum, s = 0.</summary>
    public double CorrelationNormalWeight { get; }

    /// <summary>Share of block B under mild stress.</summary>
    public double CorrelationMildWeight { get; }

    /// <summary>Share of the first stratum with halved correlations.</summary>
    public double CorrelationHalvedFraction { get; }
}
