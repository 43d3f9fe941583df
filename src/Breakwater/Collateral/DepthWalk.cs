using System.Collections.Immutable;
using System.Numerics;
using Breakwater.Revaluation;

namespace Breakwater.Collateral;

/// <summary>Cost of walking a depth profile: book(Q)·Q of METHODOLOGY 4.4.</summary>
/// <remarks>
/// Within a band the price moves linearly with what is taken; beyond the last band with its square root, as far as the
/// last band says: distance(q) = d_n·√(q ÷ C_n). The marginal distance never falls, so the cost is convex.
/// </remarks>
internal static class DepthWalk
{
    /// <summary>Cost, femto-dollars, rounded down.</summary>
    /// <param name="amount">What is closed, femto-dollars; ≥ 0.</param>
    /// <param name="profile">Depth by rising distance; empty: no cost is known.</param>
    internal static BigInteger Cost(BigInteger amount, ImmutableArray<DepthTerms> profile)
    {
        BigInteger cost = 0;
        BigInteger reached = 0;
        long distance = 0;
        foreach (DepthTerms band in profile)
        {
            BigInteger end = band.CumulativeMicroUsd * (BigInteger)Femto.PerMicro;
            BigInteger width = end - reached;
            if (width.Sign > 0)
            {
                BigInteger taken = BigInteger.Min(amount - reached, width);
                cost += Femto.Times(taken, distance)
                    + (taken * taken * (band.DistanceNano - distance) / (2 * width * Femto.PerMicro));
                if (amount <= end)
                {
                    return cost;
                }

                reached = end;
            }

            distance = band.DistanceNano;
        }

        return reached.IsZero
            ? BigInteger.Zero
            : cost + Femto.Times(2 * (Femto.ThreeHalves(amount, reached) - reached) / 3, distance);
    }
}
