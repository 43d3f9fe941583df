using System.Collections.Immutable;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Surfaces;

namespace Breakwater.Tests.Surfaces;

public sealed class SurfaceCalibrationLaws
{
    private const double RecoveredVolPoints = 0.25; // The ridge and the floor of the scale leave a trace of the start.

    [Fact]
    public void A_surface_is_found_again_from_its_own_quotes() => Drawn.Always(40, draw =>
    {
        VolatilitySurface fitted = QuotedMarket.Calibrated(QuotedMarket.Of(QuotedMarket.Known(draw)));
        return fitted.State == SurfaceState.Fresh && fitted.Findings.IsEmpty
            && fitted.Slices.All(slice => slice.Quality.RmseVolPoints <= RecoveredVolPoints);
    });

    [Fact]
    public void Whatever_the_quotes_there_is_a_surface_that_holds_its_certificate() => Drawn.Always(120, draw =>
    {
        VolatilitySurface surface = QuotedMarket.Calibrated(QuoteHygieneLaws.Spoilt(draw), draw.Count(0, 5_000), 0.6);
        double least = surface.Slices.Min(slice => slice.Svi.TotalVariance(0.0) / slice.ExpiryYears);
        double most = surface.Slices.Max(slice => slice.Svi.TotalVariance(0.0) / slice.ExpiryYears);
        return surface.Svi.All(slice =>
                Durrleman.IsButterflyFree(slice) && Durrleman.IsButterflyFree(slice, surface.LevelCertified))
            && CallPrices.AreFreeOfArbitrage(surface) && least >= 0.05 * 0.05 * 0.999999 && most <= 5.0 * 5.0 * 1.000001
            && surface.ShockRatio >= 1.0 && (surface.State == SurfaceState.Fresh || !surface.Findings.IsEmpty);
    });

    [Theory]
    [InlineData(0, SurfaceState.Fresh, 1.0)]
    [InlineData(59, SurfaceState.Fresh, 1.0)]
    [InlineData(60, SurfaceState.Degraded, 1.15)]
    [InlineData(599, SurfaceState.Degraded, 1.15)]
    [InlineData(600, SurfaceState.Stale, 1.35)]
    [InlineData(3_600, SurfaceState.Stale, 1.35)]
    [InlineData(3_601, SurfaceState.Halted, 1.35)]
    public void Age_alone_sets_the_state_and_its_shock_ratio(long ageSeconds, SurfaceState state, double shockRatio)
    {
        // METHODOLOGY 2.4.
        VolatilitySurface surface =
            QuotedMarket.Calibrated(QuotedMarket.Of(QuotedMarket.Known(new Drawn(7))), ageSeconds, 0.3);
        Assert.Equal(state, surface.State);
        Assert.Equal(shockRatio, surface.ShockRatio);
        Assert.Equal(
            state != SurfaceState.Fresh, surface.Findings.Any(finding => finding.Kind == FindingKind.SurfaceState));
    }

    [Fact]
    public void A_stale_surface_is_raised_to_a_tenth_above_the_forecast_variance() => Drawn.Always(30, draw =>
    {
        double forecast = draw.Between(0.2, 2.0);
        UnderlyingMarket market = QuotedMarket.Of(QuotedMarket.Known(draw));
        VolatilitySurface aged = QuotedMarket.Calibrated(market, 1_800, forecast);
        VolatilitySurface fresh = QuotedMarket.Calibrated(market, 0, forecast);
        return aged.State == SurfaceState.Stale && aged.Slices.Zip(fresh.Slices).All(pair =>
        {
            double floor = 1.1 * forecast * forecast * pair.First.ExpiryYears;
            double expected = Math.Max(floor, pair.Second.Svi.TotalVariance(0.0));
            return Math.Abs(pair.First.Svi.TotalVariance(0.0) - expected) <= 1e-12 * expected;
        });
    });

    [Theory]
    [InlineData(5, SurfaceState.Fresh)]
    [InlineData(4, SurfaceState.Degraded)]
    [InlineData(2, SurfaceState.Degraded)]
    public void Fewer_than_five_quotes_on_every_slice_are_not_a_fresh_surface(int quoteCount, SurfaceState state)
    {
        UnderlyingMarket market = QuotedMarket.Of(QuotedMarket.Known(new Drawn(7)), 0.005, quoteCount);
        Assert.Equal(state, QuotedMarket.Calibrated(market).State);
    }

    [Fact]
    public void Without_any_quotes_the_surface_is_the_forecast_with_the_smile_of_the_class() => Drawn.Always(30, draw =>
    {
        double forecast = draw.Between(0.1, 3.0);
        VolatilitySurface surface = QuotedMarket.Calibrated(QuotedMarket.With([]), 0, forecast);
        double years = draw.Between(0.001, 2.0);
        return surface.ShockRatio == 1.35 && surface.Findings.Any(finding => finding.Kind == FindingKind.SurfaceState)
            && Math.Abs(SurfaceEvaluation.VolatilityAnnual(surface, 0.0, years) - forecast) <= 1e-9;
    });

    [Fact]
    public void A_lone_quote_leaves_its_expiry_to_interpolation_and_says_so()
    {
        UnderlyingMarket market = QuotedMarket.Of(QuotedMarket.Known(new Drawn(7)));
        Timestamp expiry = market.Quotes[0].Option.Expiry;
        OptionQuote kept = market.Quotes.First(quote => quote.Option.Expiry == expiry
            && quote.Option.Right == OptionRight.Call && (double)quote.Option.StrikeUsd > QuotedMarket.IndexUsd);
        VolatilitySurface surface = QuotedMarket.Calibrated(market with
        {
            Quotes = [.. market.Quotes.Where(quote => quote.Option.Expiry != expiry || quote == kept)],
        });
        Assert.DoesNotContain(surface.Slices, slice => slice.Expiry == expiry);
        Assert.Contains(surface.Findings, finding => finding.Subject == $"BTC-{InstrumentName.Date(expiry)}");
    }

    [Fact]
    public void Prices_in_another_currency_give_the_same_slices() => Drawn.Always(20, draw =>
    {
        // Twice every strike and forward, the same prices in coin: nothing but ratios enters.
        UnderlyingMarket market = QuotedMarket.Of(QuotedMarket.Known(draw));
        UnderlyingMarket doubled = QuotedMarket.With(market.Quotes.Select(quote => quote with
        {
            Option = new VanillaOption(
                Drawn.Btc, Settlement.Inverse, quote.Option.Expiry, 2m * quote.Option.StrikeUsd, quote.Option.Right),
            ForwardUsd = 2.0 * quote.ForwardUsd,
        })) with
        { IndexUsd = 2.0 * market.IndexUsd };
        ImmutableArray<SviParameters> slices = QuotedMarket.Calibrated(market).Svi;
        return QuotedMarket.Calibrated(doubled).Svi.Zip(slices).All(pair =>
            Math.Abs(pair.First.TotalVariance(0.1) / pair.Second.TotalVariance(0.1) - 1.0) <= 1e-6);
    });

    [Fact]
    public void The_same_market_gives_the_same_bits_beside_any_other_underlying()
    {
        UnderlyingMarket market = QuotedMarket.Of(QuotedMarket.Known(new Drawn(7)));
        UnderlyingMarket other = QuotedMarket.With([]) with { Asset = AssetId.Of("ETH") };
        MarketSnapshot both = new(market.At, [market, other], []);
        SurfaceSet surfaces = SurfaceCalibration.Fit(both, new MarketForecast([]), QuotedMarket.Parameters);
        Assert.Equal(QuotedMarket.Calibrated(market).Svi, surfaces.Surfaces[0].Svi);
    }

    [Fact]
    public void One_wild_quote_moves_the_rest_of_its_slice_by_less_than_a_vol_point() => Drawn.Always(30, draw =>
    {
        // Huber's loss bounds what one quote can do (METHODOLOGY 2.2); the spread keeps it within convexity.
        UnderlyingMarket market = QuotedMarket.Of(QuotedMarket.Known(draw), 0.01);
        OptionQuote victim = market.Quotes[draw.Count(0, market.Quotes.Length)];
        OptionQuote wild = victim with { AskCoin = victim.AskCoin * 1.3, BidCoin = victim.BidCoin * 1.3 };
        VolatilitySurface before = QuotedMarket.Calibrated(market);
        VolatilitySurface after = QuotedMarket.Calibrated(market with { Quotes = market.Quotes.Replace(victim, wild) });
        return before.Slices.Zip(after.Slices).All(pair => Math.Abs(
            Math.Sqrt(pair.First.Svi.TotalVariance(0.0)) - Math.Sqrt(pair.Second.Svi.TotalVariance(0.0)))
            <= 0.01 * Math.Sqrt(pair.First.ExpiryYears));
    });
}
