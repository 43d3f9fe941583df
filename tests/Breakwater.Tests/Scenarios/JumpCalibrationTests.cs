using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Scenarios;
using Breakwater.Tests.Forecasts;

namespace Breakwater.Tests.Scenarios;

/// <summary>The jump parameters that ship are those of the recorded hours 2020-01 to 2024-04 (METHODOLOGY 3.4).
/// </summary>
public sealed class JumpCalibrationTests
{
    // Shipped values are rounded to whole jumps per year and to a thousandth of log return.
    private const double RateRounding = 0.6;
    private const double SizeRounding = 0.00051;

    [Theory]
    [InlineData("BTC")]
    [InlineData("ETH")]
    [InlineData("BNB")]
    [InlineData("SOL")]
    public void Shipped_jumps_are_those_estimated(string asset)
    {
        JumpEstimate estimate = Estimate(asset);
        JumpParameters shipped = ShippedParameters.Value.Find(AssetId.Of(asset))!.Jumps;
        Assert.Equal(estimate.RateAnnual, shipped.RateAnnual, RateRounding);
        Assert.Equal(estimate.DownFraction, shipped.DownProbability, 0.0051);
        Assert.Equal(estimate.FittedUp, shipped.MeanUp, SizeRounding);
        Assert.Equal(estimate.FittedDown, shipped.MeanDown, SizeRounding);

        // Rounding of rate and sizes moves the share by at most 3 % of itself.
        Assert.Equal(1d, shipped.RateAnnual * shipped.SecondMoment / estimate.JumpVarianceAnnual, 0.03);
    }

    // Figures of docs/methodology/scenario-calibration.md, percent.
    [Theory]
    [InlineData("BTC", "42.6", "56.9", "3.52", "4.10", "68.4", "19.4", "27.1")]
    [InlineData("ETH", "35.1", "56.4", "3.67", "5.05", "86.0", "13.3", "19.2")]
    [InlineData("BNB", "30.7", "59.8", "4.45", "5.44", "91.7", "13.7", "18.7")]
    [InlineData("SOL", "23.4", "53.0", "7.30", "8.67", "136.8", "10.8", "16.2")]
    public void The_documented_table_is_reproduced(
        string asset, string rate, string down, string meanUp, string meanDown, string volatility, string observed,
        string plain)
    {
        JumpEstimate estimate = Estimate(asset);
        Assert.Equal(rate, Text(estimate.RateAnnual, "0.0"));
        Assert.Equal(down, Text(100d * estimate.DownFraction, "0.0"));
        Assert.Equal(meanUp, Text(100d * estimate.Up.Mean, "0.00"));
        Assert.Equal(meanDown, Text(100d * estimate.Down.Mean, "0.00"));
        Assert.Equal(volatility, Text(100d * Math.Sqrt(estimate.VarianceAnnual), "0.0"));
        Assert.Equal(observed, Text(100d * estimate.ShareObserved, "0.0"));
        Assert.Equal(plain, Text(100d * estimate.ShareOfPlainMeans, "0.0"));
    }

    [Fact]
    public void The_fitted_law_has_the_share_that_was_observed_and_plain_means_have_more()
    {
        JumpEstimate estimate = JumpEstimate.Of(WithJumps(), ShippedParameters.Value.Volatility, 4.5, 720);
        Assert.Equal(estimate.ShareObserved, estimate.ShareOfFitted, 1e-12);
        Assert.True(estimate.ShareOfPlainMeans > estimate.ShareObserved);
    }

    // Ten rises of 5 % and twenty falls of 6 % among hours of 0.1 %, a week apart.
    [Fact]
    public void Planted_jumps_are_found_and_nothing_else()
    {
        JumpEstimate estimate = JumpEstimate.Of(WithJumps(), ShippedParameters.Value.Volatility, 4.5, 720);
        Assert.Equal((10, 20), (estimate.Up.Count, estimate.Down.Count));
        Assert.Equal(0.05, estimate.Up.Mean, 1e-9);
        Assert.Equal(0.06, estimate.Down.Mean, 1e-9);
        Assert.Equal(0d, estimate.Up.StandardDeviation, 1e-7);
        Assert.Equal(30d / estimate.Years, estimate.RateAnnual, 1e-9);
    }

    private static ImmutableArray<PricePoint> WithJumps()
    {
        const int Week = 168;
        double log = 7d;
        ImmutableArray<PricePoint>.Builder closes = ImmutableArray.CreateBuilder<PricePoint>();
        for (int hour = 0; hour < 36 * Week; hour++)
        {
            int jump = hour % Week == 0 && hour >= 6 * Week ? (hour / Week % 3 == 0 ? 1 : -1) : 0;
            log += jump == 0 ? (hour % 2 == 0 ? 0.001 : -0.001) : jump > 0 ? 0.05 : -0.06;
            Timestamp at = Timestamp.Parse("2024-01-01T00:00:00Z").AddMilliseconds(hour * Timestamp.HourMilliseconds);
            closes.Add(new PricePoint(at, Math.Exp(log)));
        }

        return closes.ToImmutable();
    }

    private static JumpEstimate Estimate(string asset) => JumpEstimate.Of(
        RecordedHistory.Hourly(
            $"perp_{asset.ToLowerInvariant()}usdt_1h.csv.gz", "2024-04-30T00:00:00Z"),
        ShippedParameters.Value.Volatility, 4.5, 720);

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
