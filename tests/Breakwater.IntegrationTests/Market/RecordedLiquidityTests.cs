using System.Globalization;
using Breakwater.Adapters.Files;
using Breakwater.Forecasts;
using Breakwater.IntegrationTests.Margin;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Surfaces;
using Breakwater.Tests;

namespace Breakwater.IntegrationTests.Market;

/// <summary>Volume, depth and vega of the recorded days, printed for docs/methodology/liquidity.md.</summary>
public sealed class RecordedLiquidityTests(ITestOutputHelper output)
{
    [Theory]
    [MemberData(nameof(RealDay.Names), MemberType = typeof(RealDay))]
    public void Volumes_and_vega_of_a_recorded_day_are_those_of_a_large_market(string day)
    {
        RealDay real = RealDay.Of(day);
        foreach (UnderlyingForecast forecast in real.Valued.Forecast.Underlyings)
        {
            UnderlyingMarket market = real.Valued.Inputs.Market.Find(forecast.Asset)!;
            VolatilitySurface surface = real.Valued.Surfaces.Find(forecast.Asset)!;
            LiquidityForecast liquidity = Assert.IsType<LiquidityForecast>(forecast.Liquidity);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{day} {forecast.Asset}: V {liquidity.VolumeDailyUsd / 1e6:0} M USD a day over "
                    + $"{market.DailyVolumes.Length} known days"));
            foreach (VegaBucket bucket in VegaLiquidity.Of(market, surface, real.Parameters.Liquidity))
            {
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  until {bucket.Until}: spread {100 * bucket.SpreadVolatility:0.00} points of "
                        + $"{bucket.QuoteCount} quotes, vega traded {bucket.VolumeDailyUsd / 1e6:0.00} M USD"));
                Assert.InRange(bucket.SpreadVolatility, real.Parameters.Liquidity.VegaSpreadFloor, 0.5);
            }

            // Binance's spot pairs alone trade between 0.3 and 10 billion a day in 2025 and 2026.
            Assert.InRange(liquidity.VolumeDailyUsd, 3e8, 1e10);
        }
    }

    [Fact]
    public void Depth_of_2025_10_10_is_that_of_the_thinner_side()
    {
        MarketFileSelection files = new(
            [], [RecordedMarket.Of("BTC", "perp_btcusdt_1h.csv.gz")], [], [], [])
        {
            Depths = [RecordedMarket.Of("BTC", "binance_btcusdt_perp_bookdepth_2025-10-10.csv.gz")],
        };
        foreach (string time in (string[])["2025-10-10T12:00:00Z", "2025-10-10T15:30:00Z", "2025-10-10T22:00:00Z"])
        {
            MarketSnapshot market = RecordedMarket.At(files, Timestamp.Parse(time));
            MarketDepth depth = market.Underlyings[0].Depth!;
            string profile = string.Join(", ", depth.Levels.Select(level => FormattableString.Invariant(
                $"{100 * level.DistanceFraction:0} % {level.CumulativeUsd / 1e6:0} M")));
            output.WriteLine(FormattableString.Invariant(
                $"{market.At}: D1 {depth.NearUsd / 1e6:0.0} M USD, D_ref {depth.ReferenceUsd / 1e6:0.0} M USD"));
            output.WriteLine($"  profile {profile}");

            // Every calm sample of the file rests between 50 and 400 million within 1 % on either side.
            Assert.InRange(depth.NearUsd, 5e7, 4e8);
        }
    }
}
