using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Scenarios;

/// <summary>Weighted joint paths of spot, hour by hour, and of volatility where it is wanted (METHODOLOGY 4.9).
/// </summary>
/// <remarks>Plain data, so that any law can be put in: the blocks of the scenario sets, or a Brownian motion whose
/// answer is known. Doubles: a probability of liquidation is shown, no sum of money follows from it.</remarks>
public sealed record HourlyPaths
{
    /// <summary>Joins paths.</summary>
    /// <param name="underlyings">Underlyings in canonical order.</param>
    /// <param name="hours">Hours of a path; ≥ 1.</param>
    /// <param name="weights">[path] weights; &gt; 0.</param>
    /// <param name="logReturns">[path × underlying × (hours + 1)] log return of spot since now; 0 at hour 0.</param>
    /// <param name="volatilityLevels">[path × underlying × (hours + 1)] relative shock u of the 30-day at-the-money
    /// volatility since now, &gt; −1; empty: volatility stays.</param>
    /// <exception cref="ArgumentException">Counts differ.</exception>
    public HourlyPaths(
        ImmutableArray<AssetId> underlyings,
        int hours,
        ImmutableArray<int> weights,
        ImmutableArray<double> logReturns,
        ImmutableArray<double> volatilityLevels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hours, 1);
        Require.Count(logReturns.Length, weights.Length * underlyings.Length * (hours + 1));
        if (!volatilityLevels.IsEmpty) Require.Count(volatilityLevels.Length, logReturns.Length);
        Underlyings = underlyings;
        Hours = hours;
        Weights = weights;
        LogReturns = logReturns;
        VolatilityLevels = volatilityLevels;
    }

    /// <summary>Underlyings in canonical order.</summary>
    public ImmutableArray<AssetId> Underlyings { get; }

    /// <summary>Hours of a path.</summary>
    public int Hours { get; }

    /// <summary>[path] weights.</summary>
    public ImmutableArray<int> Weights { get; }

    /// <summary>[path × underlying × (hours + 1)] log return of spot since now.</summary>
    public ImmutableArray<double> LogReturns { get; }

    /// <summary>[path × underlying × (hours + 1)] relative shock of volatility since now; may be empty.</summary>
    public ImmutableArray<double> VolatilityLevels { get; }

    /// <summary>Number of paths.</summary>
    public int Count => Weights.Length;

    /// <summary>Log returns of one path and underlying: [hours + 1].</summary>
    /// <param name="pathIndex">Which path.</param>
    /// <param name="underlyingIndex">Which underlying.</param>
    public ReadOnlySpan<double> Returns(int pathIndex, int underlyingIndex) =>
        LogReturns.AsSpan().Slice(Place(pathIndex, underlyingIndex), Hours + 1);

    /// <summary>Shocks of volatility of one path and underlying: [hours + 1]; empty where volatility stays.</summary>
    /// <param name="pathIndex">Which path.</param>
    /// <param name="underlyingIndex">Which underlying.</param>
    public ReadOnlySpan<double> Levels(int pathIndex, int underlyingIndex) => VolatilityLevels.IsEmpty
        ? []
        : VolatilityLevels.AsSpan().Slice(Place(pathIndex, underlyingIndex), Hours + 1);

    private int Place(int pathIndex, int underlyingIndex) =>
        ((pathIndex * Underlyings.Length) + underlyingIndex) * (Hours + 1);
}
