using System.Globalization;
using Breakwater.Instruments;
using Breakwater.Tests.Forecasts;

namespace Breakwater.Tests.Collateral;

/// <summary>What the hourly prices of 2021 to 2023-02 say about h0, the haircut of a peg in calm markets (METHODOLOGY
/// 5); the figures stand in docs/methodology/scenario-calibration.md.</summary>
public sealed class PegCalibrationTests
{
    private const string File = "collateral_usd_prices_1h_2021_2023.csv.gz";

    // Percent below the peg, running median of five hours: 99 and 99.9 % of the hours, and the greatest.
    [Theory]
    [InlineData("USD", "USDC", "0.33", "0.56", "0.9")]
    [InlineData("USD", "USDT", "0.27", "0.57", "2.6")]
    [InlineData("USD", "DAI", "0.24", "0.48", "1.2")]
    [InlineData("USD", "FRAX", "1.06", "1.59", "2.3")]
    [InlineData("USD", "BUSD", "0.36", "0.78", "1.2")]
    [InlineData("USD", "GUSD", "1.59", "2.22", "2.9")]
    [InlineData("BTC", "WBTC", "0.95", "1.98", "2.9")]
    public void The_calm_haircut_is_above_the_distance_of_99_percent_of_the_hours(
        string peg, string asset, string usual, string rare, string greatest)
    {
        double[] below = Below(peg, asset);
        Assert.Equal(
            (usual, rare, greatest),
            (Text(Statistics.Quantile(below, 0.99), "0.00"), Text(Statistics.Quantile(below, 0.999), "0.00"),
                Text(below.Max(), "0.0")));
        Assert.True(Shipped(asset) >= Statistics.Quantile(below, 0.99));
    }

    private static double Shipped(string asset) =>
        ShippedParameters.Value.CollateralAssets.Single(own => own.Asset.Name == asset).PegHaircutFraction;

    private static double[] Below(string peg, string asset)
    {
        Dictionary<string, double> unit = peg == "USD"
            ? []
            : RecordedHistory.Hourly("perp_btcusdt_1h.csv.gz").ToDictionary(
                point => point.At.AddMilliseconds(-Timestamp.HourMilliseconds).ToString(), point => point.Value);
        double[] ratios =
        [
            .. RecordedTable.Read(File, "time_utc", asset)
                .Select(row => row[1].Length == 0
                    ? double.NaN
                    : RecordedTable.Number(row[1]) / (peg == "USD" ? 1d : unit[row[0]])),
        ];
        return
        [
            .. from last in Enumerable.Range(4, ratios.Length - 4)
               let five = ratios[(last - 4)..(last + 1)].Where(double.IsFinite).ToArray()
               where five.Length > 0
               select Math.Max(0d, 1d - Statistics.Quantile(five, 0.5)),
        ];
    }

    private static string Text(double value, string format) =>
        (100d * value).ToString(format, CultureInfo.InvariantCulture);
}
