using Breakwater.Adapters.Files;
using Breakwater.Numerics;
using Breakwater.Pricing;

namespace Breakwater.Cli.Benchmarks;

/// <summary>W1: price, delta, gamma, vega and theta of a million options, each with inputs of its own.</summary>
internal static class PricingBenchmark
{
    private const int Outputs = 5;

    /// <summary>The entry.</summary>
    public static BenchmarkEntry Entry { get; } = new(
        "W1", "1,000,000 options, price with delta, gamma, vega and theta, f64", Run);

    private static IEnumerable<BenchmarkResult> Run(BenchmarkSetting setting)
    {
        WorkloadOptions options = setting.Workload.Value.Options;
        const int Count = Workload.OptionCount;
        double[] values = new double[Outputs * Count];
        RoundTime time = RoundTime.Median(
            setting.Rounds,
            () => setting.Split(Count, (first, end) => Price(options, first, end - first, values)));
        yield return BenchmarkResult.Of(
            "W1", "Black-76 with Greeks", setting.Threads, time, Count / 1e6, "M options/s",
            Checksum.Of("price", Sum(values, 0), 6),
            Checksum.Of("delta", Sum(values, 1), 6),
            Checksum.Of("gamma", Sum(values, 2), 6),
            Checksum.Of("vega", Sum(values, 3), 4),
            Checksum.Of("theta", Sum(values, 4), 4));
    }

    private static void Price(WorkloadOptions options, int first, int count, double[] values)
    {
        Black76Batch.Inputs inputs = new(
            options.Forwards.AsSpan(first, count),
            options.Strikes.AsSpan(first, count),
            options.ExpiryYears.AsSpan(first, count),
            options.VolatilitiesAnnual.AsSpan(first, count),
            options.Signs.AsSpan(first, count));
        Span<double> Column(int output) => values.AsSpan(output * Workload.OptionCount + first, count);
        Check.That(
            Black76Batch.TryFill(
                inputs,
                Workload.RateAnnual,
                new Black76Batch.Outputs(Column(0), Column(1), Column(2), Column(3), Column(4))),
            "an option of the workload is outside the domain of the batch");
    }

    private static double Sum(double[] values, int output) =>
        Checksum.Sum(values.AsSpan(output * Workload.OptionCount, Workload.OptionCount));
}
