using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Surfaces;

namespace Breakwater.Tests.Surfaces;

public sealed class VegaLiquidityLaws
{
    private const double HalfSpread = 0.02;

    private static LiquidityParameters Parameters => QuotedMarket.Parameters.Liquidity;

    [Fact]
    public void The_spread_of_a_bucket_is_that_of_its_quotes() => Drawn.Always(20, draw =>
    {
        (UnderlyingMarket market, VolatilitySurface surface) = Traded(draw, 1d);
        return VegaLiquidity.Of(market, surface, Parameters).All(bucket =>
            bucket.QuoteCount == 0 || Math.Abs(bucket.SpreadVolatility - 2d * HalfSpread) < 1e-6);
    });

    [Fact]
    public void Turnover_is_linear_in_volume_above_its_floor() => Drawn.Always(20, draw =>
    {
        (UnderlyingMarket market, VolatilitySurface surface) = Traded(draw, 1e4);
        UnderlyingMarket twice = market with
        {
            Quotes = [.. market.Quotes.Select(quote => quote with { VolumeDaily = 2d * quote.VolumeDaily })],
        };
        return VegaLiquidity.Of(market, surface, Parameters).Zip(VegaLiquidity.Of(twice, surface, Parameters))
            .All(pair => pair.First.VolumeDailyUsd == Parameters.VegaVolumeFloorUsd
                || Math.Abs(pair.Second.VolumeDailyUsd / pair.First.VolumeDailyUsd - 2d) < 1e-12);
    });

    [Fact]
    public void Row_7_one_volume_at_most_doubles_the_turnover() => Drawn.Always(20, draw =>
    {
        (UnderlyingMarket market, VolatilitySurface surface) = Traded(draw, 1e4);
        int bad = draw.Count(0, market.Quotes.Length);
        UnderlyingMarket spoilt = market with
        {
            Quotes = market.Quotes.SetItem(bad, market.Quotes[bad] with { VolumeDaily = 1e12 }),
        };
        return VegaLiquidity.Of(market, surface, Parameters).Zip(VegaLiquidity.Of(spoilt, surface, Parameters))
            .All(pair => pair.Second.VolumeDailyUsd <= 2d * pair.First.VolumeDailyUsd * (1d + 1e-12));
    });

    [Fact]
    public void Where_nothing_is_quoted_the_floors_stand_in()
    {
        UnderlyingMarket market = QuotedMarket.With([]);
        VolatilitySurface surface = QuotedMarket.Known(new Drawn(1));

        Assert.All(VegaLiquidity.Of(market, surface, Parameters), bucket =>
        {
            Assert.Equal(Parameters.VegaSpreadFloor, bucket.SpreadVolatility);
            Assert.Equal(Parameters.VegaVolumeFloorUsd, bucket.VolumeDailyUsd);
        });
    }

    private static (UnderlyingMarket Market, VolatilitySurface Surface) Traded(Drawn draw, double volume)
    {
        VolatilitySurface surface = QuotedMarket.Known(draw);
        UnderlyingMarket market = QuotedMarket.Of(surface, HalfSpread);
        return (
            market with
            {
                Quotes = [.. market.Quotes.Select(quote => quote with { VolumeDaily = volume })],
            },
            surface);
    }
}
