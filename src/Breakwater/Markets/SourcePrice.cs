using Breakwater.Instruments;

namespace Breakwater.Markets;

/// <summary>What one source said last about the price of an asset, as it was received: it may be stale, crossed, absurd
/// or no number at all. A closed hierarchy: <see cref="Quoted"/>, <see cref="Stated"/>.</summary>
public abstract record SourcePrice
{
    private protected SourcePrice(string source, Timestamp venueAt, Timestamp receivedAt)
    {
        Source = source;
        VenueAt = venueAt;
        ReceivedAt = receivedAt;
    }

    /// <summary>Name of the source, such as a venue and its market.</summary>
    public string Source { get; }

    /// <summary>When the source says it knew this, by its own clock.</summary>
    public Timestamp VenueAt { get; }

    /// <summary>When we received it, by ours.</summary>
    public Timestamp ReceivedAt { get; }

    /// <summary>Best quotes of a book; their middle is the price.</summary>
    public sealed record Quoted : SourcePrice
    {
        /// <summary>Quotes as received.</summary>
        /// <param name="source">Name of the source.</param>
        /// <param name="bidUsd">Best bid, USD; any number.</param>
        /// <param name="askUsd">Best ask, USD; any number.</param>
        /// <param name="venueAt">The source's own time.</param>
        /// <param name="receivedAt">Ours.</param>
        public Quoted(string source, double bidUsd, double askUsd, Timestamp venueAt, Timestamp receivedAt)
            : base(source, venueAt, receivedAt)
        {
            BidUsd = bidUsd;
            AskUsd = askUsd;
        }

        /// <summary>Best bid, USD; any number.</summary>
        public double BidUsd { get; }

        /// <summary>Best ask, USD; any number.</summary>
        public double AskUsd { get; }
    }

    /// <summary>A price stated alone: a last trade or an index of the source's own.</summary>
    public sealed record Stated : SourcePrice
    {
        /// <summary>A price as received.</summary>
        /// <param name="source">Name of the source.</param>
        /// <param name="priceUsd">The price, USD; any number.</param>
        /// <param name="venueAt">The source's own time.</param>
        /// <param name="receivedAt">Ours.</param>
        public Stated(string source, double priceUsd, Timestamp venueAt, Timestamp receivedAt)
            : base(source, venueAt, receivedAt) => PriceUsd = priceUsd;

        /// <summary>The price, USD; any number.</summary>
        public double PriceUsd { get; }
    }
}
