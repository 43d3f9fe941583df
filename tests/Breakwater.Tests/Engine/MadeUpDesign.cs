using System.Collections.Immutable;
using Breakwater.Numerics;
using Breakwater.Scenarios;

namespace Breakwater.Tests.Engine;

/// <summary>A design of scenario sets in microseconds that reads every input the real one reads.</summary>
internal static class MadeUpDesign
{
    private const int DistributionCount = 24;

    internal static ScenarioSets Build(ScenarioInputs inputs) => new(
        One(inputs, new HorizonInputs(inputs, MarginHorizon.Maintenance)),
        One(inputs, new HorizonInputs(inputs, MarginHorizon.Initial)));

    private static ScenarioSet One(ScenarioInputs inputs, HorizonInputs horizon)
    {
        List<Scenario> scenarios = [new(0, ScenarioBlock.D, "nothing", 0, ScenarioSet.NanoOne, false)];
        List<long> values = [.. new long[inputs.Layout.Count]];
        foreach (double step in (ReadOnlySpan<double>)[-1d, -0.5, 0.5, 1d])
        {
            Add(ScenarioBlock.D, $"{step}", 0, u => step * horizon.GridMoves[u] * 0.7, 0.4 - (0.1 * step));
        }

        for (int index = 0; index < DistributionCount; index++)
        {
            ulong key = inputs.KeysOfEighths()[index % 8];
            (uint first, uint second, uint third, _) = Philox4x32.Block((uint)index, 0, 0, 0, key);
            double common = NormalDistribution.InverseCdf(Philox4x32.ToUniform(first));
            double other = NormalDistribution.InverseCdf(Philox4x32.ToUniform(second));
            double level = 0.1 * NormalDistribution.InverseCdf(Philox4x32.ToUniform(third));
            Add(
                index % 2 == 0 ? ScenarioBlock.A : ScenarioBlock.B, $"r{index}", 1 + (index % 3),
                u => horizon.Deviations[u] * (common + (u * 0.6 * other)) * 1.3, level);
        }

        ImmutableArray<Scenario> made = [.. scenarios];
        return new ScenarioSet(
            horizon.Horizon, inputs.Layout, horizon.Hours, made, [.. values], inputs.Seed,
            ScenarioEncoding.DigestOf(horizon.Horizon, made, [.. values]), []);

        void Add(ScenarioBlock block, string label, int weight, Func<int, double> move, double level)
        {
            long dampening = block == ScenarioBlock.D ? 870_000_000 : ScenarioSet.NanoOne;
            scenarios.Add(new Scenario(scenarios.Count, block, label, weight, dampening, scenarios.Count % 2 == 0));
            long[] row = new long[inputs.Layout.Count];
            for (int u = 0; u < inputs.Count; u++)
            {
                row[FactorLayout.Column(u, RiskFactorKind.SpotReturn)] = Nano(move(u) + Drift(inputs.Underlyings[u]));
                row[FactorLayout.Column(u, RiskFactorKind.VolatilityLevel)] =
                    Nano(level * inputs.Underlyings[u].VolatilityShockRatio);
            }

            values.AddRange(row);
        }
    }

    // Something of every part of the inputs, small.
    private static double Drift(UnderlyingInputs own) =>
        (own.History.VarianceHourly.IsEmpty ? 0d : own.History.VarianceHourly[^1])
        + (own.History.LogPrices.IsEmpty ? 0d : 1e-6 * own.History.LogPrices[^1])
        + (1e-5 * own.VolatilityLongAnnual)
        + (own.VolatilityIndex.IsEmpty ? 0d : 1e-5 * own.VolatilityIndex[^1].Value);

    private static long Nano(double value) => (long)Math.Round(Math.Clamp(value, -2d, 2d) * ScenarioSet.NanoOne);
}
