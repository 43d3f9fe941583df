using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Markets;

/// <summary>Best bid and ask of a book.</summary>
/// <param name="BidUsd">Best bid, USD; finite, &gt; 0.</param>
/// <param name="BidQuantity">Units of underlying resting there; ≥ 0.</param>
/// <param name="AskUsd">Best ask, USD; finite, &gt; 0.</param>
/// <param name="AskQuantity">Units resting there; ≥ 0.</param>
public readonly record struct BestQuotes(double BidUsd, double BidQuantity, double AskUsd, double AskQuantity)
{
    /// <summary>Mean of the two prices, USD.</summary>
    public double MidUsd => BidUsd + ((AskUsd - BidUsd) / 2d);
}

/// <summary>One price level of a book.</summary>
/// <param name="PriceUsd">Its price, USD; finite, &gt; 0.</param>
/// <param name="Quantity">Units of underlying resting there; &gt; 0.</param>
public readonly record struct BookLevel(double PriceUsd, double Quantity);

/// <summary>The best levels of a book after one frame of its recording.</summary>
/// <param name="At">When the frame became known.</param>
/// <param name="UpdateId">The venue's number of the last change in it.</param>
/// <param name="Bids">Levels by falling price.</param>
/// <param name="Asks">Levels by rising price.</param>
public sealed record BookState(
    Timestamp At, long UpdateId, ImmutableArray<BookLevel> Bids, ImmutableArray<BookLevel> Asks)
{
    /// <summary>Best quotes; <c>null</c> while a side is empty.</summary>
    public BestQuotes? Best => Bids.IsEmpty || Asks.IsEmpty
        ? null
        : new BestQuotes(Bids[0].PriceUsd, Bids[0].Quantity, Asks[0].PriceUsd, Asks[0].Quantity);
}
