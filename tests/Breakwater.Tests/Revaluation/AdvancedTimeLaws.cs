using Breakwater.Instruments;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Tests.Revaluation;

/// <summary>Scenario 0 of advanced time: nothing moves but the clock. What an option loses is its theta; the one thing
/// it may gain is the pull of its forward towards the spot on the last day (METHODOLOGY 1.1: b(1 day) below one day).
/// </summary>
public sealed class AdvancedTimeLaws
{
    private const double HoursPerDay = 24.0;
    private const int MaintenanceHours = 4; // TinyScenarios
    private const int InitialHours = 12;
    private const long MicroPerUsd = 1_000_000;

    private static readonly RiskArrays Arrays = Sheet.Run(TinyMarket.Default, TinyMarket.Instruments);

    public static TheoryData<string, string> Straddles()
    {
        TheoryData<string, string> data = [];
        foreach (string date in TinyMarket.DateTexts)
        {
            data.Add($"BTC-{date}-64000", date);
            data.Add($"BTC_USDC-{date}-66000", date);
            data.Add($"ETH-{date}-1900", date);
            data.Add($"ETH_USDC-{date}-1900", date);
        }

        return data;
    }

    /// <remarks>Theta is that of a constant volatility; TinyMarket's falls in T, which takes up to a fifth from it.
    /// From 14 h to 2 h, each less a third of the settlement window, √T loses (√13⅔ − √1⅔)·2√13⅔/12 = 1.48 times its
    /// slope.</remarks>
    [Theory]
    [MemberData(nameof(Straddles))]
    public void Theta_is_lost_in_scenario_zero_of_advanced_time(string straddle, string date)
    {
        (string call, string put) = ($"{straddle}-C", $"{straddle}-P");
        double theta =
            (double)(Sheet.Of(Arrays, call).Greeks.ThetaMicroUsd + Sheet.Of(Arrays, put).Greeks.ThetaMicroUsd);
        foreach ((MarginHorizon horizon, int hours) in Horizons)
        {
            double expected = theta * hours / HoursPerDay;
            long pnl = AtCentre(call, horizon) + AtCentre(put, horizon);
            Assert.True(expected < 0.0, date);
            Assert.InRange(pnl / expected, 0.8, 1.5);
        }
    }

    /// <remarks>An option deep in the money has no theta to lose: on its last day a put gains what the forward falls.
    /// That is why "every option loses" is false.</remarks>
    [Fact]
    public void An_option_gains_at_most_what_its_forward_moves()
    {
        int gainers = 0;
        foreach (RiskRow row in Arrays.Rows)
        {
            if (row.Instrument is not VanillaOption option) continue;
            foreach ((MarginHorizon horizon, int _) in Horizons)
            {
                long gain = AtCentre(option.Name, horizon);
                double sign = option.Right == OptionRight.Call ? 1.0 : -1.0;
                double limit = Math.Max(0.0, sign * PullUsd(option, horizon));
                double slack = option.Settlement == Settlement.Linear ? 2.0 : 1_000.0; // the future's rounding
                Assert.True(gain <= (limit * (double)row.LotQuantity * MicroPerUsd) + slack, $"{option} {gain}");
                if (gain > 0) gainers++;
            }
        }

        Assert.True(gainers > 0);
    }

    [Fact]
    public void A_forward_is_pulled_to_the_spot_on_its_last_day_only()
    {
        foreach (string date in TinyMarket.DateTexts)
        {
            foreach ((MarginHorizon horizon, int hours) in Horizons)
            {
                RiskRow row = Sheet.Of(Arrays, $"BTC_USDC-{date}");
                double indexUsd = TinyMarket.Default.Of(TinyMarket.Btc).IndexUsd;
                double basisUsd = (row.MarkPriceMicroUsd / (double)MicroPerUsd) - indexUsd;
                double expected = date == TinyMarket.DateTexts[0] ? -basisUsd * hours / 14.0 : 0.0; // 14 h are left
                double pnlUsd = AtCentre(row.Instrument.Name, horizon) / (double)row.LotQuantity / MicroPerUsd;
                Assert.Equal(expected, pnlUsd, 0.02);
            }
        }
    }

    // Expiry at 08:00 of the day is settled when the horizon of 14 h has gone: nothing but intrinsic value at the spot.
    [Theory]
    [InlineData("BTC_USDC-6FEB26-64000-C", 1_000.0)]
    [InlineData("BTC_USDC-6FEB26-66000-P", 1_000.0)]
    [InlineData("BTC-6FEB26-66000-P", 1_000.0)]
    [InlineData("BTC-6FEB26-66000-C", 0.0)]
    public void What_expires_exactly_at_the_horizon_is_settled_at_the_spot(string name, double payoffUsd)
    {
        TinyMarket tiny = TinyMarket.Default;
        ScenarioSet Still(MarginHorizon horizon) =>
            TinyScenarios.Of(tiny.Market, horizon, 14, [TinyScenarios.Move.None]);
        TinyMarket settled = tiny with
        {
            Scenarios = new ScenarioSets(Still(MarginHorizon.Maintenance), Still(MarginHorizon.Initial)),
        };
        RiskArrays arrays = Sheet.Run(settled, name);
        RiskRow row = Sheet.Of(arrays, name);
        long end = row.MarkValueDownMicroUsd
            + Sheet.Row(arrays, name, MarginHorizon.Initial, RevaluationTime.Advanced)[0];
        Assert.InRange(end - (payoffUsd * (double)row.LotQuantity * MicroPerUsd), -2.0, 2.0);
    }

    private static IEnumerable<(MarginHorizon Horizon, int Hours)> Horizons =>
        [(MarginHorizon.Maintenance, MaintenanceHours), (MarginHorizon.Initial, InitialHours)];

    private static long AtCentre(string name, MarginHorizon horizon) =>
        Sheet.Row(Arrays, name, horizon, RevaluationTime.Advanced)[0];

    // Move of the forward, USD, read off the future; of an inverse option K·S·(1/F − 1/F') bounds the gain.
    private static double PullUsd(VanillaOption option, MarginHorizon horizon)
    {
        string date = option.Name.Split('-')[1];
        RiskRow future = Sheet.Of(Arrays, $"{option.Name.Split('-')[0]}-{date}");
        double perUnit = AtCentre(future.Instrument.Name, horizon) / (double)future.LotQuantity / MicroPerUsd;
        return option.Settlement == Settlement.Linear ? perUnit : perUnit * (double)option.StrikeUsd;
    }
}
