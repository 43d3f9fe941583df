using System.Collections.Immutable;
using Breakwater.Accounts.Ledgers;
using Breakwater.Adapters.Files;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.IntegrationTests.Commands;
using Breakwater.Markets;

namespace Breakwater.IntegrationTests.Engine;

/// <summary>The shipped sample market and some transitions as events of the engine.</summary>
internal static class SampleEvents
{
    private static readonly Timestamp EarlierChain = Timestamp.Parse("2026-01-28T12:00:00Z");

    /// <summary>Market, accounts, a tick that values them, trades, a tick.</summary>
    internal static IEnumerable<RiskEvent> Of(Timestamp at, IEnumerable<LedgerTransition> transitions)
    {
        foreach (UnderlyingObservations own in Read(EarlierChain))
        {
            if (own.Chain is { } chain) yield return new RiskEvent.ChainSeen(chain.At, own.Asset, chain);
        }

        foreach (RiskEvent seen in Read(at).SelectMany(own => Seen(own, at))) yield return seen;
        int command = 0;
        bool isTraded = false;
        foreach (LedgerTransition transition in transitions)
        {
            if (transition is LedgerTransition.Fill && !isTraded)
            {
                yield return new RiskEvent.ClockTick(at);
                isTraded = true;
            }

            yield return new RiskEvent.LedgerCommand(at, $"c{command++}", transition);
        }

        yield return new RiskEvent.ClockTick(at);
    }

    private static IEnumerable<RiskEvent> Seen(UnderlyingObservations own, Timestamp at)
    {
        foreach ((PriceSeries series, SeriesKind kind) in own.Prices.Select(static own => (own, SeriesKind.Price))
            .Concat(own.VolatilityIndices.Select(static own => (own, SeriesKind.VolatilityIndex))))
        {
            for (int first = 0; first < series.Closes.Length; first += RiskEventEncoding.PointsMax)
            {
                yield return new RiskEvent.ClosesSeen(at, own.Asset, kind, series with
                {
                    Closes = Part(series.Closes, first),
                    Bars = Part(series.Bars, first),
                });
            }
        }

        foreach (FlowBarSeries series in own.Flow.Bars)
        {
            for (int first = 0; first < series.Bars.Length; first += RiskEventEncoding.PointsMax)
            {
                yield return new RiskEvent.FlowSeen(at, own.Asset, series with { Bars = Part(series.Bars, first) });
            }
        }

        if (own.Chain is { } chain) yield return new RiskEvent.ChainSeen(at, own.Asset, chain);
    }

    private static ImmutableArray<T> Part<T>(ImmutableArray<T> points, int first) => points.IsEmpty
        ? []
        : points.Slice(first, Math.Min(RiskEventEncoding.PointsMax, points.Length - first));

    private static ImmutableArray<UnderlyingObservations> Read(Timestamp at)
    {
        static string Market(string file) => SampleFiles.Of($"samples/market/{file}.csv.gz");
        static AssetFile Of(string asset, string file) => new(AssetId.Of(asset), Market(file));
        MarketFileSelection files = new(
            [Market("deribit_btc_chain"), Market("deribit_eth_chain")],
            [
                Of("BTC", "btcusd_1d"), Of("BTC", "binance_btcusdt_1h"), Of("ETH", "ethusd_1d"),
                Of("ETH", "binance_ethusdt_1h"),
            ],
            [Of("BTC", "deribit_btc_dvol_1h")], [], [])
        {
            Trades = [Of("BTC", "binance_btcusdt_1h_taker"), Of("ETH", "binance_ethusdt_1h_taker")],
        };
        return MarketFiles.Read(files, at).Value.Underlyings;
    }
}
