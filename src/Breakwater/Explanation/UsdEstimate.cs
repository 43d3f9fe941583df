using Breakwater.Numerics;

namespace Breakwater.Explanation;

/// <summary>Money as a double, for estimates that are shown and from which no sum of money follows.</summary>
internal static class UsdEstimate
{
    private const double MicroPerUsd = 1e6;

    /// <summary>Dollars, to the nearest double.</summary>
    /// <param name="money">Amount.</param>
    internal static double ToUsd(this Money money) => (double)money.MicroDollars / MicroPerUsd;
}
