using System.Collections.Immutable;
using Breakwater.Adapters.Files;
using Breakwater.Numerics;

namespace Breakwater.Cli.Benchmarks;

/// <summary>Weighted points of the instruments' shocks.</summary>
/// <param name="Shocks">[underlying] shocks, one a point.</param>
/// <param name="Weights">[point] weights; ≥ 1.</param>
internal sealed record DrawnPoints(ImmutableArray<WorkloadShocks> Shocks, ImmutableArray<int> Weights)
{
    // The workload's own law (WorkloadGenerator), of six uniform numbers: four normal ones, whether it jumps, how far.
    private const int JumpWeight = 1;
    private const int DiffusionWeight = 19; // jumps have a probability of 5 %
    private const double ReturnCorrelation = 0.85;

    /// <summary>Points of the workload's law by the tools of block B: scrambled Sobol nets, one without and one with a
    /// jump, weights that restore its probability.</summary>
    /// <param name="seed">Seed of the scrambling.</param>
    /// <param name="first">First point of each net.</param>
    /// <param name="count">Points of each net.</param>
    public static DrawnPoints OfNets(ulong seed, int first, int count) => Of(
        count, (point, dimension, hasJump) => SobolSequence.ScrambledPoint(
            (uint)(first + point), dimension, unchecked((2 * seed) + (hasJump ? 1UL : 0UL))));

    private static DrawnPoints Of(int count, Func<int, int, bool, double> uniform)
    {
        double[][] shocks = [.. Enumerable.Range(0, 4).Select(_ => new double[2 * count])];
        for (int point = 0; point < 2 * count; point++)
        {
            bool hasJump = point >= count;
            double Normal(int dimension) =>
                NormalDistribution.InverseCdf(uniform(point % count, dimension, hasJump));
            (double btc, double btcOwn) = (Normal(0), Normal(2));
            double eth = (ReturnCorrelation * btc)
                + (Math.Sqrt(1.0 - (ReturnCorrelation * ReturnCorrelation)) * Normal(1));
            double ethOwn = (0.8 * btcOwn) + (0.6 * Normal(3));
            double jump = hasJump ? -0.03 + (0.08 * Normal(4)) : 0.0;
            double rise = hasJump ? 0.15 : 0.0;
            shocks[0][point] = (0.03 * btc) + jump;
            shocks[1][point] = Math.Exp((0.08 * ((-0.4 * btc) + (0.9 * btcOwn))) + rise) - 1.0;
            shocks[2][point] = (0.04 * eth) + (1.2 * jump);
            shocks[3][point] = Math.Exp((0.09 * ((-0.4 * eth) + (0.9 * ethOwn))) + rise) - 1.0;
        }

        return new DrawnPoints(
            [new WorkloadShocks([.. shocks[0]], [.. shocks[1]]), new WorkloadShocks([.. shocks[2]], [.. shocks[3]])],
            [
                .. Enumerable.Repeat(DiffusionWeight, count),
                .. Enumerable.Repeat(JumpWeight, count),
            ]);
    }
}
