using System.Collections.Immutable;
using Breakwater.Margin.Tails;

namespace Breakwater.Cli.Conformance.Kinds;

/// <summary>Cases of <c>scenario-es-exact</c> and <c>var-order-statistic-ci</c>: equally weighted scenarios.</summary>
internal static class ScenarioTailFamilies
{
    private const int DecimalsMax = 9;

    /// <summary>The families.</summary>
    public static ImmutableArray<Family> All { get; } =
    [
        new("scenario-es-exact", ["positionLosses", "alpha"], [], Tail),
        new("var-order-statistic-ci", ["n", "alpha", "confidence"], [], Interval),
    ];

    private static Answers Tail(CaseInputs inputs)
    {
        (ImmutableArray<double> losses, int positions) = inputs.Matrix("positionLosses");
        double unit = WholeUnit(losses);
        int scenarios = losses.Length / positions;
        Int128[][] byPosition = [.. Enumerable.Range(0, positions).Select(position =>
            Enumerable.Range(0, scenarios)
                .Select(row => (Int128)Math.Round(losses[(row * positions) + position] * unit))
                .ToArray())];
        Int128[] total = [.. Enumerable.Range(0, scenarios).Select(row =>
            byPosition.Aggregate(Int128.Zero, (sum, position) => sum + position[row]))];
        int[] weights = [.. Enumerable.Repeat(1, scenarios)];
        TailMeasure measure = TailEstimators.Measure(total, weights, LevelInput.Read(inputs, "alpha"));
        double Shortfall(Int128 tailSum) => ExactRatio.Of(tailSum, measure.TailMass).ToDouble() / unit;
        return new Answers()
            .Add("VaR", () => (double)measure.ValueAtRisk / unit)
            .Add("ES", () => Shortfall(measure.TailSum))
            .Add("ES_exact", () => Shortfall(measure.TailSum))
            .Add("componentES", () => Answer.Of(
                byPosition.Select(position => Shortfall(TailEstimators.ComponentTailSum(measure, position)))));
    }

    private static Answers Interval(CaseInputs inputs)
    {
        OrderStatisticInterval interval = OrderStatisticInterval.Of(
            inputs.Integer("n"), LevelInput.Read(inputs, "alpha"), LevelInput.Read(inputs, "confidence"));
        return new Answers()
            .Add("lowerRank", () => interval.LowerRank)
            .Add("upperRank", () => interval.UpperRank)
            .Add("coverage", () => interval.Coverage);
    }

    // The estimators are exact integers: the least power of ten that makes every loss whole.
    private static double WholeUnit(ImmutableArray<double> losses)
    {
        double unit = 1.0;
        for (int decimals = 0; decimals <= DecimalsMax; decimals++, unit *= 10.0)
        {
            if (losses.All(loss => Math.Abs((loss * unit) - Math.Round(loss * unit)) <= 1e-12 * Math.Abs(loss * unit)))
            {
                return unit;
            }
        }

        throw new UnknownCaseException($"losses have more than {DecimalsMax} decimals");
    }
}
