using System.Collections.Immutable;

namespace Breakwater.Markets;

/// <summary>One side of a book while it is rebuilt, with the age of what rests there.</summary>
internal sealed class BookSide(bool isBid)
{
    // Bids are keyed by minus their price: the best level is the first either way.
    private readonly SortedDictionary<double, RestingLevel> _levels = [];

    /// <summary>Best price, USD; <c>null</c> while the side is empty.</summary>
    internal double? BestUsd
    {
        get
        {
            foreach (double key in _levels.Keys)
            {
                return Math.Abs(key);
            }

            return null;
        }
    }

    /// <summary>Empties the side.</summary>
    internal void Clear() => _levels.Clear();

    /// <summary>Gives a level its new size.</summary>
    /// <param name="priceUsd">Its price, USD; &gt; 0.</param>
    /// <param name="quantity">Units now resting there; 0 removes the level.</param>
    /// <param name="atMilliseconds">Now, unix milliseconds; not falling from call to call.</param>
    internal void Set(double priceUsd, double quantity, long atMilliseconds)
    {
        double key = isBid ? -priceUsd : priceUsd;
        if (quantity <= 0d)
        {
            _levels.Remove(key);
        }
        else if (_levels.TryGetValue(key, out RestingLevel? level))
        {
            level.Set(quantity, atMilliseconds);
        }
        else
        {
            _levels.Add(key, new RestingLevel(quantity, atMilliseconds));
        }
    }

    /// <summary>The best levels with the size that has rested there at least so long without a break.</summary>
    /// <param name="count">Levels; ≥ 1.</param>
    /// <param name="atMilliseconds">Now, unix milliseconds.</param>
    /// <param name="restMilliseconds">How long size must have rested to count; 0 counts everything.</param>
    internal ImmutableArray<BookLevel> Best(int count, long atMilliseconds, long restMilliseconds)
    {
        ImmutableArray<BookLevel>.Builder best = ImmutableArray.CreateBuilder<BookLevel>(count);
        foreach ((double key, RestingLevel level) in _levels)
        {
            double rested = restMilliseconds == 0L
                ? level.Quantity
                : level.RestedSince(atMilliseconds - restMilliseconds);
            if (rested > 0d)
            {
                best.Add(new BookLevel(Math.Abs(key), rested));
                if (best.Count == count)
                {
                    break;
                }
            }
        }

        return best.ToImmutable();
    }

    // Sizes the level had, each with the time it was replaced: a rising sequence, so that the first one still in the
    // window is the least. What was smaller than a later size before it can never be the least again.
    private sealed class RestingLevel
    {
        private readonly List<(double Quantity, long Until)> _past = [];

        internal RestingLevel(double quantity, long atMilliseconds)
        {
            Quantity = quantity;
            _past.Add((0d, atMilliseconds)); // before it was placed nothing rested there
        }

        internal double Quantity { get; private set; }

        internal void Set(double quantity, long atMilliseconds)
        {
            _past.Add((Quantity, atMilliseconds));
            while (_past.Count > 0 && _past[^1].Quantity >= quantity)
            {
                _past.RemoveAt(_past.Count - 1);
            }

            Quantity = quantity;
        }

        internal double RestedSince(long sinceMilliseconds)
        {
            int gone = 0;
            while (gone < _past.Count && _past[gone].Until <= sinceMilliseconds)
            {
                gone++;
            }

            _past.RemoveRange(0, gone);
            return _past.Count > 0 ? Math.Min(_past[0].Quantity, Quantity) : Quantity;
        }
    }
}
