using System.Collections.Immutable;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Pricing;
using Breakwater.Surfaces;
using Breakwater.Tests.Forecasts;

namespace Breakwater.Tests.Surfaces;

/// <summary>Markets quoted from a known surface, and ways to spoil them.</summary>
internal static class QuotedMarket
{
    public const double IndexUsd = 70_000.0;

    /// <summary>Parameters as shipped.</summary>
    public static RiskParameters Parameters => ShippedParameters.Value;

    /// <summary>A surface of a few slices on the days that markets list, drawn.</summary>
    public static VolatilitySurface Known(Drawn draw)
    {
        double[] days = [3.0, 10.0, 31.0, 80.0, 200.0];
        double variance = Math.Pow(draw.Between(0.3, 1.2), 2.0);
        double rho = draw.Between(-0.4, 0.3);
        double smile = draw.Between(0.3, 1.0); // ψ/√θ, below every bound of METHODOLOGY 2.2 for these θ
        EssviParameters[] slices = [.. days.Select(day =>
            new EssviParameters(variance * day / 365.0, rho, smile * Math.Sqrt(variance * day / 365.0)))];
        return Drawn.SurfaceOf([.. slices.Select(slice => slice.ToSvi())], [.. days.Select(day => day / 365.0)]);
    }

    /// <summary>The market that quotes a surface, both rights at every strike.</summary>
    /// <param name="surface">The surface.</param>
    /// <param name="halfSpread">Half the spread, volatility.</param>
    /// <param name="strikeCount">Strikes per expiry, from two deviations below the forward to two above.</param>
    public static UnderlyingMarket Of(
        VolatilitySurface surface, double halfSpread = 0.005, int strikeCount = 15) => With(
        from slice in surface.Slices
        from index in Enumerable.Range(0, strikeCount)
        let deviation = Math.Sqrt(slice.Svi.TotalVariance(0.0))
        let strike = Math.Round(IndexUsd * Math.Exp(4.0 * deviation * (index / (strikeCount - 1.0) - 0.5)), 3)
        from right in new[] { OptionRight.Call, OptionRight.Put }
        select Quote(slice, (decimal)strike, right, halfSpread));

    /// <summary>A market of these quotes alone, in the order of instruments.</summary>
    public static UnderlyingMarket With(IEnumerable<OptionQuote> quotes) => new(
        Drawn.Btc, Drawn.At, IndexUsd, [.. quotes.OrderBy(quote => quote.Option)], [], null, null, PriceHistory.Empty,
        []);

    /// <summary>Its surface; <paramref name="ageSeconds"/> is how long ago it was seen.</summary>
    public static VolatilitySurface Calibrated(UnderlyingMarket market, long ageSeconds = 0, double? forecast = null)
    {
        MarketSnapshot snapshot = new(market.At.AddMilliseconds(1000 * ageSeconds), [market], []);
        ImmutableArray<UnderlyingForecast> forecasts = forecast is { } volatility
            ? [new UnderlyingForecast(Drawn.Btc, volatility, volatility, 0.75 * volatility, FilteredHistory.Empty, [])]
            : [];
        return SurfaceCalibration.Fit(snapshot, new MarketForecast(forecasts), Parameters).Surfaces[0];
    }

    /// <summary>Its clean quotes and the findings about the others.</summary>
    public static (ImmutableArray<SliceQuotes> Slices, ImmutableArray<Finding> Findings) Clean(UnderlyingMarket market)
    {
        ImmutableArray<Finding>.Builder findings = ImmutableArray.CreateBuilder<Finding>();
        ImmutableArray<SliceQuotes> slices = QuoteHygiene.Clean(market, Parameters.Surfaces, findings);
        return (slices, findings.ToImmutable());
    }

    private static OptionQuote Quote(SurfaceSlice slice, decimal strike, OptionRight right, double halfSpread)
    {
        VanillaOption option = new(Drawn.Btc, Settlement.Inverse, slice.Expiry, strike, right);
        double years = slice.Expiry.YearsSince(Drawn.At);
        double volatility = Math.Sqrt(slice.Svi.TotalVariance(Math.Log((double)strike / IndexUsd)) / years);
        double Coin(double at) => Black76.Value(right, IndexUsd, (double)strike, at * at * years) / IndexUsd;
        return new OptionQuote(
            option, Drawn.At, Coin(volatility - halfSpread), Coin(volatility + halfSpread), Coin(volatility),
            volatility, IndexUsd, 1.0);
    }
}
