using Breakwater.Instruments;

namespace Breakwater.Adapters.Feeds;

/// <summary>Tells a price from a misprint by what the same source said shortly before.</summary>
/// <remarks>A price far from the one before is refused, until several in a row agree: then the market has moved, and
/// refusing it would keep the old price for ever. A source that lies steadily is found by the index of several sources
/// (docs/adr/0091), not here.</remarks>
internal sealed class PriceBand
{
    /// <summary>Distance from the price before that is doubted, fraction. The greatest recorded one between two trades
    /// of a liquid market within a minute is 5.4 % (ETH, 2025-10-10); thin markets fall by more, and are believed when
    /// they repeat it.</summary>
    internal const decimal DoubtFraction = 0.2m;

    private const int AgreeingCount = 3; // prices in a row that agree with each other
    private const long AgeMillisecondsMax = 60_000; // RELIABILITY P6: what is older confirms nothing

    private decimal? _last;
    private Timestamp _lastAt;
    private decimal _doubted;
    private int _doubtedCount;

    /// <summary>Whether a price is believed.</summary>
    /// <param name="price">The price; &gt; 0.</param>
    /// <param name="at">When it was received.</param>
    internal bool Accepts(decimal price, Timestamp at)
    {
        bool isNear = _last is not { } last || at.MillisecondsSince(_lastAt) > AgeMillisecondsMax
            || IsNear(price, last);
        if (!isNear)
        {
            _doubtedCount = _doubtedCount > 0 && IsNear(price, _doubted) ? _doubtedCount + 1 : 1;
            _doubted = price;
            isNear = _doubtedCount >= AgreeingCount;
        }

        if (isNear)
        {
            (_last, _lastAt, _doubtedCount) = (price, at, 0);
        }

        return isNear;
    }

    private static bool IsNear(decimal price, decimal other) =>
        Math.Abs(price - other) <= DoubtFraction * other;
}
