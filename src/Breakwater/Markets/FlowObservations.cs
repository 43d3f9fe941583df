using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Markets;

/// <summary>What was observed of one asset's order flow, as recorded; nothing later than the snapshot.</summary>
/// <param name="Bars">Executed volume by bar, in order of argument: where they overlap the later wins.</param>
/// <param name="Trades">Executed trades, not falling in time.</param>
/// <param name="Book">Frames of an order-book recording, in order of receipt.</param>
/// <param name="Quotes">Best quotes as the venue published them beside the book; they check it.</param>
public sealed record FlowObservations(
    ImmutableArray<FlowBarSeries> Bars,
    ImmutableArray<Trade> Trades,
    ImmutableArray<BookFrame> Book,
    ImmutableArray<QuoteFrame> Quotes)
{
    /// <summary>No flow was observed.</summary>
    public static FlowObservations None { get; } = new([], [], [], []);

    /// <summary>Whether nothing was observed.</summary>
    public bool IsEmpty => Bars.IsEmpty && Trades.IsEmpty && Book.IsEmpty;

    /// <summary>What of it was known at an instant.</summary>
    /// <param name="at">The instant.</param>
    public FlowObservations Until(Timestamp at) => new(
        [.. Bars.Select(series => series with { Bars = [.. series.Bars.Where(bar => bar.At <= at)] })],
        [.. Trades.Where(trade => trade.At <= at)],
        [.. Book.Where(frame => frame.At <= at)],
        [.. Quotes.Where(quote => quote.At <= at)]);
}

/// <summary>Executed volume of one source by bar.</summary>
/// <param name="Source">Name of the file or feed.</param>
/// <param name="BarMilliseconds">Length of a bar; &gt; 0.</param>
/// <param name="Bars">Bars, each at the time it closed, strictly rising.</param>
public sealed record FlowBarSeries(string Source, long BarMilliseconds, ImmutableArray<FlowBar> Bars);

/// <summary>Executed volume of one bar, by the side that took liquidity.</summary>
/// <param name="At">When the bar closed.</param>
/// <param name="CloseUsd">Last price, USD; finite, &gt; 0.</param>
/// <param name="BuyQuantity">Units of underlying bought by takers; in [0, <paramref name="Quantity"/>].</param>
/// <param name="Quantity">Units traded; finite, ≥ 0.</param>
public readonly record struct FlowBar(Timestamp At, double CloseUsd, double BuyQuantity, double Quantity)
{
    /// <summary>Units bought minus units sold by takers.</summary>
    public double SignedQuantity => (2d * BuyQuantity) - Quantity;
}

/// <summary>One executed trade.</summary>
/// <param name="At">When it was executed, rounded up to the millisecond.</param>
/// <param name="PriceUsd">Price, USD; finite, &gt; 0.</param>
/// <param name="Quantity">Units of underlying; finite, &gt; 0.</param>
/// <param name="IsBuy">Whether the taker bought.</param>
public readonly record struct Trade(Timestamp At, double PriceUsd, double Quantity, bool IsBuy);

/// <summary>One message of an order-book feed: a snapshot of the book, or changes to it.</summary>
/// <param name="At">When it became known; not falling from frame to frame.</param>
/// <param name="IsSnapshot">Whether it states the whole book.</param>
/// <param name="FirstUpdateId">The venue's number of the first change in it.</param>
/// <param name="LastUpdateId">The venue's number of the last; ≥ the first.</param>
/// <param name="Changes">Levels with their new sizes, in order of the feed.</param>
public sealed record BookFrame(
    Timestamp At, bool IsSnapshot, long FirstUpdateId, long LastUpdateId, ImmutableArray<BookChange> Changes);

/// <summary>New size of one level of a book.</summary>
/// <param name="IsBid">Whether the level is a bid.</param>
/// <param name="PriceUsd">Its price, USD; finite, &gt; 0.</param>
/// <param name="Quantity">Units now resting there; 0 removes the level.</param>
public readonly record struct BookChange(bool IsBid, double PriceUsd, double Quantity);

/// <summary>Best quotes as a venue published them.</summary>
/// <param name="At">When they became known.</param>
/// <param name="UpdateId">The venue's number of the change that made them.</param>
/// <param name="Best">The quotes.</param>
public readonly record struct QuoteFrame(Timestamp At, long UpdateId, BestQuotes Best);
