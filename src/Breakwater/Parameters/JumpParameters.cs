using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Parameters;

/// <summary>Jumps and volatility of volatility of one underlying (METHODOLOGY 3.4, table).</summary>
/// <remarks>Values and their estimation: docs/methodology/scenario-calibration.md.</remarks>
public sealed record JumpParameters
{
    private static readonly ParameterField RateField = new(
        "underlyings.*.jumpRateAnnual", "jumps per year", 0m, 200m, "25 % / 14 d",
        "Hourly moves beyond 4.5 filtered standard deviations, 2020-01..2024-04 (METHODOLOGY 3.4).");

    private static readonly ParameterField DownProbabilityField = new(
        "underlyings.*.jumpDownProbability", "fraction", 0.2m, 0.8m, "0.1 / 14 d",
        "Share of jumps that are falls (METHODOLOGY 3.4).");

    private static readonly ParameterField MeanUpField = new(
        "underlyings.*.jumpMeanUp", "log return", 0.001m, 0.25m, "25 % / 14 d",
        "Mean rise of the exponential law whose second moment is that of observed rises (METHODOLOGY 3.4).");

    private static readonly ParameterField MeanDownField = new(
        "underlyings.*.jumpMeanDown", "log return", 0.001m, 0.25m, "25 % / 14 d",
        "Mean fall of the exponential law whose second moment is that of observed falls (METHODOLOGY 3.4).");

    private static readonly ParameterField BetaField = new(
        "underlyings.*.jumpBeta", "ratio", 0m, 3m, "25 % / 14 d",
        "Size of a common jump in units of the leader's; the rest of the variance is own (METHODOLOGY 3.4).");

    private static readonly ParameterField VolatilityOfVolatilityField = new(
        "underlyings.*.volatilityOfVolatilityAnnual", "log per √year", 0.1m, 3m, "0.1 / 14 d",
        "Volatility of 30-day at-the-money volatility (METHODOLOGY 3.4).");

    /// <summary>Every field of this section.</summary>
    internal static ImmutableArray<ParameterField> Fields { get; } =
        [RateField, DownProbabilityField, MeanUpField, MeanDownField, BetaField, VolatilityOfVolatilityField];

    internal JumpParameters(AssetId asset, ParameterValues values)
    {
        RateAnnual = values[RateField, asset.Name];
        DownProbability = values[DownProbabilityField, asset.Name];
        MeanUp = values[MeanUpField, asset.Name];
        MeanDown = values[MeanDownField, asset.Name];
        Beta = values[BetaField, asset.Name];
        VolatilityOfVolatilityAnnual = values[VolatilityOfVolatilityField, asset.Name];
    }

    /// <summary>λ: jumps per year.</summary>
    public double RateAnnual { get; }

    /// <summary>Probability that a jump is a fall.</summary>
    public double DownProbability { get; }

    /// <summary>Mean of a rise, log return; &gt; 0.</summary>
    public double MeanUp { get; }

    /// <summary>Mean of a fall, log return, as a positive number.</summary>
    public double MeanDown { get; }

    /// <summary>Size of a common jump in units of the leader's.</summary>
    public double Beta { get; }

    /// <summary>ξ: volatility of the logarithm of 30-day at-the-money volatility, per √year.</summary>
    public double VolatilityOfVolatilityAnnual { get; }

    /// <summary>E[J²] of one jump before scaling with volatility: 2·(p_up·η_up² + p_down·η_down²).</summary>
    /// <remarks>Second moment of a double exponential law (Kou 2002, Management Science 48, 1086–1101).</remarks>
    public double SecondMoment =>
        2d * (((1d - DownProbability) * MeanUp * MeanUp) + (DownProbability * MeanDown * MeanDown));
}
