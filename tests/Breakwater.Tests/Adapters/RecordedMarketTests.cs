using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Tests.Adapters;

public sealed class RecordedMarketTests
{
    [Fact]
    public void The_hole_of_January_2026_is_found_and_bridged_without_hourly_returns()
    {
        MarketSnapshot market = RecordedMarket.At(RecordedMarket.Crash);

        // Data README: the hourly hole before 2026-01-27 starts for BTC at 2025-12-30 and for ETH at 2025-12-02; a
        // close
        // is known one bar after its stamp.
        Check(market, "BTC", "2025-12-31T00:00:00Z", "2026-01-27T19:00:00Z");
        Check(market, "ETH", "2025-12-02T06:00:00Z", "2026-01-27T19:00:00Z");
    }

    private static void Check(MarketSnapshot market, string asset, string from, string to)
    {
        PriceHistory prices = market.Find(AssetId.Of(asset))!.Prices;

        Finding hole = Assert.Single(market.Findings, finding =>
            finding.Kind == FindingKind.HistoryHole && finding.Subject == asset);
        Assert.Contains($"after {from} and before {to}", hole.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(
            prices.Hourly, point => point.At > Timestamp.Parse(from) && point.At < Timestamp.Parse(to));
        Assert.All(
            prices.Bridging, point => Assert.True(point.At > Timestamp.Parse(from) && point.At < Timestamp.Parse(to)));
        Assert.True(prices.Bridging.Length >= 27, "a daily close for each day of the hole");
    }
}
