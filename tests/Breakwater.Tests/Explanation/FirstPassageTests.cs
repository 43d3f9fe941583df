using System.Collections.Immutable;
using Breakwater.Explanation;
using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Scenarios;

namespace Breakwater.Tests.Explanation;

public sealed class FirstPassageTests
{
    private const int PathCount = 8_000;
    private const double DiscreteShift = 0.5826; // −ζ(½)/√(2π): Broadie, Glasserman and Kou (1997), theorem 1.1
    private const double StandardErrors = 3.0; // METHODOLOGY 12, row 9

    // Distances in standard deviations of the horizon.
    [Theory]
    [InlineData(24, 0.5)]
    [InlineData(24, 1.0)]
    [InlineData(24, 2.0)]
    [InlineData(24, 2.5)]
    [InlineData(168, 1.0)]
    public void Row_9_probability_of_liquidation_is_that_of_a_Brownian_motion(int hours, double distance)
    {
        const double HourlyDeviation = 0.001;
        double d = distance * HourlyDeviation * Math.Sqrt(hours);
        HourlyPaths paths = Brownian(hours, HourlyDeviation, PathCount, seed: 17);
        EquityField equity = EquityField.Linear(1.0 + d, [1.0], hours);
        LiquidationProbability estimate = FirstPassage.Of(
            equity, new RequirementField(1.0, [RequirementPart.Constant]), paths);

        double shifted = (d + (DiscreteShift * HourlyDeviation)) / (HourlyDeviation * Math.Sqrt(hours));
        double expected = 2.0 * NormalDistribution.Cdf(-shifted);
        double exact = Math.Sqrt(expected * (1.0 - expected) / PathCount);
        Assert.Equal(exact, estimate.StandardError, 0.2 * exact);
        Assert.True(
            Math.Abs(estimate.Probability - expected) <= StandardErrors * exact,
            $"{estimate.Probability} against {expected} ± {exact}");
        Assert.True(
            estimate.Probability < 2.0 * NormalDistribution.Cdf(-distance),
            "an account that is looked at only every hour is liquidated less often than one always watched");
    }

    [Fact]
    public void A_short_book_falls_where_the_long_one_rises()
    {
        HourlyPaths paths = Brownian(24, 0.002, 2_000, seed: 5);
        HourlyPaths mirrored = new(
            paths.Underlyings, paths.Hours, paths.Weights,
            [.. paths.LogReturns.Select(value => Math.Log(2.0 - Math.Exp(value)))], []);
        RequirementField requirement = new(1.0, [RequirementPart.Constant]);
        Assert.Equal(
            FirstPassage.Of(EquityField.Linear(1.01, [1.0], 24), requirement, paths).Probability,
            FirstPassage.Of(EquityField.Linear(1.01, [-1.0], 24), requirement, mirrored).Probability, 1e-3);
    }

    [Fact]
    public void An_account_below_maintenance_is_liquidated_for_certain_and_one_without_requirement_never()
    {
        HourlyPaths paths = Brownian(24, 0.01, 100, seed: 3);
        RequirementField requirement = new(1.0, [RequirementPart.Constant]);
        Assert.Equal(1.0, FirstPassage.Of(EquityField.Linear(0.999, [0.0], 24), requirement, paths).Probability);
        Assert.Equal(
            0.0,
            FirstPassage.Of(
                EquityField.Linear(0.0, [0.0], 24), new RequirementField(0.0, [RequirementPart.Constant]), paths)
                .Probability);
    }

    [Fact]
    public void More_equity_never_makes_liquidation_likelier()
    {
        HourlyPaths paths = Brownian(24, 0.01, 1_000, seed: 9);
        RequirementField requirement = new(1.0, [RequirementPart.Constant]);
        double[] probabilities =
        [
            .. Enumerable.Range(0, 20).Select(step => FirstPassage.Of(
                EquityField.Linear(1.0 + (0.01 * step), [1.0], 24), requirement, paths).Probability),
        ];
        Assert.Equal(probabilities.OrderDescending(), probabilities);
        Assert.True(probabilities[0] > 0.8);
        Assert.True(probabilities[^1] < 0.01);
    }

    // Simple returns are a Brownian motion, so that a linear book is linear in it.
    private static HourlyPaths Brownian(int hours, double hourlyDeviation, int count, ulong seed)
    {
        double[] returns = new double[count * (hours + 1)];
        for (int path = 0; path < count; path++)
        {
            double walk = 0.0;
            for (int hour = 1; hour <= hours; hour++)
            {
                uint word = Philox4x32.Block((uint)path, (uint)hour, 0, 0, seed).X0;
                walk += hourlyDeviation * NormalDistribution.InverseCdf(Philox4x32.ToUniform(word));
                returns[(path * (hours + 1)) + hour] = DeterministicMath.Log(1.0 + walk);
            }
        }

        return new HourlyPaths(
            [AssetId.Of("BTC")], hours, [.. Enumerable.Repeat(1, count)], ImmutableArray.Create(returns), []);
    }
}
