using System.Collections.Immutable;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Tests.Forecasts;

public sealed class VolatilityForecastLaws
{
    private static readonly Timestamp End = Timestamp.Parse("2025-06-01T00:00:00Z");

    [Fact]
    public void INV_M10_The_floor_is_three_quarters_of_the_ten_year_volatility()
    {
        UnderlyingForecast forecast = Forecast(Market("BTC", 11 * 365, 0.03)).Underlyings[0];
        Assert.Equal(0.03 * Math.Sqrt(365d), forecast.VolatilityLongAnnual, 1e-3);
        Assert.Equal(0.75 * forecast.VolatilityLongAnnual, forecast.VolatilityFloorAnnual, 1e-15);
    }

    [Fact]
    public void INV_M10_Returns_older_than_ten_years_do_not_count()
    {
        ImmutableArray<PricePoint> recent = Daily(10 * 365, 0.02);
        ImmutableArray<PricePoint> older = [.. Enumerable.Range(1, 500)
            .Select(day => recent[0].At.AddMilliseconds((day - 501) * Timestamp.DayMilliseconds))
            .Select((at, day) => new PricePoint(at, day % 2 == 0 ? 10d : 20d))];
        Assert.Equal(
            Forecast(Market("BTC", recent)).Underlyings[0].VolatilityLongAnnual,
            Forecast(Market("BTC", [.. older, .. recent])).Underlyings[0].VolatilityLongAnnual,
            1e-12);
    }

    [Fact]
    public void A_young_asset_borrows_the_leaders_volatility_times_its_beta()
    {
        // The young asset moves twice as much as the leader on each of its 300 days.
        ImmutableArray<PricePoint> leader = Daily(4 * 365, 0.03);
        ImmutableArray<PricePoint> young =
            [.. leader.TakeLast(300).Select(point => point with { Value = point.Value * point.Value / 100d })];
        MarketForecast forecast = Forecast(Market("BTC", leader), Market("SOL", young));
        UnderlyingForecast sol = forecast.Find(AssetId.Of("SOL"))!;
        Assert.Equal(2d * forecast.Find(AssetId.Of("BTC"))!.VolatilityLongAnnual, sol.VolatilityLongAnnual, 1e-3);
        Assert.Contains(sol.Findings, finding => finding.Kind == FindingKind.ImpreciseEstimate);
    }

    [Fact]
    public void An_asset_without_any_price_still_has_a_forecast_and_a_finding()
    {
        UnderlyingMarket unknown = new(AssetId.Of("NEW"), End, 5d, [], [], null, null, PriceHistory.Empty, []);
        UnderlyingForecast forecast = Forecast(Market("BTC", Daily(4 * 365, 0.03)), unknown).Find(unknown.Asset)!;
        Assert.True(forecast.VolatilityAnnual > 0d && forecast.VolatilityFloorAnnual > 0d);
        Assert.Contains(forecast.Findings, finding => finding.Kind == FindingKind.MissingInput);
    }

    [Fact]
    public void A_hole_is_named_with_its_length_and_what_bridged_it()
    {
        long start = End.UnixMilliseconds - (200 * Timestamp.HourMilliseconds);
        ImmutableArray<PricePoint> hourly = [.. Enumerable.Range(0, 201).Where(hour => hour is <= 50 or >= 120)
            .Select(hour => new PricePoint(
                Timestamp.FromUnixMilliseconds(start + (hour * Timestamp.HourMilliseconds)), 100d + (hour % 3)))];
        PricePoint bridge = new(Timestamp.FromUnixMilliseconds(start + (74 * Timestamp.HourMilliseconds)), 103d);
        UnderlyingMarket market = new(
            AssetId.Of("BTC"), End, 100d, [], [], null, null, new PriceHistory(hourly, [bridge], []), []);
        Finding finding = Assert.Single(
            Forecast(market).Underlyings[0].Findings, finding => finding.Kind == FindingKind.HistoryHole);
        Assert.Contains(
            "(70 h): bridged by 1 coarser prices at most 46 h apart", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Recorded_hours_give_the_known_long_volatility()
    {
        // Hourly closes of 2020-01..2024-04 sampled daily: about 66 % for BTC (scenario-calibration.md: 0.686 hourly).
        UnderlyingMarket market = RecordedHistory.Market(
            "BTC", RecordedHistory.Hourly("perp_btcusdt_1h.csv.gz", "2024-04-18T23:00:00Z"));
        Assert.Equal(0.66, Forecast(market).Underlyings[0].VolatilityLongAnnual, 0.04);
    }

    private static MarketForecast Forecast(params UnderlyingMarket[] markets) =>
        VolatilityForecast.From(
            new MarketSnapshot(End, [.. markets.OrderBy(m => m.Asset)], []), ShippedParameters.Value);

    private static UnderlyingMarket Market(string asset, int days, double move) => Market(asset, Daily(days, move));

    private static UnderlyingMarket Market(string asset, ImmutableArray<PricePoint> daily) =>
        new(AssetId.Of(asset), End, daily[^1].Value, [], [], null, null, new PriceHistory([], [], daily), []);

    private static ImmutableArray<PricePoint> Daily(int days, double move) => [.. Enumerable.Range(0, days + 1)
        .Select(day => new PricePoint(End.AddMilliseconds((day - days) * Timestamp.DayMilliseconds), 100d))
        .Select((point, day) => point with { Value = 100d * Math.Exp(move * (day % 2)) })];
}
