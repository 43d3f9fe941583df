using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Accounts;
using Breakwater.Adapters.Files;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Parameters;

namespace Breakwater.Cli.Benchmarks;

/// <summary>W5: from a new observation of the market to both margins of 100,000 accounts, every line, nothing left
/// out.</summary>
/// <remarks>Every tick moves both prices and 12 s of time, so that all stages are redone: assembly, forecasts,
/// surfaces, both scenario sets, revaluation of all instruments, and all accounts.</remarks>
internal static class WholeBookBenchmark
{
    private const int WarmUpTicks = 3;
    private const long CashUnits = 1_000_000_000_000; // a million USDC an account

    // Moves of both prices from tick to tick: a quiet block, a lively minute.
    private static readonly ImmutableArray<(string Variant, double Step)> Variants =
    [
        ("each tick moves 0.05 %", 0.0005), ("each tick moves 0.5 %", 0.005),
    ];

    /// <summary>The entry.</summary>
    public static BenchmarkEntry Entry { get; } = new(
        "W5", "every line of both margins of 100,000 accounts x 20 options, from quotes to totals", Run);

    private static IEnumerable<BenchmarkResult> Run(BenchmarkSetting setting)
    {
        TickingMarket ticking = new(setting.Workload.Value);
        RiskParameters parameters = ParameterFile.LoadNewestShipped().Value;
        MarketValuation? valuation = null;
        LiveBook book = BookOf(setting, ticking, parameters);
        foreach ((string variant, double step) in Variants)
        {
            List<(RoundTime Market, RoundTime Accounts)> times = [];
            int ticks = setting.Rounds == 1 ? 1 : setting.Rounds + WarmUpTicks;
            for (int tick = 1; tick <= ticks; tick++)
            {
                MarketGround ground = new(ticking.At(tick, Walk(tick) * step), parameters, ticking.Instruments);
                RoundTime market = RoundTime.Of(
                    () => valuation = MarketRevaluation.Of(ground, valuation, setting.Run).Value);
                RoundTime accounts = RoundTime.Of(() => book.Refresh(valuation!, setting.Run));
                if (tick > ticks - setting.Rounds) times.Add((market, accounts));
            }

            yield return ResultOf(setting, book, variant, times);
        }
    }

    // A walk that comes back: every tick moves by one step, up or down.
    private static int Walk(int tick) => (tick % 4) switch { 1 => 1, 3 => -1, _ => 0 };

    private static LiveBook BookOf(BenchmarkSetting setting, TickingMarket ticking, RiskParameters parameters)
    {
        Workload workload = setting.Workload.Value;
        LiveBook book = new(setting.Threads);
        CollateralBalance cash = new(AssetId.Numeraire, CashUnits, string.Empty, BridgeClass.Native);
        for (int account = 0; account < Workload.AccountCount; account++)
        {
            ImmutableArray<Position>.Builder positions = ImmutableArray.CreateBuilder<Position>();
            for (int i = 0; i < Workload.PositionsPerAccount; i++)
            {
                int position = (account * Workload.PositionsPerAccount) + i;
                VanillaOption option = ticking.Options[workload.InstrumentIndices[position]];
                decimal lot = parameters.Find(option.Underlying)!.LotOf(option);
                Int128 lots = (Int128)decimal.Round((decimal)workload.Quantities[position] / lot);
                positions.Add(new Position(option, lots, [new PositionEntry(lots, null)]));
            }

            book.Put(new Subaccount(NameOf(account), [cash], positions.ToImmutable()));
        }

        return book;
    }

    private static string NameOf(int account) =>
        string.Create(CultureInfo.InvariantCulture, $"a{account:000000}");

    private static BenchmarkResult ResultOf(
        BenchmarkSetting setting, LiveBook book, string variant, List<(RoundTime Market, RoundTime Accounts)> times)
    {
        (Int128 initial, Int128 maintenance) = (0, 0);
        for (int account = 0; account < Workload.AccountCount; account++)
        {
            AccountMargin own = book.Of(NameOf(account))!; // put in above
            Check.That(own.IsKnown, "an account of the workload is refused");
            initial += own.Initial.MicroDollars;
            maintenance += own.Maintenance.MicroDollars;
        }

        RoundTime market = RoundTime.Median([.. times.Select(static own => own.Market)]);
        RoundTime accounts = RoundTime.Median([.. times.Select(static own => own.Accounts)]);
        RoundTime total = RoundTime.Median([.. times.Select(static own => new RoundTime(
            own.Market.CpuSeconds + own.Accounts.CpuSeconds, own.Market.WallSeconds + own.Accounts.WallSeconds))]);
        return BenchmarkResult.Of(
            "W5", variant, setting.Threads, total, Workload.AccountCount / 1e3, "k accounts/s",
            Checksum.Of("meanInitial", (double)initial / 1e6 / Workload.AccountCount, 4),
            Checksum.Of("meanMaintenance", (double)maintenance / 1e6 / Workload.AccountCount, 4)) with
        {
            Figures =
            [
                ("marketCpuMilliseconds", 1e3 * market.CpuSeconds),
                ("accountsCpuMilliseconds", 1e3 * accounts.CpuSeconds),
                ("residentMegabytes", Environment.WorkingSet / 1e6),
            ],
        };
    }
}
