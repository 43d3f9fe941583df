using Breakwater.Adapters.Files;
using Breakwater.Books;
using Breakwater.Cli.Benchmarks.SideBySide;
using Breakwater.Scenarios;

namespace Breakwater.Cli.Benchmarks;

/// <summary>W2: W2a, then entries in whole micro-dollars and exact expected shortfall of 10,000 accounts.</summary>
internal static class BookBenchmark
{
    /// <summary>The variant that a bar is about.</summary>
    public const string WarmVariant = "thresholds of the last tick";

    private const int AccountCount = BookInput.AccountCount;

    /// <summary>The entry.</summary>
    public static BenchmarkEntry Entry { get; } = new(
        "W2", "W2a, quantised P&L and exact ES99 of 10,000 accounts x 20 positions", Run);

    private static IEnumerable<BenchmarkResult> Run(BenchmarkSetting setting)
    {
        BookInput input = new(setting.Workload.Value);
        TiledArrays arrays = new(input.Tiling, Workload.InstrumentCount);
        BookCores cores = new(input.Book);
        CoreSweep[] sweeps =
            [.. Enumerable.Range(0, setting.Threads).Select(_ => new CoreSweep(input.Tiling, input.Masses))];
        foreach (string variant in (string[])[WarmVariant, "no thresholds", "tails only"])
        {
            RoundTime time = RoundTime.Median(setting.Rounds, () =>
            {
                if (variant == "no thresholds") cores.Cool();
                if (variant != "tails only") input.Value(setting, arrays);
                setting.Split(AccountCount, (first, end) => sweeps[(int)((long)first * setting.Threads / AccountCount)]
                    .Run(arrays, input.Book, MarginHorizon.Maintenance, first, end - first, cores));
            });
            yield return BenchmarkResult.Of(
                "W2", variant, setting.Threads, time, AccountCount / 1e3, "k accounts/s",
                Checksum.Of("meanEs99", input.MeanOf(cores), 4)) with
            {
                Figures =
                [
                    ("meanEs99" + ChecksumAgreement.AllowanceSuffix,
                        WorkloadBook.Rounding(input.Workload, AccountCount)),
                ],
            };
        }
    }
}
