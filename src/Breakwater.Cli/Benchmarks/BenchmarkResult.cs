using System.Collections.Immutable;

namespace Breakwater.Cli.Benchmarks;

/// <summary>One timed piece of a workload.</summary>
/// <param name="Workload">The workload, such as <c>W2a</c>.</param>
/// <param name="Variant">Which of its pieces or ways.</param>
/// <param name="Threads">Threads that worked.</param>
/// <param name="Time">Median time of a round.</param>
/// <param name="Rate">Work done per second of wall clock, of CPU time where one thread worked.</param>
/// <param name="Unit">Unit of the rate.</param>
/// <param name="Checksums">Name and value of every checksum, digits as the peers print them.</param>
internal sealed record BenchmarkResult(
    string Workload,
    string Variant,
    int Threads,
    RoundTime Time,
    double Rate,
    string Unit,
    ImmutableArray<(string Name, string Value)> Checksums)
{
    /// <summary>What else was measured: name with unit last, such as <c>p99Microseconds</c>, and value.</summary>
    public ImmutableArray<(string Name, double Value)> Figures { get; init; } = [];

    /// <summary>A result whose rate is work over time.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="variant">Which of its pieces or ways.</param>
    /// <param name="threads">Threads that worked.</param>
    /// <param name="time">Median time of a round.</param>
    /// <param name="work">What a round did: number of units.</param>
    /// <param name="unit">Unit of the rate.</param>
    /// <param name="checksums">Checksums of what was computed.</param>
    public static BenchmarkResult Of(
        string workload,
        string variant,
        int threads,
        RoundTime time,
        double work,
        string unit,
        params ImmutableArray<(string Name, string Value)> checksums) =>
        new(workload, variant, threads, time, work / (threads == 1 ? time.CpuSeconds : time.WallSeconds), unit,
            checksums);
}
