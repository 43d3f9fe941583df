using Breakwater.Books;
using Breakwater.Margin.Tails;
using Breakwater.Scenarios;

namespace Breakwater.Tests.Books;

/// <summary>What docs/performance.md states of memory per account and per instrument is an upper bound.</summary>
public sealed class MemoryLaws
{
    private const int Rows = 50;
    private const int Accounts = 400;
    private const int HoldingsPerAccount = 20;

    // Both horizons have a set of this shape: 4,096 scenarios with weight, some hundred without, valued at two times.
    private const int Weighted = 4_096;
    private const int Deterministic = 104;

    private static readonly ScenarioTiling Tiling = ScenarioTiling.Of(
        [.. Enumerable.Range(0, Weighted + Deterministic).Select(own => (double)(own * 37 % 4099))],
        [.. Enumerable.Range(0, Weighted + Deterministic).Select(own => own < Weighted ? 1000 : 0)],
        [.. Enumerable.Range(Weighted, Deterministic)],
        [.. Enumerable.Repeat((long)ScenarioSet.NanoOne, Deterministic)], 2);

    private static readonly TailMasses Masses = TailMasses.Of(
        Tiling.WeightTotal, TailLevel.OfThousandths(990), TailLevel.OfThousandths(990));

    [Fact]
    public void An_instrument_takes_what_is_stated()
    {
        AssertAtMost(111_000, Rows, () => new TiledArrays(Tiling, Rows));
        TiledArrays arrays = new(Tiling, Rows);
        Assert.InRange((double)arrays.ByteCount / Rows, 100_000, 111_000);
        AssertAtMost(300, Rows, () => new GridArrays(Rows, 32));
    }

    [Fact]
    public void An_account_takes_what_is_stated()
    {
        BookDraft draft = new();
        for (int account = 0; account < Accounts; account++)
        {
            draft.Add([.. Enumerable.Range(0, HoldingsPerAccount).Select(own =>
                new BookRow((account + own) % Rows, own % 2, own - 9, 0, 0))]);
        }

        BookHoldings book = draft.Build();
        AssertAtMost(560, Accounts, draft.Build);
        AssertAtMost(88, Accounts, () => new BookCores(book));
        AssertAtMost(300, Accounts, () => new GridHoldings(book)); // lists that grow included
        AccountSweep sweep = new(Tiling, Masses);
        AssertAtMost(70_000, 1, () => new SlotLosses(sweep));

        AssertTicksTakeAtMost(4_000, book, Masses);
        AssertTicksTakeAtMost(24_000, book, TailMasses.Of(
            Tiling.WeightTotal, TailLevel.OfThousandths(975), TailLevel.OfThousandths(990)));
    }

    // What a sweep of ticks needs for itself, whatever it sweeps, does not count to its accounts.
    private static void AssertTicksTakeAtMost(int bytes, BookHoldings book, TailMasses masses)
    {
        long none = BytesOf(() => new TickSweep(Tiling, masses, book, 0, 1));
        long all = BytesOf(() => new TickSweep(Tiling, masses, book, 0, Accounts));
        Assert.InRange((all - none) / (double)(Accounts - 1), 0.5 * bytes, bytes);
    }

    private static void AssertAtMost(int bytes, int count, Func<object> make) =>
        Assert.InRange(BytesOf(make) / (double)count, 0.4 * bytes, bytes);

    private static long BytesOf(Func<object> make)
    {
        _ = make();
        long before = GC.GetAllocatedBytesForCurrentThread();
        object made = make();
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive(made);
        return bytes;
    }
}
