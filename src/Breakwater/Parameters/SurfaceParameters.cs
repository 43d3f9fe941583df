using System.Collections.Immutable;

namespace Breakwater.Parameters;

/// <summary>Constants of volatility surfaces (METHODOLOGY 2).</summary>
public sealed record SurfaceParameters
{
    private static readonly ParameterField LevelCertifiedField = new(
        "surfaces.levelCertified", "ratio", 1m, 4m, "0.5 / 7 d",
        "c_res: volatility may rise by this factor before a slice needs repair (METHODOLOGY 2.2, 2.5).");

    private static readonly ParameterField HuberField = new(
        "surfaces.huberThreshold", "scaled residuals", 0.5m, 3m, "25 % / 3 d",
        "Residual from which a quote pulls linearly, not quadratically: bounds what one quote can do "
        + "(METHODOLOGY 2.2).");

    private static readonly ParameterField SpreadMaximumField = new(
        "surfaces.spreadMaximumVolPoints", "vol points", 5m, 100m, "25 % / 3 d",
        "A wider quote is dropped, unless its spread is a smaller share of its volatility (METHODOLOGY 2.1).");

    private static readonly ParameterField SpreadMaximumFractionField = new(
        "surfaces.spreadMaximumFraction", "fraction of mid volatility", 0.1m, 1m, "25 % / 3 d",
        "A wider quote is dropped, unless its spread is small in vol points (METHODOLOGY 2.1).");

    private static readonly ParameterField ScaleFloorField = new(
        "surfaces.residualFloorVolPoints", "vol points", 0.1m, 3m, "25 % / 3 d",
        "Added to the half-spread to scale residuals: no quote is believed better than this (METHODOLOGY 2.1).");

    private static readonly ParameterField QuoteAgeShortField = new(
        "surfaces.quoteAgeMaximumShortSeconds", "seconds", 5m, 600m, "25 % / 3 d",
        "Greatest age of a quote that expires within 7 days (METHODOLOGY 2.1).");

    private static readonly ParameterField QuoteAgeLongField = new(
        "surfaces.quoteAgeMaximumSeconds", "seconds", 5m, 3600m, "25 % / 3 d",
        "Greatest age of any other quote (METHODOLOGY 2.1).");

    private static readonly ParameterField GateRmseField = new(
        "surfaces.gateRmseVolPoints", "vol points", 0.5m, 5m, "25 % / 3 d",
        "Quality gate: a slice over 2 days fits within this, or within its median half-spread (METHODOLOGY 2.2).");

    private static readonly ParameterField GateShareField = new(
        "surfaces.gateShareWithinOnePoint", "fraction of quotes", 0.5m, 1m, "0.05 / 3 d",
        "Quality gate: quotes fitted within their spread and one vol point (METHODOLOGY 2.2).");

    private static readonly ParameterField GateFailuresField = new(
        "surfaces.gateFailuresMaximum", "fraction of slices", 0.1m, 0.9m, "0.1 / 3 d",
        "Slices that may fail their gate before the surface is degraded (METHODOLOGY 2.2).");

    private static readonly ParameterField FreshAgeField = new(
        "surfaces.freshAgeMaximumSeconds", "seconds", 5m, 600m, "25 % / 3 d",
        "An older surface is degraded (METHODOLOGY 2.4).");

    private static readonly ParameterField DegradedAgeField = new(
        "surfaces.degradedAgeMaximumSeconds", "seconds", 60m, 3600m, "25 % / 3 d",
        "An older surface is stale (METHODOLOGY 2.4).");

    private static readonly ParameterField StaleAgeField = new(
        "surfaces.staleAgeMaximumSeconds", "seconds", 600m, 14400m, "25 % / 3 d",
        "An older surface halts its market (METHODOLOGY 2.4).");

    private static readonly ParameterField StaleRaiseField = new(
        "surfaces.staleVarianceRatio", "ratio to forecast variance", 1m, 2m, "0.1 / 3 d",
        "A stale surface has at least this multiple of forecast variance at k = 0 (METHODOLOGY 2.4).");

    private static readonly ParameterField ShockDegradedField = new(
        "surfaces.shockRatioDegraded", "ratio", 1m, 2m, "0.1 / 3 d",
        "Volatility shocks of a degraded surface are multiplied by this (METHODOLOGY 2.4).");

    private static readonly ParameterField ShockStaleField = new(
        "surfaces.shockRatioStale", "ratio", 1m, 3m, "0.1 / 3 d",
        "Volatility shocks of a stale or borrowed surface are multiplied by this (METHODOLOGY 2.4).");

    private static readonly ParameterField DefaultRhoClass1Field = DefaultRho(1);
    private static readonly ParameterField DefaultRhoClass2Field = DefaultRho(2);
    private static readonly ParameterField DefaultRhoClass3Field = DefaultRho(3);
    private static readonly ParameterField DefaultSmileClass1Field = DefaultSmile(1);
    private static readonly ParameterField DefaultSmileClass2Field = DefaultSmile(2);
    private static readonly ParameterField DefaultSmileClass3Field = DefaultSmile(3);

    /// <summary>Every field of this section.</summary>
    internal static ImmutableArray<ParameterField> Fields { get; } =
    [
        LevelCertifiedField, HuberField, SpreadMaximumField, SpreadMaximumFractionField, ScaleFloorField,
        QuoteAgeShortField, QuoteAgeLongField, GateRmseField, GateShareField, GateFailuresField,
        FreshAgeField, DegradedAgeField, StaleAgeField, StaleRaiseField, ShockDegradedField, ShockStaleField,
        DefaultRhoClass1Field, DefaultRhoClass2Field, DefaultRhoClass3Field,
        DefaultSmileClass1Field, DefaultSmileClass2Field, DefaultSmileClass3Field,
    ];

    private readonly ImmutableArray<double> _defaultRho;
    private readonly ImmutableArray<double> _defaultSmile;

    internal SurfaceParameters(ParameterValues values)
    {
        LevelCertified = values[LevelCertifiedField];
        HuberThreshold = values[HuberField];
        SpreadMaximum = values[SpreadMaximumField] / VolPointsPerUnit;
        SpreadMaximumFraction = values[SpreadMaximumFractionField];
        ScaleFloor = values[ScaleFloorField] / VolPointsPerUnit;
        QuoteAgeMaximumShortSeconds = values[QuoteAgeShortField];
        QuoteAgeMaximumSeconds = values[QuoteAgeLongField];
        GateRmseVolPoints = values[GateRmseField];
        GateShareWithinOnePoint = values[GateShareField];
        GateFailuresMaximum = values[GateFailuresField];
        FreshAgeMaximumSeconds = values[FreshAgeField];
        DegradedAgeMaximumSeconds = values[DegradedAgeField];
        StaleAgeMaximumSeconds = values[StaleAgeField];
        StaleVarianceRatio = values[StaleRaiseField];
        ShockRatioDegraded = values[ShockDegradedField];
        ShockRatioStale = values[ShockStaleField];
        _defaultRho = [values[DefaultRhoClass1Field], values[DefaultRhoClass2Field], values[DefaultRhoClass3Field]];
        _defaultSmile =
            [values[DefaultSmileClass1Field], values[DefaultSmileClass2Field], values[DefaultSmileClass3Field]];
    }

    private const double VolPointsPerUnit = 100.0; // A vol point is 0.01 of volatility.

    /// <summary>Greatest level c up to which slices are certified free of butterfly arbitrage.</summary>
    public double LevelCertified { get; }

    /// <summary>Scaled residual from which loss grows linearly.</summary>
    public double HuberThreshold { get; }

    /// <summary>Spread beyond which a quote may be dropped, volatility (0.25 is 25 vol points).</summary>
    public double SpreadMaximum { get; }

    /// <summary>Spread beyond which a quote may be dropped, fraction of its mid volatility.</summary>
    public double SpreadMaximumFraction { get; }

    /// <summary>Added to half-spreads to scale residuals, volatility (0.005 is half a vol point).</summary>
    public double ScaleFloor { get; }

    /// <summary>Greatest age of a quote that expires within 7 days, seconds.</summary>
    public double QuoteAgeMaximumShortSeconds { get; }

    /// <summary>Greatest age of any other quote, seconds.</summary>
    public double QuoteAgeMaximumSeconds { get; }

    /// <summary>Quality gate on the root mean square error, vol points.</summary>
    public double GateRmseVolPoints { get; }

    /// <summary>Quality gate on the fraction of quotes fitted within their spread ± 1 vol point.</summary>
    public double GateShareWithinOnePoint { get; }

    /// <summary>Fraction of slices that may fail their gate.</summary>
    public double GateFailuresMaximum { get; }

    /// <summary>Age up to which a surface is fresh, seconds.</summary>
    public double FreshAgeMaximumSeconds { get; }

    /// <summary>Age up to which a surface is degraded, seconds.</summary>
    public double DegradedAgeMaximumSeconds { get; }

    /// <summary>Age up to which a surface is stale, seconds; beyond, its market halts.</summary>
    public double StaleAgeMaximumSeconds { get; }

    /// <summary>Least variance at k = 0 of a stale surface, ratio to forecast variance.</summary>
    public double StaleVarianceRatio { get; }

    /// <summary>Multiplier of volatility shocks of a degraded surface.</summary>
    public double ShockRatioDegraded { get; }

    /// <summary>Multiplier of volatility shocks of a stale or borrowed surface.</summary>
    public double ShockRatioStale { get; }

    /// <summary>Skew ρ of a surface without options.</summary>
    /// <param name="riskClass">Risk class, 1–3.</param>
    public double DefaultRhoOf(int riskClass) => _defaultRho[riskClass - 1];

    /// <summary>Smile ψ/√θ of a surface without options.</summary>
    /// <param name="riskClass">Risk class, 1–3.</param>
    public double DefaultSmileOf(int riskClass) => _defaultSmile[riskClass - 1];

    private static ParameterField DefaultRho(int riskClass) => new(
        $"surfaces.defaultRhoClass{riskClass}", "correlation", -0.9m, 0.9m, "0.1 / 7 d",
        $"Skew ρ borrowed where class {riskClass} has no options (METHODOLOGY 2.4).");

    private static ParameterField DefaultSmile(int riskClass) => new(
        $"surfaces.defaultSmileClass{riskClass}", "ratio ψ/√θ", 0m, 1.4m, "0.1 / 7 d",
        $"Smile borrowed where class {riskClass} has no options; 1.4 keeps butterflies out (METHODOLOGY 2.2, 2.4).");
}
