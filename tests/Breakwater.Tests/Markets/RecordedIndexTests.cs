using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Tests.Markets;

/// <summary>The index of three venues through 10 October 2025, every 10 s: spot of Gemini, the coin-margined perpetual
/// of Binance, the index of OKX (docs/methodology/index.md).</summary>
public sealed class RecordedIndexTests
{
    private const long StepMilliseconds = 10_000;

    private static readonly AssetId Btc = AssetId.Of("BTC");
    private static readonly Timestamp First = Timestamp.Parse("2025-10-10T00:10:00Z");
    private static readonly Timestamp Last = Timestamp.Parse("2025-10-10T23:59:00Z");
    private static readonly Lazy<ImmutableArray<PricePoint[]>> Venues = new(Read);

    private static readonly IndexRules Rules =
        IndexRules.Of([new("gemini", 1), new("binance", 1), new("okx", 1)]).Value;

    [Fact]
    public void On_the_day_of_the_crash_the_index_stands_most_of_the_day_and_never_leaves_its_sources()
    {
        SortedDictionary<MarketMode, int> seen = [];
        int pricedCount = 0;
        double? before = null;
        double greatestMove = 0d;
        foreach ((Timestamp at, double?[] prices) in Steps())
        {
            IndexPrice index = IndexAggregation.Of(Btc, Said(prices, at), Rules, null, at);
            seen[index.Mode] = seen.GetValueOrDefault(index.Mode) + 1;
            if (index.PriceUsd is { } usd)
            {
                pricedCount++;
                Assert.InRange(usd, prices.Min()!.Value, prices.Max()!.Value);
                greatestMove = before is { } last ? Math.Max(greatestMove, Math.Abs((usd / last) - 1d)) : greatestMove;
            }

            before = index.PriceUsd;
        }

        int total = seen.Values.Sum();
        Assert.Equal(8_574, total);
        Assert.InRange(seen[MarketMode.Normal], 0.92 * total, 0.94 * total);
        Assert.InRange(seen[MarketMode.ReduceOnly], 1, 0.01 * total);
        Assert.Equal(0.012, greatestMove, 3); // of one source alone: 3.2 %
        Assert.True(pricedCount > 0.93 * total);
    }

    [Theory]
    [InlineData(0.65)] // what collateral was worth on one venue that day (RELIABILITY D11)
    [InlineData(0.95)]
    [InlineData(1.30)]
    [InlineData(0d)]
    public void Any_one_of_the_three_that_is_wrong_all_day_leaves_the_index_between_the_other_two(double factor)
    {
        for (int liar = 0; liar < 3; liar++)
        {
            int pricedCount = 0;
            foreach ((Timestamp at, double?[] prices) in Steps())
            {
                double?[] told = [.. prices.Select((price, venue) => venue == liar ? factor * price : price)];
                double[] honest = [.. prices.Where((_, venue) => venue != liar).OfType<double>()];
                IndexPrice index = IndexAggregation.Of(Btc, Said(told, at), Rules, null, at);
                if (index.PriceUsd is { } usd)
                {
                    pricedCount++;
                    Assert.InRange(usd, honest.Min(), honest.Max());
                    Assert.NotEqual(MarketMode.Normal, index.Mode);
                }
            }

            Assert.True(factor == 0d || pricedCount > 7_000, $"{pricedCount}");
        }
    }

    [Theory]
    [InlineData("BTC", "gemini_btcusd_trades_2025-10-10.csv.gz", 0.032)]
    [InlineData("ETH", "gemini_ethusd_trades_2025-10-10.csv.gz", 0.047)]
    public void A_jump_is_more_than_any_recorded_move_of_10_seconds(string asset, string file, double moved)
    {
        ImmutableArray<Trade> trades = RecordedFlow.Of(asset, [file], []).Trades;
        double greatest = 0d;
        int from = 0;
        for (int to = 0; to < trades.Length; to++)
        {
            while (trades[to].At.MillisecondsSince(trades[from].At) > StepMilliseconds)
            {
                from++;
            }

            greatest = Math.Max(greatest, Math.Abs((trades[to].PriceUsd / trades[from].PriceUsd) - 1d));
        }

        Assert.Equal(moved, greatest, 3);
        Assert.True(greatest < IndexRules.JumpFractionMax);
    }

    private static ImmutableArray<SourcePrice> Said(double?[] prices, Timestamp at) =>
    [
        .. prices.Select((price, venue) => price is { } usd
            ? new SourcePrice.Stated(((string[])["gemini", "binance", "okx"])[venue], usd, at, at)
            : null).OfType<SourcePrice>(),
    ];

    // What each venue said last within the minute before; null where it said nothing.
    private static IEnumerable<(Timestamp At, double?[] Prices)> Steps()
    {
        int[] next = new int[Venues.Value.Length];
        for (Timestamp at = First; at < Last; at = at.AddMilliseconds(StepMilliseconds))
        {
            double?[] prices = new double?[next.Length];
            for (int venue = 0; venue < next.Length; venue++)
            {
                PricePoint[] series = Venues.Value[venue];
                while (next[venue] < series.Length && series[next[venue]].At <= at)
                {
                    next[venue]++;
                }

                prices[venue] = next[venue] > 0
                    && at.MillisecondsSince(series[next[venue] - 1].At) <= IndexRules.AgeMillisecondsMax
                        ? series[next[venue] - 1].Value
                        : null;
            }

            yield return (at, prices);
        }
    }

    private static ImmutableArray<PricePoint[]> Read()
    {
        SortedDictionary<Timestamp, double> okx = [];
        foreach (string[] row in RecordedTable.Read(
            "okx_btc_options_10s_2025-10-10.csv.gz", "time_utc", "underlying_price"))
        {
            if (row[1].Length > 0)
            {
                okx[Timestamp.Parse(row[0])] = RecordedTable.Number(row[1]);
            }
        }

        return
        [
            [
                .. RecordedFlow.Of("BTC", ["gemini_btcusd_trades_2025-10-10.csv.gz"], []).Trades
                    .Select(trade => new PricePoint(trade.At, trade.PriceUsd)),
            ],
            [
                // A bar is stamped at its start: its close is known a minute later.
                .. RecordedTable.Read("binance_btcusd_perp_mark_1m_2025-10-10.csv.gz", "time_utc", "close")
                    .Select(row => new PricePoint(
                        Timestamp.Parse(row[0]).AddMilliseconds(60_000), RecordedTable.Number(row[1]))),
            ],
            [.. okx.Select(entry => new PricePoint(entry.Key, entry.Value))],
        ];
    }
}
