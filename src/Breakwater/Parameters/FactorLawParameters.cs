using System.Collections.Immutable;

namespace Breakwater.Parameters;

/// <summary>Zero-mean laws of factors that METHODOLOGY 3.4 leaves open
/// (docs/methodology/scenario-calibration.md).</summary>
public sealed record FactorLawParameters
{
    private static readonly ParameterField SkewTwistDailyField = new(
        "factorLaws.skewTwistDaily", "shift of ρ per √day", 0m, 0.1m, "0.01 / 7 d",
        "Standard deviation of δ_ρ (docs/methodology/scenario-calibration.md).");

    private static readonly ParameterField SmileTwistDailyField = new(
        "factorLaws.smileTwistDaily", "relative per √day", 0m, 0.15m, "0.01 / 7 d",
        "Standard deviation of δ_ψ (docs/methodology/scenario-calibration.md).");

    private static readonly ParameterField PerpetualBasisDailyField = new(
        "factorLaws.perpetualBasisDaily", "log per √day", 0m, 0.01m, "0.0005 / 7 d",
        "Standard deviation of the change of perpetual ÷ spot (docs/methodology/scenario-calibration.md).");

    private static readonly ParameterField QuarterBasisDaily1Field = new(
        "factorLaws.quarterBasisDaily1", "log per √day", 0m, 0.02m, "0.001 / 7 d",
        "Standard deviation of the change of forward ÷ spot up to 91 days (docs/methodology/scenario-calibration.md).");

    private static readonly ParameterField QuarterBasisDaily2Field = new(
        "factorLaws.quarterBasisDaily2", "log per √day", 0m, 0.02m, "0.001 / 7 d",
        "The same up to 182 days.");

    private static readonly ParameterField QuarterBasisDaily3Field = new(
        "factorLaws.quarterBasisDaily3", "log per √day", 0m, 0.02m, "0.001 / 7 d",
        "The same up to 273 days.");

    private static readonly ParameterField QuarterBasisDaily4Field = new(
        "factorLaws.quarterBasisDaily4", "log per √day", 0m, 0.02m, "0.001 / 7 d",
        "The same beyond 273 days.");

    /// <summary>Every field of this section.</summary>
    internal static ImmutableArray<ParameterField> Fields { get; } =
    [
        SkewTwistDailyField, SmileTwistDailyField, PerpetualBasisDailyField, QuarterBasisDaily1Field,
        QuarterBasisDaily2Field, QuarterBasisDaily3Field, QuarterBasisDaily4Field,
    ];

    internal FactorLawParameters(ParameterValues values)
    {
        SkewTwistDaily = values[SkewTwistDailyField];
        SmileTwistDaily = values[SmileTwistDailyField];
        PerpetualBasisDaily = values[PerpetualBasisDailyField];
        QuarterBasisDaily1 = values[QuarterBasisDaily1Field];
        QuarterBasisDaily2 = values[QuarterBasisDaily2Field];
        QuarterBasisDaily3 = values[QuarterBasisDaily3Field];
        QuarterBasisDaily4 = values[QuarterBasisDaily4Field];
    }

    /// <summary>Standard deviation of δ_ρ, per √day.</summary>
    public double SkewTwistDaily { get; }

    /// <summary>Standard deviation of δ_ψ, per √day.</summary>
    public double SmileTwistDaily { get; }

    /// <summary>Standard deviation of the perpetual's basis change, per √day.</summary>
    public double PerpetualBasisDaily { get; }

    /// <summary>Standard deviation of the basis change of the first quarter bucket, per √day.</summary>
    public double QuarterBasisDaily1 { get; }

    /// <summary>Standard deviation of the basis change of the second quarter bucket, per √day.</summary>
    public double QuarterBasisDaily2 { get; }

    /// <summary>Standard deviation of the basis change of the third quarter bucket, per √day.</summary>
    public double QuarterBasisDaily3 { get; }

    /// <summary>Standard deviation of the basis change of the fourth quarter bucket, per √day.</summary>
    public double QuarterBasisDaily4 { get; }
}
