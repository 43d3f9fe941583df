using Breakwater.Parameters;

namespace Breakwater.Collateral;

/// <summary>Memory of haircuts: how far the one in effect follows the one computed (METHODOLOGY 5).</summary>
/// <remarks>A single margin run has no memory and takes what is computed; whoever runs through time steps.</remarks>
public static class HaircutInEffect
{
    private const long HourMilliseconds = 3_600_000;

    /// <summary>The haircut in effect after a time: it rises by at most 2 points an hour, at once after a depeg, and
    /// falls by at most half a point an hour as shipped.</summary>
    /// <param name="beforeNano">In effect before, nano; in [0, 1e9].</param>
    /// <param name="computedNano">Computed now, nano; in [0, 1e9].</param>
    /// <param name="elapsedMilliseconds">Time since the one before, milliseconds; ≥ 0.</param>
    /// <param name="pegNano">p ÷ peg now, nano; ≥ 0; 1e9 without peg.</param>
    /// <param name="parameters">Limits.</param>
    /// <returns>Between the two; nano.</returns>
    public static long Step(
        long beforeNano, long computedNano, long elapsedMilliseconds, long pegNano, HaircutParameters parameters)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(elapsedMilliseconds);
        ArgumentOutOfRangeException.ThrowIfNegative(pegNano);
        if (IsDepegged(pegNano, parameters))
        {
            return Math.Max(computedNano, beforeNano - Room(parameters.FallHourlyMaximum, elapsedMilliseconds));
        }

        return Math.Clamp(
            computedNano,
            beforeNano - Room(parameters.FallHourlyMaximum, elapsedMilliseconds),
            beforeNano + Room(parameters.RiseHourlyMaximum, elapsedMilliseconds));
    }

    /// <summary>Whether the peg is lost, which lifts the limit of rises.</summary>
    /// <param name="pegNano">p ÷ peg now, nano.</param>
    /// <param name="parameters">How far below is lost.</param>
    public static bool IsDepegged(long pegNano, HaircutParameters parameters) =>
        BalanceHaircut.One - pegNano > (long)Math.Floor(parameters.DepegFraction * BalanceHaircut.One);

    private static long Room(decimal hourly, long elapsedMilliseconds) => (long)Int128.Min(
        BalanceHaircut.One, (Int128)(hourly * BalanceHaircut.One) * elapsedMilliseconds / HourMilliseconds);
}
