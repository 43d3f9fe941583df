using System.Collections.Immutable;
using Breakwater.Adapters.Files;
using Breakwater.Books;
using Breakwater.Cli.Benchmarks.SideBySide;
using Breakwater.Margin.Tails;
using Breakwater.Scenarios;

namespace Breakwater.Cli.Benchmarks;

/// <summary>W2: W2a, then entries in whole micro-dollars and exact expected shortfall of 10,000 accounts.</summary>
internal static class BookBenchmark
{
    private const int AccountCount = 10_000;
    private const double VolatilityScale = 0.1; // what a volatility shock counts against a return among neighbours

    private static readonly TailLevel Level = new(99, 100);

    /// <summary>The entry.</summary>
    public static BenchmarkEntry Entry { get; } = new(
        "W2", "W2a, quantised P&L and exact ES99 of 10,000 accounts x 20 positions", Run);

    private static IEnumerable<BenchmarkResult> Run(BenchmarkSetting setting)
    {
        Workload workload = setting.Workload.Value;
        int[] equal = new int[Workload.ScenarioCount];
        Array.Fill(equal, 1);
        ScenarioTiling tiling = ScenarioTiling.Of(Coordinates(workload.Scenarios), equal, [], [], 1);
        TailMasses masses = TailMasses.Of(tiling.WeightTotal, Level, Level);
        ImmutableArray<WorkloadShocks> placed = [.. workload.Scenarios.Select(own => Placed(own, tiling))];
        BookHoldings book = WorkloadBook.Of(workload, AccountCount);
        TiledArrays arrays = new(tiling, Workload.InstrumentCount);
        BookCores cores = new(book);
        CoreSweep[] sweeps = [.. Enumerable.Range(0, setting.Threads).Select(_ => new CoreSweep(tiling, masses))];
        foreach (string variant in (string[])["thresholds of the last tick", "no thresholds", "tails only"])
        {
            RoundTime time = RoundTime.Median(setting.Rounds, () =>
            {
                if (variant == "no thresholds") cores.Cool();
                if (variant != "tails only") Revalue(setting, workload, placed, arrays);
                setting.Split(AccountCount, (first, end) => sweeps[(int)((long)first * setting.Threads / AccountCount)]
                    .Run(arrays, book, MarginHorizon.Maintenance, first, end - first, cores));
            });
            yield return BenchmarkResult.Of(
                "W2", variant, setting.Threads, time, AccountCount / 1e3, "k accounts/s",
                Checksum.Of("meanEs99", -Mean(book, cores), 4)) with
            {
                Figures =
                [
                    ("meanEs99" + ChecksumAgreement.AllowanceSuffix, WorkloadBook.Rounding(workload, AccountCount)),
                ],
            };
        }
    }

    private static void Revalue(
        BenchmarkSetting setting, Workload workload, ImmutableArray<WorkloadShocks> placed, TiledArrays arrays)
    {
        (WorkloadShocks Shocks, double[] Growths)[] shocks = RevaluationBenchmark.WithGrowths(placed);
        setting.Split(Workload.InstrumentCount, (first, end) =>
        {
            double[] pnl = new double[placed[0].LogReturns.Length];
            long[] entries = new long[pnl.Length];
            for (int instrument = first; instrument < end; instrument++)
            {
                RevaluationBenchmark.FillRow(workload, shocks, instrument, pnl);
                WorkloadBook.Quantize(pnl, entries);
                arrays.LoadPlaced(instrument, entries);
            }
        });
    }

    private static double[] Coordinates(ImmutableArray<WorkloadShocks> scenarios) =>
    [
        .. scenarios.SelectMany(own => own.LogReturns),
        .. scenarios.SelectMany(own => own.VolatilityShocks.Select(shock => VolatilityScale * shock)),
    ];

    // Shocks in the order of the tiles, so that rows are valued where they stand.
    private static WorkloadShocks Placed(WorkloadShocks shocks, ScenarioTiling tiling)
    {
        int[] columns = tiling.TailColumns.ToArray();
        return new WorkloadShocks(
            [.. columns.Select(column => shocks.LogReturns[column])],
            [.. columns.Select(column => shocks.VolatilityShocks[column])]);
    }

    private static double Mean(BookHoldings book, BookCores cores)
    {
        Int128 sum = 0;
        for (int account = 0; account < book.AccountCount; account++)
        {
            sum += cores.Amounts[book.SlotOf(account)];
        }

        return (double)sum / 1e6 / book.AccountCount;
    }
}
