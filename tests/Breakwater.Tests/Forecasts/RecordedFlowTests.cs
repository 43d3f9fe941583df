using System.Globalization;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Tests.Markets;

namespace Breakwater.Tests.Forecasts;

/// <summary>Order flow of real books and tapes; prints the tables of docs/methodology/order-flow.md.</summary>
/// <remarks><c>dotnet run --project tests/Breakwater.Tests -- -class Breakwater.Tests.Forecasts.RecordedFlowTests
/// -showLiveOutput</c></remarks>
public sealed class RecordedFlowTests(ITestOutputHelper output)
{
    private static readonly FlowParameters Parameters = RecordedFlow.Parameters;

    [Fact]
    public void Imbalance_of_the_recorded_book_explains_its_price_changes()
    {
        FlowObservations flow = RecordedFlow.Book;
        OrderBook book = OrderBook.Rebuild("BTC", flow, Parameters.LevelCount, 5_000);
        Timestamp end = book.Visible[^1].At;
        double shown = FlowDepth.Of(book with { Rested = book.Visible });
        PriceImpact best = Impact("best level, visible", Entries(book, false, 1), end, shown);
        PriceImpact deep = Impact("10 levels, visible", Entries(book, false, 10), end, shown);
        PriceImpact rested = Impact("10 levels, rested 5 s", Entries(book, true, 10), end, FlowDepth.Of(book));
        FlowReading reading = RecordedFlow.Read(flow, end, 61_659.75);
        Print("reading", reading);
        Exponent(Entries(book, false, 1), book, end);
        Assert.True(best.Determination > 0.3, $"R² {best.Determination}");
        Assert.True(best.Beta > 0 && deep.Beta > 0 && rested.Beta >= 0);
        Assert.NotNull(reading.Score);
    }

    [Fact]
    public void Toxicity_of_bitcoin_is_at_its_highest_when_the_crash_of_October_2025_begins()
    {
        List<FlowReading> path = Path("gemini_btcusd_trades_2025-10-10.csv.gz", "BTC", "18:00", "21:45");
        Assert.All(path[..^3], reading => Assert.Equal(1d, reading.Forecast.Multiplier)); // quiet until 21:00
        FlowReading start = path[^3]; // 21:15, the lowest prices are those after it
        Assert.True(start.Toxicity!.Rank > 0.95, $"F {start.Toxicity.Rank}");
        Assert.True(start.Forecast.Multiplier > 1.2, $"m {start.Forecast.Multiplier}");
    }

    [Fact]
    public void Imbalance_of_avalanche_is_extreme_a_quarter_of_an_hour_before_its_crash()
    {
        List<FlowReading> path = Path(
            "binance_coinm_avaxusd_perp_trades_2025-10-10_20h-24h.csv.gz@10USD", "AVAX", "20:30", "21:15");
        Assert.True(path[2].Score!.Value.Value < -5d, $"z {path[2].Score}"); // 21:00 at 24.97; 21:20 at 9.64
        Assert.Equal(Parameters.MultiplierMaximum, path[2].Forecast.Multiplier);
    }

    [Theory]
    [InlineData("btc", 1.2)]
    [InlineData("eth", 1.1)]
    public void Taker_volumes_of_2026_raise_the_multiplier_in_the_crash(string asset, double raised)
    {
        FlowObservations flow = RecordedFlow.Of(
            asset.ToUpperInvariant(), [$"spot_{asset}usdt_1h_taker_2026-01_2026-03.csv.gz"], []);
        Timestamp from = Timestamp.Parse("2026-02-05T00:00:00Z");
        Timestamp until = Timestamp.Parse("2026-02-06T03:00:00Z");
        FlowToxicity takers = FlowToxicity.OfTakers(FlowIntervals.EntriesOf(flow.Bars[0].Bars), Parameters)!;
        List<(Timestamp At, double Multiplier)> path = [];
        output.WriteLine("| time | price | VPIN by takers | VPIN | F | z | m_flow | drift |");
        foreach (FlowBar bar in flow.Bars[0].Bars)
        {
            bool isCrash = bar.At >= from && bar.At <= until;
            if (!isCrash && bar.At.UnixMilliseconds / Timestamp.HourMilliseconds % 5 != 0)
            {
                continue;
            }

            FlowReading reading = RecordedFlow.Read(flow, bar.At, bar.CloseUsd);
            path.Add((bar.At, reading.Forecast.Multiplier));
            if (isCrash)
            {
                double byTakers = takers.Path[takers.Times.IndexOf(bar.At)];
                Print(string.Create(
                    CultureInfo.InvariantCulture, $"{bar.At} | {bar.CloseUsd:0.00} | {byTakers:0.000}"), reading);
            }
        }

        Summarise(path);
        Assert.All(path, own => Assert.InRange(own.Multiplier, 1d, Parameters.MultiplierMaximum));
        Assert.True(path.Single(own => own.At == Timestamp.Parse("2026-02-05T21:00:00Z")).Multiplier > raised);
        Assert.True(path.Count(own => own.Multiplier > 1d) < path.Count / 4); // and most hours nothing
    }

    private List<FlowReading> Path(string file, string asset, string from, string until)
    {
        FlowObservations flow = RecordedFlow.Of(asset, [file], []);
        Timestamp last = Timestamp.Parse($"2025-10-10T{until}:00Z");
        List<FlowReading> path = [];
        output.WriteLine($"{file}\n| time | price | VPIN | F | z | m_flow | drift |");
        for (Timestamp at = Timestamp.Parse($"2025-10-10T{from}:00Z"); at <= last; at = at.AddMilliseconds(900_000))
        {
            double price = flow.Trades.Last(trade => trade.At <= at).PriceUsd;
            path.Add(RecordedFlow.Read(flow, at, price));
            Print(string.Create(CultureInfo.InvariantCulture, $"{at} | {price:0.00}"), path[^1]);
        }

        return path;
    }

    private void Summarise(List<(Timestamp At, double Multiplier)> path)
    {
        double[] all = [.. path.Select(own => own.Multiplier).Order()];
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{all.Length} hours: mean {all.Average():0.000}, above one in {all.Count(own => own > 1)}, "
                + $"90 % {all[9 * all.Length / 10]:0.000}, greatest {all[^1]:0.000}, "
                + $"hours at cap {all.Count(own => own >= Parameters.MultiplierMaximum)}"));
    }

    private PriceImpact Impact(
        string name, System.Collections.Immutable.ImmutableArray<FlowEntry> entries, Timestamp end, double depth)
    {
        PriceImpact impact = FlowDepth.Impact(FlowIntervals.Of(entries, end, 10_000, int.MaxValue), depth);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: beta {impact.Beta:0.000} USD, D {impact.Depth:0.000} BTC, R2 {impact.Determination:0.000}, "
                + $"a {impact.Persistence:0.000}"));
        return impact;
    }

    // Windows of a minute, intervals of two seconds: what 344 s allow.
    private void Exponent(
        System.Collections.Immutable.ImmutableArray<FlowEntry> entries, OrderBook book, Timestamp end)
    {
        List<double> betas = [];
        List<double> depths = [];
        for (int minute = 0; minute < 5; minute++)
        {
            Timestamp until = end.AddMilliseconds(-60_000 * minute);
            BestQuotes[] quotes = [.. book.Visible
                .Where(state => state.At <= until && until.MillisecondsSince(state.At) < 60_000)
                .Select(state => state.Best!.Value)];
            double depth = quotes.Average(best => (best.BidQuantity + best.AskQuantity) / 2);
            PriceImpact impact = FlowDepth.Impact(FlowIntervals.Of(entries, until, 2_000, 31), depth);
            if (impact.Beta > 0)
            {
                betas.Add(impact.Beta / depth);
                depths.Add(depth);
            }
        }

        (double exponent, double constant) = PriceImpact.DepthExponent(betas.ToArray(), depths.ToArray());
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"beta = c/D^lambda over {betas.Count} minutes: lambda {exponent:0.00}, c {Math.Exp(constant):0.00}; "
                + $"D {depths.Min():0.00} to {depths.Max():0.00}"));
    }

    private static System.Collections.Immutable.ImmutableArray<FlowEntry> Entries(
        OrderBook book, bool isRested, int levels) => FlowIntervals.EntriesOf(
            book with
            {
                Rested = [.. (isRested ? book.Rested : book.Visible).Select(state => state with
            {
                Bids = [.. state.Bids.Take(levels)],
                Asks = [.. state.Asks.Take(levels)],
            })]
            }, Parameters.LevelDecay);

    private void Print(string name, FlowReading reading) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {reading.Toxicity?.Vpin:0.000} | {reading.Toxicity?.Rank:0.000} | {reading.Score?.Value:0.00} | "
            + $"{reading.Forecast.Multiplier:0.000} | {10_000 * reading.Forecast.DriftFraction:0.00} bp |"));
}
