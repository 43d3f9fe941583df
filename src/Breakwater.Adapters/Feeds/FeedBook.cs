using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Breakwater.Adapters.Feeds;

/// <summary>A book as it is rebuilt from a feed: apply what is delivered in order, clear it at a gap.</summary>
/// <remarks>Exact decimals: equal feeds give equal books. Not safe for several threads.</remarks>
public sealed class FeedBook
{
    private readonly SortedDictionary<decimal, decimal> _bids =
        new(Comparer<decimal>.Create((left, right) => right.CompareTo(left)));

    private readonly SortedDictionary<decimal, decimal> _asks = [];

    /// <summary>Whether a snapshot was applied since the book was cleared.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>The venue's number of the last change applied; 0 if not known.</summary>
    public long UpdateId { get; private set; }

    /// <summary>Levels by falling price.</summary>
    public ImmutableArray<FeedLevel> Bids => Levels(_bids);

    /// <summary>Levels by rising price.</summary>
    public ImmutableArray<FeedLevel> Asks => Levels(_asks);

    /// <summary>Best bid, quote unit; <c>null</c> while there is none.</summary>
    public decimal? BestBid => Best(_bids);

    /// <summary>Best ask, quote unit; <c>null</c> while there is none.</summary>
    public decimal? BestAsk => Best(_asks);

    /// <summary>Whether the best bid is at or above the best ask.</summary>
    public bool IsCrossed => BestBid is { } bid && BestAsk is { } ask && bid >= ask;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _bids.Clear();
        _asks.Clear();
        IsKnown = false;
        UpdateId = 0;
    }

    /// <summary>Replaces the book.</summary>
    /// <param name="snapshot">The whole book.</param>
    public void Apply(FeedMessage.BookSnapshot snapshot)
    {
        Clear();
        Change(_bids, snapshot.Bids);
        Change(_asks, snapshot.Asks);
        IsKnown = true;
        UpdateId = snapshot.UpdateId;
    }

    /// <summary>Changes levels.</summary>
    /// <param name="change">New sizes of levels.</param>
    public void Apply(FeedMessage.BookChange change)
    {
        Change(_bids, change.Bids);
        Change(_asks, change.Asks);
        UpdateId = change.UpdateId;
    }

    /// <summary>The whole book as text, one level a line: equal books have equal texts.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        foreach ((decimal price, decimal quantity) in _bids)
        {
            text.Append(CultureInfo.InvariantCulture, $"B {price:G29} {quantity:G29}\n");
        }

        foreach ((decimal price, decimal quantity) in _asks)
        {
            text.Append(CultureInfo.InvariantCulture, $"A {price:G29} {quantity:G29}\n");
        }

        return text.ToString();
    }

    private static void Change(SortedDictionary<decimal, decimal> side, ImmutableArray<FeedLevel> levels)
    {
        foreach (FeedLevel level in levels)
        {
            if (level.Quantity == 0m)
            {
                side.Remove(level.Price);
            }
            else
            {
                side[level.Price] = level.Quantity;
            }
        }
    }

    private static decimal? Best(SortedDictionary<decimal, decimal> side)
    {
        foreach (decimal price in side.Keys)
        {
            return price;
        }

        return null;
    }

    private static ImmutableArray<FeedLevel> Levels(SortedDictionary<decimal, decimal> side) =>
        [.. side.Select(level => new FeedLevel(level.Key, level.Value))];
}
