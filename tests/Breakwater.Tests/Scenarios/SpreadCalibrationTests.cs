using System.Globalization;
using Breakwater.Tests.Forecasts;

namespace Breakwater.Tests.Scenarios;

/// <summary>What recorded quotes and trades say about the governed spreads of METHODOLOGY 4.4; every figure stands in
/// docs/methodology/scenario-calibration.md.</summary>
public sealed class SpreadCalibrationTests
{
    private const double BasisPoint = 1e-4;
    private const double SecondMicroseconds = 1e6;

    [Fact]
    public void The_best_quotes_of_a_liquid_perpetual_are_a_hundredth_of_the_spread_of_class_1()
    {
        (double At, double Spread)[] quotes =
        [
            .. RecordedTable.Read("l2_binance_btcusdt_perp_20240808_bbo.csv.gz", "recv_ns", "bid_price", "ask_price")
                .Select(row => (RecordedTable.Number(row[0]),
                    (RecordedTable.Number(row[2]) / RecordedTable.Number(row[1])) - 1d)),
        ];
        double total = quotes[^1].At - quotes[0].At;
        double mean = quotes.Zip(quotes.Skip(1), (quote, next) => quote.Spread * (next.At - quote.At)).Sum() / total;
        Assert.Equal("0.018", Text(mean, "0.000"));
        Assert.True(ShippedParameters.Value.Liquidity.SpreadOf(1) > 100d * mean);
    }

    // Mean of what a trade pays more than one on the other side within a second before it, basis points: before the
    // crash, in its worst twenty minutes, and in the hours after it.
    [Theory]
    [InlineData("gemini_btcusd_trades_2025-10-10.csv.gz", 1, 0d, "0.5", "18.8", "21.0")]
    [InlineData("gemini_ethusd_trades_2025-10-10.csv.gz", 1, 0d, "1.2", "52.8", "38.5")]
    [InlineData("binance_coinm_avaxusd_perp_trades_2025-10-10_20h-24h.csv.gz", 2, 20d, "4.6", "60.7", "16.4")]
    [InlineData("binance_coinm_aaveusd_perp_trades_2025-10-10_20h-24h.csv.gz", 2, 20d, "2.3", "66.1", "41.6")]
    public void A_governed_spread_covers_calm_hours_and_not_the_crash(
        string file, int riskClass, double from, string calm, string crash, string after)
    {
        (double Hour, double Paid)[] pairs = Reversals(file);
        double before = Mean(pairs, from, 21d);
        double worst = Mean(pairs, 21d + (10d / 60d), 21.5);
        double late = Mean(pairs, 21.5, 24d);
        Assert.Equal((calm, crash, after), (Text(before), Text(worst), Text(late)));
        double governed = ShippedParameters.Value.Liquidity.SpreadOf(riskClass);
        Assert.InRange(governed, before, worst);
    }

    // Median spread of the call of 135,000 in points of volatility, before 15:00 and from 21:20 to 22:00.
    [Theory]
    [InlineData(0d, 15d, "0.92")]
    [InlineData(21d + (20d / 60d), 22d, "31.98")]
    public void Spreads_of_a_far_option_open_in_the_crash(double begin, double end, string points)
    {
        double[] spreads =
        [
            .. from row in RecordedTable.Read(
                   "okx_btc_options_10s_2025-10-10.csv.gz", "time_utc", "symbol", "bid_iv", "ask_iv")
               where row[1] == "BTC-USD-251031-135000-C" && row[2].Length > 0 && row[3].Length > 0
               let hour = RecordedTable.Hours(row[0]) - RecordedTable.Hours("2025-10-10T00:00:00Z")
               where hour >= begin && hour < end && RecordedTable.Number(row[2]) > 0d
               select RecordedTable.Number(row[3]) - RecordedTable.Number(row[2]),
        ];
        double median = 100d * Statistics.Quantile(spreads, 0.5);
        Assert.Equal(points, median.ToString("0.00", CultureInfo.InvariantCulture));
    }

    private static double Mean((double Hour, double Paid)[] pairs, double from, double to) =>
        pairs.Where(pair => pair.Hour >= from && pair.Hour < to).Average(pair => pair.Paid);

    private static (double Hour, double Paid)[] Reversals(string file)
    {
        (double At, double Price, int Side)[] trades =
        [
            .. RecordedTable.Read(file, "exch_us", "price", "side").Select(row => (
                RecordedTable.Number(row[0]), RecordedTable.Number(row[1]), row[2] == "buy" ? 1 : -1)),
        ];
        return
        [
            .. trades.Zip(trades.Skip(1))
                .Where(pair => pair.First.Side != pair.Second.Side
                    && pair.Second.At - pair.First.At < SecondMicroseconds)
                .Select(pair => (
                    pair.Second.At / (3600d * SecondMicroseconds) % 24d,
                    pair.Second.Side * (pair.Second.Price - pair.First.Price) / pair.Second.Price)),
        ];
    }

    private static string Text(double value, string format = "0.0") =>
        (value / BasisPoint).ToString(format, CultureInfo.InvariantCulture);
}
