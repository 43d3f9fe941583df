using System.Collections.Immutable;
using Breakwater.Adapters.Files;
using Breakwater.Books;
using Breakwater.Margin.Tails;

namespace Breakwater.Cli.Benchmarks;

/// <summary>The book of W2 and W4: 10,000 accounts, up to 10,000 scenarios of equal weight in order of their tiles,
/// expected shortfall of the worst hundredth.</summary>
internal sealed class BookInput
{
    /// <summary>Accounts.</summary>
    public const int AccountCount = 10_000;

    private const double VolatilityScale = 0.1; // what a volatility shock counts against a return among neighbours

    private static readonly TailLevel Level = new(99, 100);

    /// <summary>The book of a workload.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="scenarioCount">Scenarios, the first ones; in [100, 10,000].</param>
    public BookInput(Workload workload, int scenarioCount = Workload.ScenarioCount)
    {
        Workload = workload;
        int[] equal = new int[scenarioCount];
        Array.Fill(equal, 1);
        ImmutableArray<WorkloadShocks> scenarios = [.. workload.Scenarios.Select(own => new WorkloadShocks(
            own.LogReturns[..scenarioCount], own.VolatilityShocks[..scenarioCount]))];
        Tiling = ScenarioTiling.Of(Coordinates(scenarios), equal, [], [], 1);
        Masses = TailMasses.Of(Tiling.WeightTotal, Level, Level);
        Shocks = [.. scenarios.Select(own => Placed(own, Tiling))];
        Book = WorkloadBook.Of(workload, 0, AccountCount);
    }

    /// <summary>The workload.</summary>
    public Workload Workload { get; }

    /// <summary>Where scenarios stand.</summary>
    public ScenarioTiling Tiling { get; }

    /// <summary>Tails.</summary>
    public TailMasses Masses { get; }

    /// <summary>[underlying] shocks in the order of the tiles, so that rows are valued where they stand.</summary>
    public ImmutableArray<WorkloadShocks> Shocks { get; }

    /// <summary>The accounts.</summary>
    public BookHoldings Book { get; }

    /// <summary>Values all instruments at the workload's prices and loads them.</summary>
    /// <param name="setting">On which threads.</param>
    /// <param name="arrays">Loaded.</param>
    public void Value(BenchmarkSetting setting, TiledArrays arrays)
    {
        (WorkloadShocks Shocks, double[] Growths)[] shocks = RevaluationBenchmark.WithGrowths(Shocks);
        setting.Split(Workload.InstrumentCount, (first, end) =>
        {
            double[] pnl = new double[Shocks[0].LogReturns.Length];
            long[] entries = new long[pnl.Length];
            for (int row = first; row < end; row++)
            {
                RevaluationBenchmark.FillRow(Workload, shocks, row, pnl);
                WorkloadBook.Quantize(pnl, entries);
                arrays.LoadPlaced(row, entries);
            }
        });
    }

    /// <summary>Mean expected shortfall of the accounts, money; a loss is negative, as the peers print it.</summary>
    /// <param name="cores">Their cores.</param>
    public double MeanOf(BookCores cores)
    {
        Int128 sum = 0;
        for (int account = 0; account < Book.AccountCount; account++)
        {
            sum += cores.Amounts[Book.SlotOf(account)];
        }

        return -(double)sum / 1e6 / Book.AccountCount;
    }

    private static double[] Coordinates(ImmutableArray<WorkloadShocks> scenarios) =>
    [
        .. scenarios.SelectMany(own => own.LogReturns),
        .. scenarios.SelectMany(own => own.VolatilityShocks.Select(shock => VolatilityScale * shock)),
    ];

    private static WorkloadShocks Placed(WorkloadShocks shocks, ScenarioTiling tiling)
    {
        int[] columns = tiling.TailColumns.ToArray();
        return new WorkloadShocks(
            [.. columns.Select(column => shocks.LogReturns[column])],
            [.. columns.Select(column => shocks.VolatilityShocks[column])]);
    }
}
