using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Pricing;

namespace Breakwater.Tests.Engine;

/// <summary>Observations of a made-up market that is cheap to value: two underlyings with a dozen options each, and two
/// collateral assets, of which a few weeks are known.</summary>
internal static class MadeUpMarket
{
    private const int HistoryHours = 400;
    private const double HourlyMove = 0.006;

    internal static Timestamp Start { get; } = Timestamp.Parse("2026-02-05T02:10:30Z");

    internal static AssetId Btc { get; } = AssetId.Of("BTC");

    internal static AssetId Eth { get; } = AssetId.Of("ETH");

    internal static ImmutableArray<AssetId> Assets { get; } =
        [Btc, Eth, AssetId.Of("USDT"), AssetId.Of("stETH")];

    private static ImmutableArray<string> Dates { get; } = ["13FEB26", "27MAR26"];

    /// <summary>Instruments that accounts may hold.</summary>
    internal static ImmutableArray<Instrument> Instruments { get; } =
    [
        .. Names().Select(InstrumentName.Parse),
    ];

    /// <summary>What is observed at the start.</summary>
    internal static MarketObservations Observations { get; } =
        new(Start, [.. Assets.Select(Of).OrderBy(own => own.Asset)]);

    internal static double IndexOf(AssetId asset) =>
        asset == Btc ? 65_000d : asset.Name == "USDT" ? 1d : 1_900d;

    /// <summary>A row with other prices.</summary>
    internal static ChainRow Quoted(ChainRow row, Timestamp at, double index, double volatility)
    {
        double forward = index * 1.002;
        double years = Math.Max(1e-6, row.Option.Expiry.YearsSince(at));
        double Coin(double level) => Black76.Greeks(
            row.Option.Right, forward, (double)row.Option.StrikeUsd, level, years).Price / forward;
        return row with
        {
            BidCoin = Coin(volatility - 0.01),
            AskCoin = Coin(volatility + 0.01),
            MarkCoin = Coin(volatility),
            MarkVolatilityAnnual = volatility,
            ForwardUsd = forward,
            IndexUsd = index,
        };
    }

    private static IEnumerable<string> Names()
    {
        foreach ((string asset, int[] strikes) in ((string, int[])[])
            [("BTC", [55_000, 65_000, 75_000]), ("ETH", [1_600, 1_900, 2_200])])
        {
            foreach (string prefix in (string[])[asset, asset + "_USDC"])
            {
                yield return $"{prefix}-PERPETUAL";
                foreach (string date in Dates)
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

    private static UnderlyingObservations Of(AssetId asset)
    {
        bool isUnderlying = asset == Btc || asset == Eth;
        double index = IndexOf(asset);
        return UnderlyingObservations.None(asset) with
        {
            Chain = isUnderlying ? new ChainObservation(Start, Rows(asset, index)) : null,
            Prices = [new PriceSeries("closes", Timestamp.HourMilliseconds, Closes(asset, index))],
            VolatilityIndices = isUnderlying
                ? [new PriceSeries("index", Timestamp.HourMilliseconds, [new PricePoint(LastHour, 0.62)])]
                : [],
            Futures = isUnderlying
                ? new FuturesObservation(
                    Start, [new FutureMark(Expiry(Dates[1]), index * 1.004, IsListed: true)], index * 1.0003)
                : null,
            Funding = isUnderlying ? [new FundingSeries("funding", [new FundingPoint(LastHour, 0.0001)])] : [],
        };
    }

    private static Timestamp LastHour => Timestamp.FromUnixMilliseconds(
        Start.UnixMilliseconds / Timestamp.HourMilliseconds * Timestamp.HourMilliseconds);

    private static Timestamp Expiry(string date) =>
        ((VanillaOption)InstrumentName.Parse($"BTC-{date}-65000-C")).Expiry;

    private static ImmutableArray<ChainRow> Rows(AssetId asset, double index) =>
    [
        .. Enumerable.Range(0, 7).Select(step => 10d * Math.Round(index * (0.085 + (0.005 * step))))
            .SelectMany(strike => Dates.SelectMany(date => (ChainRow[])
            [
                Row($"{asset}-{date}-{strike:0}-C", index), Row($"{asset}-{date}-{strike:0}-P", index),
            ]))
            .OrderBy(row => row.Option),
    ];

    private static ChainRow Row(string name, double index) => Quoted(
        new ChainRow((VanillaOption)InstrumentName.Parse(name), null, null, null, null, null, true, null, 100d)
        {
            VolumeDaily = 10d,
        },
        Start, index, 0.6);

    private static ImmutableArray<PricePoint> Closes(AssetId asset, double last)
    {
        double log = Math.Log(last);
        double move = asset.Name == "USDT" ? HourlyMove / 100d : HourlyMove;
        PricePoint[] closes = new PricePoint[HistoryHours];
        for (int hour = HistoryHours - 1; hour >= 0; hour--)
        {
            (uint word, _, _, _) = Philox4x32.Block((uint)hour, 1, 2, (uint)asset.Name[0], 7);
            closes[hour] = new PricePoint(
                LastHour.AddMilliseconds((hour - HistoryHours + 1) * Timestamp.HourMilliseconds), Math.Exp(log));
            log += move * NormalDistribution.InverseCdf(Philox4x32.ToUniform(word));
        }

        return [.. closes];
    }
}
