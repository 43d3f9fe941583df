using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Revaluation;

/// <summary>What crosses the fixed-point line about one asset: its index and the rates that add-ons and haircuts need.
/// </summary>
/// <remarks>Fractions are in units of 1e-9 (nano) and rounded against the account.</remarks>
/// <param name="Asset">The asset.</param>
/// <param name="IndexMicroUsd">Index, micro-dollars per whole unit, nearest; &gt; 0.</param>
public sealed record AssetTerms(AssetId Asset, long IndexMicroUsd)
{
    /// <summary>What closing costs; <c>null</c> for an asset that is not closed, such as the numeraire.</summary>
    public LiquidityTerms? Liquidity { get; init; }

    /// <summary>Haircuts of the asset as collateral.</summary>
    public CollateralTerms Collateral { get; init; } = CollateralTerms.Free;

    /// <summary>What the order flow adds.</summary>
    public FlowTerms Flow { get; init; } = FlowTerms.Neutral;

    /// <summary>Share of the full anti-procyclical buffer, nano; in [0, 1e9].</summary>
    public long CalmnessNano { get; init; }
}

/// <summary>Depth of a book within a distance, quantised.</summary>
/// <param name="DistanceNano">Distance from the mid, nano; &gt; 0.</param>
/// <param name="CumulativeMicroUsd">Micro-dollars within it on the thinner side, rounded down; ≥ 0.</param>
public readonly record struct DepthTerms(long DistanceNano, long CumulativeMicroUsd);

/// <summary>Cost of closing vega of one tenor, quantised.</summary>
/// <param name="Until">Last expiry of the bucket.</param>
/// <param name="HalfSpreadNano">Half the bid–ask spread of volatility, nano (1e9 is 1.00), rounded up; ≥ 0.</param>
/// <param name="VolumeDailyMicroUsd">Vega traded a day, micro-dollars per 1.00 of volatility, rounded down; &gt; 0.
/// </param>
public readonly record struct VegaTerms(Timestamp Until, long HalfSpreadNano, long VolumeDailyMicroUsd);

/// <summary>Cost of closing one underlying, quantised (METHODOLOGY 4.4).</summary>
/// <param name="VolumeDailyMicroUsd">V, micro-dollars, rounded down; &gt; 0.</param>
/// <param name="HalfSpreadNano">Half the spread, nano, rounded up.</param>
/// <param name="ImpactNano">Y·σ_d, nano, rounded up.</param>
/// <param name="MoveNano">σ_d: move of one standard deviation in a day, nano, rounded up.</param>
/// <param name="Profile">Depth by rising distance; empty where none is known.</param>
/// <param name="Vega">Buckets by rising expiry; the last one also takes all later expiries.</param>
public sealed record LiquidityTerms(
    long VolumeDailyMicroUsd,
    long HalfSpreadNano,
    long ImpactNano,
    long MoveNano,
    ImmutableArray<DepthTerms> Profile,
    ImmutableArray<VegaTerms> Vega)
{
    /// <summary>Whether both say the same: profiles and buckets are compared entry by entry.</summary>
    /// <param name="other">The other terms.</param>
    public bool Equals(LiquidityTerms? other) => other is not null
        && VolumeDailyMicroUsd == other.VolumeDailyMicroUsd
        && HalfSpreadNano == other.HalfSpreadNano
        && ImpactNano == other.ImpactNano
        && MoveNano == other.MoveNano
        && Profile.AsSpan().SequenceEqual(other.Profile.AsSpan())
        && Vega.AsSpan().SequenceEqual(other.Vega.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => VolumeDailyMicroUsd.GetHashCode();
}

/// <summary>What the order flow of one underlying adds, quantised (METHODOLOGY 4.6).</summary>
/// <param name="MultiplierNano">m_flow, nano; ≥ 1e9.</param>
/// <param name="DriftMaintenanceNano">Expected move over the maintenance horizon after its cap, signed nano.</param>
/// <param name="DriftInitialNano">Likewise over the initial horizon.</param>
public readonly record struct FlowTerms(long MultiplierNano, long DriftMaintenanceNano, long DriftInitialNano)
{
    /// <summary>Nothing is added.</summary>
    public static FlowTerms Neutral { get; } = new(1_000_000_000, 0, 0);
}
