using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.IntegrationTests.Market;

/// <summary>Observations with exactly one bad value (METHODOLOGY 12, row 7).</summary>
internal static class PoisonedInput
{
    /// <summary>Every way of spoiling one input of BTC, by group and name.</summary>
    public static IEnumerable<(string Group, string Name, MarketObservations Observations)> Of(MarketObservations seen)
    {
        UnderlyingObservations own = seen.Underlyings.First(asset => asset.Asset == AssetId.Of("BTC"));
        IEnumerable<(string Group, string Name, UnderlyingObservations Spoilt)> all =
        [
            .. Quotes(own), .. Rows(own), .. Closes(own), .. Index(own), .. Futures(own), .. Funding(own),
            .. Depth(own),
        ];
        return all.Select(each => (each.Group, each.Name, seen with
        {
            Underlyings = seen.Underlyings.Replace(own, each.Spoilt),
        }));
    }

    private static IEnumerable<(string, string, UnderlyingObservations)> Quotes(UnderlyingObservations own)
    {
        (string How, Func<ChainRow, ChainRow> Spoil)[] ways =
        [
            ("bid and ask ×10", row => row with { BidCoin = 10 * row.BidCoin, AskCoin = 10 * row.AskCoin }),
            ("bid and ask ÷10", row => row with { BidCoin = row.BidCoin / 10, AskCoin = row.AskCoin / 10 }),
            ("bid and ask ×1.3", row => row with { BidCoin = 1.3 * row.BidCoin, AskCoin = 1.3 * row.AskCoin }),
            ("crossed", row => row with { BidCoin = row.AskCoin, AskCoin = row.BidCoin }),
            ("ask ×10", row => row with { AskCoin = 10 * row.AskCoin }),
            ("bid ÷10", row => row with { BidCoin = row.BidCoin / 10 }),
            ("mark and its volatility ×10", row => row with
            {
                MarkCoin = 10 * row.MarkCoin, MarkVolatilityAnnual = 10 * row.MarkVolatilityAnnual,
            }),
            ("volume ×1000", row => row with { VolumeDaily = 1e6 }),
        ];
        foreach (int index in Chosen(own))
        {
            ChainRow row = own.Chain!.Rows[index];
            foreach ((string how, Func<ChainRow, ChainRow> spoil) in ways)
            {
                yield return ("option quote", $"{row.Option.Name} {how}", WithRow(own, index, spoil(row)));
            }
        }
    }

    // At and away from the money, near and far: where a quote is not alone.
    private static IEnumerable<int> Chosen(UnderlyingObservations own)
    {
        ImmutableArray<ChainRow> rows = own.Chain!.Rows;
        foreach ((double days, double moneyness, OptionRight right) in
            ((double, double, OptionRight)[])
            [
                (2, 1.0, OptionRight.Call), (7, 1.0, OptionRight.Put), (30, 1.0, OptionRight.Call),
                (30, 0.9, OptionRight.Put), (30, 1.2, OptionRight.Call), (180, 0.6, OptionRight.Put),
            ])
        {
            yield return Enumerable.Range(0, rows.Length)
                .Where(index => rows[index].Option.Right == right && rows[index] is { BidCoin: > 0, AskCoin: > 0 })
                .MinBy(index =>
                    Math.Abs(Math.Log(rows[index].Option.Expiry.YearsSince(own.Chain.At) * 365 / days))
                        + 10 * Math.Abs(
                            (double)rows[index].Option.StrikeUsd / rows[index].ForwardUsd!.Value - moneyness));
        }
    }

    private static IEnumerable<(string, string, UnderlyingObservations)> Rows(UnderlyingObservations own)
    {
        foreach (int index in Chosen(own).Take(3))
        {
            ChainRow row = own.Chain!.Rows[index];
            foreach (double factor in (double[])[10, 0.1, 1.05, 0.985, 1.015])
            {
                yield return ("index of a row", $"{row.Option.Name} index ×{factor}",
                    WithRow(own, index, row with { IndexUsd = factor * row.IndexUsd }));
                yield return ("forward of a row", $"{row.Option.Name} forward ×{factor}",
                    WithRow(own, index, row with { ForwardUsd = factor * row.ForwardUsd }));
            }
        }
    }

    private static UnderlyingObservations WithRow(UnderlyingObservations own, int index, ChainRow row) => own with
    {
        Chain = own.Chain! with { Rows = own.Chain.Rows.SetItem(index, row) },
    };

    private static IEnumerable<(string, string, UnderlyingObservations)> Closes(UnderlyingObservations own)
    {
        int last = LastSeries(own.Prices, Timestamp.HourMilliseconds);
        int daily = LastSeries(own.Prices, Timestamp.DayMilliseconds);
        foreach (double factor in (double[])[1.03, 0.97, 1.1, 0.9, 1.5, 0.5])
        {
            foreach (int back in (int[])[1, 2, 13, 50])
            {
                yield return ("hourly close", $"{back} before the end ×{factor}",
                    own with { Prices = Spoilt(own.Prices, last, back, factor, wholeBar: false) });
                yield return ("hourly bar", $"{back} before the end ×{factor}",
                    own with { Prices = Spoilt(own.Prices, last, back, factor, wholeBar: true) });
            }

            yield return ("daily close", $"newest ×{factor}",
                own with { Prices = Spoilt(own.Prices, daily, 1, factor, wholeBar: false) });
            yield return ("daily close", $"30 before the end ×{factor}",
                own with { Prices = Spoilt(own.Prices, daily, 30, factor, wholeBar: false) });
        }
    }

    private static int LastSeries(ImmutableArray<PriceSeries> prices, long bar) =>
        prices.Select((series, index) => (series, index)).Last(each => each.series.BarMilliseconds == bar
            && !each.series.Closes.IsEmpty).index;

    private static ImmutableArray<PriceSeries> Spoilt(
        ImmutableArray<PriceSeries> prices, int index, int back, double factor, bool wholeBar)
    {
        PriceSeries series = prices[index];
        int at = Math.Max(0, series.Closes.Length - back);
        PricePoint close = series.Closes[at];
        BarDetail bar = series.Bars[at];
        PriceSeries changed = series with
        {
            Closes = series.Closes.SetItem(at, close with { Value = factor * close.Value }),
            Bars = !wholeBar
                ? series.Bars
                : series.Bars.SetItem(at, bar with
                {
                    Open = factor * bar.Open,
                    High = factor * bar.High,
                    Low = factor * bar.Low,
                }),
        };
        return prices.SetItem(index, changed);
    }

    private static IEnumerable<(string, string, UnderlyingObservations)> Index(UnderlyingObservations own)
    {
        int last = own.VolatilityIndices.Length - 1;
        foreach ((int back, double factor) in ((int, double)[])[(1, 3), (2, 3), (100, 3), (5, 0.3), (26, 10)])
        {
            yield return ("volatility index", $"{back} before the end ×{factor}", own with
            {
                VolatilityIndices = SpoiltIndex(own.VolatilityIndices, last, back, factor),
            });
        }
    }

    private static ImmutableArray<PriceSeries> SpoiltIndex(
        ImmutableArray<PriceSeries> series, int index, int back, double factor)
    {
        PriceSeries own = series[index];
        int at = own.Closes.Length - back;
        return series.SetItem(index, own with
        {
            Closes = own.Closes.SetItem(at, own.Closes[at] with { Value = factor * own.Closes[at].Value }),
        });
    }

    private static IEnumerable<(string, string, UnderlyingObservations)> Futures(UnderlyingObservations own)
    {
        FuturesObservation futures = own.Futures!;
        foreach (double factor in (double[])[10, 1.1, 0.9, 1.03])
        {
            for (int mark = 0; mark < futures.Marks.Length; mark += 3)
            {
                FutureMark old = futures.Marks[mark];
                yield return ("futures mark", $"{old.Expiry} ×{factor}", own with
                {
                    Futures = futures with
                    {
                        Marks = futures.Marks.SetItem(mark, old with { MarkUsd = factor * old.MarkUsd }),
                    },
                });
            }

            yield return ("perpetual mark", $"×{factor}", own with
            {
                Futures = futures with
                {
                    PerpetualMarkUsd = factor * (futures.PerpetualMarkUsd ?? own.Chain!.Rows[0].IndexUsd),
                },
            });
        }
    }

    private static IEnumerable<(string, string, UnderlyingObservations)> Funding(UnderlyingObservations own)
    {
        int last = own.Funding.Length - 1;
        FundingSeries series = own.Funding[last];
        foreach (double rate in (double[])[0.003, -0.003, 0.5, -0.5])
        {
            yield return ("funding", $"newest {rate}", own with
            {
                Funding = own.Funding.SetItem(last, series with
                {
                    Points = series.Points.SetItem(
                        series.Points.Length - 1, series.Points[^1] with { Fraction8h = rate }),
                }),
            });
        }
    }

    private static IEnumerable<(string, string, UnderlyingObservations)> Depth(UnderlyingObservations own)
    {
        DepthSeries series = own.Depths[0];
        foreach (double factor in (double[])[0.001, 0.1, 10, 1000])
        {
            DepthSample last = series.Samples[^1];
            ImmutableArray<DepthLevel> Scaled(ImmutableArray<DepthLevel> side) =>
                [.. side.Select(level => level with { CumulativeUsd = factor * level.CumulativeUsd })];
            DepthSample bad = last with { Bids = Scaled(last.Bids), Asks = Scaled(last.Asks) };
            yield return ("depth sample", $"newest ×{factor}", own with
            {
                Depths = [series with { Samples = series.Samples.SetItem(series.Samples.Length - 1, bad) }],
            });
        }
    }
}
