using System.Collections.Immutable;
using Breakwater.Adapters.Files;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Tests.Revaluation;

/// <summary>Two underlyings with hand-built surfaces, and scenario sets drawn from a fixed seed.</summary>
internal sealed record TinyMarket(
    MarketSnapshot Market, SurfaceSet Surfaces, ScenarioSets Scenarios, RiskParameters Parameters)
{
    /// <summary>Forecasts from an empty history: nothing is known but the implied volatility.</summary>
    internal MarketForecast Forecast { get; init; } = VolatilityForecast.From(Market, Parameters);

    /// <summary>Time from the newest snapshot to the first expiry is 14 h: within two initial horizons.</summary>
    internal static readonly Timestamp At = Timestamp.Parse("2026-02-05T18:00:00Z");

    internal const double BtcCarry = 0.08; // per year: forwards are index × e^(carry × T)
    private const double EthCarry = -0.03;

    internal static readonly AssetId Btc = AssetId.Of("BTC");
    internal static readonly AssetId Eth = AssetId.Of("ETH");

    private static readonly string[] Expiries =
    [
        "2026-02-06", "2026-02-07", "2026-02-08", "2026-02-13", "2026-02-20", "2026-02-27", "2026-03-27", "2026-04-24",
        "2026-05-29", "2026-06-26", "2026-09-25", "2026-12-25",
    ];

    // ψ < 4/(3·(1 + |ρ|)): butterfly-free up to three times the volatility (EssviParameters.PsiMaximum).
    private const double LevelCertified = 3.0;

    internal static readonly string[] DateTexts =
        ["6FEB26", "7FEB26", "13FEB26", "27FEB26", "27MAR26", "26JUN26", "25DEC26"];

    internal static readonly int[] BtcStrikes = [50_000, 64_000, 66_000, 90_000];
    private static readonly int[] EthStrikes = [1_500, 1_900, 2_500];

    internal UnderlyingMarket Of(AssetId asset) => Market.Find(asset)!;

    /// <summary>The same with another rate of discounting.</summary>
    internal TinyMarket WithRate(double rateUsdAnnual)
    {
        ParameterValues values = new(
            Parameters.Values.ByPath.SetItem("valuation.rateUsdAnnual", (decimal)rateUsdAnnual));
        return this with
        {
            Parameters = ParameterValidation.Check(1, Parameters.EffectiveAt, Parameters.ProtocolId, values).Value,
        };
    }

    internal static TinyMarket Default { get; } = Build(randomCount: 200, seed: 7);

    internal static TinyMarket Build(
        int randomCount, int seed, double btcIndex = 65_000.0, double volatilityScale = 1.0, Timestamp? at = null)
    {
        Timestamp now = at ?? At;
        MarketSnapshot market =
            new(now, [MarketOf(Btc, now, btcIndex, BtcCarry), MarketOf(Eth, now, 1_900.0, EthCarry)], []);
        SurfaceSet surfaces = new([.. market.Underlyings.Select(own => SurfaceOf(own, volatilityScale))]);
        return new TinyMarket(
            market, surfaces, TinyScenarios.Sets(market, randomCount, seed), ParameterFile.LoadNewestShipped().Value);
    }

    /// <summary>Every kind of instrument on both underlyings, at several expiries and strikes.</summary>
    internal static ImmutableArray<Instrument> Instruments { get; } = [.. Names().Select(InstrumentName.Parse)];

    private static IEnumerable<string> Names()
    {
        foreach ((string asset, int[] strikes) in new[] { ("BTC", BtcStrikes), ("ETH", EthStrikes) })
        {
            foreach (string prefix in new[] { asset, asset + "_USDC" })
            {
                yield return $"{prefix}-PERPETUAL";
                foreach (string date in DateTexts)
                {
                    yield return $"{prefix}-{date}";
                    foreach (int strike in strikes)
                    {
                        yield return $"{prefix}-{date}-{strike}-C";
                        yield return $"{prefix}-{date}-{strike}-P";
                    }
                }
            }
        }
    }

    private static UnderlyingMarket MarketOf(AssetId asset, Timestamp at, double index, double carry)
    {
        ImmutableArray<FutureMark> marks = [.. Expiries.Select(text => Expiry(text)).Select(expiry =>
            new FutureMark(expiry, index * Math.Exp(carry * expiry.YearsSince(at)), IsListed: true))];
        return new UnderlyingMarket(asset, at, index, [], marks, index * 1.0004, 0.0002, PriceHistory.Empty, []);
    }

    private static VolatilitySurface SurfaceOf(UnderlyingMarket market, double volatilityScale)
    {
        double[] years = [.. Expiries.Select(text => Expiry(text).YearsSince(market.At))];
        double[] forwards = [.. market.FutureMarks.Select(mark => mark.MarkUsd)];
        ForwardCurve curve = ForwardCurve.Through(market.IndexUsd, years, forwards);
        ImmutableArray<SurfaceSlice> slices = [.. years.Select((t, i) => new SurfaceSlice(
            Expiry(Expiries[i]), t, forwards[i], SliceOf(t, volatilityScale), default, SurfaceState.Fresh))];
        return new VolatilitySurface(market.Asset, market.At, slices, curve, LevelCertified, SurfaceState.Fresh, []);
    }

    // Volatility falls from 75 % to 55 %; psi = sqrt(theta) at most, so it rises with theta and no slower: no
    // arbitrage.
    private static SviParameters SliceOf(double years, double volatilityScale)
    {
        double volatility = volatilityScale * (0.55 + 0.20 * Math.Exp(-8.0 * years));
        double theta = volatility * volatility * years;
        return new EssviParameters(theta, -0.25, 0.7 * Math.Sqrt(theta)).ToSvi();
    }

    private static Timestamp Expiry(string date) => Timestamp.Parse(date + "T08:00:00Z");
}
