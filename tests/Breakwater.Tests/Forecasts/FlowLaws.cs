using System.Collections.Immutable;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Tests.Markets;
using FsCheck;
using FsCheck.Fluent;

namespace Breakwater.Tests.Forecasts;

/// <summary>Laws of order flow (METHODOLOGY 4.6, 12 rows 2 and 7; RELIABILITY M13).</summary>
public sealed class FlowLaws
{
    private const double Rounding = 1e-9; // sums of a few hundred doubles of size one
    private const int Hours = 24 * 30;
    private const double ScoreMaximum = 0.1; // at 0.10 per deviation: 1 % of margin (METHODOLOGY 12, row 7)
    private const double ToxicityMaximum = 0.005; // what its rank makes of it: docs/methodology/order-flow.md

    private static readonly FlowParameters Parameters = RecordedFlow.Parameters;
    private static readonly Timestamp End = Timestamp.Parse("2024-03-01T00:00:00Z");

    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();

    [Fact]
    public void Mirroring_the_book_turns_the_sign_of_imbalance() => Prop.ForAll(Seeds, seed =>
    {
        BestQuotes[] states = Quotes(new Random(seed), 40);
        BestQuotes[] mirrored = [.. states.Select(state => new BestQuotes(
            -state.AskUsd, state.AskQuantity, -state.BidUsd, state.BidQuantity))];
        Assert.Equal(
            OrderFlowImbalance.Events(states).Select(own => -own), OrderFlowImbalance.Events(mirrored));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Changes_of_bid_and_ask_add_up() => Prop.ForAll(Seeds, seed =>
    {
        BestQuotes[] states = Quotes(new Random(seed), 2);
        BestQuotes bidOnly = states[0] with { BidUsd = states[1].BidUsd, BidQuantity = states[1].BidQuantity };
        Assert.Equal(
            OrderFlowImbalance.Event(states[0], states[1]),
            OrderFlowImbalance.Event(states[0], bidOnly) + OrderFlowImbalance.Event(bidOnly, states[1]), Rounding);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void One_level_of_the_multi_level_imbalance_is_that_of_the_best_quotes() => Prop.ForAll(Seeds, seed =>
    {
        BestQuotes[] states = Quotes(new Random(seed), 2);
        Assert.Equal(
            OrderFlowImbalance.Event(states[0], states[1]),
            OrderFlowImbalance.MultiLevel(State(states[0]), State(states[1]), Parameters.LevelDecay), Rounding);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void INV_M13_The_multiplier_stays_between_one_and_its_cap_and_rises_with_each_reading() =>
        Prop.ForAll(Seeds, seed =>
        {
            Random random = new(seed);
            double z = 20 * (random.NextDouble() - 0.5);
            double rank = random.NextDouble();
            double multiplier = FlowRules.Multiplier(z, rank, Parameters);
            Assert.InRange(multiplier, 1d, Parameters.MultiplierMaximum);
            Assert.Equal(multiplier, FlowRules.Multiplier(-z, rank, Parameters));
            Assert.True(FlowRules.Multiplier(z * (1 + random.NextDouble()), rank, Parameters) >= multiplier);
            Assert.True(FlowRules.Multiplier(z, Math.Min(1, rank + 0.1), Parameters) >= multiplier);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 0.5, 1)]
    [InlineData(-3, 0.9, 1.1)]
    [InlineData(2, 0.95, 1.15)]
    [InlineData(2.5, 1, 1.35)]
    [InlineData(9, 0, 1.35)]
    public void The_multiplier_is_the_formula_of_the_methodology(double z, double rank, double expected) =>
        Assert.Equal(expected, FlowRules.Multiplier(z, rank, Parameters), Rounding);

    [Fact]
    public void INV_M13_Any_flow_of_anyone_moves_the_multiplier_within_one_and_its_cap() => Prop.ForAll(Seeds, seed =>
    {
        Random random = new(seed);
        FlowObservations flow = Bars(random);
        (FlowBarSeries series, double scale) = (flow.Bars[0], Math.Pow(10, 8 * (random.NextDouble() - 0.3)));
        int from = random.Next(series.Bars.Length);
        ImmutableArray<FlowBar> pushed =
        [
            .. series.Bars.Select((bar, hour) => hour < from ? bar : bar with
            {
                BuyQuantity = bar.BuyQuantity + scale,
                Quantity = bar.Quantity + scale,
            }),
        ];
        FlowReading reading = Read(flow with { Bars = [series with { Bars = pushed }] });
        Assert.InRange(reading.Forecast.Multiplier, 1d, Parameters.MultiplierMaximum);
        Assert.True(double.IsFinite(reading.Forecast.DriftFraction));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void INV_M13_Washed_volume_that_moves_no_price_does_not_raise_toxicity() => Prop.ForAll(Seeds, seed =>
    {
        FlowObservations flow = Bars(new Random(seed));
        FlowBarSeries series = flow.Bars[0];
        ImmutableArray<FlowBar> washed = series.Bars.SetItem(series.Bars.Length - 1, series.Bars[^1] with
        {
            CloseUsd = series.Bars[^2].CloseUsd,
            BuyQuantity = 1e6,
            Quantity = 1e6,
        });
        FlowReading reading = Read(flow with { Bars = [series with { Bars = washed }] });
        Assert.True(reading.Toxicity!.Vpin < 0.05, $"VPIN {reading.Toxicity.Vpin}");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void One_print_of_any_size_and_price_moves_score_and_toxicity_little()
    {
        for (int seed = 0; seed < 4; seed++)
        {
            Random random = new(seed);
            FlowObservations flow = Tape(random, seed % 3 * 0.15);
            FlowReading honest = Read(flow);
            foreach (double size in (double[])[10, 1e7])
            {
                int at = flow.Trades.Length - 1 - random.Next(400);
                double price = flow.Trades[at].PriceUsd * (random.Next(2) == 0 ? 0.5 : 2);
                FlowReading spoofed = Read(flow with
                {
                    Trades = flow.Trades.Insert(at, new Trade(flow.Trades[at].At, price, size, size > 100)),
                });
                double moved = spoofed.Score!.Value.Value - honest.Score!.Value.Value;
                Assert.InRange(moved, -ScoreMaximum, ScoreMaximum);
                double rise = spoofed.Toxicity!.Vpin - honest.Toxicity!.Vpin;
                Assert.InRange(rise, -ToxicityMaximum, ToxicityMaximum);
            }
        }
    }

    [Fact]
    public void Flow_below_a_fifth_of_the_median_volume_is_neutral() => Prop.ForAll(Seeds, seed =>
    {
        FlowObservations flow = Bars(new Random(seed));
        FlowBarSeries series = flow.Bars[0];
        FlowBar thin = series.Bars[^1] with { BuyQuantity = 9, Quantity = 9 };
        FlowReading reading = Read(flow with
        {
            Bars = [series with { Bars = series.Bars.SetItem(series.Bars.Length - 1, thin) }],
        });
        Assert.Equal(FlowForecast.Neutral, reading.Forecast);
        Assert.Contains(reading.Findings, finding => finding.Message.Contains("neutral", StringComparison.Ordinal));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_quote_that_lives_less_than_five_seconds_changes_no_reading()
    {
        FlowObservations flow = RecordedFlow.Book;
        Timestamp end = flow.Book[^1].At;
        BookFrame frame = flow.Book[^60];
        BookFrame gone = flow.Book[^30];
        BookChange lure = new(true, 61_659.65, 5_000); // far larger than anything in the book, just behind the best
        FlowReading honest = RecordedFlow.Read(flow, end, 61_659.75);
        FlowReading spoofed = RecordedFlow.Read(flow with
        {
            Book = flow.Book
                .Replace(frame, frame with { Changes = frame.Changes.Add(lure) })
                .Replace(gone, gone with { Changes = gone.Changes.Add(lure with { Quantity = 0 }) }),
        }, end, 61_659.75);
        Assert.Equal(honest.Forecast, spoofed.Forecast);
        Assert.Equal(honest.Score, spoofed.Score);
        Assert.Equal(honest.Impact, spoofed.Impact);
    }

    [Fact]
    public void One_resting_quote_of_any_size_moves_the_multiplier_by_less_than_one_per_cent()
    {
        FlowObservations flow = RecordedFlow.Book;
        Timestamp end = flow.Book[^1].At;
        BookFrame frame = flow.Book[^250]; // some 13 s before the end
        FlowReading honest = RecordedFlow.Read(flow, end, 61_659.75);
        FlowReading spoofed = RecordedFlow.Read(flow with
        {
            Book = flow.Book.Replace(frame, frame with
            {
                Changes = frame.Changes.Add(new BookChange(true, 61_659.65, 5_000)),
            }),
        }, end, 61_659.75);
        Assert.InRange(spoofed.Forecast.Multiplier - honest.Forecast.Multiplier, -0.01, 0.01);
        Assert.InRange(spoofed.Score!.Value.Value - honest.Score!.Value.Value, -0.5, 0.5); // 5,000 BTC against some 4
        Assert.InRange(spoofed.Forecast.DriftFraction - honest.Forecast.DriftFraction, -1e-4, 1e-4);
    }

    [Fact]
    public void Nothing_later_than_the_snapshot_is_read()
    {
        FlowObservations flow = Bars(new Random(3));
        FlowBar later = new(End.AddMilliseconds(Timestamp.HourMilliseconds), 1, 1e6, 1e6);
        FlowBarSeries longer = flow.Bars[0] with { Bars = flow.Bars[0].Bars.Add(later) };
        Assert.Equal(Read(flow).Forecast, Read(flow with { Bars = [longer] }).Forecast);
    }

    [Fact]
    public void No_flow_is_neutral_with_a_finding()
    {
        FlowReading reading = Read(FlowObservations.None);
        Assert.Equal(FlowForecast.Neutral, reading.Forecast);
        Assert.Equal(FindingKind.MissingInput, Assert.Single(reading.Findings).Kind);
    }

    [Fact]
    public void Toxicity_of_one_sided_volume_is_one_and_of_balanced_volume_nought()
    {
        SplitVolume[] bought = [.. Enumerable.Repeat(new SplitVolume(7, 7), 100)];
        SplitVolume[] balanced = [.. Enumerable.Repeat(new SplitVolume(3.5, 7), 100)];
        Assert.Equal(1d, Vpin.Path(bought, 5, 50, 50)[^1], Rounding);
        Assert.Equal(0d, Vpin.Path(balanced, 5, 50, 50)[^1], Rounding);
        Assert.Equal(-1d, Vpin.Path(bought, 5, 50, 50)[10]);
    }

    [Fact]
    public void Toxicity_does_not_depend_on_how_a_bar_is_cut() => Prop.ForAll(Seeds, seed =>
    {
        Random random = new(seed);
        SplitVolume[] whole = [.. Enumerable.Range(0, 80).Select(_ =>
        {
            double quantity = 10 * random.NextDouble();
            return new SplitVolume(quantity * random.NextDouble(), quantity);
        })];
        SplitVolume[] cut = [.. whole.SelectMany(bar =>
            Enumerable.Repeat(new SplitVolume(bar.Buys / 4, bar.Quantity / 4), 4))];
        Assert.Equal(Vpin.Path(whole, 6, 20, 5)[^1], Vpin.Path(cut, 6, 20, 5)[^1], 1e-6);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_linear_market_gives_back_its_impact_and_depth_exponent()
    {
        double[] flow = [1, -2, 3, 0.5, -1];
        PriceImpact impact = PriceImpact.Of(flow, [.. flow.Select(own => 0.1 * own)], 20);
        Assert.Equal(2d, impact.Beta, Rounding);
        Assert.Equal(1d, impact.Determination, Rounding);
        double[] depths = [1, 2, 5, 9];
        (double exponent, double constant) = PriceImpact.DepthExponent([.. depths.Select(own => 3 / own)], depths);
        Assert.Equal(1d, exponent, Rounding);
        Assert.Equal(Math.Log(3), constant, Rounding);
    }

    [Fact]
    public void The_drift_has_the_sign_of_the_flow_and_vanishes_without_memory()
    {
        PriceImpact impact = new(2, 20, 0.5, 1);
        Assert.Equal(0.5 * 2 * (10d / 20) / 100 * 0.5, FlowRules.Drift(10, impact, 100, Parameters), Rounding);
        Assert.Equal(-FlowRules.Drift(10, impact, 100, Parameters), FlowRules.Drift(-10, impact, 100, Parameters));
        Assert.Equal(0d, FlowRules.Drift(10, impact with { Persistence = 0 }, 100, Parameters));
    }

    private static FlowReading Read(FlowObservations flow) => RecordedFlow.Read(flow, End, 100);

    private static FlowObservations Bars(Random random)
    {
        FlowBar[] bars = new FlowBar[Hours];
        double price = 100;
        for (int hour = 0; hour < Hours; hour++)
        {
            double quantity = 100 * (0.5 + random.NextDouble());
            price *= 1 + (0.01 * (random.NextDouble() - 0.5));
            bars[hour] = new FlowBar(
                End.AddMilliseconds((hour + 1 - Hours) * Timestamp.HourMilliseconds), price,
                quantity * (0.4 + (0.2 * random.NextDouble())), quantity);
        }

        return FlowObservations.None with
        {
            Bars = [new FlowBarSeries("drawn", Timestamp.HourMilliseconds, [.. bars])],
        };
    }

    // Two days of a trade every 20 s; the last hour leans to one side, so that the multiplier is above one.
    private static FlowObservations Tape(Random random, double tilt)
    {
        const int Count = 2 * 24 * 180;
        Trade[] trades = new Trade[Count];
        double price = 100;
        for (int trade = 0; trade < Count; trade++)
        {
            double lean = trade > Count - 180 ? tilt : 0;
            bool isBuy = random.NextDouble() < 0.5 + (lean / 2);
            price *= 1 + (0.0002 * (random.NextDouble() - 0.5 + (lean / 2)));
            trades[trade] = new Trade(
                End.AddMilliseconds((trade + 1 - Count) * 20_000L), price, 0.2 + random.NextDouble(), isBuy);
        }

        return FlowObservations.None with { Trades = [.. trades] };
    }

    private static BestQuotes[] Quotes(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ =>
        {
            int bid = 100 + random.Next(3);
            return new BestQuotes(bid, 1 + random.Next(9), bid + 1 + random.Next(2), 1 + random.Next(9));
        })];

    private static BookState State(in BestQuotes best) => new(
        End, 1, [new BookLevel(best.BidUsd, best.BidQuantity)], [new BookLevel(best.AskUsd, best.AskQuantity)]);
}
