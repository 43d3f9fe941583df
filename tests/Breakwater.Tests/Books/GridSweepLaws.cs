using System.Runtime.Intrinsics;
using Breakwater.Books;
using Breakwater.Scenarios;

namespace Breakwater.Tests.Books;

/// <summary>The grid sweep equals sums in whole numbers.</summary>
public sealed class GridSweepLaws
{
    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(100)]
    public void Worst_losses_equal_sums_in_whole_numbers_at_every_width(int scenarios)
    {
        const int rows = 40;
        Random random = new(scenarios);
        long[][] entries = [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, scenarios)
            .Select(_ => random.NextInt64(-int.MaxValue, int.MaxValue)).ToArray())];
        GridArrays arrays = new(rows, scenarios);
        for (int row = 0; row < rows; row++) Assert.True(arrays.Load(row, entries[row]));
        BookRow[][] accounts = [.. Enumerable.Range(0, 50).Select(account => Enumerable.Range(0, account % 23)
            .Select(_ => new BookRow(random.Next(rows), random.Next(2), random.Next(-9999, 9999), 5, 7)).ToArray())];
        BookDraft draft = new();
        foreach (BookRow[] account in accounts) draft.Add(account);
        GridHoldings book = new(draft.Build());
        long[] plain = [.. accounts.Select(account => Plain(account, entries, scenarios))];
        long[] worst = new long[accounts.Length];
        GridSweep.Run(arrays, book, MarginHorizon.Initial, 0, worst);
        Assert.Equal(plain, worst);
        GridSweep.Run<TailLanes8, Vector512<double>>(arrays, book, MarginHorizon.Initial, 0, worst);
        Assert.Equal(plain, worst);
        GridSweep.Run<TailLanes4, Vector256<double>>(arrays, book, MarginHorizon.Initial, 0, worst);
        Assert.Equal(plain, worst);
        GridSweep.Run<TailLanes1, double>(arrays, book, MarginHorizon.Initial, 10, worst.AsSpan(10));
        Assert.Equal(plain, worst);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        GridArrays arrays = new(1, 2);
        Assert.False(arrays.Load(0, [1L << 31, 0]));
        Assert.False(arrays.Load(0, [0, -(1L << 31)]));
        Assert.True(arrays.Load(0, [int.MaxValue, -int.MaxValue]));
        GridHoldings book = new(new BookDraft()
            .Add([new BookRow(0, 0, 1L << 40, 0, 0)]).Add([new BookRow(0, 0, -2, 3, 4)]).Build());
        long[] worst = new long[2];
        GridSweep.Run(arrays, book, MarginHorizon.Maintenance, 0, worst);
        Assert.Equal([long.MinValue, (2L * int.MaxValue) + 2 + 3], worst);
    }

    private static long Plain(BookRow[] account, long[][] entries, int scenarios)
    {
        long worst = 0;
        for (int scenario = 0; scenario < scenarios; scenario++)
        {
            worst = Math.Max(worst, -account.Sum(row => (long)row.Lots * entries[row.Row][scenario]));
        }

        return worst + account.Sum(row => (long)row.FundingInitial + (row.Lots < 0 ? -(long)row.Lots : 0));
    }
}
