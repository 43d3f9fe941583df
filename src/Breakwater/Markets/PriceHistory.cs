using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Markets;

/// <summary>A value known at an instant.</summary>
/// <param name="At">When it became known (the close of its bar).</param>
/// <param name="Value">Price in USD, or volatility as an annual fraction; finite, &gt; 0.</param>
public readonly record struct PricePoint(Timestamp At, double Value);

/// <summary>Prices of one asset up to a snapshot; nothing known later than it.</summary>
/// <remarks>
/// Returns are never invented: inside a hole of the hourly closes there are only the bridging points, whose returns
/// span the time between them.
/// </remarks>
/// <param name="Hourly">Closes on the hour (unix milliseconds divisible by 3,600,000), strictly rising; holes allowed.
/// </param>
/// <param name="Bridging">Points from coarser sources (daily closes, index prices of earlier chains) strictly inside
/// holes of <paramref name="Hourly"/> longer than 2 h or after its end; strictly rising.</param>
/// <param name="Daily">Closes at 00:00 UTC from daily files and, where these are silent, from hourly ones; strictly
/// rising.</param>
public sealed record PriceHistory(
    ImmutableArray<PricePoint> Hourly, ImmutableArray<PricePoint> Bridging, ImmutableArray<PricePoint> Daily)
{
    /// <summary>A history that knows nothing.</summary>
    public static PriceHistory Empty { get; } = new([], [], []);
}
