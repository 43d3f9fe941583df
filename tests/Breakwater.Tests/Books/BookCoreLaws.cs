using System.Runtime.Intrinsics;
using Breakwater.Books;
using Breakwater.Scenarios;
using Breakwater.Tests.Margin;

namespace Breakwater.Tests.Books;

/// <summary>The sweep over a book equals the plain core of each account to the last unit, whatever it starts from and
/// however it is cut.</summary>
public sealed class BookCoreLaws
{
    private const int Worlds = 60;

    private static readonly MarginHorizon[] Horizons = [MarginHorizon.Maintenance, MarginHorizon.Initial];

    [Fact]
    public void Cores_of_a_book_equal_the_plain_cores_of_its_accounts()
    {
        for (int seed = 0; seed < Worlds; seed++)
        {
            BookWorld world = new(seed);
            foreach (MarginHorizon horizon in Horizons)
            {
                Sweep sweep = new(world, horizon, blockAccounts: 1 + (seed % 7));
                AssertPlain(world, horizon, sweep.Run(Width.Widest), $"world {seed}, {horizon}, cold");
                AssertPlain(world, horizon, sweep.Run(Width.Widest), $"world {seed}, {horizon}, warm");
            }
        }
    }

    [Fact]
    public void No_threshold_changes_a_core()
    {
        Random random = new(1);
        for (int seed = 0; seed < Worlds / 2; seed++)
        {
            BookWorld world = new(seed);
            Sweep sweep = new(world, MarginHorizon.Initial, 4);
            SlotBinding[] bindings = sweep.Run(Width.Widest).Bindings.ToArray();
            foreach (double scale in (double[])[0.0, 1.0, -1.0, 1e3, 1e9, 1e15, double.PositiveInfinity])
            {
                foreach (ref double threshold in sweep.Cores.Thresholds)
                {
                    double spoilt = scale * ((2.0 * random.NextDouble()) - 1.0);
                    threshold = double.IsNaN(spoilt) ? double.NegativeInfinity : spoilt;
                }

                AssertPlain(world, MarginHorizon.Initial, sweep.Run(Width.Widest), $"world {seed}, scale {scale}");
                Assert.Equal(bindings, sweep.Cores.Bindings.ToArray());
            }
        }
    }

    [Fact]
    public void No_width_of_vectors_changes_a_core_or_a_binding()
    {
        for (int seed = 0; seed < Worlds / 2; seed++)
        {
            BookWorld world = new(seed);
            Sweep sweep = new(world, MarginHorizon.Maintenance, 5);
            BookCores eight = sweep.Run(Width.Eight);
            (long[] amounts, SlotBinding[] bindings, double[] thresholds) =
                (eight.Amounts.ToArray(), eight.Bindings.ToArray(), eight.Thresholds.ToArray());
            foreach (Width width in (Width[])[Width.Four, Width.One])
            {
                sweep.Cores.Cool();
                BookCores own = sweep.Run(width);
                Assert.Equal(amounts, own.Amounts.ToArray());
                Assert.Equal(bindings, own.Bindings.ToArray());
                Assert.Equal(thresholds, own.Thresholds.ToArray());
            }
        }
    }

    [Fact]
    public void No_partition_of_accounts_changes_a_core()
    {
        for (int seed = 0; seed < Worlds / 2; seed++)
        {
            BookWorld world = new(seed);
            Sweep sweep = new(world, MarginHorizon.Maintenance, 3);
            long[] whole = sweep.Run(Width.Widest).Amounts.ToArray();
            BookCores parts = new(world.Book);
            for (int account = world.Book.AccountCount - 1; account >= 0; account--)
            {
                sweep.Scratch.Run(sweep.Arrays, world.Book, MarginHorizon.Maintenance, account, 1, parts);
            }

            Assert.Equal(whole, parts.Amounts.ToArray());
        }
    }

    [Fact]
    public void A_sweep_allocates_nothing()
    {
        BookWorld world = new(4);
        Sweep sweep = new(world, MarginHorizon.Maintenance, 4);
        for (int warm = 0; warm < 3; warm++)
        {
            sweep.Run(Width.Widest);
            sweep.Load(world, MarginHorizon.Maintenance);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        sweep.Load(world, MarginHorizon.Maintenance);
        sweep.Run(Width.Widest);
        sweep.Cores.Cool();
        sweep.Run(Width.Widest);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void An_account_that_lanes_cannot_hold_is_left_to_the_plain_margin()
    {
        BookWorld world = new(6);
        BookRow small = new(0, 0, 1, 0, 0);
        BookHoldings book = new BookDraft()
            .Add([small with { Lots = 1L << 50 }]) // sums of entries leave 2⁵³
            .Add([small with { Lots = Int128.MaxValue }])
            .Add([small with { FundingInitial = Int128.MaxValue / 4 }])
            .AddPlain()
            .Add([small]).Build();
        BookCores cores = new(book);
        Sweep sweep = new(world, MarginHorizon.Maintenance, 8);
        sweep.Scratch.Run(sweep.Arrays, book, MarginHorizon.Maintenance, 0, book.AccountCount, cores);
        Assert.Equal([true, false, false, false, true], Enumerable.Range(0, 5).Select(book.IsHeld));
        for (int account = 0; account < 4; account++)
        {
            Assert.Equal(SlotBinding.Plain, cores.Bindings[book.SlotOf(account)]);
        }

        Assert.NotEqual(SlotBinding.Plain, cores.Bindings[book.SlotOf(4)]);
    }

    [Fact]
    public void Screening_decides_nothing_that_exact_numbers_would_not()
    {
        long[] units = [0, 1, -1, 2, -2, 1 << 10, -(1 << 10), 1 << 20, -(1 << 20), 1 << 30, 1L << 40];
        long screened = 0;
        int worlds = 4 * Worlds;
        for (int seed = 0; seed < worlds; seed++)
        {
            TiedWorld world = new(seed, units[seed % units.Length]);
            TiledArrays arrays = TiledArrays.Of(world.Arrays, MarginHorizon.Initial);
            CoreSweep sweep = new(
                arrays.Tiling, TailMasses.Of(arrays.Tiling, LawMarket.Parameters.Margin), 2);
            BookCores cores = new(world.Book);
            for (int tick = 0; tick < 3; tick++)
            {
                sweep.Run(arrays, world.Book, MarginHorizon.Initial, 0, 1, cores);
                Check(world.PlainCore, cores.Amounts[0], $"world {seed}, tick {tick}");
                screened += sweep.Counts.Screened;
            }
        }

        Assert.InRange(screened, worlds / 4, 3 * worlds); // and some ties are too near for it
    }

    private static void AssertPlain(BookWorld world, MarginHorizon horizon, BookCores cores, string place)
    {
        for (int account = 0; account < world.Book.AccountCount; account++)
        {
            int slot = world.Book.SlotOf(account);
            Assert.NotEqual(SlotBinding.Plain, cores.Bindings[slot]);
            Check(world.PlainCore(account, null, horizon), cores.Amounts[slot], $"{place}: account {account}");
            ReadOnlySpan<int> assets = world.Book.AssetsOf(account);
            for (int own = 0; assets.Length > 1 && own < assets.Length; own++)
            {
                Check(
                    world.PlainCore(account, assets[own], horizon), cores.Amounts[slot + 1 + own],
                    $"{place}: account {account}, asset {assets[own]}");
            }
        }
    }

    private static void Check(Int128 plain, long fast, string place) =>
        Assert.True(plain == fast, $"{place}: plain {plain}, fast {fast}");

    private enum Width
    {
        Widest,
        One,
        Four,
        Eight,
    }

    private sealed class Sweep
    {
        internal Sweep(BookWorld world, MarginHorizon horizon, int blockAccounts)
        {
            (Book, Horizon) = (world.Book, horizon);
            Arrays = TiledArrays.Of(world.Arrays, horizon);
            Scratch = new CoreSweep(
                Arrays.Tiling, TailMasses.Of(Arrays.Tiling, LawMarket.Parameters.Margin), blockAccounts);
            Cores = new BookCores(Book);
        }

        internal TiledArrays Arrays { get; }

        internal CoreSweep Scratch { get; }

        internal BookCores Cores { get; }

        private BookHoldings Book { get; }

        private MarginHorizon Horizon { get; }

        internal void Load(BookWorld world, MarginHorizon horizon) => Arrays.Load(world.Arrays, horizon);

        internal BookCores Run(Width width)
        {
            switch (width)
            {
                case Width.One:
                    Scratch.Run<TailLanes1, double>(Arrays, Book, Horizon, 0, Book.AccountCount, Cores);
                    break;
                case Width.Four:
                    Scratch.Run<TailLanes4, Vector256<double>>(Arrays, Book, Horizon, 0, Book.AccountCount, Cores);
                    break;
                case Width.Eight:
                    Scratch.Run<TailLanes8, Vector512<double>>(Arrays, Book, Horizon, 0, Book.AccountCount, Cores);
                    break;
                default:
                    Scratch.Run(Arrays, Book, Horizon, 0, Book.AccountCount, Cores);
                    break;
            }

            return Cores;
        }
    }
}
