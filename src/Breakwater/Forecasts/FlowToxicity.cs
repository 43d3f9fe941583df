using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;

namespace Breakwater.Forecasts;

/// <summary>VPIN now, and where it stands among its own past values.</summary>
/// <param name="Vpin">Mean one-sidedness of the last volume buckets; in [0, 1].</param>
/// <param name="Rank">F(VPIN): share of the past values below it; in [0, 1].</param>
/// <param name="Path">VPIN at the end of every bar; −1 where there is no value yet.</param>
/// <param name="Times">Ends of the bars.</param>
public sealed record FlowToxicity(
    double Vpin, double Rank, ImmutableArray<double> Path, ImmutableArray<Timestamp> Times)
{
    private const long MinuteMilliseconds = 60_000; // Easley et al. (2012) classify one-minute bars

    // A bar's price is the median of its prints, or of the last so many: one print moves it by one rank of them.
    private const int PrintsMin = 51;

    private const double LowerQuantile = 0.158655253931457; // Φ(−1): half the distance to Φ(1) is one deviation

    /// <summary>From bars by bulk classification: a bar's volume is split by how far its close moved.</summary>
    /// <param name="bars">Bars in time.</param>
    /// <param name="parameters">Buckets and windows.</param>
    /// <returns><c>null</c> where there is too little volume to fill the buckets.</returns>
    public static FlowToxicity? OfBars(ImmutableArray<FlowEntry> bars, FlowParameters parameters) => Bulk(
        [.. bars.Select(bar => bar.PriceUsd)], [.. bars.Select(bar => bar.Quantity)],
        [.. bars.Select(bar => bar.At)], parameters);

    /// <summary>From bars by the side that took liquidity, as the venue states it: for comparison.</summary>
    /// <param name="bars">Bars in time.</param>
    /// <param name="parameters">Buckets and windows.</param>
    /// <returns><c>null</c> where there is too little volume to fill the buckets.</returns>
    public static FlowToxicity? OfTakers(ImmutableArray<FlowEntry> bars, FlowParameters parameters) => Of(
        [.. bars.Select(bar => new SplitVolume((bar.Quantity + bar.Imbalance) / 2d, bar.Quantity))],
        [.. bars.Select(bar => bar.At)], parameters);

    /// <summary>From trades, by bulk classification of one-minute bars: a bar's volume is split by how far its median
    /// price moved, so that volume which moves no price, washed or not, is no sign of anything.</summary>
    /// <param name="trades">Trades in time.</param>
    /// <param name="end">End of the last bar.</param>
    /// <param name="parameters">Buckets and windows.</param>
    /// <returns><c>null</c> where there is too little volume to fill the buckets.</returns>
    public static FlowToxicity? OfTrades(
        ImmutableArray<FlowEntry> trades, Timestamp end, FlowParameters parameters)
    {
        List<Timestamp> times = [];
        List<double> prices = [];
        List<double> quantities = [];
        for (int next = 0; next < trades.Length && trades[next].At <= end;)
        {
            long back = end.MillisecondsSince(trades[next].At) / MinuteMilliseconds;
            Timestamp until = end.AddMilliseconds(-back * MinuteMilliseconds);
            int first = next;
            double quantity = 0d;
            for (; next < trades.Length && trades[next].At <= until; next++)
            {
                quantity += trades[next].Quantity;
            }

            times.Add(until);
            prices.Add(SampleMedian.Of(
                [.. trades.AsSpan()[Math.Max(0, Math.Min(first, next - PrintsMin))..next].ToArray()
                    .Select(own => own.PriceUsd)]));
            quantities.Add(quantity);
        }

        return Bulk([.. prices], [.. quantities], [.. times], parameters);
    }

    private static FlowToxicity? Bulk(
        double[] prices, double[] quantities, ImmutableArray<Timestamp> times, FlowParameters parameters)
    {
        double[] changes = [.. prices.Select((price, bar) => bar == 0 ? 0d : price - prices[bar - 1])];
        double deviation = Deviation(changes);
        return Of(
            [.. changes.Select((change, bar) => new SplitVolume(
                Forecasts.Vpin.BuyShare(change, deviation) * quantities[bar], quantities[bar]))],
            times, parameters);
    }

    private static FlowToxicity? Of(
        ImmutableArray<SplitVolume> bars, ImmutableArray<Timestamp> times, FlowParameters parameters)
    {
        double daily = DailyVolume(bars, times, parameters.ToxicityWindowDays);
        if (daily <= 0d)
        {
            return null;
        }

        int countMinimum = Math.Min(parameters.BucketCount, parameters.ObservationsMinimum);
        ImmutableArray<double> path = Forecasts.Vpin.Path(
            bars.AsSpan(), daily / parameters.BucketsPerDay, parameters.BucketCount, countMinimum);
        long window = (long)(parameters.ToxicityWindowDays * Timestamp.DayMilliseconds);
        double[] past = [.. Enumerable.Range(0, path.Length - 1)
            .Where(bar => path[bar] >= 0d && times[^1].MillisecondsSince(times[bar]) <= window)
            .Select(bar => path[bar])];
        return path[^1] >= 0d && past.Length >= parameters.ObservationsMinimum
            ? new FlowToxicity(path[^1], FlowRules.Rank(past, path[^1]), path, times)
            : null;
    }

    // Median over the days that end with the last bar; a tape shorter than a day counts as one.
    private static double DailyVolume(
        ImmutableArray<SplitVolume> bars, ImmutableArray<Timestamp> times, double windowDays)
    {
        if (bars.Length < 2)
        {
            return 0d;
        }

        long span = times[^1].MillisecondsSince(times[0]);
        double[] days = new double[(int)Math.Clamp(span / Timestamp.DayMilliseconds, 1L, (long)windowDays)];
        for (int bar = 0; bar < bars.Length; bar++)
        {
            long day = times[^1].MillisecondsSince(times[bar]) / Timestamp.DayMilliseconds;
            if (day < days.Length)
            {
                days[day] += bars[bar].Quantity;
            }
        }

        return SampleMedian.Of(days);
    }

    // Half the distance between the 16 % and 84 % quantiles: one wild print cannot widen it. A tape that stands still
    // for most minutes has none; then the root mean square serves.
    private static double Deviation(double[] changes)
    {
        double[] sorted = [.. changes];
        Array.Sort(sorted);
        if (sorted.Length == 0)
        {
            return 0d;
        }

        int cut = (int)(LowerQuantile * (sorted.Length - 1));
        double half = (sorted[^(cut + 1)] - sorted[cut]) / 2d;
        return half > 0d ? half : Math.Sqrt(sorted.Sum(change => change * change) / sorted.Length);
    }
}
