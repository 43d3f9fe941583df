using System.Collections.Immutable;

namespace Breakwater.Cli.Benchmarks;

/// <summary>A workload that can be timed.</summary>
/// <param name="Name">Its name in PERFORMANCE 1.</param>
/// <param name="Description">What is timed, one line.</param>
/// <param name="Run">Times it; results as they come.</param>
internal sealed record BenchmarkEntry(
    string Name, string Description, Func<BenchmarkSetting, IEnumerable<BenchmarkResult>> Run);

/// <summary>Every workload that can be timed, one file each.</summary>
internal static class BenchmarkCatalogue
{
    /// <summary>The workloads, in the order in which they run.</summary>
    public static ImmutableArray<BenchmarkEntry> All { get; } =
    [
        PeakBenchmark.Entry,
        PricingBenchmark.Entry,
        RevaluationBenchmark.Entry,
        BookBenchmark.Entry,
        GridBenchmark.Entry,
        TickBenchmark.Entry,
        AccountBenchmark.FillEntry,
        AccountBenchmark.CheckEntry,
        WholeBookBenchmark.Entry,
        LedgerBenchmark.Entry,
        EfficiencyBenchmark.Entry,
        ScalingBenchmark.Entry,
        EngineBenchmark.Entry,
        ReportBenchmark.Entry,
    ];

    /// <summary>The workload of a name, in any case; <c>null</c> if there is none.</summary>
    public static BenchmarkEntry? Find(string name) =>
        All.FirstOrDefault(entry => string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase));
}
