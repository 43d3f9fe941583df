using System.Collections.Immutable;

namespace Breakwater.Cli.Benchmarks.SideBySide;

/// <summary>What PERFORMANCE 1 asks of one workload, or a figure beside it that it does not.</summary>
/// <param name="Workload">The workload.</param>
/// <param name="Against">What it is held against.</param>
/// <param name="Unit">Unit of the figure: <c>x</c> is a ratio of times.</param>
/// <param name="Limit">The bar; NaN where there is none.</param>
/// <param name="IsAtLeast">Whether the figure must reach the bar, or may not exceed it.</param>
/// <param name="Measure">The figure of one round; <c>null</c> if it was not measured.</param>
internal sealed record Bar(
    string Workload,
    string Against,
    string Unit,
    double Limit,
    bool IsAtLeast,
    Func<RecordedRound, double?> Measure)
{
    private const double FlopsPerRevaluation = 126.0; // OptionKernel: counted operations of one option and scenario
    private const double MicroPerOne = 1e6;
    private const string ToolsVariant = "its tools on the workload's law";
    private const double Percent = 100.0;
    private const string WarmVariant = BookBenchmark.WarmVariant;

    /// <summary>Every bar, in the order of PERFORMANCE 1.</summary>
    public static ImmutableArray<Bar> All { get; } =
    [
        Faster("W1", "C++ libmvec", 1.3),
        Faster("W1", "QuantLib BlackCalculator", 35.0),
        Faster("W1", "QuantLib option + engine", double.NaN),
        Faster("W2a", "C++ libmvec", 1.3),
        Faster("W2a", "QuantLib blackFormula", double.NaN),
        new("W2a", "measured FMA peak", "%", 50.0, true, ShareOfPeak),
        Faster("W2", "C++ libmvec", 15.0, WarmVariant),
        Faster("W2", "QuantLib nth_element", 16.0, WarmVariant),
        Faster("W2", "QuantLib RiskStatistics", double.NaN, WarmVariant),
        Faster("W3", "C++ libmvec", 3.0),
        Faster("W3", "QuantLib, nothing shared", double.NaN),
        new("W4a", "W2 of the same run", "of W2", 0.6, false, round =>
            round.Own.Find("W4a")?.Time.CpuSeconds / round.Own.Find("W2", WarmVariant)?.Time.CpuSeconds),
        Figure("W4a", "allocated in a tick", "bytes", 0.0, "allocatedBytes"),
        new("W4c", "one fill, p50", "us", 5.0, false, round => Microseconds(round, "W4c")),
        new("W4d", "pre-trade check, p50", "us", 30.0, false, round => Microseconds(round, "W4d")),
        new("W5", "whole margin of the book", "core-seconds", 1.5, false, round =>
            round.Own.Find("W5")?.Time.CpuSeconds),
        new("W5", "resident memory", "GB", 2.0, false, round => FigureOf(round, "W5", "residentMegabytes") / 1e3),
        Figure("efficiency", "block B: ES99 RMSE, median account", "%", 0.5, "medianPercent", "block B"),
        Figure("efficiency", "its tools on the workload's law", "%", 0.5, "medianPercent", ToolsVariant),
        Figure("efficiency", "plain random, block B's law", "%", double.NaN, "medianPercent", "block B: plain random"),
        Figure("scaling", "linear in accounts and scenarios", "% off", 10.0, "worstPercent"),
        new("scaling", "two threads against one", "x", 1.8, true, round =>
            FigureOf(round, "scaling", "twoThreadsRatio")),
        Narrow("W1", string.Empty),
        Narrow("W2a", string.Empty),
        Narrow("W2", WarmVariant),
        Narrow("W3", string.Empty),
        Narrow("W4a", string.Empty),
        NarrowCall("W4c"),
        NarrowCall("W4d"),
        Narrow("W5", string.Empty),
    ];

    /// <summary>Whether a figure meets the bar; <c>null</c> where there is none.</summary>
    /// <param name="figure">The figure, in the unit of the bar.</param>
    public bool? IsMetBy(double figure) =>
        double.IsNaN(Limit) ? null : IsAtLeast ? figure >= Limit : figure <= Limit;

    private static Bar Faster(string workload, string way, double limit, string variant = "") => new(
        workload, way, "x", limit, true, round =>
            round.SecondsOf(workload, way) / round.Own.Find(workload, variant)?.Time.CpuSeconds);

    private static Bar Figure(
        string workload, string against, string unit, double limit, string name, string variant = "") =>
        new(workload, against, unit, limit, false, round => FigureOf(round.Own, workload, name, variant));

    private static Bar Narrow(string workload, string variant) => new(
        workload, "itself without AVX-512", "% speed", 45.0, true, round =>
            Percent * round.Own.Find(workload, variant)?.Time.CpuSeconds
            / round.Narrow?.Find(workload, variant)?.Time.CpuSeconds);

    private static Bar NarrowCall(string workload) => new(
        workload, "itself without AVX-512", "% speed", 45.0, true, round =>
            Percent * FigureOf(round.Own, workload, "p50Microseconds")
            / (round.Narrow is { } narrow ? FigureOf(narrow, workload, "p50Microseconds") : null));

    private static double? ShareOfPeak(RecordedRound round) =>
        Percent * FlopsPerRevaluation * round.Own.Find("W2a")?.Rate / 1e3 // millions of values to GFLOP/s
        / round.Own.Find("peak", "FMA f64")?.Rate;

    private static double? Microseconds(RecordedRound round, string workload) =>
        FigureOf(round, workload, "p50Microseconds") ?? MicroPerOne * round.Own.Find(workload)?.Time.CpuSeconds;

    private static double? FigureOf(RecordedRound round, string workload, string name) =>
        FigureOf(round.Own, workload, name);

    // Of the first variant that has it, or of the one named.
    private static double? FigureOf(OwnOutput output, string workload, string name, string variant = "")
    {
        foreach (BenchmarkResult result in output.Results.Where(own => own.Workload == workload))
        {
            if (variant.Length > 0 && result.Variant != variant) continue;
            foreach ((string own, double value) in result.Figures)
            {
                if (own == name) return value;
            }
        }

        return null;
    }
}
