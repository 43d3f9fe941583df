using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Feeds;

/// <summary>Where a message came from, and when.</summary>
/// <param name="Source">Name of the feed, such as <c>deribit</c>.</param>
/// <param name="Number">Our own count of what this feed delivered, from 0, without holes.</param>
/// <param name="VenueAt">The venue's time of it; of what the feed says itself, the time of receipt.</param>
/// <param name="ReceivedAt">When we received it, by our clock.</param>
/// <param name="ReceivedNanoseconds">The same by a clock that never goes back, nanoseconds since some start: for ages
/// and orders within one run, never for a date.</param>
public readonly record struct FeedStamp(
    string Source, long Number, Timestamp VenueAt, Timestamp ReceivedAt, long ReceivedNanoseconds);

/// <summary>One level of a book, as a venue states it.</summary>
/// <param name="Price">Price in the instrument's quote unit, exact; &gt; 0.</param>
/// <param name="Quantity">What rests there in the venue's unit of quantity, exact; &gt; 0, and 0 only where a change
/// removes the level.</param>
public readonly record struct FeedLevel(decimal Price, decimal Quantity);

/// <summary>What a venue says about an instrument at one time; <c>null</c> means not stated.</summary>
public sealed record VenueQuote
{
    /// <summary>Best bid in the instrument's quote unit (coin for inverse options, USD else); &gt; 0.</summary>
    public decimal? Bid { get; init; }

    /// <summary>What is bid there, venue's unit; &gt; 0.</summary>
    public decimal? BidQuantity { get; init; }

    /// <summary>Best ask, unit of the bid; above it.</summary>
    public decimal? Ask { get; init; }

    /// <summary>What is offered there, venue's unit; &gt; 0.</summary>
    public decimal? AskQuantity { get; init; }

    /// <summary>The venue's mark, unit of the bid; ≥ 0.</summary>
    public decimal? Mark { get; init; }

    /// <summary>The venue's implied volatility, annual fraction (0.80 means 80 %); ≥ 0.</summary>
    public decimal? MarkVolatilityAnnual { get; init; }

    /// <summary>Forward of the expiry, USD; &gt; 0.</summary>
    public decimal? ForwardUsd { get; init; }

    /// <summary>The venue's index, USD; &gt; 0.</summary>
    public decimal? IndexUsd { get; init; }

    /// <summary>Open interest, venue's unit; ≥ 0.</summary>
    public decimal? OpenInterest { get; init; }

    /// <summary>Funding rate, fraction per 8 h; signed.</summary>
    public decimal? Funding8h { get; init; }
}

/// <summary>Why what a consumer holds of an instrument is no longer what the venue holds.</summary>
public enum FeedGapReason
{
    /// <summary>A number in the venue's sequence is missing.</summary>
    MissedNumber,

    /// <summary>The sequence went back.</summary>
    SequenceReset,

    /// <summary>The snapshot is older than changes already seen.</summary>
    StaleSnapshot,

    /// <summary>What the venue sent would cross the book, or was refused for another reason.</summary>
    RefusedChange,

    /// <summary>The connection was lost.</summary>
    Disconnected,
}

/// <summary>State of a feed.</summary>
public enum FeedState
{
    /// <summary>A connection is being made.</summary>
    Connecting,

    /// <summary>Connected and subscribed.</summary>
    Live,

    /// <summary>The connection is lost; another attempt follows.</summary>
    Disconnected,

    /// <summary>Over 1 % of what it sent within 60 s was refused (RELIABILITY 2.3).</summary>
    Unhealthy,

    /// <summary>No longer so.</summary>
    Healthy,

    /// <summary>A recording has ended.</summary>
    Ended,
}

/// <summary>One message of a market feed, checked. A closed hierarchy, the same for live venues and recordings.
/// </summary>
/// <remarks>After a <see cref="Gap"/> of an instrument nothing may be believed of its book until the next
/// <see cref="BookSnapshot"/> of it.</remarks>
public abstract record FeedMessage
{
    private protected FeedMessage(FeedStamp stamp) => Stamp = stamp;

    /// <summary>Where it came from, and when.</summary>
    public FeedStamp Stamp { get; init; }

    /// <summary>An instrument is listed.</summary>
    /// <param name="Stamp">Where from, and when.</param>
    /// <param name="Instrument">Its terms.</param>
    /// <param name="PriceTick">Least step of its price, quote unit; &gt; 0.</param>
    /// <param name="QuantityStep">Least step of its quantity, venue's unit; &gt; 0.</param>
    /// <param name="IsActive">Whether it can be traded.</param>
    public sealed record InstrumentListed(
        FeedStamp Stamp, Instrument Instrument, decimal PriceTick, decimal QuantityStep, bool IsActive)
        : FeedMessage(Stamp);

    /// <summary>What the venue says about an instrument.</summary>
    /// <param name="Stamp">Where from, and when.</param>
    /// <param name="Instrument">The instrument.</param>
    /// <param name="Quote">Quotes, marks and what else it states.</param>
    public sealed record QuoteChanged(FeedStamp Stamp, Instrument Instrument, VenueQuote Quote) : FeedMessage(Stamp)
    {
        /// <summary>The venue's number of the change that made it, rising; <c>null</c> if it has none, and quotes are
        /// told apart by their times.</summary>
        public long? UpdateId { get; init; }
    }

    /// <summary>A whole book; bid below ask.</summary>
    /// <param name="Stamp">Where from, and when.</param>
    /// <param name="Instrument">The instrument.</param>
    /// <param name="UpdateId">The venue's number of the last change in it.</param>
    /// <param name="Bids">Levels by falling price, each once.</param>
    /// <param name="Asks">Levels by rising price, each once.</param>
    public sealed record BookSnapshot(
        FeedStamp Stamp, Instrument Instrument, long UpdateId, ImmutableArray<FeedLevel> Bids,
        ImmutableArray<FeedLevel> Asks) : FeedMessage(Stamp);

    /// <summary>Changes of a book that follow what was delivered before; bid below ask after them.</summary>
    /// <param name="Stamp">Where from, and when.</param>
    /// <param name="Instrument">The instrument.</param>
    /// <param name="FirstUpdateId">The venue's number of the first change in it.</param>
    /// <param name="UpdateId">The venue's number of the last.</param>
    /// <param name="PreviousUpdateId">The venue's number of the last change before it; <c>null</c> if not stated.
    /// </param>
    /// <param name="Bids">New sizes of bids; 0 removes a level.</param>
    /// <param name="Asks">New sizes of asks, likewise.</param>
    public sealed record BookChange(
        FeedStamp Stamp, Instrument Instrument, long FirstUpdateId, long UpdateId, long? PreviousUpdateId,
        ImmutableArray<FeedLevel> Bids, ImmutableArray<FeedLevel> Asks) : FeedMessage(Stamp);

    /// <summary>A trade.</summary>
    /// <param name="Stamp">Where from, and when.</param>
    /// <param name="Instrument">The instrument.</param>
    /// <param name="TradeNumber">The venue's number; rises by one per trade of the instrument where the venue counts
    /// so.</param>
    /// <param name="Price">Price, quote unit; &gt; 0.</param>
    /// <param name="Quantity">Quantity, venue's unit; &gt; 0.</param>
    /// <param name="IsBuy">Whether the taker bought.</param>
    public sealed record Traded(
        FeedStamp Stamp, Instrument Instrument, long TradeNumber, decimal Price, decimal Quantity, bool IsBuy)
        : FeedMessage(Stamp);

    /// <summary>A volatility index.</summary>
    /// <param name="Stamp">Where from, and when.</param>
    /// <param name="Asset">The underlying.</param>
    /// <param name="VolatilityAnnual">Its value, annual fraction (0.80 means 80 %); &gt; 0.</param>
    public sealed record VolatilityIndexChanged(FeedStamp Stamp, AssetId Asset, decimal VolatilityAnnual)
        : FeedMessage(Stamp);

    /// <summary>A price of an underlying as the source states it: one source of an index, not an index.</summary>
    /// <param name="Stamp">Where from, and when.</param>
    /// <param name="Asset">The underlying.</param>
    /// <param name="PriceUsd">The price, USD; &gt; 0.</param>
    public sealed record IndexStated(FeedStamp Stamp, AssetId Asset, decimal PriceUsd) : FeedMessage(Stamp);

    /// <summary>Something of an instrument was missed.</summary>
    /// <param name="Stamp">Where from, and when.</param>
    /// <param name="Instrument">The instrument.</param>
    /// <param name="Part">What of it: its book or its trades.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Message">In words, with numbers.</param>
    public sealed record Gap(
        FeedStamp Stamp, Instrument Instrument, FeedPart Part, FeedGapReason Reason, string Message)
        : FeedMessage(Stamp);

    /// <summary>The feed's own state changed.</summary>
    /// <param name="Stamp">Where from, and when.</param>
    /// <param name="State">The state it has now.</param>
    /// <param name="Message">Why, in words; empty if nothing is to be said.</param>
    public sealed record StateChanged(FeedStamp Stamp, FeedState State, string Message) : FeedMessage(Stamp);
}

/// <summary>A sequence of messages about an instrument.</summary>
public enum FeedPart
{
    /// <summary>Its order book.</summary>
    Book,

    /// <summary>Its trades.</summary>
    Trades,
}
