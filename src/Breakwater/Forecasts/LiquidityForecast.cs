using System.Collections.Immutable;

namespace Breakwater.Forecasts;

/// <summary>Depth of a book within a distance of its mid.</summary>
/// <param name="DistanceFraction">Distance from the mid, fraction of it; &gt; 0.</param>
/// <param name="CumulativeUsd">USD resting within that distance on the thinner side; ≥ 0, not falling.</param>
public readonly record struct DepthBand(double DistanceFraction, double CumulativeUsd);

/// <summary>What it costs to close in one underlying (METHODOLOGY 4.4).</summary>
/// <param name="VolumeDailyUsd">V: median daily volume of 30 days, or its governed floor, USD; &gt; 0.</param>
/// <param name="SpreadFraction">Bid–ask spread, fraction of the mid; ≥ 0.</param>
/// <param name="DepthUsd">D1: median depth within 1 % of the mid now, USD; &gt; 0. Equals
/// <paramref name="DepthReferenceUsd"/> where no depth is known.</param>
/// <param name="DepthReferenceUsd">D_ref: its 30-day median, USD; &gt; 0.</param>
/// <param name="Profile">Depth by rising distance; empty where no depth is known.</param>
public sealed record LiquidityForecast(
    double VolumeDailyUsd,
    double SpreadFraction,
    double DepthUsd,
    double DepthReferenceUsd,
    ImmutableArray<DepthBand> Profile);
