using Breakwater.Instruments;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Tests.Revaluation;

/// <summary>M8 in the arrays; each bound holds within one micro-dollar per lot (RELIABILITY 3).</summary>
public sealed class BoundedLossLaws
{
    private const long MicroPerUsd = 1_000_000;

    private static readonly TinyMarket Tiny = TinyMarket.Default;
    private static readonly RiskArrays Arrays = Sheet.Run(Tiny, TinyMarket.Instruments);

    [Fact]
    public void INV_M8_A_long_option_loses_at_most_its_value()
    {
        foreach (RiskRow row in Arrays.Rows.Where(row => row.Instrument is VanillaOption))
        {
            AssertLeast(row.Instrument.Name, -row.MarkValueDownMicroUsd - 1);
        }
    }

    [Fact]
    public void INV_M8_A_short_linear_put_loses_at_most_its_strike()
    {
        foreach (RiskRow row in Arrays.Rows)
        {
            if (row.Instrument is not VanillaOption { Settlement: Settlement.Linear } put) continue;
            if (put.Right == OptionRight.Call) continue;
            long strike = (long)(put.StrikeUsd * row.LotQuantity * MicroPerUsd);
            foreach ((MarginHorizon horizon, RevaluationTime time) in Sheet.All)
            {
                foreach (long entry in Sheet.Row(Arrays, put.Name, horizon, time))
                {
                    Assert.True(row.MarkValueDownMicroUsd + entry <= strike);
                }
            }
        }
    }

    [Fact]
    public void INV_M8_A_vertical_spread_is_worth_between_nothing_and_its_width()
    {
        int[] strikes = TinyMarket.BtcStrikes;
        foreach (string date in TinyMarket.DateTexts)
        {
            for (int i = 1; i < strikes.Length; i++)
            {
                (int low, int high) = (strikes[i - 1], strikes[i]);
                CheckVertical($"BTC_USDC-{date}-{low}-C", $"BTC_USDC-{date}-{high}-C", high - low);
                CheckVertical($"BTC_USDC-{date}-{high}-P", $"BTC_USDC-{date}-{low}-P", high - low);
            }
        }
    }

    // One lot is 0.01 BTC; values and entries are each rounded once: two units at most.
    private static void CheckVertical(string near, string far, int widthUsd)
    {
        long value = Sheet.Of(Arrays, near).MarkValueDownMicroUsd - Sheet.Of(Arrays, far).MarkValueDownMicroUsd;
        foreach ((MarginHorizon horizon, RevaluationTime time) in Sheet.All)
        {
            ReadOnlySpan<long> bought = Sheet.Row(Arrays, near, horizon, time);
            ReadOnlySpan<long> sold = Sheet.Row(Arrays, far, horizon, time);
            for (int s = 0; s < bought.Length; s++)
            {
                Assert.InRange(value + bought[s] - sold[s], -2, (widthUsd * MicroPerUsd / 100) + 2);
            }
        }
    }

    private static void AssertLeast(string name, long least)
    {
        foreach ((MarginHorizon horizon, RevaluationTime time) in Sheet.All)
        {
            foreach (long entry in Sheet.Row(Arrays, name, horizon, time)) Assert.True(entry >= least, name);
        }
    }
}
