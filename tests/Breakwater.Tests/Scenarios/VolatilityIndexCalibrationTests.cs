using System.Globalization;
using Breakwater.Instruments;
using Breakwater.Parameters;
using Breakwater.Scenarios;
using Breakwater.Tests.Forecasts;

namespace Breakwater.Tests.Scenarios;

/// <summary>What the volatility index up to 2024-04 says about the constants of METHODOLOGY 3.4 that are marked as
/// assumptions there; every figure stands in docs/methodology/scenario-calibration.md.</summary>
public sealed class VolatilityIndexCalibrationTests
{
    private const string Until = "2024-05-01T00:00:00Z"; // nothing later may tune what is replayed
    private const double YearHours = 8760d;
    private const int BlockHours = 672; // four weeks
    private const double MonthHours = 24d * 30.4375;

    private static readonly Lazy<(double[] Index, double[] Price)> Sample = new(Load);

    private static RiskParameters Shipped => ShippedParameters.Value;

    // Root mean square of overlapping log changes, per √year, and its error over blocks of four weeks.
    [Theory]
    [InlineData(1, "0.979", "0.061")]
    [InlineData(12, "1.025", "0.064")]
    [InlineData(24, "0.985", "0.070")]
    [InlineData(168, "0.869", "0.094")]
    [InlineData(720, "0.685", "0.051")]
    public void The_index_moves_as_documented(int hours, string deviation, string error) =>
        Assert.Equal((deviation, error), (Text(Deviation(hours).Root), Text(Deviation(hours).Error)));

    [Fact]
    public void Volatility_of_volatility_of_BTC_is_that_of_the_margin_horizons()
    {
        double shipped = Shipped.Find(AssetId.Of("BTC"))!.Jumps.VolatilityOfVolatilityAnnual;
        Assert.Equal(1.00, shipped);
        Assert.Equal(Deviation(12).Root, shipped, Deviation(12).Error);
        Assert.Equal(Deviation(24).Root, shipped, Deviation(24).Error);
    }

    // The daily index of ETH begins in 2023; the ratio to that of BTC over the same days carries over to 2021-22.
    [Fact]
    public void Volatility_of_volatility_of_ETH_is_not_above_that_of_BTC()
    {
        (double ratio, double error, int days) = RatioOfEth();
        Assert.Equal(("0.93", "0.05", 485), (Text(ratio, "0.00"), Text(error, "0.00"), days));
        double btc = Shipped.Find(AssetId.Of("BTC"))!.Jumps.VolatilityOfVolatilityAnnual;
        double eth = Shipped.Find(AssetId.Of("ETH"))!.Jumps.VolatilityOfVolatilityAnnual;
        Assert.InRange(eth / btc, ratio, ratio + (2d * error));
    }

    // −ln(autocorrelation) ÷ lag.
    [Fact]
    public void Reversion_is_that_of_the_autocorrelation()
    {
        Assert.Equal(
            ("5.9", "4.7", "3.2"),
            (Text(Reversion(24), "0.0"), Text(Reversion(168), "0.0"), Text(Reversion(720), "0.0")));
        Assert.InRange(Shipped.Scenarios.VolatilityReversionAnnual, Reversion(168), Reversion(24));
    }

    // Correlations of single months of changes over 12 and 24 h, lower half, next and top quarter.
    [Theory]
    [InlineData(12, "-0.49", "-0.02", "0.38", "0.39 0.13")]
    [InlineData(24, "-0.53", "0.01", "0.42", "0.43 0.19")]
    public void The_mixture_of_spot_and_volatility_is_that_of_single_months(
        int hours, string bear, string neutral, string bull, string dispersions)
    {
        double[] sorted = [.. Months(hours).Order()];
        int half = sorted.Length / 2;
        int upper = sorted.Length * 3 / 4;
        double[] means = [sorted[..half].Average(), sorted[half..upper].Average(), sorted[upper..].Average()];
        Assert.Equal(37, sorted.Length);
        double dispersion = Math.Sqrt(sorted.Average(month => Math.Pow(month - sorted.Average(), 2d)));
        double sampling = 1d / Math.Sqrt((MonthHours / hours) - 3d); // Fisher (1921), of hours that do not overlap
        Assert.Equal(dispersions, Text(dispersion, "0.00") + " " + Text(sampling, "0.00"));
        Assert.Equal([bear, neutral, bull], means.Select(mean => Text(mean, "0.00")));
        ScenarioParameters shipped = Shipped.Scenarios;
        Assert.Equal(means[0], shipped.SpotVolatilityBear, 0.04);
        Assert.Equal(means[1], shipped.SpotVolatilityNeutral, 0.03);
        Assert.Equal(means[2], shipped.SpotVolatilityBull, 0.04);
    }

    // Moves of BTC over 24 h beyond 5 %, overlapping; errors by leaving out months.
    [Theory]
    [InlineData(-1, 1403, "1.61", "0.39", "-0.053", "0.040")]
    [InlineData(1, 1379, "-0.25", "0.42", "0.019", "0.045")]
    public void Levels_of_events_without_an_index_follow_the_regression(
        int side, int windows, string slope, string error, string constant, string residual)
    {
        (double X, double Y, int Month)[] moves = Moves(side);
        (double fitted, double level) = Statistics.Line([.. moves.Select(move => (move.X, move.Y))]);
        int[] months = [.. moves.Select(move => move.Month).Distinct()];
        double jackknife = Statistics.Jackknife(months.Length, left => Statistics.Line(
            [.. moves.Where(move => move.Month != months[left]).Select(move => (move.X, move.Y))]).Slope);
        double quartile = Statistics.Quantile(moves.Select(move => move.Y - level - (fitted * move.X)), 0.75);
        Assert.Equal(
            (windows, slope, error, constant, residual),
            (moves.Length, Text(fitted, "0.00"), Text(jackknife, "0.00"), Text(level), Text(quartile)));
        double shippedSlope = side < 0 ? BlackSwanBlock.LevelSlopeDown : BlackSwanBlock.LevelSlopeUp;
        double shippedLevel = side < 0 ? BlackSwanBlock.LevelConstantDown : BlackSwanBlock.LevelConstantUp;
        Assert.Equal(fitted, shippedSlope, 0.0051);
        Assert.Equal(level + quartile, shippedLevel, 0.0011);
    }

    private static (double Root, double Error) Deviation(int hours)
    {
        double[] index = Sample.Value.Index;
        int count = index.Length - hours;
        return Statistics.RootOfRatio([.. Enumerable.Range(0, count).Select(hour => (
            Square: (index[hour + hours] - index[hour]) * (index[hour + hours] - index[hour]),
            Size: hours / YearHours,
            Block: hour / BlockHours))]);
    }

    private static double Reversion(int hours)
    {
        double[] index = Sample.Value.Index;
        double mean = index.Average();
        double product = 0d;
        double square = 0d;
        for (int hour = 0; hour + hours < index.Length; hour++)
        {
            product += (index[hour] - mean) * (index[hour + hours] - mean);
            square += (index[hour] - mean) * (index[hour] - mean);
        }

        return -Math.Log(product / square) * YearHours / hours;
    }

    private static IEnumerable<double> Months(int hours)
    {
        (double[] index, double[] price) = Sample.Value;
        return Enumerable.Range(0, index.Length - hours)
            .GroupBy(hour => (int)((hour + hours) / MonthHours))
            .Where(month => month.Count() > 0.9 * MonthHours)
            .Select(month => Statistics.Correlation([.. month.Select(hour =>
                (index[hour + hours] - index[hour], price[hour + hours] - price[hour]))]));
    }

    private static (double X, double Y, int Month)[] Moves(int side)
    {
        const int Day = 24;
        (double[] index, double[] price) = Sample.Value;
        return [.. Enumerable.Range(0, index.Length - Day)
            .Where(hour => side * (price[hour + Day] - price[hour]) > 0.05)
            .Select(hour => (
                Math.Abs(price[hour + Day] - price[hour]),
                index[hour + Day] - index[hour],
                (int)((hour + Day) / MonthHours)))];
    }

    private static (double Ratio, double Error, int Days) RatioOfEth()
    {
        const int BlockDays = 28;
        Dictionary<long, double> hourly = RecordedHistory.VolatilityIndex("dvol_btc_1h.csv.gz", Until)
            .ToDictionary(point => point.At.UnixMilliseconds, point => Math.Log(point.Value));
        (double Eth, double Btc)[] days =
        [
            .. from row in RecordedTable.Read("dvol_eth_1d_2023_2025.csv", "date", "dvol_close_pct")
               let closed = Timestamp.Parse(row[0]).AddMilliseconds(Timestamp.DayMilliseconds)
               where closed <= Timestamp.Parse(Until)
               select (Math.Log(RecordedTable.Number(row[1])), hourly[closed.UnixMilliseconds]),
        ];
        (double Root, double Error) ratio = Statistics.RootOfRatio(
            [.. Enumerable.Range(1, days.Length - 1).Select(day => (
                Square: Math.Pow(days[day].Eth - days[day - 1].Eth, 2d),
                Size: Math.Pow(days[day].Btc - days[day - 1].Btc, 2d),
                Block: (day - 1) / BlockDays))]);
        return (ratio.Root, ratio.Error, days.Length - 1);
    }

    // Log index and log price of BTC at every hour both are known.
    private static (double[] Index, double[] Price) Load()
    {
        Dictionary<long, double> closes = RecordedHistory.Hourly("perp_btcusdt_1h.csv.gz", Until)
            .ToDictionary(point => point.At.UnixMilliseconds, point => Math.Log(point.Value));
        var index = RecordedHistory.VolatilityIndex("dvol_btc_1h.csv.gz", Until);
        return ([.. index.Select(point => Math.Log(point.Value))],
            [.. index.Select(point => closes[point.At.UnixMilliseconds])]);
    }

    private static string Text(double value, string format = "0.000") =>
        value.ToString(format, CultureInfo.InvariantCulture);
}
