using Breakwater.Instruments;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Tests.Revaluation;

/// <summary>The same laws on real surfaces and the whole scenario set of a crash.</summary>
public sealed class SampleMarketLaws
{
    private static readonly string[] Dates = ["6FEB26", "13FEB26", "27MAR26", "25DEC26", "10APR26"];

    private static readonly Lazy<RiskArrays> Lazily = new(() => Sheet.Run(SampleMarket.Crash, Book()));

    private static RiskArrays Arrays => Lazily.Value;

    [Fact]
    public void Scenario_zero_is_exactly_zero_in_frozen_time()
    {
        for (int row = 0; row < Arrays.Rows.Length; row++)
        {
            Assert.Equal(0, Arrays.Entries(row, MarginHorizon.Initial, RevaluationTime.Frozen)[0]);
        }
    }

    [Fact]
    public void INV_M8_A_vertical_spread_is_worth_between_nothing_and_its_width_in_every_scenario()
    {
        int[] strikes = [.. Strikes()];
        foreach (string date in Dates)
        {
            for (int i = 1; i < strikes.Length; i++)
            {
                (int low, int high) = (strikes[i - 1], strikes[i]);
                CheckVertical($"BTC_USDC-{date}-{low}-C", $"BTC_USDC-{date}-{high}-C", high - low);
                CheckVertical($"BTC_USDC-{date}-{high}-P", $"BTC_USDC-{date}-{low}-P", high - low);
            }
        }
    }

    [Fact]
    public void INV_M8_A_butterfly_is_never_worth_less_than_nothing_without_a_sticky_strike()
    {
        int[] strikes = [.. Strikes()];
        foreach (string date in Dates)
        {
            for (int i = 2; i < strikes.Length; i++)
            {
                CheckButterfly(date, strikes[i - 2], strikes[i - 1], strikes[i]);
            }
        }
    }

    private static IEnumerable<int> Strikes() => Enumerable.Range(0, 14).Select(i => 20_000 + (i * 10_000));

    private static IEnumerable<Instrument> Book() =>
        from date in Dates
        from strike in Strikes()
        from side in new[] { "C", "P" }
        select InstrumentName.Parse($"BTC_USDC-{date}-{strike}-{side}");

    // One lot is 0.01 BTC; values and entries are each rounded once: two units at most.
    private static void CheckVertical(string near, string far, int widthUsd)
    {
        long value = Value(near) - Value(far);
        foreach ((MarginHorizon horizon, RevaluationTime time) in Sheet.All)
        {
            ReadOnlySpan<long> bought = Sheet.Row(Arrays, near, horizon, time);
            ReadOnlySpan<long> sold = Sheet.Row(Arrays, far, horizon, time);
            for (int s = 0; s < bought.Length; s++)
            {
                long worth = value + bought[s] - sold[s];
                Assert.True(
                    worth >= -2 && worth <= (widthUsd * 10_000L) + 2,
                    $"{near} less {far} is worth {worth} of {widthUsd * 10_000L} in {horizon} {time} {Label(s)}");
            }
        }
    }

    private static void CheckButterfly(string date, int low, int middle, int high)
    {
        string[] names = [.. new[] { low, middle, high }.Select(strike => $"BTC_USDC-{date}-{strike}-C")];
        long value = Value(names[0]) - (2 * Value(names[1])) + Value(names[2]);
        foreach ((MarginHorizon horizon, RevaluationTime time) in Sheet.All)
        {
            ReadOnlySpan<long> first = Sheet.Row(Arrays, names[0], horizon, time);
            ReadOnlySpan<long> body = Sheet.Row(Arrays, names[1], horizon, time);
            ReadOnlySpan<long> last = Sheet.Row(Arrays, names[2], horizon, time);
            for (int s = 0; s < first.Length; s++)
            {
                if (SampleMarket.Crash.Scenarios.Initial.Scenarios[s].IsStickyStrike) continue;
                long worth = value + first[s] - (2 * body[s]) + last[s];
                Assert.True(worth >= -8, $"{names[1]} butterfly is worth {worth} in {horizon} {time} {Label(s)}");
            }
        }
    }

    private static long Value(string name) => Sheet.Of(Arrays, name).MarkValueDownMicroUsd;

    private static string Label(int scenario) => SampleMarket.Crash.Scenarios.Initial.Scenarios[scenario].Label;
}
