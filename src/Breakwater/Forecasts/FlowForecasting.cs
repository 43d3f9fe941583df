using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;

namespace Breakwater.Forecasts;

/// <summary>What the order flow of one underlying shows, and what it adds.</summary>
/// <param name="Forecast">What it adds.</param>
/// <param name="Score">z of the imbalance; <c>null</c> where there is too little flow.</param>
/// <param name="Toxicity">VPIN and its rank; <c>null</c> likewise.</param>
/// <param name="Impact">How imbalance moves the price.</param>
/// <param name="Findings">What was missing, thin or old.</param>
public sealed record FlowReading(
    FlowForecast Forecast,
    FlowScore? Score,
    FlowToxicity? Toxicity,
    PriceImpact Impact,
    ImmutableArray<Finding> Findings);

/// <summary>Forecasts from order flow (METHODOLOGY 4.6): only executed volume, or depth that has rested, counts.
/// </summary>
public static class FlowForecasting
{
    private const double SecondMilliseconds = 1000d;

    // An interval that began more than two lengths before the snapshot says nothing about now.
    private const int AgeIntervalsMax = 2;

    // A book is a price too: older than a minute it is stale (METHODOLOGY 2.4).
    private const long BookAgeMilliseconds = 60_000;

    // One entry moves the expected drift by no more than half the impact of one usual interval, some 0.01 % of the
    // price over 10 s, against margins of several per cent (METHODOLOGY 12, row 7).
    private const double ImpactShareMaximum = 1d;

    /// <summary>Reads the order flow of one underlying.</summary>
    /// <param name="market">The market; flow later than its own snapshot is not read.</param>
    /// <param name="parameters">Windows, slopes, caps and guards.</param>
    public static FlowReading Read(UnderlyingMarket market, FlowParameters parameters)
    {
        FlowObservations flow = market.Flow.Until(market.At);
        Reader reader = new(market, flow, parameters);
        return flow.IsEmpty
            ? reader.Neutral("no order flow: it adds nothing")
            : reader.Read();
    }

    private sealed class Reader(UnderlyingMarket market, FlowObservations flow, FlowParameters parameters)
    {
        private readonly List<Finding> _findings = [];

        private long ScoreMilliseconds => (long)(parameters.ScoreHours * Timestamp.HourMilliseconds);

        private long IntervalMilliseconds => (long)(parameters.IntervalSeconds * SecondMilliseconds);

        internal FlowReading Neutral(string reason)
        {
            Note(FindingKind.MissingInput, reason);
            return new FlowReading(FlowForecast.Neutral, null, null, PriceImpact.None, [.. _findings]);
        }

        internal FlowReading Read()
        {
            ImmutableArray<FlowEntry> bars = Bars();
            ImmutableArray<FlowEntry> trades = FlowIntervals.EntriesOf(flow.Trades);
            ImmutableArray<FlowEntry> book = Book(out double depth);
            FlowScore? score = ScoreOf(bars, trades, book);
            FlowToxicity? toxicity = bars.IsEmpty
                ? FlowToxicity.OfTrades(
                    Capped(trades, Length(trades), parameters.PrintShareMaximum), market.At, parameters)
                : FlowToxicity.OfBars(bars, parameters);
            (PriceImpact impact, double imbalance) = ImpactOf(bars, trades, book, depth);
            if (score is null)
            {
                Note(FindingKind.MissingInput, "too little order flow to score its imbalance: it adds nothing");
            }

            if (toxicity is null)
            {
                Note(FindingKind.MissingInput, "too little volume for VPIN: it adds nothing");
            }

            if (score is { } thin && thin.VolumeShare < parameters.VolumeShareMinimum)
            {
                Note(FindingKind.MissingInput, string.Create(
                    CultureInfo.InvariantCulture,
                    $"the last interval traded {thin.VolumeShare:0.00} of the median volume: order flow is neutral"));
                return new FlowReading(FlowForecast.Neutral, score, toxicity, impact, [.. _findings]);
            }

            FlowForecast forecast = new(
                FlowRules.Multiplier(score?.Value ?? 0d, toxicity?.Rank ?? 0d, parameters),
                FlowRules.Drift(imbalance, impact, market.IndexUsd, parameters));
            return new FlowReading(forecast, score, toxicity, impact, [.. _findings]);
        }

        // Bars of every source up to the length that is scored, joined; the later argument wins.
        private ImmutableArray<FlowEntry> Bars()
        {
            SortedDictionary<Timestamp, FlowBar> joined = [];
            foreach (FlowBarSeries series in flow.Bars)
            {
                if (series.BarMilliseconds > ScoreMilliseconds)
                {
                    Note(FindingKind.AbsurdValue, $"{series.Source}: bars longer than the interval scored: not used");
                    continue;
                }

                foreach (FlowBar bar in series.Bars)
                {
                    joined[bar.At] = bar;
                }
            }

            if (joined.Count == 0)
            {
                return [];
            }

            ImmutableArray<FlowEntry> entries = FlowIntervals.EntriesOf([.. joined.Values]);
            bool isOld = market.At.MillisecondsSince(entries[^1].At) > AgeIntervalsMax * ScoreMilliseconds;
            if (isOld)
            {
                Note(FindingKind.StaleInput, $"executed volumes end at {entries[^1].At}: not used");
            }

            return isOld ? [] : entries;
        }

        private ImmutableArray<FlowEntry> Book(out double depth)
        {
            depth = 0d;
            if (flow.Book.IsEmpty)
            {
                return [];
            }

            OrderBook book = OrderBook.Rebuild(
                market.Asset.Name, flow, parameters.LevelCount, (long)(parameters.RestSeconds * SecondMilliseconds));
            _findings.AddRange(book.Findings);
            bool isOld = book.Visible.IsEmpty
                || market.At.MillisecondsSince(book.Visible[^1].At) > BookAgeMilliseconds;
            if (isOld)
            {
                Note(FindingKind.StaleInput, "no book of the last minute: its flow is not used");
                return [];
            }

            depth = FlowDepth.Of(book);
            return FlowIntervals.EntriesOf(book, parameters.LevelDecay);
        }

        private FlowScore? ScoreOf(
            ImmutableArray<FlowEntry> bars, ImmutableArray<FlowEntry> trades, ImmutableArray<FlowEntry> book)
        {
            int count = (int)(parameters.ScoreWindowDays * Timestamp.DayMilliseconds / ScoreMilliseconds) + 1;
            if (!bars.IsEmpty)
            {
                // An hour without a bar is a hole of the record, not an hour without trades.
                return FlowScore.Of(
                    [.. FlowIntervals.Of(bars, bars[^1].At, ScoreMilliseconds, count)
                        .Where(interval => interval.Quantity > 0d)],
                    parameters.ObservationsMinimum);
            }

            return ScoreOf(trades, count) ?? ScoreOf(book, count);
        }

        // The longest interval, the governed one or a half, a quarter … of it, of which the tape holds enough.
        private FlowScore? ScoreOf(ImmutableArray<FlowEntry> entries, int countMaximum)
        {
            long length = Length(entries);
            FlowScore? score = FlowScore.Of(
                FlowIntervals.Of(
                    Capped(entries, length, parameters.PrintShareMaximum), market.At, length, countMaximum),
                parameters.ObservationsMinimum);
            if (score is { } known && length < ScoreMilliseconds)
            {
                Note(FindingKind.ImpreciseEstimate, string.Create(
                    CultureInfo.InvariantCulture,
                    $"order flow is scored by {known.Count} intervals of {length / SecondMilliseconds:0.#} s only"));
            }

            return score;
        }

        private long Length(ImmutableArray<FlowEntry> entries)
        {
            long span = entries.IsEmpty ? 0L : market.At.MillisecondsSince(entries[0].At);
            long length = ScoreMilliseconds;
            while (span / length <= parameters.ObservationsMinimum && length > IntervalMilliseconds)
            {
                length = Math.Max(length / 2L, IntervalMilliseconds);
            }

            return length;
        }

        private (PriceImpact Impact, double Imbalance) ImpactOf(
            ImmutableArray<FlowEntry> bars, ImmutableArray<FlowEntry> trades, ImmutableArray<FlowEntry> book,
            double depth)
        {
            int count = (int)(parameters.ImpactWindowHours * Timestamp.HourMilliseconds / IntervalMilliseconds);
            ImmutableArray<FlowEntry> fine = book.IsEmpty ? trades : book;
            ImmutableArray<FlowInterval> intervals = FlowIntervals.Of(
                Capped(fine, IntervalMilliseconds, ImpactShareMaximum), market.At, IntervalMilliseconds, count);
            if (intervals.Length < parameters.ObservationsMinimum && !bars.IsEmpty)
            {
                // A day of hours is too few for a regression: the window of the score serves.
                intervals = FlowIntervals.Of(
                    bars, bars[^1].At, ScoreMilliseconds,
                    (int)(parameters.ScoreWindowDays * Timestamp.DayMilliseconds / ScoreMilliseconds));
                depth = 0d;
            }

            return intervals.Length < parameters.ObservationsMinimum
                ? (PriceImpact.None, 0d)
                : (FlowDepth.Impact(intervals, depth), intervals[^1].Imbalance);
        }

        private ImmutableArray<FlowEntry> Capped(
            ImmutableArray<FlowEntry> entries, long lengthMilliseconds, double share) => FlowIntervals.Capped(
                entries, FlowIntervals.Of(entries, market.At, lengthMilliseconds, int.MaxValue), share);

        private void Note(FindingKind kind, string message) =>
            _findings.Add(new Finding(kind, market.Asset.Name, message));
    }
}
