using Breakwater.Instruments;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Tests.Revaluation;

public sealed class RiskArraysLaws
{
    private static readonly TinyMarket Tiny = TinyMarket.Default;
    private static readonly RiskArrays Arrays = Sheet.Run(Tiny, TinyMarket.Instruments);

    [Fact]
    public void Scenario_zero_is_exactly_zero_in_frozen_time()
    {
        for (int row = 0; row < Arrays.Rows.Length; row++)
        {
            Assert.Equal(0, Arrays.Entries(row, MarginHorizon.Maintenance, RevaluationTime.Frozen)[0]);
            Assert.Equal(0, Arrays.Entries(row, MarginHorizon.Initial, RevaluationTime.Frozen)[0]);
        }
    }

    [Fact]
    public void Every_row_moves() => Assert.All(Enumerable.Range(0, Arrays.Rows.Length), row =>
        Assert.True(Arrays.Entries(row, MarginHorizon.Maintenance, RevaluationTime.Frozen).ContainsAnyExcept(0L)));

    [Fact]
    public void Spot_of_every_underlying_is_there() => Assert.Equal(
        [TinyMarket.Btc, TinyMarket.Eth],
        Arrays.Rows.Select(row => row.Instrument).OfType<Spot>().Select(spot => spot.Underlying));

    [Fact]
    public void INV_M6_Order_and_repetition_of_instruments_change_nothing()
    {
        Instrument[] shuffled = [.. TinyMarket.Instruments, TinyMarket.Instruments[3]];
        new Random(5).Shuffle(shuffled);

        Sheet.AssertSame(Arrays, Sheet.Run(Tiny, shuffled));
    }

    [Fact]
    public void INV_M6_A_row_does_not_depend_on_the_other_instruments()
    {
        foreach (Instrument instrument in TinyMarket.Instruments.Where((_, i) => i % 17 == 0))
        {
            RiskArrays alone = Sheet.Run(Tiny, [instrument]);
            foreach ((MarginHorizon horizon, RevaluationTime time) in Sheet.All)
            {
                Assert.Equal(
                    Sheet.Row(Arrays, instrument.Name, horizon, time).ToArray(),
                    Sheet.Row(alone, instrument.Name, horizon, time).ToArray());
            }
        }
    }

    [Fact]
    public void INV_M6_Units_may_be_filled_in_any_order_by_any_number_of_threads()
    {
        RevaluationPlan plan = FullRevaluation.Prepare(
            TinyMarket.Instruments, Tiny.Market, Tiny.Forecast, Tiny.Surfaces, Tiny.Scenarios, Tiny.Parameters).Value;
        long[] entries = new long[plan.EntryCount];
        Array.Fill(entries, long.MinValue);
        int[] order = [.. Enumerable.Range(0, plan.UnitCount)];
        new Random(11).Shuffle(order);

        Parallel.ForEach(order, new ParallelOptions { MaxDegreeOfParallelism = 4 }, unit =>
            Assert.Null(FullRevaluation.Fill(plan, unit, entries)));

        Sheet.AssertSame(Arrays, FullRevaluation.Assemble(plan, [.. entries]));
    }

    [Fact]
    public void Calls_less_puts_are_the_linear_forward_in_every_scenario()
    {
        foreach (string date in TinyMarket.DateTexts)
        {
            foreach ((MarginHorizon horizon, RevaluationTime time) in Sheet.All)
            {
                CheckParity(date, horizon, time);
            }
        }
    }

    private static void CheckParity(string date, MarginHorizon horizon, RevaluationTime time)
    {
        const long lotsOfFuture = 100; // 0.01 BTC an option, 0.0001 BTC a future
        ReadOnlySpan<long> future = Sheet.Row(Arrays, $"BTC_USDC-{date}", horizon, time);
        foreach (int strike in TinyMarket.BtcStrikes)
        {
            ReadOnlySpan<long> call = Sheet.Row(Arrays, $"BTC_USDC-{date}-{strike}-C", horizon, time);
            ReadOnlySpan<long> put = Sheet.Row(Arrays, $"BTC_USDC-{date}-{strike}-P", horizon, time);
            for (int s = 0; s < call.Length; s++)
            {
                long least = (lotsOfFuture * future[s]) - 2;
                Assert.InRange(call[s] - put[s], least, least + lotsOfFuture + 4);
            }
        }
    }
}
