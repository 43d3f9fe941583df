using Breakwater.Instruments;

namespace Breakwater.Sensitivities;

/// <summary>Kinds of bucket of the Risk Sensitivity Matrix, in the order of its rows.</summary>
public enum SensitivityBucketKind
{
    /// <summary>The asset itself, held as position or collateral.</summary>
    Spot,

    /// <summary>Perpetuals.</summary>
    Perpetual,

    /// <summary>Everything that expires at one date: futures and options.</summary>
    Expiry,

    /// <summary>All buckets of one underlying.</summary>
    Total,
}

/// <summary>One row of the matrix: sensitivities of all positions in one bucket of one underlying.</summary>
/// <param name="Underlying">The underlying.</param>
/// <param name="Kind">Kind of bucket.</param>
/// <param name="Expiry">Expiry of the bucket; <c>null</c> unless it is one.</param>
/// <param name="IndexUsd">Index of the underlying, USD.</param>
/// <param name="Greeks">Sensitivities of the USD value of the bucket; vega is bucket vega, to this expiry's volatility
/// alone.</param>
public sealed record SensitivityRow(
    AssetId Underlying, SensitivityBucketKind Kind, Timestamp? Expiry, double IndexUsd, GreekVector Greeks)
{
    /// <summary>$delta, USD per 100 % move.</summary>
    public double DollarDelta => Pricing.DeskUnits.DollarDelta(Greeks.Delta, IndexUsd);

    /// <summary>$gamma, USD of $delta per 1 % move.</summary>
    public double DollarGammaPerPercent => Pricing.DeskUnits.DollarGammaPerPercent(Greeks.Gamma, IndexUsd);

    /// <summary>Vega, USD per vol point.</summary>
    public double VegaPerVolPoint => Pricing.DeskUnits.VegaPerVolPoint(Greeks.Vega);

    /// <summary>Theta, USD per day.</summary>
    public double ThetaPerDay => Pricing.DeskUnits.ThetaPerDay(Greeks.Theta);
}
