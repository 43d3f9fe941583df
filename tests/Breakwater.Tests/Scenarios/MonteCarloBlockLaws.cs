using System.Collections.Immutable;
using Breakwater.Parameters;
using Breakwater.Scenarios;
using Breakwater.Tests.Forecasts;

namespace Breakwater.Tests.Scenarios;

/// <summary>Block B against the laws it draws from (METHODOLOGY 3.4, 3.5).</summary>
public sealed class MonteCarloBlockLaws
{
    private const double Correlation = 0.85;
    private const int Eighth = 2 * MonteCarloBlock.StratumCount;
    private static readonly ImmutableArray<double> Matrix = [1d, Correlation, Correlation, 1d];

    [Fact]
    public void Each_eighth_has_as_many_points_with_a_jump_as_without_and_the_weights_restore_its_probability()
    {
        ScenarioInputs inputs = SimulatedPast.Inputs();
        (Scenario[] scenarios, _) = Block(inputs, MarginHorizon.Initial, 1);
        for (int eighth = 0; eighth < MonteCarloBlock.Eighths; eighth++)
        {
            Scenario[] own = scenarios[(eighth * Eighth)..((eighth + 1) * Eighth)];
            Assert.Equal(MonteCarloBlock.StratumCount, own.Count(HasJump));
            string prefix = $"B {eighth + 1}/8";
            Assert.All(own, scenario => Assert.StartsWith(prefix, scenario.Label, StringComparison.Ordinal));
        }

        JumpParameters[] jumps = [.. inputs.Underlyings.Select(input => input.Parameters.Jumps)];
        double common = 0.7 * jumps.Min(jump => jump.RateAnnual);
        double rate = common + jumps.Sum(jump => jump.RateAnnual - common);
        double probability = 1d - Math.Exp(-rate * 12d / 8760d);
        double weight = scenarios.Where(HasJump).Sum(scenario => scenario.Weight);
        Assert.Equal(probability, weight / (ScenarioSet.WeightTotal / 2d), 1e-6);
    }

    [Fact]
    public void The_drift_of_every_eighth_is_compensated()
    {
        (Scenario[] scenarios, double[][] returns) = Block(SimulatedPast.Inputs(), MarginHorizon.Initial, 2);
        for (int underlying = 0; underlying < 2; underlying++)
        {
            for (int eighth = 0; eighth < MonteCarloBlock.Eighths; eighth++)
            {
                int[] points = [.. Enumerable.Range(eighth * Eighth, Eighth)];
                double total = points.Sum(point => (double)scenarios[point].Weight);
                double sum = points.Sum(point => scenarios[point].Weight * Math.Exp(returns[point][underlying]));
                Assert.Equal(1d, sum / total, 2e-9);
            }
        }
    }

    // No double counting: diffusion and jumps together have the variance of the forecast. Standard error of the
    // variance
    // of three seeds: fourth moment about 15, 2,048 points: at most √(14 ÷ 6,144) = 4.8 %; two of them.
    [Theory]
    [InlineData(MarginHorizon.Maintenance)]
    [InlineData(MarginHorizon.Initial)]
    public void Total_variance_is_that_of_the_forecast(MarginHorizon horizon)
    {
        ScenarioInputs inputs = SimulatedPast.Inputs(hours: 1000);
        HorizonInputs horizons = new(inputs, horizon);
        double[] ratios = new double[2];
        const int Seeds = 3;
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            (Scenario[] scenarios, double[][] returns) = Block(inputs, horizon, 100 + seed);
            for (int underlying = 0; underlying < 2; underlying++)
            {
                double square = scenarios.Zip(
                    returns, (scenario, row) => scenario.Weight * row[underlying] * row[underlying]).Sum();
                ratios[underlying] += square / (ScenarioSet.WeightTotal / 2d)
                    / (horizons.Deviations[underlying] * horizons.Deviations[underlying]) / Seeds;
            }
        }

        Assert.All(ratios, ratio => Assert.Equal(1d, ratio, 0.1));
    }

    // One hour is one draw of the t-copula, mixed over the four regimes of 3.5 with weights 0.45, 0.15, 0.3, 0.1.
    // Empirical dependence at 1 % in both tails of 8 seeds: 164 points, standard error 0.038; at 1 % it lies up to 0.04
    // above its limit.
    [Fact]
    public void Tail_dependence_of_an_hour_is_that_of_the_copula()
    {
        RiskParameters hourly = SimulatedPast.With("maintenanceHoursClass1: 4", "maintenanceHoursClass1: 1");
        ScenarioInputs inputs = SimulatedPast.Inputs(hourly, hours: 1000);
        List<double[]> points = [];
        for (ulong seed = 0; seed < 8; seed++)
        {
            (Scenario[] scenarios, double[][] returns) = Block(inputs, MarginHorizon.Maintenance, 200 + seed);
            points.AddRange(returns.Where((_, index) => !HasJump(scenarios[index])));
        }

        int cut = points.Count / 100;
        double[][] sorted =
            [.. Enumerable.Range(0, 2).Select(asset => points.Select(point => point[asset]).Order().ToArray())];
        double[] lows = [sorted[0][cut], sorted[1][cut]];
        double[] highs = [sorted[0][^(cut + 1)], sorted[1][^(cut + 1)]];
        int joint = points.Count(point => point[0] < lows[0] && point[1] < lows[1])
            + points.Count(point => point[0] > highs[0] && point[1] > highs[1]);
        double expected = (0.45 * TailDependence.OfStudentCopula(3d, Correlation))
            + (0.15 * TailDependence.OfStudentCopula(3d, 0.5 * Correlation))
            + (0.3 * TailDependence.OfStudentCopula(3d, (0.5 * Correlation) + 0.5))
            + (0.1 * TailDependence.OfStudentCopula(3d, (0.1 * Correlation) + 0.9));

        Assert.InRange((double)joint / (2 * cut), expected - 0.08, expected + 0.12);
    }

    [Fact]
    public void An_eighth_depends_on_its_own_key_alone()
    {
        ScenarioInputs inputs = SimulatedPast.Inputs(hours: 1000);
        (_, double[][] one) = Block(inputs, MarginHorizon.Initial, 1, 1, 1, 1, 1, 1, 1, 1);
        (_, double[][] other) = Block(inputs, MarginHorizon.Initial, 1, 1, 9, 1, 1, 1, 1, 1);
        for (int point = 0; point < one.Length; point++)
        {
            Assert.Equal(point / Eighth != 2, one[point].SequenceEqual(other[point]));
        }
    }

    private static bool HasJump(Scenario scenario) => scenario.Label.Contains(" jump ", StringComparison.Ordinal);

    private static (Scenario[] Scenarios, double[][] Returns) Block(
        ScenarioInputs inputs, MarginHorizon horizon, params ulong[] keys)
    {
        ScenarioTable table = new(inputs.Layout);
        StressedCorrelation stressed = StressedCorrelation.Of(Matrix, 2, ShippedParameters.Value.Scenarios);
        ImmutableArray<ulong> all = keys.Length == 1 ? [.. Enumerable.Repeat(keys[0], 8)] : [.. keys];
        MonteCarloBlock.Append(table, inputs, stressed, new HorizonInputs(inputs, horizon), all);
        ImmutableArray<long> values = table.Values();
        int width = inputs.Layout.Count;
        return (
            [.. table.Scenarios()],
            [.. Enumerable.Range(0, MonteCarloBlock.Count).Select(point => new[]
            {
                values[point * width] * 1e-9,
                values[(point * width) + FactorLayout.FactorsPerUnderlying] * 1e-9,
            })]);
    }
}
