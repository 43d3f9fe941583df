using System.Text.Json;
using Breakwater.Margin.Tails;

namespace Breakwater.Tests.Margin.Tails;

public sealed class TailEstimatorsTests
{
    [Fact]
    public void Reference_cases_agree_as_exact_fractions()
    {
        using JsonDocument file = JsonDocument.Parse(
            File.ReadAllText(SharedFolder.Require("reference/scenario-es-exact.json")));
        foreach (JsonElement test in file.RootElement.GetProperty("sets")[0].GetProperty("cases").EnumerateArray())
        {
            int[][] rows = test.GetProperty("inputs").GetProperty("positionLosses").Deserialize<int[][]>()!;
            int alpha = (int)(test.GetProperty("inputs").GetProperty("alpha").GetDecimal() * 1000);
            Int128[] losses = [.. rows.Select(row => (Int128)row.Sum())];
            TailMeasure measure = TailEstimators.Measure(
                losses, [.. rows.Select(_ => 1)], TailLevel.OfThousandths(alpha));

            JsonElement expected = test.GetProperty("expected");
            Assert.Equal(expected.GetProperty("VaR").GetInt32(), (int)measure.ValueAtRisk);
            Assert.Equal(expected.GetProperty("ES_exact").GetString(), measure.ExpectedShortfall.ToString());
            double[] components = expected.GetProperty("componentES").Deserialize<double[]>()!;
            for (int column = 0; column < components.Length; column++)
            {
                Int128 sum = TailEstimators.ComponentTailSum(measure, [.. rows.Select(row => (Int128)row[column])]);
                Assert.Equal(components[column], ExactRatio.Of(sum, measure.TailMass).ToDouble());
            }
        }
    }

    // By hand: weights 1, 2, 3, 4 of losses 40, 30, 20, 10; the worst quarter of 10 is 1 of 40 and 1.5 of 30.
    [Fact]
    public void Boundary_scenario_counts_with_the_fraction_of_its_weight_inside_the_tail()
    {
        TailMeasure measure = TailEstimators.Measure([40, 30, 20, 10], [1, 2, 3, 4], TailLevel.OfThousandths(750));
        Assert.Equal("34", measure.ExpectedShortfall.ToString());
        Assert.Equal(30, measure.ValueAtRisk);
        Assert.Equal([0, 1], measure.Tail.Select(share => share.ScenarioIndex));
    }

    [Fact]
    public void Ties_are_taken_by_lower_index_first()
    {
        TailMeasure measure = TailEstimators.Measure([5, 9, 9, 9, 1], [1, 1, 1, 1, 1], TailLevel.OfThousandths(600));
        Assert.Equal([1, 2], measure.Tail.Select(share => share.ScenarioIndex));
        Assert.Equal(3, measure.ValueAtRiskScenario);
    }

    [Fact]
    public void A_tail_that_ends_between_scenarios_has_its_value_at_risk_just_outside()
    {
        TailMeasure measure = TailEstimators.Measure([3, 1, 2], [1, 1, 2], TailLevel.OfThousandths(750));
        Assert.Equal("3", measure.ExpectedShortfall.ToString());
        Assert.Equal(2, measure.ValueAtRisk);
    }

    [Fact]
    public void Scenarios_without_weight_stand_outside_the_distribution() =>
        Assert.Equal(7, TailEstimators.Measure([100, 7, 6], [0, 1, 1], TailLevel.OfThousandths(500)).TailSum);

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public void A_level_outside_the_open_unit_interval_is_refused(int thousandths) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => TailEstimators.Measure([1], [1], TailLevel.OfThousandths(thousandths)));

    [Fact]
    public void Weights_that_are_negative_or_all_zero_or_of_another_count_are_refused()
    {
        TailLevel level = TailLevel.OfThousandths(500);
        Assert.Throws<ArgumentOutOfRangeException>(() => TailEstimators.Measure([1, 2], [1, -1], level));
        Assert.Throws<ArgumentException>(() => TailEstimators.Measure([1, 2], [0, 0], level));
        Assert.Throws<ArgumentException>(() => TailEstimators.Measure([1, 2], [1], level));
    }

    // Manistre, Hancock (2005): losses 10, 20 beyond a VaR of 0, weights equal, n = 8, alpha = 3/4:
    // VaR = 0, ES = 15, Var(10, 20) = 25, se² = (25 + 0.75·225)/(8·0.25) = 96.875, se = 9.84.., rounded up 10.
    [Fact]
    public void Standard_error_is_that_of_Manistre_and_Hancock_rounded_up()
    {
        Int128[] losses = [10, 20, 0, 0, 0, 0, 0, 0];
        int[] weights = [1, 1, 1, 1, 1, 1, 1, 1];
        TailMeasure measure = TailEstimators.Measure(losses, weights, TailLevel.OfThousandths(750));
        Assert.Equal(10, StandardError.OfShortfallUp(losses, weights, measure));
        Assert.Equal(8, StandardError.EffectiveCount(weights));
    }
}
