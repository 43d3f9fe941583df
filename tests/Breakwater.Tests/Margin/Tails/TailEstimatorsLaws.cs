using Breakwater.Margin.Tails;

namespace Breakwater.Tests.Margin.Tails;

/// <summary>Laws of the estimators over generated distributions; a failure names its seed.</summary>
public sealed class TailEstimatorsLaws
{
    private const int CaseCount = 10_000;

    // Rockafellar, Uryasev (2002), theorem 10.
    [Fact]
    public void Every_threshold_bounds_expected_shortfall_and_value_at_risk_attains_it() => Each((random, seed) =>
    {
        (Int128[] losses, int[] weights, TailLevel level) = Draw(random);
        TailMeasure measure = TailEstimators.Measure(losses, weights, level);
        ExactRatio shortfall = measure.ExpectedShortfall;
        Assert.True(
            shortfall == TailEstimators.ShortfallBound(losses, weights, level, measure.ValueAtRisk), $"seed {seed}");
        Int128 threshold = random.Next(-2000, 2000);
        Assert.True(
            shortfall.IsAtMost(TailEstimators.ShortfallBound(losses, weights, level, threshold)), $"seed {seed}");
    });

    [Fact]
    public void Expected_shortfall_is_never_below_value_at_risk_of_its_level() => Each((random, seed) =>
    {
        (Int128[] losses, int[] weights, TailLevel level) = Draw(random);
        TailMeasure measure = TailEstimators.Measure(losses, weights, level);
        Assert.True(measure.ValueAtRisk <= measure.ExpectedShortfallUp, $"seed {seed}");
    });

    // The obvious implementation: sort ascending, add weights until the level is reached.
    [Fact]
    public void Value_at_risk_is_the_smallest_loss_whose_cumulative_weight_reaches_the_level() => Each((random, seed) =>
    {
        (Int128[] losses, int[] weights, TailLevel level) = Draw(random);
        Int128 needed = (Int128)weights.Sum() * level.Numerator;
        Int128 seen = 0;
        Int128 expected = losses.Index().OrderBy(loss => loss.Item).First(loss =>
        {
            seen += weights[loss.Index];
            return seen * level.Denominator >= needed && weights[loss.Index] > 0;
        }).Item;
        Assert.True(expected == TailEstimators.Measure(losses, weights, level).ValueAtRisk, $"seed {seed}");
    });

    [Fact]
    public void Shares_of_the_tail_sum_to_its_mass_and_components_to_its_sum() => Each((random, seed) =>
    {
        (Int128[] losses, int[] weights, TailLevel level) = Draw(random);
        TailMeasure measure = TailEstimators.Measure(losses, weights, level);
        Int128 mass = measure.Tail.Aggregate(Int128.Zero, (sum, share) => sum + share.Weight);
        Assert.True(mass == measure.TailMass, $"seed {seed}");

        Int128[] part = [.. losses.Select(_ => (Int128)random.Next(-1000, 1000))];
        Int128[] rest = [.. losses.Zip(part, (loss, own) => loss - own)];
        Int128[] numerators =
            [TailEstimators.ComponentTailSum(measure, part), TailEstimators.ComponentTailSum(measure, rest)];
        Assert.True(numerators[0] + numerators[1] == measure.TailSum, $"seed {seed}");

        Int128[] parts = new Int128[2];
        LargestRemainder.Split(numerators, measure.TailMass, measure.ExpectedShortfallUp, parts);
        Assert.True(parts[0] + parts[1] == measure.ExpectedShortfallUp, $"seed {seed}");
    });

    [Fact]
    public void Equal_weights_of_any_size_give_the_same_measures() => Each((random, seed) =>
    {
        (Int128[] losses, int[] _, TailLevel level) = Draw(random);
        int[] ones = [.. losses.Select(_ => 1)];
        int[] many = [.. losses.Select(_ => 1 + (seed % 977))];
        Assert.True(
            TailEstimators.Measure(losses, ones, level).ExpectedShortfall
                == TailEstimators.Measure(losses, many, level).ExpectedShortfall,
            $"seed {seed}");
    });

    private static void Each(Action<Random, int> law)
    {
        for (int seed = 0; seed < CaseCount; seed++)
        {
            law(new Random(seed), seed);
        }
    }

    private static (Int128[] Losses, int[] Weights, TailLevel Level) Draw(Random random)
    {
        int count = random.Next(1, 40);
        int range = random.Next(2) == 0 ? 5 : 1000; // narrow ranges make ties
        Int128[] losses = [.. Enumerable.Range(0, count).Select(_ => (Int128)random.Next(-range, range))];
        int[] weights = [.. Enumerable.Range(0, count).Select(_ => random.Next(0, 4))];
        weights[random.Next(count)] = 1;
        return (losses, weights, TailLevel.OfThousandths(random.Next(1, 1000)));
    }
}
