using System.Globalization;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Feeds;

/// <summary>Whether values of one message can be true together.</summary>
internal static class QuoteSense
{
    private const decimal VolatilityMax = 10m; // METHODOLOGY 1.4: beyond 1000 % nothing is an implied volatility
    private const decimal BoundSlack = 1.05m; // of a bound: the forward of a quote is not of the same instant

    /// <summary>Why a quote cannot be true; <c>null</c> if it can.</summary>
    /// <param name="instrument">The instrument.</param>
    /// <param name="quote">What the venue says.</param>
    /// <param name="tick">Least step of its price; <c>null</c> if not known.</param>
    internal static Failure? Doubt(Instrument instrument, VenueQuote quote, decimal? tick)
    {
        if (quote is { Bid: { } bid, Ask: { } ask } && bid >= ask)
        {
            return Refusal(
                FailureReason.Inconsistent, instrument, "bid is not below ask", Text($"{bid}, {ask}"), "bid < ask");
        }

        if (quote.MarkVolatilityAnnual > VolatilityMax)
        {
            return Refusal(
                FailureReason.OutOfRange, instrument, "no implied volatility",
                Text($"{quote.MarkVolatilityAnnual}"), Text($"≤ {VolatilityMax} per √year"));
        }

        if ((OffTick(quote.Bid, tick) ?? OffTick(quote.Ask, tick)) is { } off)
        {
            return OffTickRefusal(instrument, off, tick);
        }

        return instrument is VanillaOption option ? DoubtOfOption(option, quote) : null;
    }

    /// <summary>Why levels of a book cannot be true; <c>null</c> if they can.</summary>
    /// <param name="instrument">The instrument.</param>
    /// <param name="levels">Levels of one side.</param>
    /// <param name="tick">Least step of its price; <c>null</c> if not known.</param>
    internal static Failure? Doubt(Instrument instrument, ReadOnlySpan<FeedLevel> levels, decimal? tick)
    {
        foreach (FeedLevel level in levels)
        {
            if (OffTick(level.Price, tick) is { } off)
            {
                return OffTickRefusal(instrument, off, tick);
            }
        }

        return null;
    }

    /// <summary>Why a price alone cannot be true; <c>null</c> if it can.</summary>
    /// <param name="instrument">The instrument.</param>
    /// <param name="price">The price.</param>
    /// <param name="tick">Least step of its price; <c>null</c> if not known.</param>
    internal static Failure? Doubt(Instrument instrument, decimal price, decimal? tick) =>
        OffTick(price, tick) is { } off ? OffTickRefusal(instrument, off, tick) : null;

    // Nobody pays more for an option than for what it can bring at most: a call its underlying, a put its strike.
    private static Failure? DoubtOfOption(VanillaOption option, VenueQuote quote)
    {
        if (quote.ForwardUsd is not { } forward)
        {
            return null;
        }

        decimal mostUsd = option.Right == OptionRight.Call ? forward : option.StrikeUsd;
        decimal most = BoundSlack * (option.Settlement == Settlement.Inverse ? mostUsd / forward : mostUsd);
        decimal highest = Math.Max(quote.Bid ?? 0m, quote.Mark ?? 0m);
        return highest > most
            ? Refusal(
                FailureReason.OutOfRange, option, "an option is bid or marked beyond what it can bring",
                Text($"{highest}"), Text($"≤ {most:G6}"))
            : null;
    }

    private static decimal? OffTick(decimal? price, decimal? tick) =>
        price is { } known && tick is { } step && known % step != 0m ? known : null;

    private static Failure OffTickRefusal(Instrument instrument, decimal price, decimal? tick) => Refusal(
        FailureReason.Inconsistent, instrument, "a price between the ticks", Text($"{price}"),
        Text($"multiples of {tick}"));

    private static Failure Refusal(
        FailureReason reason, Instrument instrument, string message, string value, string limit) =>
        new(reason, $"{instrument.Name}: {message}", Value: value, Limit: limit);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
