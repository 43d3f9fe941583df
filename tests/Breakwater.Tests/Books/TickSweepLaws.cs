using System.Runtime.Intrinsics;
using Breakwater.Books;
using Breakwater.Margin.Tails;
using Breakwater.Revaluation;
using Breakwater.Scenarios;
using Breakwater.Tests.Margin;

namespace Breakwater.Tests.Books;

/// <summary>Tick after tick, cores from what was kept equal those of a sweep that remembers nothing.</summary>
public sealed class TickSweepLaws
{
    private const int Worlds = 32;
    private const int Ticks = 10;
    private static readonly TailLevel OneLevel = new(97, 100);

    [Theory]
    [InlineData(2, false)] // value at risk and expected shortfall at levels of their own: tails are listed
    [InlineData(2, true)] // at one level: tails are summed above a window
    [InlineData(1, true)]
    [InlineData(1, false)]
    public void Cores_after_any_ticks_equal_those_of_a_sweep_that_remembers_nothing(int times, bool isOneLevel)
    {
        long kept = 0;
        for (int seed = 0; seed < Worlds; seed++)
        {
            TickingBook book = new(seed, times, isOneLevel);
            BookCores cores = new(book.Book);
            for (int tick = 0; tick < Ticks; tick++)
            {
                book.Tick();
                switch (seed % 4)
                {
                    case 0: book.Sweep.Run<TailLanes1, double>(book.Moves, book.Horizon, cores); break;
                    case 1: book.Sweep.Run<TailLanes4, Vector256<double>>(book.Moves, book.Horizon, cores); break;
                    case 2: book.Sweep.Run<TailLanes8, Vector512<double>>(book.Moves, book.Horizon, cores); break;
                    default: book.Sweep.Run(book.Moves, book.Horizon, cores); break;
                }

                kept += book.Book.SlotCount - book.Sweep.Counts.Tiles - book.Sweep.Counts.Repeats;
                BookCores fresh = book.Fresh();
                string place = $"world {seed}, tick {tick}";
                Assert.True(fresh.Amounts.SequenceEqual(cores.Amounts), place);
                Assert.True(fresh.Bindings.SequenceEqual(cores.Bindings), place);
                if (tick % 5 == 4) cores.Cool(); // what others forget is no matter
            }
        }

        Assert.InRange(kept, 1, long.MaxValue);
    }

    [Fact]
    public void No_width_of_vectors_changes_a_core_a_binding_or_a_threshold()
    {
        for (int seed = 0; seed < Worlds / 2; seed++)
        {
            TickingBook[] books = [.. Enumerable.Range(0, 3).Select(_ => new TickingBook(seed, 2, seed % 2 == 0))];
            BookCores[] cores = [.. books.Select(own => new BookCores(own.Book))];
            for (int tick = 0; tick < Ticks; tick++)
            {
                foreach (TickingBook own in books) own.Tick();
                books[0].Sweep.Run<TailLanes1, double>(books[0].Moves, books[0].Horizon, cores[0]);
                books[1].Sweep.Run<TailLanes4, Vector256<double>>(books[1].Moves, books[1].Horizon, cores[1]);
                books[2].Sweep.Run<TailLanes8, Vector512<double>>(books[2].Moves, books[2].Horizon, cores[2]);
                foreach (BookCores own in cores.AsSpan(1))
                {
                    Assert.Equal(cores[0].Amounts, own.Amounts);
                    Assert.True(cores[0].Bindings.SequenceEqual(own.Bindings));
                    Assert.Equal(cores[0].Thresholds, own.Thresholds);
                }

                Assert.All(books, own => Assert.Equal(books[0].Sweep.Counts, own.Sweep.Counts));
            }
        }
    }

    [Fact]
    public void No_partition_of_accounts_changes_a_core()
    {
        for (int seed = 0; seed < Worlds / 4; seed++)
        {
            TickingBook book = new(seed, 2, isOneLevel: true);
            BookCores whole = new(book.Book);
            BookCores parts = new(book.Book);
            TickSweep[] sweeps = [.. Enumerable.Range(0, book.Book.AccountCount).Select(account =>
                new TickSweep(book.Arrays.Tiling, book.Masses, book.Book, account, 1))];
            for (int tick = 0; tick < Ticks; tick++)
            {
                book.Tick();
                book.Sweep.Run(book.Moves, book.Horizon, whole);
                foreach (TickSweep own in sweeps) own.Run(book.Moves, book.Horizon, parts);
                Assert.Equal(whole.Amounts, parts.Amounts);
            }
        }
    }

    [Fact]
    public void What_is_loaded_past_the_moves_is_seen_after_forgetting()
    {
        TickingBook book = new(8, 2, isOneLevel: true);
        BookCores cores = new(book.Book);
        book.Tick();
        book.Sweep.Run(book.Moves, book.Horizon, cores);
        long[] shifted = [.. book.Entries[0][0].Select(own => own + 40_000_000_000)];
        for (int row = 0; row < book.Entries.Length; row++) book.Arrays.Load(row, shifted, shifted);
        book.Sweep.Forget();
        book.Sweep.Run(book.Moves, book.Horizon, cores);
        Assert.Equal(book.Fresh().Amounts, cores.Amounts);
    }

    [Fact]
    public void Accounts_that_lanes_cannot_hold_are_left_to_the_plain_margin_and_come_back()
    {
        TickingBook book = new(6, 1, isOneLevel: true);
        BookRow row = new(0, 0, 1L << 20, 0, 0);
        BookHoldings held = new BookDraft().Add([row]).AddPlain().Build();
        TickSweep sweep = new(book.Arrays.Tiling, book.Masses, held, 0, 2);
        BookCores cores = new(held);
        long[] small = [.. Enumerable.Range(0, book.Arrays.Tiling.ColumnCount).Select(own => (long)own)];
        long[] large = [.. small.Select(own => own << 34)];
        foreach (long[] entries in (long[][])[small, large, small])
        {
            book.Moves.Load(0, entries, entries);
            sweep.Run(book.Moves, book.Horizon, cores);
            book.Moves.Forget();
            Assert.Equal(entries == large, cores.Bindings[0] == SlotBinding.Plain);
            Assert.Equal(SlotBinding.Plain, cores.Bindings[1]);
        }
    }

    [Fact]
    public void A_tick_allocates_nothing()
    {
        TickingBook book = new(4, 2, isOneLevel: true);
        BookCores cores = new(book.Book);
        for (int warm = 0; warm < 3; warm++)
        {
            book.Tick();
            book.Sweep.Run(book.Moves, book.Horizon, cores);
        }

        long[][] entries = book.Entries[0];
        long before = GC.GetAllocatedBytesForCurrentThread();
        book.Moves.Forget();
        book.Moves.Load(0, entries[0], entries[1]);
        book.Moves.Load(0, entries[1], entries[0]);
        book.Sweep.Run(book.Moves, book.Horizon, cores);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    // A book whose rows move a little at most ticks, much at some, and not at all at others.
    private sealed class TickingBook
    {
        private readonly Random _random;
        private readonly int _times;

        internal TickingBook(int seed, int times, bool isOneLevel)
        {
            _random = new Random(seed);
            _times = times;
            BookWorld world = new(seed);
            Book = world.Book;
            Horizon = seed % 3 == 0 ? MarginHorizon.Initial : MarginHorizon.Maintenance;
            ScenarioTiling tiling = times == 2
                ? TiledArrays.Of(world.Arrays, Horizon).Tiling
                : OneTime(world.Arrays.Scenarios.Maintenance);
            Arrays = new TiledArrays(tiling, world.Arrays.Rows.Length);
            Masses = isOneLevel
                ? TailMasses.Of(tiling.WeightTotal, OneLevel, OneLevel)
                : TailMasses.Of(tiling, LawMarket.Parameters.Margin);
            Moves = new RowMoves(Arrays);
            Sweep = new TickSweep(tiling, Masses, Book, 0, Book.AccountCount);
            Entries = [.. Enumerable.Range(0, Arrays.RowCount).Select(row => new long[][]
            {
                world.Arrays.Entries(row, Horizon, RevaluationTime.Frozen).ToArray(),
                world.Arrays.Entries(row, Horizon, RevaluationTime.Advanced).ToArray(),
            })];
            for (int row = 0; row < Arrays.RowCount; row++) Load(row);
        }

        internal BookHoldings Book { get; }

        internal MarginHorizon Horizon { get; }

        internal TiledArrays Arrays { get; }

        internal TailMasses Masses { get; }

        internal RowMoves Moves { get; }

        internal TickSweep Sweep { get; }

        // [row][time][scenario]
        internal long[][][] Entries { get; }

        internal void Tick()
        {
            Moves.Forget();
            double size = Math.Pow(10.0, _random.Next(2, 10));
            for (int row = _random.Next(3); row < Arrays.RowCount; row += 1 + _random.Next(4))
            {
                double drift = size * (_random.NextDouble() - 0.5);
                foreach (long[] own in Entries[row])
                {
                    foreach (ref long entry in own.AsSpan())
                    {
                        entry += (long)(drift + (0.3 * size * (_random.NextDouble() - 0.5)));
                    }
                }

                Load(row);
            }
        }

        internal BookCores Fresh()
        {
            BookCores cores = new(Book);
            CoreSweep sweep = new(Arrays.Tiling, Masses, blockAccounts: 12);
            sweep.Run(Arrays, Book, Horizon, 0, Book.AccountCount, cores);
            return cores;
        }

        private void Load(int row) => Moves.Load(row, Entries[row][0], _times == 2 ? Entries[row][1] : []);

        private static ScenarioTiling OneTime(ScenarioSet set) => ScenarioTiling.Of(
            [.. Enumerable.Range(0, set.Count).Select(own => set.Factor(own, 0, RiskFactorKind.SpotReturn))],
            [.. set.Scenarios.Select(own => own.Weight)], [1, 3], [ScenarioSet.NanoOne, 700_000_001], 1);
    }
}
