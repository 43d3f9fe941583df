using Breakwater.Adapters.Files;

namespace Breakwater.Cli.Benchmarks;

/// <summary>Losses of some accounts in weighted points.</summary>
/// <param name="accountCount">Accounts.</param>
internal sealed class WeightedLosses(int accountCount)
{
    private readonly List<double>[] _losses = [.. Enumerable.Range(0, accountCount).Select(_ => new List<double>())];
    private readonly List<double> _weights = [];

    /// <summary>Points.</summary>
    public int PointCount => _weights.Count;

    /// <summary>Adds points: values the instruments of a workload in them, and sums the positions of its first
    /// accounts.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="points">The points.</param>
    public void Add(Workload workload, DrawnPoints points)
    {
        int count = points.Weights.Length;
        double[] pnl = new double[Workload.InstrumentCount * count];
        RevaluationBenchmark.Fill(
            workload, RevaluationBenchmark.WithGrowths(points.Shocks), 0, Workload.InstrumentCount, pnl);
        _weights.AddRange(points.Weights.Select(own => (double)own));
        double[] losses = new double[count];
        for (int account = 0; account < _losses.Length; account++)
        {
            Array.Clear(losses);
            for (int i = 0; i < Workload.PositionsPerAccount; i++)
            {
                int position = (account * Workload.PositionsPerAccount) + i;
                double quantity = workload.Quantities[position];
                ReadOnlySpan<double> row = pnl.AsSpan(workload.InstrumentIndices[position] * count, count);
                for (int point = 0; point < count; point++) losses[point] -= quantity * row[point];
            }

            _losses[account].AddRange(losses);
        }
    }

    /// <summary>[account] mean loss in the worst share of the weight; a point across the boundary counts in part.
    /// </summary>
    /// <param name="tailShare">The share, in (0, 1).</param>
    public double[] Shortfalls(double tailShare) => [.. _losses.Select(own => Shortfall(own, tailShare))];

    /// <summary>Points drawn by weight, with replacement: each weighs the same.</summary>
    /// <param name="count">How many.</param>
    /// <param name="random">Source of the draws.</param>
    public WeightedLosses Resampled(int count, Random random)
    {
        double[] cumulative = new double[_weights.Count];
        double sum = 0.0;
        for (int point = 0; point < cumulative.Length; point++) cumulative[point] = sum += _weights[point];
        int[] points = new int[count];
        for (int i = 0; i < count; i++)
        {
            int at = Array.BinarySearch(cumulative, random.NextDouble() * sum);
            points[i] = Math.Min(at < 0 ? ~at : at, cumulative.Length - 1);
        }

        WeightedLosses drawn = new(_losses.Length);
        drawn._weights.AddRange(points.Select(_ => 1.0));
        for (int account = 0; account < _losses.Length; account++)
        {
            drawn._losses[account].AddRange(points.Select(point => _losses[account][point]));
        }

        return drawn;
    }

    private double Shortfall(List<double> losses, double tailShare)
    {
        double[] negated = [.. losses.Select(own => -own)];
        double[] weights = [.. _weights];
        Array.Sort(negated, weights);
        double left = tailShare * weights.Sum();
        double mass = left;
        double sum = 0.0;
        for (int i = 0; i < negated.Length && left > 0.0; i++)
        {
            double own = Math.Min(left, weights[i]);
            sum -= own * negated[i];
            left -= own;
        }

        return sum / mass;
    }
}
