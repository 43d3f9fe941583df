using System.Collections.Immutable;
using System.Runtime.Intrinsics;
using Breakwater.Books;
using Breakwater.Margin.Tails;
using Breakwater.Scenarios;
using Breakwater.Tests.Margin;

namespace Breakwater.Tests.Books;

/// <summary>One account, from scratch or after a fill, has the core that the sweep of the book gives it.</summary>
public sealed class AccountSweepLaws
{
    private const int Worlds = 60;
    private const int Fills = 12;

    private static readonly TailLevel OneLevel = new(97, 100);
    private static readonly MarginHorizon[] Horizons = [MarginHorizon.Maintenance, MarginHorizon.Initial];

    [Fact]
    public void One_account_from_scratch_has_its_plain_core_at_both_horizons()
    {
        for (int seed = 0; seed < Worlds; seed++)
        {
            BookWorld world = new(seed);
            foreach (MarginHorizon horizon in Horizons)
            {
                TiledArrays arrays = TiledArrays.Of(world.Arrays, horizon);
                AccountSweep sweep = new(arrays.Tiling, TailMasses.Of(arrays.Tiling, LawMarket.Parameters.Margin));
                BookCores cores = new(world.Book);
                for (int account = world.Book.AccountCount - 1; account >= 0; account--)
                {
                    sweep.Run(arrays, world.Book, horizon, account, cores);
                    int slot = world.Book.SlotOf(account);
                    Assert.Equal(world.PlainCore(account, null, horizon), cores.Amounts[slot]);
                    ReadOnlySpan<int> assets = world.Book.AssetsOf(account);
                    for (int own = 0; assets.Length > 1 && own < assets.Length; own++)
                    {
                        Assert.Equal(world.PlainCore(account, assets[own], horizon), cores.Amounts[slot + 1 + own]);
                    }
                }
            }
        }
    }

    [Fact]
    public void A_tail_is_left_out_only_where_it_cannot_reach_the_worst_deterministic_loss()
    {
        long[] units = [0, 1, -1, 2, -2, 1 << 10, -(1 << 10), 1 << 20, -(1 << 20), 1 << 30, 1L << 40];
        int left = 0;
        int worlds = 4 * Worlds;
        for (int seed = 0; seed < worlds; seed++)
        {
            TiedWorld world = new(seed, units[seed % units.Length]);
            TiledArrays arrays = TiledArrays.Of(world.Arrays, MarginHorizon.Initial);
            AccountSweep sweep = new(arrays.Tiling, TailMasses.Of(arrays.Tiling, LawMarket.Parameters.Margin));
            BookCores cores = new(world.Book);
            sweep.Run(arrays, world.Book, MarginHorizon.Initial, 0, cores);
            Assert.Equal(world.PlainCore, cores.Amounts[0]);
            left += cores.Bindings[0] == SlotBinding.Scenario && double.IsNaN(cores.Thresholds[0]) ? 1 : 0;
        }

        Assert.InRange(left, worlds / 8, worlds * 3 / 4); // and some ties are too near for it
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(1, true)]
    public void No_width_of_vectors_changes_a_core_and_all_equal_the_sweep(int times, bool isOneLevel)
    {
        for (int seed = 0; seed < Worlds; seed++)
        {
            (BookWorld world, TiledArrays arrays, TailMasses masses) = Draw(seed, times, isOneLevel);
            BookCores swept = Swept(arrays, masses, world.Book);
            AccountSweep sweep = new(arrays.Tiling, masses);
            for (int width = 0; width < 3; width++)
            {
                BookCores own = new(world.Book);
                for (int account = 0; account < world.Book.AccountCount; account++)
                {
                    Run(sweep, width, arrays, world.Book, account, own);
                }

                Assert.True(swept.Amounts.SequenceEqual(own.Amounts), $"world {seed}, width {width}");
                Assert.True(swept.Bindings.SequenceEqual(own.Bindings), $"world {seed}, width {width}");
            }
        }
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(1, true)]
    public void A_core_after_any_fills_is_that_of_the_account_that_they_make(int times, bool isOneLevel)
    {
        for (int seed = 0; seed < Worlds / 2; seed++)
        {
            (BookWorld world, TiledArrays arrays, TailMasses masses) = Draw(seed, times, isOneLevel);
            Random random = new(seed);
            SlotLosses losses = new(new AccountSweep(arrays.Tiling, masses), holdingsMax: 1);
            foreach (ImmutableArray<BookRow> account in world.Accounts)
            {
                List<BookRow> rows = [.. account];
                BookHoldings book = Netted(rows);
                BookCores cores = new(book);
                if (random.Next(3) != 0) cores.Thresholds[0] = 1e9 * ((20.0 * random.NextDouble()) - 10.0);
                losses.Begin(arrays, book, 0, 0, MarginHorizon.Maintenance, cores);
                for (int fill = 0; fill < Fills; fill++)
                {
                    BookRow own = FillOf(random, arrays.RowCount);
                    rows.Add(own);
                    BookCores swept = Swept(arrays, masses, Netted(rows));
                    double funding = (double)own.FundingMaintenance;
                    SlotCore core = ((seed + fill) % 4) switch
                    {
                        0 => losses.Fill<TailLanes1, double>(own.Row, (long)own.Lots, funding),
                        1 => losses.Fill<TailLanes4, Vector256<double>>(own.Row, (long)own.Lots, funding),
                        2 => losses.Fill<TailLanes8, Vector512<double>>(own.Row, (long)own.Lots, funding),
                        _ => losses.Fill(own.Row, (long)own.Lots, funding),
                    };
                    Assert.Equal((swept.Amounts[0], swept.Bindings[0]), (core.Amount, core.Binding));
                }
            }
        }
    }

    [Fact]
    public void An_underlying_of_an_account_is_a_slot_of_its_own()
    {
        (BookWorld world, TiledArrays arrays, TailMasses masses) = Draw(12, 2, isOneLevel: false);
        BookCores swept = Swept(arrays, masses, world.Book);
        SlotLosses losses = new(new AccountSweep(arrays.Tiling, masses));
        for (int account = 0; account < world.Book.AccountCount; account++)
        {
            int first = world.Book.SlotOf(account);
            for (int slot = 0; slot == 0 || slot < SlotsOf(world.Book, account); slot++)
            {
                losses.Begin(arrays, world.Book, account, slot, MarginHorizon.Maintenance, swept);
                Assert.Equal(swept.Amounts[first + slot], losses.Fill(0, 0).Amount);
            }
        }
    }

    [Fact]
    public void What_lanes_cannot_hold_is_left_to_the_plain_margin()
    {
        (_, TiledArrays arrays, TailMasses masses) = Draw(6, 2, isOneLevel: true);
        BookHoldings book = new BookDraft().Add([new BookRow(0, 0, 1L << 50, 0, 0)]).AddPlain().Build();
        AccountSweep sweep = new(arrays.Tiling, masses);
        SlotLosses losses = new(sweep);
        BookCores cores = new(book);
        for (int account = 0; account < 2; account++)
        {
            sweep.Run(arrays, book, MarginHorizon.Maintenance, account, cores);
            Assert.Equal(SlotBinding.Plain, cores.Bindings[book.SlotOf(account)]);
            losses.Begin(arrays, book, account, 0, MarginHorizon.Maintenance, cores);
            Assert.Equal(SlotBinding.Plain, losses.Fill(0, 1).Binding);
        }

        Assert.Throws<InvalidOperationException>(() => new SlotLosses(sweep).Fill(0, 1));
    }

    [Fact]
    public void Neither_a_check_nor_a_fill_allocates()
    {
        (BookWorld world, TiledArrays arrays, TailMasses masses) = Draw(4, 2, isOneLevel: false);
        AccountSweep sweep = new(arrays.Tiling, masses);
        SlotLosses losses = new(sweep);
        BookCores cores = new(world.Book);
        long before = 0;
        for (int warm = 0; warm < 3; warm++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            sweep.Run(arrays, world.Book, MarginHorizon.Maintenance, 0, cores);
            losses.Begin(arrays, world.Book, 0, 0, MarginHorizon.Maintenance, cores);
            _ = losses.Fill(1, 3);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static int SlotsOf(BookHoldings book, int account) =>
        (account + 1 < book.AccountCount ? book.SlotOf(account + 1) : book.SlotCount) - book.SlotOf(account);

    private static BookRow FillOf(Random random, int rows) =>
        new(random.Next(rows), 0, random.Next(-900, 900) * (random.Next(5) == 0 ? 20 : 1), random.Next(50), 0);

    private static (BookWorld World, TiledArrays Arrays, TailMasses Masses) Draw(int seed, int times, bool isOneLevel)
    {
        BookWorld world = new(seed);
        TiledArrays arrays = TiledArrays.Of(world.Arrays, MarginHorizon.Maintenance);
        if (times == 1)
        {
            ScenarioTiling tiling = ScenarioTiling.Of(
                [.. Enumerable.Range(0, arrays.Tiling.ColumnCount).Select(own => (double)(own * own % 17))],
                [.. world.Arrays.Scenarios.Maintenance.Scenarios.Select(own => own.Weight)], [2],
                [ScenarioSet.NanoOne / 3], 1);
            arrays = new TiledArrays(tiling, arrays.RowCount);
            arrays.Load(world.Arrays, MarginHorizon.Maintenance);
        }

        return (world, arrays, isOneLevel
            ? TailMasses.Of(arrays.Tiling.WeightTotal, OneLevel, OneLevel)
            : TailMasses.Of(arrays.Tiling, LawMarket.Parameters.Margin));
    }

    private static BookCores Swept(TiledArrays arrays, TailMasses masses, BookHoldings book)
    {
        BookCores cores = new(book);
        new CoreSweep(arrays.Tiling, masses, blockAccounts: 12).Run(
            arrays, book, MarginHorizon.Maintenance, 0, book.AccountCount, cores);
        return cores;
    }

    // One account of one underlying, lots of an instrument netted.
    private static BookHoldings Netted(List<BookRow> rows) => new BookDraft().Add(
    [
        .. rows.GroupBy(own => own.Row).Select(same => new BookRow(
            same.Key, 0, same.Aggregate((Int128)0, (sum, own) => sum + own.Lots),
            same.Aggregate((Int128)0, (sum, own) => sum + own.FundingMaintenance), 0)),
    ]).Build();

    private static void Run(
        AccountSweep sweep, int width, TiledArrays arrays, BookHoldings book, int account, BookCores cores)
    {
        const MarginHorizon Horizon = MarginHorizon.Maintenance;
        if (width == 0) sweep.Run<TailLanes1, double>(arrays, book, Horizon, account, cores);
        if (width == 1) sweep.Run<TailLanes4, Vector256<double>>(arrays, book, Horizon, account, cores);
        if (width == 2) sweep.Run<TailLanes8, Vector512<double>>(arrays, book, Horizon, account, cores);
    }
}
