using Breakwater.Adapters.Files;
using Breakwater.Books;
using Breakwater.Cli.Benchmarks.SideBySide;
using Breakwater.Numerics;
using Breakwater.Scenarios;

namespace Breakwater.Cli.Benchmarks;

/// <summary>W3: worst loss of 100,000 accounts on a grid of 32 scenarios and where nothing moves.</summary>
internal static class GridBenchmark
{
    /// <summary>The entry.</summary>
    public static BenchmarkEntry Entry { get; } = new(
        "W3", "worst of 33 scenarios, 100,000 accounts x 20 positions, whole micro-dollars", Run);

    private static IEnumerable<BenchmarkResult> Run(BenchmarkSetting setting)
    {
        Workload workload = setting.Workload.Value;
        GridHoldings book = new(WorkloadBook.Of(workload, 0, Workload.AccountCount));
        GridArrays arrays = new(Workload.InstrumentCount, Workload.GridCount);
        (WorkloadShocks Shocks, double[] Growths)[] shocks = RevaluationBenchmark.WithGrowths(workload.Grid);
        double[] pnl = new double[Workload.GridCount];
        long[] entries = new long[Workload.GridCount];
        for (int instrument = 0; instrument < Workload.InstrumentCount; instrument++)
        {
            RevaluationBenchmark.FillRow(workload, shocks, instrument, pnl);
            WorkloadBook.Quantize(pnl, entries);
            Check.That(arrays.Load(instrument, entries), "an entry of the grid does not fit 32 bits");
        }

        long[] worst = new long[Workload.AccountCount];
        RoundTime time = RoundTime.Median(setting.Rounds, () => setting.Split(worst.Length, (first, end) =>
            GridSweep.Run(arrays, book, MarginHorizon.Maintenance, first, worst.AsSpan(first, end - first))));
        double mean = -worst.Sum(own => (double)own) / 1e6 / worst.Length;
        yield return BenchmarkResult.Of(
            "W3", "worst of grid", setting.Threads, time, Workload.AccountCount / 1e6, "M accounts/s",
            Checksum.Of("meanWorst", mean, 4)) with
        {
            Figures =
            [
                ("meanWorst" + ChecksumAgreement.AllowanceSuffix,
                    WorkloadBook.Rounding(workload, Workload.AccountCount)),
            ],
        };
    }
}
