using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Forecasts;

/// <summary>Order flow of one interval of time.</summary>
/// <param name="At">End of the interval.</param>
/// <param name="Imbalance">OFI, or bought minus sold volume: units of underlying.</param>
/// <param name="Quantity">Volume traded, or size that came and went in the book; units, ≥ 0.</param>
/// <param name="PriceUsd">Last price or mid known at its end, USD.</param>
public readonly record struct FlowInterval(Timestamp At, double Imbalance, double Quantity, double PriceUsd);

/// <summary>One entry of a tape: a trade, a bar of trades, or a change of a book.</summary>
/// <param name="At">When it was known.</param>
/// <param name="Imbalance">Signed units of underlying.</param>
/// <param name="Quantity">Units of underlying, ≥ |imbalance| of trades.</param>
/// <param name="PriceUsd">Price or mid after it, USD; &gt; 0.</param>
public readonly record struct FlowEntry(Timestamp At, double Imbalance, double Quantity, double PriceUsd);

/// <summary>Aggregates a tape over equal intervals that end at one instant.</summary>
public static class FlowIntervals
{
    private const double NormalToMad = 1.4826; // 1/Φ⁻¹(¾): median absolute deviation of a normal law (Hampel 1974)

    /// <summary>Entries of trades.</summary>
    public static ImmutableArray<FlowEntry> EntriesOf(ImmutableArray<Trade> trades) =>
        [.. trades.Select(trade => new FlowEntry(
            trade.At, trade.IsBuy ? trade.Quantity : -trade.Quantity, trade.Quantity, trade.PriceUsd))];

    /// <summary>Entries of bars.</summary>
    public static ImmutableArray<FlowEntry> EntriesOf(ImmutableArray<FlowBar> bars) =>
        [.. bars.Select(bar => new FlowEntry(bar.At, bar.SignedQuantity, bar.Quantity, bar.CloseUsd))];

    /// <summary>Entries of a book: multi-level OFI of rested depth from state to state, mids of what was visible.
    /// </summary>
    /// <param name="book">The rebuilt book.</param>
    /// <param name="levelDecay">Weight of a level is e^(−decay·level); ≥ 0.</param>
    public static ImmutableArray<FlowEntry> EntriesOf(OrderBook book, double levelDecay)
    {
        ImmutableArray<FlowEntry>.Builder entries = ImmutableArray.CreateBuilder<FlowEntry>();
        for (int state = 1; state < book.Rested.Length; state++)
        {
            BookState before = book.Rested[state - 1];
            BookState after = book.Rested[state];
            if (before.Best is not null && after.Best is not null && book.Visible[state].Best is { } best)
            {
                double imbalance = OrderFlowImbalance.MultiLevel(before, after, levelDecay);
                entries.Add(new FlowEntry(after.At, imbalance, Math.Abs(imbalance), best.MidUsd));
            }
        }

        return entries.ToImmutable();
    }

    /// <summary>Sums over the whole intervals (end − (k + 1)·length, end − k·length] that the tape covers.</summary>
    /// <param name="entries">[n] entries, not falling in time; later ones than the end are left out.</param>
    /// <param name="end">End of the last interval.</param>
    /// <param name="lengthMilliseconds">Length of an interval, milliseconds; &gt; 0.</param>
    /// <param name="countMaximum">Intervals at most, the newest ones.</param>
    /// <returns>Intervals in time; one without entries holds zeros and the price before it.</returns>
    public static ImmutableArray<FlowInterval> Of(
        ImmutableArray<FlowEntry> entries, Timestamp end, long lengthMilliseconds, int countMaximum)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lengthMilliseconds);
        if (entries.IsEmpty || entries[0].At >= end)
        {
            return [];
        }

        long whole = end.MillisecondsSince(entries[0].At) / lengthMilliseconds;
        int count = (int)Math.Min(whole, countMaximum);
        Timestamp start = end.AddMilliseconds(-count * lengthMilliseconds);
        FlowInterval[] intervals = new FlowInterval[count];
        double price = entries[0].PriceUsd;
        int next = 0;
        for (; next < entries.Length && entries[next].At <= start; next++)
        {
            price = entries[next].PriceUsd;
        }

        for (int interval = 0; interval < count; interval++)
        {
            Timestamp until = start.AddMilliseconds((interval + 1) * lengthMilliseconds);
            double imbalance = 0d;
            double quantity = 0d;
            for (; next < entries.Length && entries[next].At <= until; next++)
            {
                imbalance += entries[next].Imbalance;
                quantity += entries[next].Quantity;
                price = entries[next].PriceUsd;
            }

            intervals[interval] = new FlowInterval(until, imbalance, quantity, price);
        }

        return [.. intervals];
    }

    /// <summary>Entries of which none counts more than a share of the usual imbalance of an interval.</summary>
    /// <param name="entries">The tape.</param>
    /// <param name="intervals">Its intervals.</param>
    /// <param name="share">Most that one entry counts, in deviations of an interval's imbalance; &gt; 0.</param>
    /// <returns>The tape with sizes cut; empty if the usual imbalance is zero: a tape too thin to say anything.
    /// </returns>
    public static ImmutableArray<FlowEntry> Capped(
        ImmutableArray<FlowEntry> entries, ImmutableArray<FlowInterval> intervals, double share)
    {
        double most = share * Scale(intervals);
        if (most <= 0d)
        {
            return [];
        }

        return
        [
            .. entries.Select(entry => entry.Quantity <= most ? entry : entry with
            {
                Imbalance = entry.Imbalance * most / entry.Quantity,
                Quantity = most,
            }),
        ];
    }

    /// <summary>Deviation of the imbalance that one interval cannot move: from the median absolute deviation.</summary>
    private static double Scale(ImmutableArray<FlowInterval> intervals)
    {
        if (intervals.IsEmpty)
        {
            return 0d;
        }

        double median = SampleMedian.Of([.. intervals.Select(interval => interval.Imbalance)]);
        return NormalToMad * SampleMedian.Of(
            [.. intervals.Select(interval => Math.Abs(interval.Imbalance - median))]);
    }
}
