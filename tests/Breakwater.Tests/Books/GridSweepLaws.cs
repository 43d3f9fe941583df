using System.Runtime.Intrinsics;
using Breakwater.Books;
using Breakwater.Scenarios;

namespace Breakwater.Tests.Books;

/// <summary>The grid sweep equals sums in whole numbers.</summary>
public sealed class GridSweepLaws
{
    private const int Rows = 40;
    private const int Accounts = 70;

    // Most lots of a holding: within pairs, across their limits, beyond them.
    [Theory]
    [InlineData(1, 3_000)]
    [InlineData(32, 1)]
    [InlineData(32, 3_000)]
    [InlineData(33, 9_999)]
    [InlineData(33, 40_000)]
    [InlineData(64, 33_000)]
    [InlineData(100, 5_000)]
    [InlineData(7, 100_000)]
    public void Worst_losses_equal_sums_in_whole_numbers_at_every_width(int scenarios, int lotsMax)
    {
        Random random = new(scenarios + lotsMax);
        long[][] entries = [.. Enumerable.Range(0, Rows).Select(row => Enumerable.Range(0, scenarios)
            .Select(_ => Entry(random, row)).ToArray())];
        BookRow[][] accounts = [.. Enumerable.Range(0, Accounts).Select(account => Enumerable.Range(0, account % 23)
            .Select(_ => new BookRow(
                random.Next(Rows), random.Next(2), random.Next(-lotsMax, lotsMax + 1), random.Next(9), 7)).ToArray())];
        Check(entries, accounts);
    }

    // Entries and lots at their ends; Σ |lots| at the limit of pairs, one below and one above; every scenario alike.
    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(-int.MaxValue)]
    [InlineData(65_535)]
    [InlineData(32_768)]
    [InlineData(-32_768)]
    [InlineData(-1)]
    [InlineData(0)]
    public void Limits_of_lots_and_entries_are_exact(int entry)
    {
        long[] flat = [.. Enumerable.Repeat((long)entry, 33)];
        long[] mixed = [.. Enumerable.Range(0, 33).Select(i => i % 2 == 0 ? (long)entry : -entry)];
        long[][] entries = [flat, mixed, [.. mixed.Reverse().Select(own => own / 2)], new long[33]];
        int[][] lots =
        [
            [32_767, 32_768], [-32_767, -32_768], [-32_768, 32_767], [32_768, -32_767], [32_767, 32_767, 1],
            [32_767, 32_767, 2], [-32_767, -32_767, -2], [-32_769], [32_769], [65_535], [-65_536], [1], [-1], [0], [],
            [20_000, -20_000, 20_000, -5_535], [20_000, -20_000, 20_000, -5_536], [1 << 20], [-(1 << 20)],
        ];
        BookRow[][] accounts =
        [
            .. lots.SelectMany(_ => Enumerable.Range(0, entries.Length), (own, shift) => own
                .Select((size, i) => new BookRow((i + shift) % entries.Length, 0, size, 1, 2)).ToArray()),
        ];
        Check(entries, accounts);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        GridArrays arrays = new(1, 2);
        Assert.False(arrays.Load(0, [1L << 31, 0]));
        Assert.False(arrays.Load(0, [0, -(1L << 31)]));
        Assert.True(arrays.Load(0, [int.MaxValue, -int.MaxValue]));
        GridHoldings book = new(new BookDraft()
            .Add([new BookRow(0, 0, 1L << 40, 0, 0)]).Add([new BookRow(0, 0, -2, 3, 4)]).AddPlain()
            .Add([new BookRow(0, 0, 1 << 22, 0, 0)]).Build());
        long[] worst = new long[4];
        GridSweep.Run(arrays, book, MarginHorizon.Maintenance, 0, worst);
        Assert.Equal([long.MinValue, (2L * int.MaxValue) + 2 + 3, long.MinValue, long.MinValue], worst);
    }

    // Some rows are small, some all zeros, some of few values so that scenarios tie.
    private static long Entry(Random random, int row) => (row % 4) switch
    {
        0 => random.NextInt64(-int.MaxValue, int.MaxValue),
        1 => random.NextInt64(-70_000, 70_000),
        2 => 65_536L * random.Next(-2, 3),
        _ => row % 8 == 3 ? 0 : random.Next(-1, 2),
    };

    private static void Check(long[][] entries, BookRow[][] accounts)
    {
        GridArrays arrays = new(entries.Length, entries[0].Length);
        for (int row = 0; row < entries.Length; row++) Assert.True(arrays.Load(row, entries[row]));
        BookDraft draft = new();
        foreach (BookRow[] account in accounts) draft.Add(account);
        GridHoldings book = new(draft.Build());
        long[] plain = [.. accounts.Select(account => Plain(account, entries))];
        long[] worst = new long[accounts.Length];
        GridSweep.Run(arrays, book, MarginHorizon.Initial, 0, worst);
        Assert.Equal(plain, worst);
        Fresh(worst);
        GridSweep.Run<TailLanes8, Vector512<double>, PairLanes16, Vector512<int>>(
            arrays, book, MarginHorizon.Initial, 0, worst);
        Assert.Equal(plain, worst);
        Fresh(worst);
        GridSweep.Run<TailLanes4, Vector256<double>, PairLanes8, Vector256<int>>(
            arrays, book, MarginHorizon.Initial, 0, worst);
        Assert.Equal(plain, worst);
        Fresh(worst.AsSpan(10));
        GridSweep.Run<TailLanes1, double, PairLanes1, int>(
            arrays, book, MarginHorizon.Initial, 10, worst.AsSpan(10));
        Assert.Equal(plain, worst);
    }

    private static void Fresh(Span<long> worst) => worst.Fill(-1);

    private static long Plain(BookRow[] account, long[][] entries)
    {
        long worst = 0;
        for (int scenario = 0; scenario < entries[0].Length; scenario++)
        {
            worst = Math.Max(worst, -account.Sum(row => (long)row.Lots * entries[row.Row][scenario]));
        }

        return worst + account.Sum(row => (long)row.FundingInitial + (row.Lots < 0 ? -(long)row.Lots : 0));
    }
}
