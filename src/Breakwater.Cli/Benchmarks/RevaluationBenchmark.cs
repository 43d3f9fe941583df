using Breakwater.Adapters.Files;
using Breakwater.Numerics;
using Breakwater.Revaluation;

namespace Breakwater.Cli.Benchmarks;

/// <summary>W2a: P&amp;L of 500 options in 10,000 joint scenarios, a day later.</summary>
internal static class RevaluationBenchmark
{
    private const int EntriesPerRun = Workload.InstrumentCount * Workload.ScenarioCount;

    /// <summary>The entry.</summary>
    public static BenchmarkEntry Entry { get; } = new(
        "W2a", "revaluation of 500 instruments in 10,000 joint scenarios, f64", Run);

    /// <summary>Fills the P&amp;L of some instruments: what the workloads after this one aggregate.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="shocks">[underlying] shocks, and e^r of their returns.</param>
    /// <param name="first">First instrument.</param>
    /// <param name="end">Instrument after the last.</param>
    /// <param name="pnl">[instrument × scenario] filled: P&amp;L of one unit, money; of the scenarios given.</param>
    public static void Fill(
        Workload workload,
        (WorkloadShocks Shocks, double[] Growths)[] shocks,
        int first,
        int end,
        double[] pnl)
    {
        int count = pnl.Length / workload.Instruments.Underlyings.Length;
        for (int i = first; i < end; i++) FillRow(workload, shocks, i, pnl.AsSpan(i * count, count));
    }

    /// <summary>Fills the P&amp;L of one instrument.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="shocks">[underlying] shocks, and e^r of their returns.</param>
    /// <param name="instrument">Which instrument.</param>
    /// <param name="pnl">[scenario] filled: P&amp;L of one unit, money.</param>
    /// <param name="price">What the forward has been multiplied by; &gt; 0.</param>
    public static void FillRow(
        Workload workload,
        (WorkloadShocks Shocks, double[] Growths)[] shocks,
        int instrument,
        Span<double> pnl,
        double price = 1.0)
    {
        (WorkloadShocks own, double[] growths) = shocks[workload.Instruments.Underlyings[instrument]];
        OptionRevaluation.Fill(
            OptionOf(workload.Instruments, instrument, price),
            new OptionRevaluation.Shocks(own.LogReturns.AsSpan(), growths, own.VolatilityShocks.AsSpan()),
            pnl);
    }

    /// <summary>Shocks of every underlying with e^r, once for all instruments.</summary>
    /// <param name="shocks">[underlying] shocks.</param>
    public static (WorkloadShocks Shocks, double[] Growths)[] WithGrowths(IEnumerable<WorkloadShocks> shocks) =>
    [
        .. shocks.Select(own =>
        {
            double[] growths = new double[own.LogReturns.Length];
            VectorMath.Exp(own.LogReturns.AsSpan(), growths);
            return (own, growths);
        }),
    ];

    private static IEnumerable<BenchmarkResult> Run(BenchmarkSetting setting)
    {
        Workload workload = setting.Workload.Value;
        double[] pnl = new double[EntriesPerRun];
        RoundTime time = RoundTime.Median(setting.Rounds, () =>
        {
            (WorkloadShocks Shocks, double[] Growths)[] shocks = WithGrowths(workload.Scenarios);
            setting.Split(Workload.InstrumentCount, (first, end) => Fill(workload, shocks, first, end, pnl));
        });
        yield return BenchmarkResult.Of(
            "W2a", "full revaluation", setting.Threads, time, EntriesPerRun / 1e6, "M revaluations/s",
            Checksum.Of("pnlSum", Checksum.Sum(pnl), 4));
    }

    private static RevaluedOption OptionOf(
        WorkloadInstruments instruments, int index, double price) => RevaluedOption.Of(
        instruments.Terms.Signs[index] > 0.0 ? Instruments.OptionRight.Call : Instruments.OptionRight.Put,
        price * instruments.Terms.Forwards[index],
        instruments.Terms.Strikes[index],
        instruments.Terms.VolatilitiesAnnual[index],
        instruments.ShockWeights[index],
        (instruments.Terms.ExpiryYears[index], Workload.AdvanceYears),
        Workload.RateAnnual);
}
