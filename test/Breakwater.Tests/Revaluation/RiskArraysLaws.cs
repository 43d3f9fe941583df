using Breakwater.Instruments;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Tests.Revaluation;

public sealed class RiskArraysLaws
{
    private const long Unit = 1; // one micro-dollar per lot: RELIABILITY 3, M8 and the quantisation rule

    private static readonly TinyMarket Tiny = TinyMarket.Default;
    private static readonly RiskArrays Arrays = Run(Tiny, TinyMarket.Instruments);

    private static readonly (MarginHorizon Horizon, RevaluationTime Time)[] Sheets =
        [.. from horizon in Enum.GetValues<MarginHorizon>() from time in Enum.GetValues<RevaluationTime>() select (horizon, time)];

    internal static RiskArrays Run(TinyMarket tiny, IEnumerable<Instrument> instruments) =>
        FullRevaluation.Run(instruments, tiny.Market, tiny.Surfaces, tiny.Scenarios, tiny.Parameters);

    private static ReadOnlySpan<long> Row(string name, MarginHorizon horizon, RevaluationTime time) =>
        Arrays.Entries(Arrays.IndexOf(InstrumentName.Parse(name)), horizon, time);

    [Fact]
    public void Scenario_zero_is_exactly_zero_in_frozen_time() => Assert.All(Enumerable.Range(0, Arrays.Rows.Length), row =>
        Assert.All(Enum.GetValues<MarginHorizon>(), horizon =>
            Assert.Equal(0, Arrays.Entries(row, horizon, RevaluationTime.Frozen)[0])));

    [Fact]
    public void Every_row_but_the_numeraires_moves() => Assert.All(Enumerable.Range(0, Arrays.Rows.Length), row =>
        Assert.True(Arrays.Entries(row, MarginHorizon.Maintenance, RevaluationTime.Frozen).ContainsAnyExcept(0L)));

    [Fact]
    public void Spot_of_every_underlying_is_there() =>
        Assert.Equal([TinyMarket.Btc, TinyMarket.Eth],
            Arrays.Rows.Select(row => row.Instrument).OfType<Spot>().Select(spot => spot.Underlying));

    [Fact]
    public void INV_M6_Order_and_repetition_of_instruments_change_nothing()
    {
        Instrument[] shuffled = [.. TinyMarket.Instruments, TinyMarket.Instruments[3]];
        new Random(5).Shuffle(shuffled);
        AssertSame(Arrays, Run(Tiny, shuffled));
    }

    [Fact]
    public void INV_M6_A_row_does_not_depend_on_the_other_instruments()
    {
        foreach (Instrument instrument in TinyMarket.Instruments.Where((_, i) => i % 17 == 0))
        {
            RiskArrays alone = Run(Tiny, [instrument]);
            foreach ((MarginHorizon horizon, RevaluationTime time) in Sheets)
            {
                Assert.Equal(
                    Arrays.Entries(Arrays.IndexOf(instrument), horizon, time).ToArray(),
                    alone.Entries(alone.IndexOf(instrument), horizon, time).ToArray());
            }
        }
    }

    [Fact]
    public void INV_M6_Units_may_be_filled_in_any_order()
    {
        RevaluationPlan plan = FullRevaluation.Prepare(
            TinyMarket.Instruments, Tiny.Market, Tiny.Surfaces, Tiny.Scenarios, Tiny.Parameters).Value;
        long[] entries = new long[plan.EntryCount];
        Array.Fill(entries, long.MinValue);
        foreach (int unit in Enumerable.Range(0, plan.UnitCount).Reverse())
        {
            Assert.Null(FullRevaluation.Fill(plan, unit, entries));
        }

        AssertSame(Arrays, FullRevaluation.Assemble(plan, [.. entries]));
    }

    [Fact]
    public void INV_M8_A_long_option_loses_at_most_its_value() => Assert.All(
        Arrays.Rows.Where(row => row.Instrument is VanillaOption), row => AssertEach(row.Instrument.Name, (entry, _) =>
            Assert.True(-entry <= row.MarkValueDownMicroUsd + Unit, $"{row.Instrument} loses {-entry}")));

    [Fact]
    public void INV_M8_A_put_is_worth_at_most_its_strike() => Assert.All(
        Arrays.Rows.Where(row => row.Instrument is VanillaOption { Right: OptionRight.Put, Settlement: Settlement.Linear }), row =>
            AssertEach(row.Instrument.Name, (entry, _) => Assert.True(
                row.MarkValueDownMicroUsd + entry <= (long)(((VanillaOption)row.Instrument).StrikeUsd * row.LotQuantity * 1_000_000m) + Unit)));

    [Fact]
    public void INV_M8_A_vertical_spread_stays_between_nothing_and_its_width()
    {
        foreach (string date in new[] { "6FEB26", "7FEB26", "13FEB26", "27MAR26", "26JUN26", "25DEC26" })
        {
            CheckVertical($"BTC_USDC-{date}", 50_000, 64_000);
            CheckVertical($"BTC_USDC-{date}", 64_000, 66_000);
            CheckVertical($"BTC_USDC-{date}", 66_000, 90_000);
        }
    }

    private static void CheckVertical(string prefix, int low, int high)
    {
        long width = (high - low) * 10_000L; // 0.01 BTC a lot
        foreach ((MarginHorizon horizon, RevaluationTime time) in Sheets)
        {
            foreach ((string near, string far) in new[] { ($"{prefix}-{low}-C", $"{prefix}-{high}-C"), ($"{prefix}-{high}-P", $"{prefix}-{low}-P") })
            {
                ReadOnlySpan<long> bought = Row(near, horizon, time);
                ReadOnlySpan<long> sold = Row(far, horizon, time);
                long value = Value(near) - Value(far);
                for (int s = 0; s < bought.Length; s++)
                {
                    Assert.InRange(value + bought[s] - sold[s], -2 * Unit, width + 2 * Unit);
                }
            }
        }
    }

    [Fact]
    public void Calls_less_puts_are_the_linear_forward_in_every_scenario()
    {
        foreach (string date in new[] { "6FEB26", "7FEB26", "13FEB26", "27MAR26", "26JUN26", "25DEC26" })
        {
            foreach ((MarginHorizon horizon, RevaluationTime time) in Sheets)
            {
                ReadOnlySpan<long> future = Row($"BTC_USDC-{date}", horizon, time); // 0.0001 BTC a lot
                foreach (int strike in new[] { 50_000, 64_000, 90_000 })
                {
                    ReadOnlySpan<long> call = Row($"BTC_USDC-{date}-{strike}-C", horizon, time);
                    ReadOnlySpan<long> put = Row($"BTC_USDC-{date}-{strike}-P", horizon, time);
                    for (int s = 0; s < call.Length; s++)
                    {
                        Assert.InRange(call[s] - put[s], (100 * future[s]) - (2 * Unit), (100 * (future[s] + 1)) + (2 * Unit));
                    }
                }
            }
        }
    }

    [Fact]
    public void Advanced_time_after_expiry_pays_the_intrinsic_value_at_the_scenarios_spot()
    {
        ReadOnlySpan<long> spot = Row("BTC", MarginHorizon.Initial, RevaluationTime.Advanced);
        TinyMarket soon = Tiny with { Scenarios = new ScenarioSets(Tiny.Scenarios.Maintenance, WithHours(Tiny.Scenarios.Initial, 24)) };
        RiskArrays arrays = Run(soon, TinyMarket.Instruments);
        foreach (string name in new[] { "BTC_USDC-6FEB26-64000-C", "BTC-6FEB26-66000-P" })
        {
            int row = arrays.IndexOf(InstrumentName.Parse(name));
            VanillaOption option = (VanillaOption)arrays.Rows[row].Instrument;
            ReadOnlySpan<long> entries = arrays.Entries(row, MarginHorizon.Initial, RevaluationTime.Advanced);
            for (int s = 0; s < entries.Length; s++)
            {
                decimal price = 65_000m + (spot[s] / 1_000_000m);
                decimal payoff = Math.Max(0m, option.Right == OptionRight.Call ? price - option.StrikeUsd : option.StrikeUsd - price);
                decimal expected = payoff * arrays.Rows[row].LotQuantity * 1_000_000m - arrays.Rows[row].MarkValueDownMicroUsd;
                Assert.InRange(entries[s], expected - 2m, expected + 2m);
            }
        }
    }

    private static ScenarioSet WithHours(ScenarioSet set, int hours) =>
        set with { HorizonHours = [.. set.HorizonHours.Select(_ => hours)] };

    private static long Value(string name) => Arrays.Rows[Arrays.IndexOf(InstrumentName.Parse(name))].MarkValueDownMicroUsd;

    private static void AssertEach(string name, Action<long, int> claim)
    {
        foreach ((MarginHorizon horizon, RevaluationTime time) in Sheets)
        {
            ReadOnlySpan<long> entries = Row(name, horizon, time);
            for (int s = 0; s < entries.Length; s++) claim(entries[s], s);
        }
    }

    internal static void AssertSame(RiskArrays expected, RiskArrays actual)
    {
        Assert.Equal(expected.Rows.AsEnumerable(), actual.Rows);
        Assert.Equal(expected.Indices.AsEnumerable(), actual.Indices);
        Assert.Equal(expected.Findings.AsEnumerable(), actual.Findings);
        for (int row = 0; row < expected.Rows.Length; row++)
        {
            foreach ((MarginHorizon horizon, RevaluationTime time) in Sheets)
            {
                Assert.Equal(expected.Entries(row, horizon, time).ToArray(), actual.Entries(row, horizon, time).ToArray());
            }
        }
    }
}
