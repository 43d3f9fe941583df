using System.Collections.Immutable;
using Breakwater.Numerics;

namespace Breakwater.Scenarios;

/// <summary>Weighted moments of one factor over scenarios that carry weight.</summary>
/// <param name="Mean">Mean, in the unit of the factor.</param>
/// <param name="StandardDeviation">Root of the mean squared distance from the mean; ≥ 0.</param>
/// <param name="Skewness">Third standardised moment; 0 for a factor that does not move.</param>
/// <param name="ExcessKurtosis">Fourth standardised moment less 3; 0 for a factor that does not move.</param>
/// <param name="Quantile01">Smallest value that at least 1 % of the weight does not exceed.</param>
/// <param name="Quantile99">Smallest value that at least 99 % of the weight does not exceed.</param>
public sealed record FactorMoments(
    double Mean, double StandardDeviation, double Skewness, double ExcessKurtosis, double Quantile01,
    double Quantile99);

/// <summary>Describes a scenario set: what it says about each factor and how factors move together.</summary>
public static class ScenarioMoments
{
    private const double QuantileLow = 0.01;
    private const double QuantileHigh = 0.99;

    /// <summary>Moments of one column over the weighted scenarios of some blocks.</summary>
    /// <param name="set">The set.</param>
    /// <param name="column">Column of its layout.</param>
    /// <param name="blocks">Blocks read; only A and B carry weight.</param>
    /// <exception cref="ArgumentException">The blocks carry no weight, or the column is none of the layout.</exception>
    public static FactorMoments Of(ScenarioSet set, int column, params ImmutableArray<ScenarioBlock> blocks)
    {
        (double[] values, long[] weights) = Weighted(set, column, blocks);
        double total = weights.Sum();
        double mean = Average(values, weights, total, (value, _) => value, 0d);
        double variance = Average(values, weights, total, (value, centre) => (value - centre) * (value - centre), mean);
        double deviation = Math.Sqrt(variance);
        double third = Average(values, weights, total, (value, centre) => Cube(value - centre), mean);
        double fourth = Average(
            values, weights, total, (value, centre) => (value - centre) * Cube(value - centre), mean);
        Array.Sort(values, weights);
        return new FactorMoments(
            mean, deviation,
            variance > 0d ? third / (variance * deviation) : 0d,
            variance > 0d ? (fourth / (variance * variance)) - 3d : 0d,
            Quantile(values, weights, QuantileLow), Quantile(values, weights, QuantileHigh));
    }

    /// <summary>Weighted correlation of two columns; 0 where either does not move.</summary>
    /// <param name="set">The set.</param>
    /// <param name="left">Column of its layout.</param>
    /// <param name="right">Column of its layout.</param>
    /// <param name="blocks">Blocks read; only A and B carry weight.</param>
    /// <returns>In [−1, 1].</returns>
    public static double Correlation(
        ScenarioSet set, int left, int right, params ImmutableArray<ScenarioBlock> blocks)
    {
        (double[] lefts, long[] weights) = Weighted(set, left, blocks);
        (double[] rights, _) = Weighted(set, right, blocks);
        FactorMoments own = Of(set, left, blocks);
        FactorMoments other = Of(set, right, blocks);
        double scale = own.StandardDeviation * other.StandardDeviation;
        double cross = 0d;
        for (int scenario = 0; scenario < weights.Length; scenario++)
        {
            cross += weights[scenario] * ((lefts[scenario] - own.Mean) * (rights[scenario] - other.Mean));
        }

        return scale > 0d ? Math.Clamp(cross / weights.Sum() / scale, -1d, 1d) : 0d;
    }

    private static (double[] Values, long[] Weights) Weighted(
        ScenarioSet set, int column, ImmutableArray<ScenarioBlock> blocks)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, set.Layout.Count);
        Scenario[] read = [.. set.Scenarios.Where(scenario => scenario.Weight > 0 && blocks.Contains(scenario.Block))];
        Require.Positive(read.Length);
        return (
            [.. read.Select(scenario => set.Row(scenario.Id)[column] / (double)ScenarioSet.NanoOne)],
            [.. read.Select(scenario => (long)scenario.Weight)]);
    }

    private static double Average(
        double[] values, long[] weights, double total, Func<double, double, double> of, double centre)
    {
        double sum = 0d;
        for (int index = 0; index < values.Length; index++)
        {
            sum += weights[index] * of(values[index], centre);
        }

        return sum / total;
    }

    private static double Quantile(double[] sorted, long[] weights, double level)
    {
        double wanted = level * weights.Sum();
        long below = 0;
        int index = 0;
        while (index < sorted.Length - 1 && (below += weights[index]) < wanted)
        {
            index++;
        }

        return sorted[index];
    }

    private static double Cube(double value) => value * value * value;
}
