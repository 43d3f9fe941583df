using System.Collections.Immutable;

namespace Breakwater.Explanation;

/// <summary>Points of a liquidation surface: moves of spot and of implied volatility.</summary>
/// <remarks>
/// Steps of one percent of spot near the money, where gamma bends equity, wider beyond; equity is exact at every point.
/// Maintenance margin is the costly part: it is computed in full at some of them and is linear between those
/// (docs/methodology/liquidation-surface says how far that is from computing it everywhere).
/// </remarks>
internal static class SurfaceAxes
{
    private static readonly ImmutableArray<double> SpotMoves =
    [
        -0.50, -0.45, -0.40, -0.35, -0.30, -0.275, -0.25, -0.225, -0.20, -0.175, -0.15, -0.125,
        -0.10, -0.09, -0.08, -0.07, -0.06, -0.05, -0.04, -0.03, -0.02, -0.01, 0.0,
        0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.10,
        0.125, 0.15, 0.175, 0.20, 0.225, 0.25, 0.275, 0.30, 0.35, 0.40, 0.45, 0.50,
    ];

    private static readonly ImmutableArray<double> SpotMovesOfMargin =
        [-0.50, -0.35, -0.25, -0.15, -0.08, -0.04, 0.0, 0.04, 0.08, 0.15, 0.25, 0.35, 0.50];

    private static readonly ImmutableArray<double> ShocksOfMargin = [-0.50, -0.10, 0.0, 0.40, 1.0];

    /// <summary>[spot] price then ÷ now, rising, 1 among them.</summary>
    internal static ImmutableArray<double> Ratios { get; } = [.. SpotMoves.Select(move => 1.0 + move)];

    /// <summary>[volatility] relative moves of 30-day implied volatility, rising, 0 among them.</summary>
    internal static ImmutableArray<double> Shocks { get; } =
    [
        -0.50, -0.40, -0.30, -0.25, -0.20, -0.15, -0.10, -0.05, 0.0,
        0.05, 0.10, 0.15, 0.20, 0.25, 0.30, 0.40, 0.50, 0.60, 0.70, 0.80, 0.90, 1.0,
    ];

    /// <summary>Indices into <see cref="Ratios"/> at which maintenance margin is computed in full; both ends are.
    /// </summary>
    internal static ImmutableArray<int> RatiosOfMargin { get; } =
        [.. SpotMovesOfMargin.Select(move => SpotMoves.IndexOf(move))];

    /// <summary>The same into <see cref="Shocks"/>.</summary>
    internal static ImmutableArray<int> ShockIndicesOfMargin { get; } =
        [.. ShocksOfMargin.Select(shock => Shocks.IndexOf(shock))];
}
