using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Adapters.Files;
using Breakwater.Books;
using Breakwater.Scenarios;

namespace Breakwater.Cli.Benchmarks;

/// <summary>How the time of W2 grows with accounts and scenarios, and how it shrinks with a second thread.</summary>
/// <remarks>Accounts are drawn and swept in blocks, so that memory does not grow with them; thresholds are those of a
/// last tick, which <see cref="AccountSweep"/> stands in for. CPU time where one thread works; the two threads are
/// timed by the wall, which only a quiet machine makes fair: its load is stated.</remarks>
internal static class ScalingBenchmark
{
    private const int BlockAccounts = 100_000;
    private const int RepeatedAccounts = 100_000; // fewer are swept several times
    private const MarginHorizon Horizon = MarginHorizon.Maintenance;

    private static readonly ImmutableArray<int> AccountCounts = [10_000, 100_000, 1_000_000];
    private static readonly ImmutableArray<int> ScenarioCounts = [2_500, 5_000, 10_000];

    /// <summary>The entry.</summary>
    public static BenchmarkEntry Entry { get; } = new(
        "scaling", "tails of 10^4 to 10^6 accounts, W2 of 2,500 to 10,000 scenarios, one and two threads", Run);

    private static IEnumerable<BenchmarkResult> Run(BenchmarkSetting setting)
    {
        BenchmarkSetting one = setting with { Threads = 1 };
        List<double> costs = [];
        BookInput input = new(setting.Workload.Value);
        TiledArrays arrays = new(input.Tiling, Workload.InstrumentCount);
        input.Value(one, arrays);
        ImmutableArray<int> counts = setting.Rounds == 1 ? AccountCounts[..1] : AccountCounts;
        foreach (int count in counts)
        {
            RoundTime time = TimeAccounts(one, input, arrays, count);
            costs.Add(time.CpuSeconds / count);
            yield return ResultOf("accounts", count, time, count / 1e3, "k accounts/s");
        }

        double worst = WorstOf(costs);
        costs.Clear();
        foreach (int count in ScenarioCounts)
        {
            RoundTime time = TimeScenarios(one, count);
            costs.Add(time.CpuSeconds / count);
            yield return ResultOf("scenarios", count, time, count / 1e3, "k scenarios/s");
        }

        worst = Math.Max(worst, WorstOf(costs));
        (RoundTime single, RoundTime both) = TimeThreads(setting, input, arrays);
        yield return BenchmarkResult.Of(
            "scaling", "two threads, thresholds of the last tick", 2, both, BookInput.AccountCount / 1e3,
            "k accounts/s") with
        {
            Figures =
            [
                ("worstPercent", worst),
                ("twoThreadsRatio", single.WallSeconds / both.WallSeconds),
                ("loadAverage", LoadAverage()),
            ],
        };
    }

    private static BenchmarkResult ResultOf(
        string what, int count, RoundTime time, double work, string unit) => BenchmarkResult.Of(
        "scaling", string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {what}"), 1, time, work, unit);

    // How much more than in proportion the cost of one grows, in percent; 0 where it falls.
    private static double WorstOf(List<double> costs) => 100.0 * costs.Max(own => (own / costs[0]) - 1.0);

    private static RoundTime TimeAccounts(BenchmarkSetting setting, BookInput input, TiledArrays arrays, int count)
    {
        CoreSweep sweep = new(input.Tiling, input.Masses);
        RoundTime total = default;
        for (int first = 0; first < count; first += BlockAccounts)
        {
            BookHoldings book = WorkloadBook.Of(setting.Workload.Value, first, Math.Min(BlockAccounts, count - first));
            BookCores cores = Begun(input, arrays, book);
            RoundTime time = RoundTime.Median(
                count > RepeatedAccounts ? 1 : setting.Rounds,
                () => sweep.Run(arrays, book, Horizon, 0, book.AccountCount, cores));
            total = new RoundTime(total.CpuSeconds + time.CpuSeconds, total.WallSeconds + time.WallSeconds);
        }

        return total;
    }

    private static RoundTime TimeScenarios(BenchmarkSetting setting, int count)
    {
        BookInput input = new(setting.Workload.Value, count);
        TiledArrays arrays = new(input.Tiling, Workload.InstrumentCount);
        CoreSweep sweep = new(input.Tiling, input.Masses);
        input.Value(setting, arrays);
        BookCores cores = Begun(input, arrays, input.Book);
        return RoundTime.Median(setting.Rounds, () =>
        {
            input.Value(setting, arrays);
            sweep.Run(arrays, input.Book, Horizon, 0, BookInput.AccountCount, cores);
        });
    }

    // Thresholds of every account.
    private static BookCores Begun(BookInput input, TiledArrays arrays, BookHoldings book)
    {
        BookCores cores = new(book);
        AccountSweep sweep = new(input.Tiling, input.Masses);
        for (int account = 0; account < book.AccountCount; account++)
        {
            sweep.Run(arrays, book, Horizon, account, cores);
        }

        return cores;
    }

    // One and two threads in turn, so that what else the machine does meets both.
    private static (RoundTime One, RoundTime Two) TimeThreads(
        BenchmarkSetting setting, BookInput input, TiledArrays arrays)
    {
        BookCores cores = new(input.Book);
        CoreSweep[] sweeps = [new(input.Tiling, input.Masses), new(input.Tiling, input.Masses)];
        RoundTime[][] times = [new RoundTime[setting.Rounds], new RoundTime[setting.Rounds]];
        for (int round = -2; round < setting.Rounds; round++)
        {
            foreach (int threads in (int[])[1, 2])
            {
                BenchmarkSetting own = setting with { Threads = threads };
                RoundTime time = RoundTime.Of(() =>
                {
                    input.Value(own, arrays);
                    own.Split(BookInput.AccountCount, (first, end) => sweeps[first == 0 ? 0 : 1]
                        .Run(arrays, input.Book, Horizon, first, end - first, cores));
                });
                if (round >= 0) times[threads - 1][round] = time;
            }
        }

        return (RoundTime.Median(times[0]), RoundTime.Median(times[1]));
    }

    // Runnable processes over the last minute, where the system tells.
    private static double LoadAverage()
    {
        const string Source = "/proc/loadavg";
        string text = File.Exists(Source) ? File.ReadAllText(Source).Split(' ')[0] : string.Empty;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double load) ? load : 0.0;
    }
}
