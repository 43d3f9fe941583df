using System.Collections.Immutable;

namespace Breakwater.Parameters;

/// <summary>Constants of liquidity and concentration (METHODOLOGY 4.4).</summary>
public sealed record LiquidityParameters
{
    private static readonly ParameterField ImpactCoefficientField = new(
        "liquidity.impactCoefficient", "ratio", 0.1m, 5m, "25 % / 3 d",
        "Y: impact in daily standard deviations at a trade of a whole day's volume (METHODOLOGY 4.4, 10).");

    private static readonly ParameterField ParticipationFractionField = new(
        "liquidity.participationFraction", "fraction of volume", 0.02m, 0.25m, "0.02 / 3 d",
        "η: share of volume a liquidation may be (METHODOLOGY 4.4, 10).");

    private static readonly ParameterField FreeDaysField = new(
        "liquidity.freeDays", "days", 0.05m, 2m, "25 % / 3 d",
        "DTL₀: days to liquidate that cost no longer horizon (METHODOLOGY 4.4).");

    private static readonly ParameterField DepthSensitivityField = new(
        "liquidity.depthSensitivity", "ratio", 0m, 2m, "0.1 / 7 d",
        "κ_D: rise of variance when depth halves against its reference (METHODOLOGY 4.4).");

    private static readonly ParameterField VolatilityRatioMaximumField = new(
        "liquidity.volatilityRatioMaximum", "ratio", 1m, 3m, "0.25 / 7 d",
        "Largest liquidity-adjusted volatility in units of the forecast (METHODOLOGY 4.4).");

    private static readonly ParameterField VolumeFloorUsdField = new(
        "liquidity.volumeFloorUsd", "USD per day", 1000m, 1000000000m, "×2 / 7 d",
        "Daily volume assumed where none is known (METHODOLOGY 4.4).");

    private static readonly ParameterField VegaVolumeFloorUsdField = new(
        "liquidity.vegaVolumeFloorUsd", "USD per 1.00 of volatility and day", 1000m, 1000000000m, "×2 / 7 d",
        "Vega traded a day, assumed where none is known (METHODOLOGY 4.4).");

    private static readonly ParameterField VegaSpreadFloorField = new(
        "liquidity.vegaSpreadFloor", "volatility, 0.01 is a point", 0m, 0.2m, "25 % / 3 d",
        "Least bid–ask spread of volatility that closing vega pays (METHODOLOGY 4.4).");

    private static readonly ParameterField SpreadClass1FractionField = Spread(1);
    private static readonly ParameterField SpreadClass2FractionField = Spread(2);
    private static readonly ParameterField SpreadClass3FractionField = Spread(3);

    /// <summary>Every field of this section.</summary>
    internal static ImmutableArray<ParameterField> Fields { get; } =
    [
        ImpactCoefficientField, ParticipationFractionField, FreeDaysField, DepthSensitivityField,
        VolatilityRatioMaximumField, VolumeFloorUsdField, VegaVolumeFloorUsdField, VegaSpreadFloorField,
        SpreadClass1FractionField, SpreadClass2FractionField, SpreadClass3FractionField,
    ];

    internal LiquidityParameters(ParameterValues values)
    {
        ImpactCoefficient = values[ImpactCoefficientField];
        ParticipationFraction = values.Exact(ParticipationFractionField);
        FreeDays = values.Exact(FreeDaysField);
        DepthSensitivity = values[DepthSensitivityField];
        VolatilityRatioMaximum = values[VolatilityRatioMaximumField];
        VolumeFloorUsd = values[VolumeFloorUsdField];
        VegaVolumeFloorUsd = values[VegaVolumeFloorUsdField];
        VegaSpreadFloor = values[VegaSpreadFloorField];
        SpreadClass1Fraction = values[SpreadClass1FractionField];
        SpreadClass2Fraction = values[SpreadClass2FractionField];
        SpreadClass3Fraction = values[SpreadClass3FractionField];
    }

    /// <summary>Y, dimensionless.</summary>
    public double ImpactCoefficient { get; }

    /// <summary>η, fraction of daily volume.</summary>
    public decimal ParticipationFraction { get; }

    /// <summary>DTL₀, days.</summary>
    public decimal FreeDays { get; }

    /// <summary>κ_D, dimensionless.</summary>
    public double DepthSensitivity { get; }

    /// <summary>Cap of σ_LA ÷ σ̂.</summary>
    public double VolatilityRatioMaximum { get; }

    /// <summary>V where no volume is known, USD per day.</summary>
    public double VolumeFloorUsd { get; }

    /// <summary>Vega ADV where none is known, USD per 1.00 of volatility and day.</summary>
    public double VegaVolumeFloorUsd { get; }

    /// <summary>Least spread of volatility, 1.00 = 100 points.</summary>
    public double VegaSpreadFloor { get; }

    /// <summary>Bid–ask spread of class 1 where no book states it, fraction of the mid.</summary>
    public double SpreadClass1Fraction { get; }

    /// <summary>Likewise of class 2.</summary>
    public double SpreadClass2Fraction { get; }

    /// <summary>Likewise of class 3.</summary>
    public double SpreadClass3Fraction { get; }

    /// <summary>Bid–ask spread assumed for a risk class, fraction of the mid.</summary>
    /// <param name="riskClass">Class, 1 to 3; another counts as the riskiest.</param>
    public double SpreadOf(int riskClass) => riskClass switch
    {
        1 => SpreadClass1Fraction,
        2 => SpreadClass2Fraction,
        _ => SpreadClass3Fraction,
    };

    private static ParameterField Spread(int riskClass) => new(
        $"liquidity.spreadClass{riskClass}Fraction", "fraction of the mid", 0m, 0.05m, "25 % / 3 d",
        $"Bid–ask spread of class {riskClass} where no book states it (METHODOLOGY 4.4).");
}
