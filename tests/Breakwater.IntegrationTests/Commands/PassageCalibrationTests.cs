using Breakwater.Cli.Replays;
using Breakwater.Instruments;

namespace Breakwater.IntegrationTests.Commands;

/// <summary>The bands by which forecasts of liquidation are judged.</summary>
public sealed class PassageCalibrationTests
{
    private static readonly Timestamp Start = Timestamp.Parse("2021-01-07T00:00:00Z");

    [Theory]
    [InlineData(0.2, true)]
    [InlineData(0.3, false)]
    [InlineData(0.12, false)]
    public void A_forecast_is_inside_if_it_is_about_what_happened(double forecast, bool isInside)
    {
        CalibrationGroup group = CalibrationGroup.Of("all", Outcomes(1_000, forecast, index => index % 5 == 0));
        Assert.Equal(0.2, group.Observed, 1e-12);
        Assert.Equal(isInside, group.IsInside);
    }

    [Fact]
    public void Accounts_that_fall_together_are_worth_fewer_observations()
    {
        // Seven a week, which begins as weeks are counted since 1970, on a Thursday: all of them in one week of five,
        // or one in five of every week.
        CalibrationGroup together = CalibrationGroup.Of("all", Outcomes(700, 0.2, index => index / 7 % 5 == 0));
        CalibrationGroup apart = CalibrationGroup.Of("all", Outcomes(700, 0.2, index => index % 5 == 0));
        Assert.InRange(together.Effective, 80.0, 120.0);
        Assert.InRange(apart.Effective, 600.0, 700.0);
        Assert.True(together.High - together.Low > 2.0 * (apart.High - apart.Low));
    }

    [Fact]
    public void Without_any_liquidation_the_band_still_has_a_width()
    {
        CalibrationGroup group = CalibrationGroup.Of("all", Outcomes(100, 0.01, _ => false));
        Assert.Equal(0.0, group.Low);
        Assert.InRange(group.High, 0.03, 0.04); // Wilson: 1.96² ÷ (100 + 1.96²)
    }

    private static PassageOutcome[] Outcomes(int count, double forecast, Func<int, bool> isLiquidated) =>
    [
        .. Enumerable.Range(0, count).Select(index => new PassageOutcome(
            Start.AddMilliseconds(index * Timestamp.DayMilliseconds), 24, forecast, isLiquidated(index), false)),
    ];
}
