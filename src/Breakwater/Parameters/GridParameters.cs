using System.Collections.Immutable;

namespace Breakwater.Parameters;

/// <summary>Constants of the grid and of dampening (METHODOLOGY 3.6).</summary>
public sealed record GridParameters
{
    private static readonly ParameterField SigmasField = new(
        "grid.sigmas", "multiple of σ̂√h", 2m, 6m, "0.5 / 7 d",
        "Half-width of the grid (METHODOLOGY 3.6).");

    private static readonly ParameterField MoveMaximumField = new(
        "grid.moveMaximum", "fraction", 0.5m, 0.95m, "0.05 / 7 d",
        "Cap of the half-width (METHODOLOGY 3.6).");

    private static readonly ParameterField MoveFloorClass1Field = new(
        "grid.moveFloorClass1", "fraction per √day", 0.02m, 0.5m, "0.02 / 7 d",
        "Least half-width, class 1, scaled by √(h/24 h) (METHODOLOGY 3.6).");

    private static readonly ParameterField MoveFloorClass2Field = new(
        "grid.moveFloorClass2", "fraction per √day", 0.02m, 0.5m, "0.02 / 7 d",
        "Least half-width, class 2 (METHODOLOGY 3.6).");

    private static readonly ParameterField MoveFloorClass3Field = new(
        "grid.moveFloorClass3", "fraction per √day", 0.02m, 0.5m, "0.02 / 7 d",
        "Least half-width, class 3 (METHODOLOGY 3.6).");

    private static readonly ParameterField VolatilityUpField = new(
        "grid.volatilityUp", "relative", 0.1m, 1.5m, "0.1 / 7 d",
        "Rise of 30-day volatility on the grid (METHODOLOGY 3.6).");

    private static readonly ParameterField VolatilityDownField = new(
        "grid.volatilityDown", "relative", 0.05m, 0.6m, "0.05 / 7 d",
        "Fall of 30-day volatility on the grid (METHODOLOGY 3.6).");

    private static readonly ParameterField SkewTwistField = new(
        "grid.skewTwist", "shift of ρ", 0m, 0.5m, "0.05 / 7 d",
        "Skew scenarios of the grid (METHODOLOGY 3.6).");

    private static readonly ParameterField SmileTwistField = new(
        "grid.smileTwist", "relative", 0m, 0.5m, "0.05 / 7 d",
        "Smile shock that goes with the skew scenarios (METHODOLOGY 3.6).");

    private static readonly ParameterField DampeningFractionField = new(
        "grid.dampeningFraction", "fraction", 0.5m, 1m, "0.05 / 7 d",
        "c_e: what an extreme may charge a linear position, in half-widths of the grid (METHODOLOGY 3.6).");

    /// <summary>Every field of this section.</summary>
    internal static ImmutableArray<ParameterField> Fields { get; } =
    [
        SigmasField, MoveMaximumField, MoveFloorClass1Field, MoveFloorClass2Field, MoveFloorClass3Field,
        VolatilityUpField, VolatilityDownField, SkewTwistField, SmileTwistField, DampeningFractionField,
    ];

    internal GridParameters(ParameterValues values)
    {
        Sigmas = values[SigmasField];
        MoveMaximum = values[MoveMaximumField];
        MoveFloorClass1 = values[MoveFloorClass1Field];
        MoveFloorClass2 = values[MoveFloorClass2Field];
        MoveFloorClass3 = values[MoveFloorClass3Field];
        VolatilityUp = values[VolatilityUpField];
        VolatilityDown = values[VolatilityDownField];
        SkewTwist = values[SkewTwistField];
        SmileTwist = values[SmileTwistField];
        DampeningFraction = values[DampeningFractionField];
    }

    /// <summary>Half-width of the grid in σ̂√h.</summary>
    public double Sigmas { get; }

    /// <summary>Cap of the half-width of the grid, simple return.</summary>
    public double MoveMaximum { get; }

    /// <summary>Least half-width of the grid over 24 h, class 1, simple return.</summary>
    public double MoveFloorClass1 { get; }

    /// <summary>Least half-width of the grid over 24 h, class 2, simple return.</summary>
    public double MoveFloorClass2 { get; }

    /// <summary>Least half-width of the grid over 24 h, class 3, simple return.</summary>
    public double MoveFloorClass3 { get; }

    /// <summary>Rise of 30-day volatility on the grid, relative.</summary>
    public double VolatilityUp { get; }

    /// <summary>Fall of 30-day volatility on the grid, relative.</summary>
    public double VolatilityDown { get; }

    /// <summary>Shift of ρ in the two skew scenarios.</summary>
    public double SkewTwist { get; }

    /// <summary>Relative shock of b in the two skew scenarios.</summary>
    public double SmileTwist { get; }

    /// <summary>c_e: charge of a linear position under an extreme, in half-widths of the grid.</summary>
    public double DampeningFraction { get; }
}
