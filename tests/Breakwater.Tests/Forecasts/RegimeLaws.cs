using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;

namespace Breakwater.Tests.Forecasts;

/// <summary>How calm a market is against its past, and whether it has just been shocked (METHODOLOGY 4.7).</summary>
public sealed class RegimeLaws
{
    private const int YearHours = 8760;
    private static readonly AddOnParameters Parameters = ShippedParameters.Value.AddOns;
    private static readonly Timestamp End = Timestamp.Parse("2025-06-01T00:00:00Z");

    [Theory]
    [InlineData(0.5, 1.0)]
    [InlineData(1.0, 1.0)] // the median of volatilities that rise evenly from 0 to 2
    [InlineData(1.4, 0.5)]
    [InlineData(1.8, 0.0)] // their 90 % quantile
    [InlineData(3.0, 0.0)]
    public void INV_M10_The_buffer_is_whole_below_the_median_and_gone_from_the_upper_quantile(
        double volatility, double expected)
    {
        FilteredHistory history = History(3 * YearHours, index => Math.Pow(2.0 * index / (3.0 * YearHours), 2));
        Assert.Equal(expected, Of(history, volatility).Calmness, 1e-3);
        Assert.Null(Of(history, volatility).Finding);
    }

    [Fact]
    public void INV_M10_Calmness_falls_as_volatility_rises_and_what_is_older_than_the_window_does_not_count()
    {
        FilteredHistory recent = History(3 * YearHours, index => 1.0 + (index % 100));
        FilteredHistory older = History(5 * YearHours, index => index < 2 * YearHours - 1 ? 1e6 : 1.0 + (index % 100));
        double before = 1.0;
        for (double volatility = 1.0; volatility < 11.0; volatility += 0.05)
        {
            double calmness = Of(recent, volatility).Calmness;
            Assert.InRange(calmness, 0.0, before);
            Assert.Equal(calmness, Of(older, volatility).Calmness, 0.05);
            before = calmness;
        }
    }

    [Fact]
    public void A_short_past_is_used_and_named_and_without_any_the_whole_buffer_is_held()
    {
        (double calmness, Finding? finding) = Of(History(1000, index => 1.0 + index), 100.0);
        Assert.Equal(0.0, calmness);
        Assert.Equal(FindingKind.ImpreciseEstimate, finding?.Kind);
        Assert.Equal(1.0, Of(FilteredHistory.Empty, 1.0).Calmness);
        Assert.NotNull(Of(FilteredHistory.Empty, 1.0).Finding);
    }

    [Fact]
    public void A_past_without_any_change_is_calm_until_volatility_rises()
    {
        FilteredHistory flat = History(YearHours, _ => 4.0);
        Assert.Equal(1.0, Of(flat, 2.0).Calmness);
        Assert.Equal(0.0, Of(flat, 2.1).Calmness);
    }

    [Fact]
    public void A_shock_is_measured_in_the_deviations_expected_before_it()
    {
        long end = End.UnixMilliseconds / Timestamp.HourMilliseconds;
        FilteredHistory history = new([end - 2, end - 1, end], [0.0, 0.0, 0.06], [1e-4, 1e-4, 9e-4]);
        PricePoint close = new(End, Math.Exp(0.06));
        Assert.Equal(6.0, Regime.ShockDeviations(history, close), 1e-9);

        // Half an hour later the price has fallen by 0.27 of its logarithm, nine of the deviations expected then.
        PricePoint later = new(End.AddMilliseconds(Timestamp.HourMilliseconds / 2), Math.Exp(-0.21));
        Assert.Equal(9.0, Regime.ShockDeviations(history, later), 1e-9);
        PricePoint stale = new(End.AddMilliseconds(2 * Timestamp.HourMilliseconds), 5.0);
        Assert.Equal(0.0, Regime.ShockDeviations(history, stale));
        Assert.Equal(0.0, Regime.ShockDeviations(FilteredHistory.Empty, close));
    }

    private static (double Calmness, Finding? Finding) Of(FilteredHistory history, double volatility) =>
        Regime.Calmness(
            new UnderlyingMarket(AssetId.Of("BTC"), End, 1.0, [], [], null, null, PriceHistory.Empty, []),
            history, volatility * volatility, Parameters);

    private static FilteredHistory History(int hours, Func<int, double> variance)
    {
        long first = (End.UnixMilliseconds / Timestamp.HourMilliseconds) - hours + 1;
        return new FilteredHistory(
            [.. Enumerable.Range(0, hours).Select(index => first + index)],
            [.. Enumerable.Repeat(0.0, hours)],
            [.. Enumerable.Range(0, hours).Select(variance)]);
    }
}
