using System.Collections.Immutable;
using Breakwater.Adapters.Files;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Tests.Markets;

/// <summary>What the guard of prints does to recorded prices, real crashes among them.</summary>
public sealed class RecordedPrintTests(ITestOutputHelper output)
{
    private static readonly Timestamp End = Timestamp.Parse("2026-04-01T00:00:00Z");

    [Theory]
    [InlineData("perp_btcusdt_1h.csv.gz", "BTC", 0)]
    [InlineData("perp_ethusdt_1h.csv.gz", "ETH", 0)]
    [InlineData("perp_solusdt_1h.csv.gz", "SOL", 4)] // its first weeks, thin: the next open stands in
    [InlineData("perp_bnbusdt_1h.csv.gz", "BNB", 0)]
    [InlineData("spot_btcusdt_1h_taker_2026-01_2026-03.csv.gz", "BTC", 0)]
    [InlineData("spot_ethusdt_1h_taker_2026-01_2026-03.csv.gz", "ETH", 0)]
    [InlineData("spot_btcusdt_1h_2025-10-24_2025-12-02.csv.gz", "BTC", 0)]
    [InlineData("spot_btcusdt_1d_taker_2025-10_2026-03.csv", "BTC", 0)]
    [InlineData("btcusd_1d_2011_2025.csv.gz", "BTC", 10)] // 2013 to 2015, thin; likewise
    public void No_recorded_close_is_taken_for_a_misprint(string file, string asset, int allowed)
    {
        PriceSeries series = BarFile.ReadPrices(RecordedMarket.Data(file), AssetId.Of(asset), End).Value;
        Assert.InRange(Removed(series, file, PrintGuard.PriceExcursion), 0, allowed);
        if (series.BarMilliseconds == Timestamp.HourMilliseconds)
        {
            Assert.Equal(0, Removed(series with { Bars = [] }, file + " alone", PrintGuard.PriceExcursion));
        }
    }

    [Theory]
    [InlineData("2020-03-12T00:00:00Z", 96)]
    [InlineData("2021-05-18T00:00:00Z", 72)]
    [InlineData("2022-11-08T00:00:00Z", 72)]
    [InlineData("2025-10-10T00:00:00Z", 48)]
    public void A_crash_stays_to_the_last_print(string from, int hours)
    {
        Timestamp start = Timestamp.Parse(from);
        foreach (string asset in (string[])["btc", "eth", "bnb", "sol"])
        {
            string path = RecordedMarket.Data($"perp_{asset}usdt_1h.csv.gz");
            PriceSeries series = BarFile.ReadPrices(path, AssetId.Of(asset.ToUpperInvariant()), End).Value;
            foreach (PriceSeries given in (PriceSeries[])[series, series with { Bars = [] }])
            {
                PriceSeries clean = PrintGuard.Clean(asset, given, End, null, PrintGuard.PriceExcursion, []);
                Assert.Equal(Within(series, start, hours), Within(clean, start, hours));
            }
        }
    }

    private static ImmutableArray<PricePoint> Within(PriceSeries series, Timestamp start, int hours) =>
    [
        .. series.Closes.Where(close => close.At >= start
            && close.At.MillisecondsSince(start) <= hours * Timestamp.HourMilliseconds),
    ];

    [Theory]
    [InlineData("dvol_btc_1h.csv.gz", "BTC")]
    [InlineData("dvol_btc_1h_2025-11_2026-03.csv.gz", "BTC")]
    [InlineData("dvol_eth_1d_2023_2025.csv", "ETH")]
    public void No_recorded_volatility_is_taken_for_a_misprint(string file, string asset)
    {
        PriceSeries series = BarFile.ReadVolatilityIndex(RecordedMarket.Data(file), AssetId.Of(asset), End).Value;
        Assert.Equal(0, Removed(series, file, PrintGuard.IndexExcursion));
    }

    private int Removed(PriceSeries series, string name, double excursion)
    {
        List<Finding> findings = [];
        PriceSeries clean = PrintGuard.Clean("x", series with { Source = name }, End, null, excursion, findings);
        ImmutableHashSet<PricePoint> kept = [.. clean.Closes];
        int removed = series.Closes.Count(close => !kept.Contains(close));
        output.WriteLine(FormattableString.Invariant($"{name}: {removed} of {series.Closes.Length}"));
        findings.ForEach(finding => output.WriteLine("  " + finding.Message));
        return removed;
    }
}
