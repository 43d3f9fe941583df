using System.Collections.Immutable;

namespace Breakwater.Parameters;

/// <summary>Constants of collateral haircuts (METHODOLOGY 5, specific wrong-way risk of 4.5).</summary>
public sealed record HaircutParameters
{
    private static readonly ParameterField DrawdownShareFractionField = new(
        "haircuts.drawdownShareFraction", "fraction", 0m, 1m, "0.05 / 7 d",
        "Share of the 7-day drawdown that a haircut may not fall below (METHODOLOGY 5).");

    private static readonly ParameterField DrawdownLevelField = new(
        "haircuts.drawdownLevel", "fraction", 0.9m, 0.999m, "0.005 / 7 d",
        "Quantile of 7-day drawdowns that counts (METHODOLOGY 5).");

    private static readonly ParameterField WindowYearsField = new(
        "haircuts.windowYears", "years", 1m, 10m, "1 / 14 d",
        "Past that shortfall and drawdown are taken from (METHODOLOGY 3.3, 5).");

    private static readonly ParameterField PegToleranceFractionField = new(
        "haircuts.pegToleranceFraction", "fraction", 0m, 0.02m, "0.001 / 7 d",
        "Distance from the peg that is noise: half of the hours of 2021-22 are nearer "
            + "(docs/methodology/haircuts.md).");

    private static readonly ParameterField PegSlopeField = new(
        "haircuts.pegSlope", "ratio", 1m, 10m, "1 / 7 d",
        "Haircut per distance below the peg beyond the tolerance (METHODOLOGY 5).");

    private static readonly ParameterField PegDeviationsField = new(
        "haircuts.pegDeviations", "multiple of σ of the peg", 0m, 6m, "0.5 / 7 d",
        "Deviations of the peg over a day that are held (METHODOLOGY 5; docs/methodology/haircuts.md).");

    private static readonly ParameterField PegMedianHoursField = new(
        "haircuts.pegMedianHours", "hours", 1m, 24m, "2 / 7 d",
        "Prices of pegged assets are medians of so many hours: single prints of aggregators are noise "
            + "(docs/methodology/haircuts.md).");

    private static readonly ParameterField DepegFractionField = new(
        "haircuts.depegFraction", "fraction", 0.002m, 0.1m, "0.005 / 7 d",
        "Distance below the peg that lifts the limit of haircut changes (METHODOLOGY 5).");

    private static readonly ParameterField RiseHourlyMaximumField = new(
        "haircuts.riseHourlyMaximum", "fraction per hour", 0.002m, 0.5m, "0.01 / 7 d",
        "Largest rise of a haircut in effect in an hour (METHODOLOGY 5).");

    private static readonly ParameterField FallHourlyMaximumField = new(
        "haircuts.fallHourlyMaximum", "fraction per hour", 0.0005m, 0.5m, "0.01 / 7 d",
        "Largest fall of a haircut in effect in an hour: slower than a rise "
            + "(docs/methodology/haircuts.md).");

    private static readonly ParameterField ConcentrationShareFractionField = new(
        "haircuts.concentrationShareFraction", "fraction", 0.1m, 1m, "0.1 / 7 d",
        "Share of an account's collateral beyond which one asset counts less (METHODOLOGY 5; "
            + "docs/adr/0056).");

    private static readonly ParameterField ConcentrationHaircutFractionField = new(
        "haircuts.concentrationHaircutFraction", "fraction", 0m, 0.5m, "0.05 / 7 d",
        "Haircut of the part beyond that share (METHODOLOGY 5).");

    private static readonly ParameterField ProtocolCapDaysField = new(
        "haircuts.protocolCapDays", "days of liquidation", 0.25m, 10m, "25 % / 7 d",
        "Cap of what the protocol should hold of an asset: so many days at the participation rate "
            + "(METHODOLOGY 5).");

    private static readonly ParameterField ProtocolCapSupplyFractionField = new(
        "haircuts.protocolCapSupplyFraction", "fraction of supply", 0.001m, 0.5m, "0.02 / 7 d",
        "Cap of what the protocol should hold of an asset: share of its circulating supply (METHODOLOGY "
            + "5).");

    private static readonly ParameterField ProtocolHaircutSlopeField = new(
        "haircuts.protocolHaircutSlope", "ratio", 0m, 1m, "0.05 / 7 d",
        "Rise of the haircut per holding beyond the cap, in caps (METHODOLOGY 5).");

    private static readonly ParameterField ProtocolHardCapRatioField = new(
        "haircuts.protocolHardCapRatio", "ratio", 1m, 3m, "0.25 / 7 d",
        "Holdings beyond so many caps count nothing (METHODOLOGY 5).");

    private static readonly ParameterField OwnEcosystemHaircutFractionField = new(
        "haircuts.ownEcosystemHaircutFraction", "fraction", 0.25m, 1m, "0.05 / 7 d",
        "Least haircut of a token of the protocol's own ecosystem: specific wrong-way risk (METHODOLOGY "
            + "4.5).");

    /// <summary>Every field of this section.</summary>
    internal static ImmutableArray<ParameterField> Fields { get; } =
    [
        DrawdownShareFractionField, DrawdownLevelField, WindowYearsField, PegToleranceFractionField, PegSlopeField,
        PegDeviationsField, PegMedianHoursField, DepegFractionField, RiseHourlyMaximumField,
        FallHourlyMaximumField, ConcentrationShareFractionField, ConcentrationHaircutFractionField,
        ProtocolCapDaysField, ProtocolCapSupplyFractionField, ProtocolHaircutSlopeField, ProtocolHardCapRatioField,
        OwnEcosystemHaircutFractionField,
    ];

    internal HaircutParameters(ParameterValues values)
    {
        DrawdownShareFraction = values[DrawdownShareFractionField];
        DrawdownLevel = values[DrawdownLevelField];
        WindowYears = values[WindowYearsField];
        PegToleranceFraction = values[PegToleranceFractionField];
        PegSlope = values[PegSlopeField];
        PegDeviations = values[PegDeviationsField];
        PegMedianHours = values.Whole(PegMedianHoursField);
        DepegFraction = values[DepegFractionField];
        RiseHourlyMaximum = values.Exact(RiseHourlyMaximumField);
        FallHourlyMaximum = values.Exact(FallHourlyMaximumField);
        ConcentrationShareFraction = values.Exact(ConcentrationShareFractionField);
        ConcentrationHaircutFraction = values.Exact(ConcentrationHaircutFractionField);
        ProtocolCapDays = values[ProtocolCapDaysField];
        ProtocolCapSupplyFraction = values[ProtocolCapSupplyFractionField];
        ProtocolHaircutSlope = values.Exact(ProtocolHaircutSlopeField);
        ProtocolHardCapRatio = values.Exact(ProtocolHardCapRatioField);
        OwnEcosystemHaircutFraction = values.Exact(OwnEcosystemHaircutFractionField);
    }

    /// <summary>Share of the weekly drawdown that is held.</summary>
    public double DrawdownShareFraction { get; }

    /// <summary>Quantile of weekly drawdowns.</summary>
    public double DrawdownLevel { get; }

    /// <summary>Past that is read, years.</summary>
    public double WindowYears { get; }

    /// <summary>Distance from the peg that costs nothing, fraction.</summary>
    public double PegToleranceFraction { get; }

    /// <summary>Haircut per distance below the peg.</summary>
    public double PegSlope { get; }

    /// <summary>Deviations of the peg that are held.</summary>
    public double PegDeviations { get; }

    /// <summary>Hours of the running median.</summary>
    public int PegMedianHours { get; }

    /// <summary>Distance below the peg that counts as lost.</summary>
    public double DepegFraction { get; }

    /// <summary>Largest rise in an hour, fraction.</summary>
    public decimal RiseHourlyMaximum { get; }

    /// <summary>Largest fall in an hour, fraction.</summary>
    public decimal FallHourlyMaximum { get; }

    /// <summary>Share beyond which one asset counts less.</summary>
    public decimal ConcentrationShareFraction { get; }

    /// <summary>Haircut of the part beyond it, fraction.</summary>
    public decimal ConcentrationHaircutFraction { get; }

    /// <summary>Days of liquidation that make the cap.</summary>
    public double ProtocolCapDays { get; }

    /// <summary>Share of supply that makes the cap.</summary>
    public double ProtocolCapSupplyFraction { get; }

    /// <summary>Haircut per cap held beyond the cap.</summary>
    public decimal ProtocolHaircutSlope { get; }

    /// <summary>Caps beyond which nothing counts.</summary>
    public decimal ProtocolHardCapRatio { get; }

    /// <summary>Least haircut of a token of the own ecosystem.</summary>
    public decimal OwnEcosystemHaircutFraction { get; }
}
