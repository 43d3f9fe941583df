namespace Breakwater.Tests;

/// <summary>Estimators that tests of calibrations share.</summary>
internal static class Statistics
{
    /// <summary>Standard error of an estimate by leaving out one block after the other (Künsch, 1989, Annals of
    /// Statistics 17, the delete-block jackknife).</summary>
    /// <param name="blocks">Number of blocks, count; &gt; 1.</param>
    /// <param name="without">Estimate from all blocks but one.</param>
    public static double Jackknife(int blocks, Func<int, double> without)
    {
        double[] values = [.. Enumerable.Range(0, blocks).Select(without)];
        double mean = values.Average();
        return Math.Sqrt((blocks - 1d) / blocks * values.Sum(value => (value - mean) * (value - mean)));
    }

    /// <summary>The same for √(Σ value ÷ Σ size) over items with the number of their block.</summary>
    /// <param name="items">Squares, their sizes and their blocks.</param>
    public static (double Root, double Error) RootOfRatio(
        IReadOnlyCollection<(double Square, double Size, int Block)> items)
    {
        (double Square, double Size)[] blocks =
        [
            .. items.GroupBy(item => item.Block).OrderBy(group => group.Key)
                .Select(group => (group.Sum(item => item.Square), group.Sum(item => item.Size))),
        ];
        double squares = blocks.Sum(block => block.Square);
        double sizes = blocks.Sum(block => block.Size);
        double error = Jackknife(
            blocks.Length,
            out_ => Math.Sqrt((squares - blocks[out_].Square) / (sizes - blocks[out_].Size)));
        return (Math.Sqrt(squares / sizes), error);
    }

    /// <summary>Correlation of pairs.</summary>
    public static double Correlation(IReadOnlyCollection<(double X, double Y)> pairs)
    {
        double meanX = pairs.Average(pair => pair.X);
        double meanY = pairs.Average(pair => pair.Y);
        double cross = pairs.Sum(pair => (pair.X - meanX) * (pair.Y - meanY));
        return cross / Math.Sqrt(
            pairs.Sum(pair => (pair.X - meanX) * (pair.X - meanX))
                * pairs.Sum(pair => (pair.Y - meanY) * (pair.Y - meanY)));
    }

    /// <summary>Least squares y = slope·x + constant.</summary>
    public static (double Slope, double Constant) Line(IReadOnlyCollection<(double X, double Y)> pairs)
    {
        double meanX = pairs.Average(pair => pair.X);
        double meanY = pairs.Average(pair => pair.Y);
        double slope = pairs.Sum(pair => (pair.X - meanX) * (pair.Y - meanY))
            / pairs.Sum(pair => (pair.X - meanX) * (pair.X - meanX));
        return (slope, meanY - (slope * meanX));
    }

    /// <summary>Quantile, linear between the order statistics.</summary>
    /// <param name="values">Values in any order; at least one.</param>
    /// <param name="level">Level, fraction in [0, 1].</param>
    public static double Quantile(IEnumerable<double> values, double level)
    {
        double[] sorted = [.. values.Order()];
        double place = level * (sorted.Length - 1);
        int below = Math.Min((int)place, sorted.Length - 2);
        return sorted.Length == 1
            ? sorted[0]
            : sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]));
    }
}
