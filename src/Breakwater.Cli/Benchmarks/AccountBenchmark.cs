using System.Collections.Immutable;
using System.Diagnostics;
using Breakwater.Adapters.Files;
using Breakwater.Books;
using Breakwater.Numerics;
using Breakwater.Scenarios;

namespace Breakwater.Cli.Benchmarks;

/// <summary>W4c and W4d: exact margin of one account of W2, after a fill and from nothing but its holdings.</summary>
internal static class AccountBenchmark
{
    private const int CallsPerRound = 1_000;
    private const int KeptAccounts = 64; // that trade: their losses do not fit the second cache
    private const int FillLotsMax = 5;
    private const MarginHorizon Horizon = MarginHorizon.Maintenance;

    /// <summary>W4c.</summary>
    public static BenchmarkEntry FillEntry { get; } = new(
        "W4c", "one fill of up to 5 lots in one of 64 accounts that trade: its exact ES99", RunFills);

    /// <summary>W4d.</summary>
    public static BenchmarkEntry CheckEntry { get; } = new(
        "W4d", "one account of W2 from scratch, any of 10,000: its exact ES99", RunChecks);

    private static IEnumerable<BenchmarkResult> RunFills(BenchmarkSetting setting)
    {
        (BookInput input, TiledArrays arrays, BookCores cores) = Prepare(setting);
        AccountSweep sweep = new(input.Tiling, input.Masses);
        SlotLosses[] kept = [.. Enumerable.Range(0, KeptAccounts).Select(_ => new SlotLosses(sweep))];
        List<BookRow>[] rows = [.. kept.Select(_ => new List<BookRow>())];
        int[] accounts = [.. Enumerable.Range(0, BookInput.AccountCount)
            .Where(own => WorkloadBook.RowsOf(input.Workload, own).DistinctBy(row => row.Row).Count()
                == Workload.PositionsPerAccount).Take(KeptAccounts)]; // netted, as accounts are
        for (int own = 0; own < KeptAccounts; own++)
        {
            kept[own].Begin(arrays, input.Book, accounts[own], 0, Horizon, cores);
        }

        Random random = new(1);
        (RoundTime time, ImmutableArray<(string, double)> figures) = Time(setting, call =>
        {
            int own = call % KeptAccounts;
            int row = random.Next(Workload.InstrumentCount);
            int lots = random.Next(2) == 0 ? random.Next(1, FillLotsMax + 1) : -random.Next(1, FillLotsMax + 1);
            rows[own].Add(new BookRow(row, 0, lots, 0, 0));
            long start = Stopwatch.GetTimestamp();
            SlotCore core = kept[own].Fill(row, lots);
            long end = Stopwatch.GetTimestamp();
            if (call % CallsPerRound == 0) CheckFilled(input, arrays, accounts[own], rows[own], core);
            return end - start;
        });
        yield return BenchmarkResult.Of("W4c", "one fill", 1, time, 1e-3, "k fills/s") with { Figures = figures };
    }

    private static IEnumerable<BenchmarkResult> RunChecks(BenchmarkSetting setting)
    {
        (BookInput input, TiledArrays arrays, BookCores cores) = Prepare(setting);
        AccountSweep sweep = new(input.Tiling, input.Masses);
        BookCores own = new(input.Book);
        Random random = new(1);
        (RoundTime time, ImmutableArray<(string, double)> figures) = Time(setting, _ =>
        {
            int account = random.Next(BookInput.AccountCount);
            long start = Stopwatch.GetTimestamp();
            sweep.Run(arrays, input.Book, Horizon, account, own);
            long end = Stopwatch.GetTimestamp();
            int slot = input.Book.SlotOf(account);
            Check.That(own.Amounts[slot] == cores.Amounts[slot], "a core from scratch is not that of the sweep");
            return end - start;
        });
        yield return BenchmarkResult.Of("W4d", "one account from scratch", 1, time, 1e-3, "k checks/s") with
        {
            Figures = figures,
        };
    }

    // Arrays of the workload and cores of its book.
    private static (BookInput Input, TiledArrays Arrays, BookCores Cores) Prepare(BenchmarkSetting setting)
    {
        BookInput input = new(setting.Workload.Value);
        TiledArrays arrays = new(input.Tiling, Workload.InstrumentCount);
        input.Value(setting with { Threads = 1 }, arrays);
        BookCores cores = new(input.Book);
        new CoreSweep(input.Tiling, input.Masses).Run(
            arrays, input.Book, Horizon, 0, BookInput.AccountCount, cores);
        return (input, arrays, cores);
    }

    // The account that fills have made, swept; a repeated instrument is netted.
    private static void CheckFilled(
        BookInput input, TiledArrays arrays, int account, List<BookRow> fills, SlotCore core)
    {
        BookRow[] rows =
        [
            .. WorkloadBook.RowsOf(input.Workload, account).Concat(fills).GroupBy(own => own.Row)
                .Select(same => new BookRow(same.Key, 0, same.Sum(own => (long)own.Lots), 0, 0)),
        ];
        BookHoldings book = new BookDraft().Add(rows).Build();
        BookCores cores = new(book);
        new CoreSweep(input.Tiling, input.Masses, blockAccounts: 1).Run(arrays, book, Horizon, 0, 1, cores);
        Check.That(core.Amount == cores.Amounts[0], "a core after fills is not that of the sweep");
    }

    // CPU time is the mean of all calls, checks included; wall time, like the figures, is that of the calls alone.
    private static (RoundTime Time, ImmutableArray<(string Name, double Value)> Figures) Time(
        BenchmarkSetting setting, Func<int, long> call)
    {
        int warm = setting.Rounds > 1 ? 4 * CallsPerRound : 0;
        long[] ticks = new long[setting.Rounds * CallsPerRound];
        for (int index = 0; index < warm; index++) _ = call(index);
        TimeSpan before = Environment.CpuUsage.TotalTime;
        for (int index = 0; index < ticks.Length; index++) ticks[index] = call(warm + index);
        double cpu = (Environment.CpuUsage.TotalTime - before).TotalSeconds / ticks.Length;
        Array.Sort(ticks);
        double median = Stopwatch.GetElapsedTime(0, ticks[ticks.Length / 2]).TotalMicroseconds;
        double high = Stopwatch.GetElapsedTime(0, ticks[(int)(0.99 * ticks.Length)]).TotalMicroseconds;
        return (new RoundTime(cpu, median / 1e6), [("p50Microseconds", median), ("p99Microseconds", high)]);
    }
}
