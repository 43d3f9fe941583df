using System.Collections.Immutable;

namespace Breakwater.Parameters;

/// <summary>Constants of the add-ons and multipliers (METHODOLOGY 4.3, 4.5, 4.7, 4.8).</summary>
public sealed record AddOnParameters
{
    private static readonly ParameterField BufferFractionField = new(
        "addOns.bufferFraction", "fraction of core", 0m, 0.25m, "0.05 / 7 d",
        "Anti-procyclical buffer in calm markets (METHODOLOGY 4.7).");

    private static readonly ParameterField BufferWindowYearsField = new(
        "addOns.bufferWindowYears", "years", 1m, 10m, "1 / 7 d",
        "Past of the volatility filter that says what is calm (METHODOLOGY 4.7).");

    private static readonly ParameterField BufferCalmQuantileField = new(
        "addOns.bufferCalmQuantile", "fraction", 0.1m, 0.8m, "0.1 / 7 d",
        "Up to this quantile of its past a volatility is calm (METHODOLOGY 4.7).");

    private static readonly ParameterField BufferStressQuantileField = new(
        "addOns.bufferStressQuantile", "fraction", 0.8m, 0.99m, "0.05 / 7 d",
        "From this quantile on the buffer is released (METHODOLOGY 4.7).");

    private static readonly ParameterField OffsetClass1FractionField = new(
        "addOns.offsetClass1Fraction", "fraction", 0m, 1m, "0.05 / 7 d",
        "c_u: greatest offset of class 1 against other underlyings (METHODOLOGY 4.5).");

    private static readonly ParameterField OffsetOtherFractionField = new(
        "addOns.offsetOtherFraction", "fraction", 0m, 1m, "0.05 / 7 d",
        "c_u: greatest offset of other classes (METHODOLOGY 4.5).");

    private static readonly ParameterField BasisPerpetualSpotDailyField = new(
        "addOns.basisPerpetualSpotDaily", "fraction per √day", 0m, 0.05m, "25 % / 3 d",
        "Basis floor of perpetual against spot (METHODOLOGY 4.5).");

    private static readonly ParameterField BasisPerpetualQuarterDailyField = new(
        "addOns.basisPerpetualQuarterDaily", "fraction per √day", 0m, 0.05m, "25 % / 3 d",
        "Basis floor of perpetual or spot against a dated future (METHODOLOGY 4.5).");

    private static readonly ParameterField BasisCrossQuarterDailyField = new(
        "addOns.basisCrossQuarterDaily", "fraction per √day", 0m, 0.05m, "25 % / 3 d",
        "Basis floor of one dated future against another (METHODOLOGY 4.5).");

    private static readonly ParameterField PinFractionField = new(
        "addOns.pinFraction", "fraction", 0m, 1m, "0.1 / 7 d",
        "Share of a one-deviation move that a short gamma at its strike is charged near expiry (METHODOLOGY 4.5).");

    private static readonly ParameterField PinFullHoursField = new(
        "addOns.pinFullHours", "hours", 0.25m, 6m, "25 % / 3 d",
        "The pin charge is full at this time before expiry, and starts at twice it (METHODOLOGY 4.5).");

    private static readonly ParameterField MultiplierMaximumField = new(
        "addOns.multiplierMaximum", "ratio", 1m, 3m, "0.25 / 7 d",
        "Cap of the product of all multipliers (METHODOLOGY 4.3).");

    private static readonly ParameterField SystemMultiplierMaximumField = new(
        "addOns.systemMultiplierMaximum", "ratio", 1m, 2m, "0.1 / 7 d",
        "Cap of m_sys (METHODOLOGY 4.8).");

    private static readonly ParameterField BehaviourMultiplierMaximumField = new(
        "addOns.behaviourMultiplierMaximum", "ratio", 1m, 1.5m, "0.05 / 7 d",
        "Cap of m_beh (METHODOLOGY 4.8, 7.4).");

    private static readonly ParameterField LearnedMultiplierMaximumField = new(
        "addOns.learnedMultiplierMaximum", "ratio", 1m, 1.5m, "0.05 / 7 d",
        "Cap of m_ml (METHODOLOGY 4.8, 7.3).");

    private static readonly ParameterField RiseHourlyMaximumField = new(
        "addOns.riseHourlyMaximum", "fraction per hour", 0.02m, 0.5m, "0.05 / 7 d",
        "Largest rise of maintenance margin in effect in an hour (METHODOLOGY 4.7).");

    private static readonly ParameterField RiseDailyMaximumField = new(
        "addOns.riseDailyMaximum", "fraction per day", 0.1m, 2m, "0.1 / 7 d",
        "Largest rise of maintenance margin in effect in 24 h (METHODOLOGY 4.7).");

    private static readonly ParameterField FallHourlyMaximumField = new(
        "addOns.fallHourlyMaximum", "fraction per hour", 0.01m, 0.5m, "0.05 / 7 d",
        "Largest fall of maintenance margin in effect in an hour (METHODOLOGY 4.7).");

    private static readonly ParameterField RiseOverrideHourlyField = new(
        "addOns.riseOverrideHourly", "fraction per hour", 0.1m, 1m, "0.1 / 7 d",
        "Largest rise in an hour when the override is on (METHODOLOGY 4.7).");

    private static readonly ParameterField OverrideDeviationsField = new(
        "addOns.overrideDeviations", "multiple of σ̂", 3m, 10m, "1 / 7 d",
        "Realised move of an hour that lifts the speed limit (METHODOLOGY 4.7).");

    /// <summary>Every field of this section.</summary>
    internal static ImmutableArray<ParameterField> Fields { get; } =
    [
        BufferFractionField, BufferWindowYearsField, BufferCalmQuantileField, BufferStressQuantileField,
        OffsetClass1FractionField, OffsetOtherFractionField, BasisPerpetualSpotDailyField,
        BasisPerpetualQuarterDailyField, BasisCrossQuarterDailyField, PinFractionField, PinFullHoursField,
        MultiplierMaximumField, SystemMultiplierMaximumField, BehaviourMultiplierMaximumField,
        LearnedMultiplierMaximumField, RiseHourlyMaximumField, RiseDailyMaximumField, FallHourlyMaximumField,
        RiseOverrideHourlyField, OverrideDeviationsField,
    ];

    internal AddOnParameters(ParameterValues values)
    {
        BufferFraction = values.Exact(BufferFractionField);
        BufferWindowYears = values[BufferWindowYearsField];
        BufferCalmQuantile = values[BufferCalmQuantileField];
        BufferStressQuantile = values[BufferStressQuantileField];
        OffsetClass1Fraction = values.Exact(OffsetClass1FractionField);
        OffsetOtherFraction = values.Exact(OffsetOtherFractionField);
        BasisPerpetualSpotDaily = values.Exact(BasisPerpetualSpotDailyField);
        BasisPerpetualQuarterDaily = values.Exact(BasisPerpetualQuarterDailyField);
        BasisCrossQuarterDaily = values.Exact(BasisCrossQuarterDailyField);
        PinFraction = values[PinFractionField];
        PinFullHours = values[PinFullHoursField];
        MultiplierMaximum = values.Exact(MultiplierMaximumField);
        SystemMultiplierMaximum = values.Exact(SystemMultiplierMaximumField);
        BehaviourMultiplierMaximum = values.Exact(BehaviourMultiplierMaximumField);
        LearnedMultiplierMaximum = values.Exact(LearnedMultiplierMaximumField);
        RiseHourlyMaximum = values.Exact(RiseHourlyMaximumField);
        RiseDailyMaximum = values.Exact(RiseDailyMaximumField);
        FallHourlyMaximum = values.Exact(FallHourlyMaximumField);
        RiseOverrideHourly = values.Exact(RiseOverrideHourlyField);
        OverrideDeviations = values[OverrideDeviationsField];
    }

    /// <summary>Buffer, fraction of core.</summary>
    public decimal BufferFraction { get; }

    /// <summary>Window of the quantiles, years.</summary>
    public double BufferWindowYears { get; }

    /// <summary>Quantile up to which the whole buffer is held.</summary>
    public double BufferCalmQuantile { get; }

    /// <summary>Quantile from which no buffer is held.</summary>
    public double BufferStressQuantile { get; }

    /// <summary>c_u of class 1, fraction of Core_u.</summary>
    public decimal OffsetClass1Fraction { get; }

    /// <summary>c_u of other classes, fraction of Core_u.</summary>
    public decimal OffsetOtherFraction { get; }

    /// <summary>Perpetual against spot, fraction per √day.</summary>
    public decimal BasisPerpetualSpotDaily { get; }

    /// <summary>Perpetual or spot against a dated future, fraction per √day.</summary>
    public decimal BasisPerpetualQuarterDaily { get; }

    /// <summary>One dated future against another, fraction per √day.</summary>
    public decimal BasisCrossQuarterDaily { get; }

    /// <summary>Share of the pin move.</summary>
    public double PinFraction { get; }

    /// <summary>Hours before expiry from which the charge is full.</summary>
    public double PinFullHours { get; }

    /// <summary>Cap of the product.</summary>
    public decimal MultiplierMaximum { get; }

    /// <summary>Cap of m_sys.</summary>
    public decimal SystemMultiplierMaximum { get; }

    /// <summary>Cap of m_beh.</summary>
    public decimal BehaviourMultiplierMaximum { get; }

    /// <summary>Cap of m_ml.</summary>
    public decimal LearnedMultiplierMaximum { get; }

    /// <summary>Largest rise in an hour, fraction.</summary>
    public decimal RiseHourlyMaximum { get; }

    /// <summary>Largest rise in 24 h, fraction.</summary>
    public decimal RiseDailyMaximum { get; }

    /// <summary>Largest fall in an hour, fraction.</summary>
    public decimal FallHourlyMaximum { get; }

    /// <summary>Largest rise in an hour under override, fraction.</summary>
    public decimal RiseOverrideHourly { get; }

    /// <summary>Move of an hour in its deviations that lifts the limit.</summary>
    public double OverrideDeviations { get; }
}
