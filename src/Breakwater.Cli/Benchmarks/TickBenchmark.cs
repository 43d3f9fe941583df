using System.Collections.Immutable;
using Breakwater.Adapters.Files;
using Breakwater.Books;
using Breakwater.Numerics;
using Breakwater.Scenarios;

namespace Breakwater.Cli.Benchmarks;

/// <summary>W4a: one underlying ticks; its 250 options are revalued, loaded and the expected shortfall of every account
/// of W2 is exact again. The other rows and what is kept of the last tick stay.</summary>
internal static class TickBenchmark
{
    private const int MovedUnderlying = 0;
    private const int TicksPerRound = 4;
    private const int TicksToWarmUp = 30;
    private const int AccountCount = BookInput.AccountCount;

    // Moves of the price, basis points, up and down in turn: no tick comes back to where one was.
    private static readonly ImmutableArray<double> MovesBps = [2, 15, 5, 20, 3, 9, 7, 12, 4, 18, 6];

    /// <summary>The entry.</summary>
    public static BenchmarkEntry Entry { get; } = new(
        "W4a", "one underlying ticks by 2 to 20 bp, up and down in turn: exact ES99 of all accounts of W2", Run);

    private static IEnumerable<BenchmarkResult> Run(BenchmarkSetting setting)
    {
        Ticker ticker = new(setting, new BookInput(setting.Workload.Value));
        for (int tick = 0; setting.Rounds > 1 && tick < TicksToWarmUp; tick++) ticker.Tick();
        RoundTime[] times = new RoundTime[setting.Rounds == 1 ? 2 : TicksPerRound * setting.Rounds];
        Action compute = ticker.Compute;
        long bytes = 0;
        for (int tick = 0; tick < times.Length; tick++)
        {
            ticker.Next();
            long before = GC.GetAllocatedBytesForCurrentThread();
            times[tick] = RoundTime.Of(compute);
            bytes = Math.Max(bytes, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        ticker.CheckAgainstFresh();
        yield return BenchmarkResult.Of(
            "W4a", "one underlying ticks", setting.Threads, RoundTime.Median(times), AccountCount / 1e3,
            "k accounts/s", Checksum.Of("tickedMeanEs99", ticker.Mean, 4)) with
        {
            // Work on several threads is handed out by the library, which allocates.
            Figures = setting.Threads == 1
                ? [("allocatedBytes", bytes), ("p99Milliseconds", 1e3 * RoundTime.Quantile(times, 0.99).CpuSeconds)]
                : [],
        };
    }

    // The book of one market after another.
    private sealed class Ticker
    {
        private readonly BenchmarkSetting _setting;
        private readonly BookInput _input;
        private readonly (WorkloadShocks Shocks, double[] Growths)[] _shocks;
        private readonly int[] _movedRows;
        private readonly TiledArrays _arrays;
        private readonly RowMoves _moves;
        private readonly TickSweep[] _sweeps;
        private readonly BookCores _cores;
        private readonly (double[] Pnl, long[] Entries)[] _rooms;
        private readonly Action<int, int> _revalue;
        private readonly Action<int, int> _sweep;
        private double _price = 1.0;
        private int _tick;

        internal Ticker(BenchmarkSetting setting, BookInput input)
        {
            (_setting, _input) = (setting, input);
            _shocks = RevaluationBenchmark.WithGrowths(input.Shocks);
            _movedRows = [.. Enumerable.Range(0, Workload.InstrumentCount)
                .Where(row => input.Workload.Instruments.Underlyings[row] == MovedUnderlying)];
            _arrays = new TiledArrays(input.Tiling, Workload.InstrumentCount);
            _moves = new RowMoves(_arrays);
            _cores = new BookCores(input.Book);
            int scenarios = input.Shocks[0].LogReturns.Length;
            _rooms =
                [.. Enumerable.Range(0, setting.Threads).Select(_ => (new double[scenarios], new long[scenarios]))];
            _sweeps = [.. Enumerable.Range(0, setting.Threads).Select(part => SweepOf(setting, input, part))];
            _revalue = Revalue;
            _sweep = (first, _) => _sweeps[PartOf(first, AccountCount)]
                .Run(_moves, MarginHorizon.Maintenance, _cores);
            for (int row = 0; row < Workload.InstrumentCount; row++) Load(row, 1.0, _rooms[0]);
            new CoreSweep(input.Tiling, input.Masses).Run(
                _arrays, input.Book, MarginHorizon.Maintenance, 0, AccountCount, _cores);
        }

        internal double Mean => _input.MeanOf(_cores);

        internal void Tick()
        {
            Next();
            Compute();
        }

        // The next price.
        internal void Next()
        {
            double move = MovesBps[_tick % MovesBps.Length] * 1e-4;
            _price *= _tick++ % 2 == 0 ? 1.0 + move : 1.0 - move;
        }

        internal void Compute()
        {
            _setting.Split(_movedRows.Length, _revalue);
            _setting.Split(AccountCount, _sweep);
            _moves.Forget();
        }

        internal void CheckAgainstFresh()
        {
            BookCores fresh = new(_input.Book);
            new CoreSweep(_input.Tiling, _input.Masses).Run(
                _arrays, _input.Book, MarginHorizon.Maintenance, 0, AccountCount, fresh);
            Check.That(fresh.Amounts.SequenceEqual(_cores.Amounts), "a core after ticks is not that of a fresh sweep");
        }

        private static TickSweep SweepOf(BenchmarkSetting setting, BookInput input, int part)
        {
            int share = (AccountCount + setting.Threads - 1) / setting.Threads;
            int first = Math.Min(AccountCount, part * share);
            return new TickSweep(
                input.Tiling, input.Masses, input.Book, first, Math.Min(share, AccountCount - first));
        }

        private int PartOf(int first, int count) => first / ((count + _setting.Threads - 1) / _setting.Threads);

        private void Revalue(int first, int end)
        {
            (double[], long[]) room = _rooms[PartOf(first, _movedRows.Length)];
            for (int index = first; index < end; index++) Load(_movedRows[index], _price, room);
        }

        private void Load(int row, double price, (double[] Pnl, long[] Entries) room)
        {
            RevaluationBenchmark.FillRow(_input.Workload, _shocks, row, room.Pnl, price);
            WorkloadBook.Quantize(room.Pnl, room.Entries);
            _moves.LoadPlaced(row, room.Entries);
        }
    }
}
