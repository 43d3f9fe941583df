using System.Globalization;

namespace Breakwater.Tests.Scenarios;

/// <summary>What 114 perpetuals of 2022 and 2023 say about assets without a history of their own; every figure stands
/// in docs/methodology/scenario-calibration.md.</summary>
public sealed class UnknownAssetCalibrationTests
{
    private const double YearDays = 365d;
    private const double Unknown = 1.4; // VolatilityForecast and CollateralForecast
    private const double UnknownExcess = 0.05; // BlackSwanBlock
    private const double LargeMove = 0.05;

    private static readonly Lazy<double[][]> Assets = new(Load);

    // Volatility per √year; correlation of days with BTC; worst quartile of how much further a fall of BTC beyond 5 %
    // took the asset.
    [Theory]
    [InlineData(0, "0.82", "1.03", "1.25", "1.97")]
    [InlineData(1, "0.58", "0.68", "0.76", "0.88")]
    [InlineData(2, "0.033", "0.054", "0.075", "0.106")]
    public void Quantiles_over_assets_are_those_documented(
        int figure, string tenth, string median, string ninth, string greatest)
    {
        string format = figure < 2 ? "0.00" : "0.000";
        Assert.Equal(114, Assets.Value.Length);
        Assert.Equal([tenth, median, ninth, greatest], new[] { 0.1, 0.5, 0.9, 1d }.Select(level =>
            Statistics.Quantile(Assets.Value.Select(asset => asset[figure]), level)
                .ToString(format, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void The_volatility_of_an_unknown_asset_is_above_that_of_nineteen_in_twenty() =>
        Assert.InRange(Assets.Value.Count(asset => asset[0] < Unknown) / 114d, 0.95, 1d);

    [Fact]
    public void An_unknown_asset_falls_as_much_further_than_BTC_as_the_median_asset() =>
        Assert.Equal(UnknownExcess, Statistics.Quantile(Assets.Value.Select(asset => asset[2]), 0.5), 0.005);

    private static double[][] Load()
    {
        var assets = RecordedTable
            .Read("binance_perp_oi_funding_liq_daily_2022_2023.csv.gz", "symbol", "date", "close")
            .Where(row => row[2].Length > 0)
            .GroupBy(row => row[0])
            .ToDictionary(group => group.Key, group => group.ToDictionary(
                row => RecordedTable.Hours(row[1]), row => Math.Log(RecordedTable.Number(row[2]))));
        Dictionary<double, double> btc = Returns(assets["BTCUSDT"]);
        return
        [
            .. from asset in assets
               where asset.Key != "BTCUSDT"
               let pairs = Returns(asset.Value).Where(day => btc.ContainsKey(day.Key))
                   .Select(day => (X: btc[day.Key], Y: day.Value)).ToArray()
               select new[]
               {
                   Math.Sqrt(YearDays * pairs.Average(pair => pair.Y * pair.Y)),
                   Statistics.Correlation(pairs),
                   -Statistics.Quantile(
                       pairs.Where(pair => pair.X < -LargeMove).Select(pair => pair.Y - pair.X), 0.25),
               },
        ];
    }

    private static Dictionary<double, double> Returns(Dictionary<double, double> logs) =>
        logs.Where(point => logs.ContainsKey(point.Key - 24d))
            .ToDictionary(point => point.Key, point => point.Value - logs[point.Key - 24d]);
}
