using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Numerics;

namespace Breakwater.Scenarios;

/// <summary>Block B of METHODOLOGY 3.4: jump diffusion with a t-copula, stratified by the jump indicator.</summary>
/// <remarks>
/// Eight eighths, each with its own seed so that they can rotate (METHODOLOGY 3.7); each has 128 points without and 128
/// with a jump, runs of a scrambled Sobol net, and is compensated by itself.
/// </remarks>
internal static class MonteCarloBlock
{
    /// <summary>Scenarios of the block (METHODOLOGY 3.6).</summary>
    public const int Count = Eighths * 2 * StratumCount;

    /// <summary>Parts that rotate one by one.</summary>
    public const int Eighths = 8;

    /// <summary>Points of an eighth in one stratum: a power of two, so that they are a net.</summary>
    public const int StratumCount = 128;

    /// <summary>Appends the block.</summary>
    /// <param name="table">Table to append to.</param>
    /// <param name="inputs">Volatilities, jumps and parameters.</param>
    /// <param name="correlation">Mixture of correlations.</param>
    /// <param name="horizon">Horizon.</param>
    /// <param name="keys">[8] key of Philox of each eighth.</param>
    public static void Append(
        ScenarioTable table, ScenarioInputs inputs, StressedCorrelation correlation, HorizonInputs horizon,
        ImmutableArray<ulong> keys)
    {
        Require.Count(keys.Length, Eighths);
        JumpDiffusion model = new(inputs, correlation, horizon);
        int[] weights = Weights(model.JumpProbability);
        double[] rows = new double[2 * StratumCount * table.Layout.Count];
        for (int eighth = 0; eighth < Eighths; eighth++)
        {
            ReadOnlySpan<int> own = weights.AsSpan(eighth * 2 * StratumCount, 2 * StratumCount);
            model.FillEighth(eighth, keys[eighth], rows);
            Compensate(rows, own, table.Layout);
            for (int point = 0; point < 2 * StratumCount; point++)
            {
                string stratum = point < StratumCount ? "diffusion" : "jump";
                table.Add(
                    ScenarioBlock.B,
                    string.Create(CultureInfo.InvariantCulture, $"B {eighth + 1}/8 {stratum} {point % StratumCount}"),
                    own[point], ScenarioSet.NanoOne, false,
                    rows.AsSpan(point * table.Layout.Count, table.Layout.Count));
            }
        }
    }

    /// <summary>Weights of the block: each stratum as a whole has the probability of the model, to one unit; its points
    /// are alike.</summary>
    /// <param name="jumpProbability">Probability of at least one jump, in [0, 1].</param>
    internal static int[] Weights(double jumpProbability)
    {
        const int Points = Count / 2;
        const int Total = ScenarioSet.WeightTotal / 2;
        int jump = WeightAllocation.Distribute([1d - jumpProbability, jumpProbability], Total)[1];
        jump = Math.Clamp(jump, Points, Total - Points);
        double[] alike = new double[Points];
        Array.Fill(alike, 1d);
        int[] without = WeightAllocation.Distribute(alike, Total - jump);
        int[] with = WeightAllocation.Distribute(alike, jump);
        int[] weights = new int[Count];
        for (int point = 0; point < Count; point++)
        {
            int eighth = point / (2 * StratumCount);
            int index = (eighth * StratumCount) + (point % StratumCount);
            weights[point] = point % (2 * StratumCount) < StratumCount ? without[index] : with[index];
        }

        return weights;
    }

    // E[e^r] = 1 within every eighth: innovations with t margins have no exponential moment to compensate by formula,
    // and an eighth that is compensated by itself does not move when another one is replaced.
    private static void Compensate(double[] rows, ReadOnlySpan<int> weights, FactorLayout layout)
    {
        for (int underlying = 0; underlying < layout.Underlyings.Length; underlying++)
        {
            int column = FactorLayout.Column(underlying, RiskFactorKind.SpotReturn);
            double sum = 0d;
            double total = 0d;
            for (int point = 0; point < weights.Length; point++)
            {
                sum += weights[point] * DeterministicMath.Exp(rows[(point * layout.Count) + column]);
                total += weights[point];
            }

            double drift = DeterministicMath.Log(sum / total);
            for (int point = 0; point < weights.Length; point++)
            {
                rows[(point * layout.Count) + column] -= drift;
            }
        }
    }
}
