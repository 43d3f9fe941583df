using Breakwater.Books;
using Breakwater.Revaluation;
using Breakwater.Scenarios;
using Breakwater.Tests.Margin;

namespace Breakwater.Tests.Books;

/// <summary>Slots that stay settled from tick to tick, because their losses cannot have risen far, have the cores of a
/// sweep that remembers nothing.</summary>
public sealed class KeptSlotLaws
{
    private const int Worlds = 60;
    private const int Ticks = 6;
    private const MarginHorizon Horizon = MarginHorizon.Initial;

    [Fact]
    public void Cores_after_any_ticks_equal_those_of_a_fresh_sweep()
    {
        long settled = 0;
        long keptUnmoved = 0;
        for (int seed = 0; seed < Worlds; seed++)
        {
            BookWorld world = new(seed);
            Random random = new(seed);
            TiledArrays arrays = TiledArrays.Of(world.Arrays, Horizon);
            TailMasses masses = TailMasses.Of(arrays.Tiling, LawMarket.Parameters.Margin);
            CoreSweep sweep = new(arrays.Tiling, masses, 8);
            BookCores cores = new(world.Book);
            (long[][] First, long[][] Second) entries = EntriesOf(world);
            for (int tick = 0; tick < Ticks; tick++)
            {
                // Small moves and large ones, of some rows; what is not forgotten in time costs work only.
                long most = 1L << random.Next(0, 34);
                if (random.Next(5) != 0) arrays.ForgetMoves();
                for (int row = 0; row < arrays.RowCount; row++)
                {
                    if (random.Next(3) == 0) continue;
                    Move(random, most, entries.First[row]);
                    Move(random, most, entries.Second[row]);
                    arrays.Load(row, entries.First[row], entries.Second[row]);
                }

                sweep.Run(arrays, world.Book, Horizon, 0, world.Book.AccountCount, cores);
                settled += sweep.Counts.Screened;
                AssertFresh(world.Book, arrays, masses, cores, $"world {seed}, tick {tick}");
            }

            arrays.ForgetMoves();
            sweep.Run(arrays, world.Book, Horizon, 0, world.Book.AccountCount, cores);
            keptUnmoved += sweep.Counts.Screened;
            AssertFresh(world.Book, arrays, masses, cores, $"world {seed}, unmoved");
        }

        Assert.True(settled > Worlds && keptUnmoved > Worlds / 4, $"{settled} settled, {keptUnmoved} at the end");
    }

    private static (long[][] First, long[][] Second) EntriesOf(BookWorld world)
    {
        long[][] Of(RevaluationTime time) =>
        [
            .. Enumerable.Range(0, world.Arrays.Rows.Length)
                .Select(row => world.Arrays.Entries(row, Horizon, time).ToArray()),
        ];
        return (Of(RevaluationTime.Frozen), Of(RevaluationTime.Advanced));
    }

    private static void Move(Random random, long most, long[] entries)
    {
        long together = random.NextInt64(-most, most + 1);
        for (int scenario = 0; scenario < entries.Length; scenario++)
        {
            long moved = entries[scenario] + together + random.NextInt64(-most / 8, (most / 8) + 1);
            entries[scenario] = Math.Clamp(moved, -(1L << 36), 1L << 36);
        }
    }

    private static void AssertFresh(
        BookHoldings book, TiledArrays arrays, TailMasses masses, BookCores cores, string place)
    {
        BookCores fresh = new(book);
        new CoreSweep(arrays.Tiling, masses, 8).Run(arrays, book, Horizon, 0, book.AccountCount, fresh);
        Assert.True(fresh.Amounts.SequenceEqual(cores.Amounts), place);
        Assert.True(fresh.Bindings.SequenceEqual(cores.Bindings), place);
    }
}
