using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Feeds;

/// <summary>What an intake remembers of one instrument.</summary>
internal sealed class InstrumentIntake(string source)
{
    private readonly PriceBand _quotes = new();
    private readonly PriceBand _trades = new();

    /// <summary>Its book, if it is followed.</summary>
    internal BookTracker? Book { get; set; }

    /// <summary>Least step of its price; <c>null</c> until it is listed.</summary>
    internal decimal? Tick { get; set; }

    /// <summary>Number of its last trade.</summary>
    internal long? LastTrade { get; set; }

    /// <summary>Its last quote.</summary>
    internal FeedMessage.QuoteChanged? LastQuote { get; private set; }

    /// <summary>Why a quote is not believed; else it is the last one from now on.</summary>
    /// <param name="message">The quote.</param>
    internal (FeedStage Stage, Failure Failure)? Doubt(FeedMessage.QuoteChanged message)
    {
        if (QuoteSense.Doubt(message.Instrument, message.Quote, Tick) is { } doubt)
        {
            return (FeedStage.Plausibility, doubt with { File = source });
        }

        if (LastQuote is { } last && Order(message, last) is var order && order <= 0)
        {
            FailureReason reason = order < 0 ? FailureReason.OutOfOrder
                : message.Quote == last.Quote ? FailureReason.Duplicate : FailureReason.Inconsistent;
            return (FeedStage.Sequence, new Failure(
                reason, $"{message.Instrument.Name}: a quote of {message.Stamp.VenueAt} after one of "
                    + $"{last.Stamp.VenueAt}", source));
        }

        decimal? price = message.Quote is { Bid: { } bid, Ask: { } ask }
            ? bid + ((ask - bid) / 2m)
            : message.Quote.Mark;
        if (message.Instrument is not VanillaOption && price > 0m
            && !_quotes.Accepts(price.Value, message.Stamp.ReceivedAt))
        {
            return Misprint(message.Instrument, price.Value);
        }

        LastQuote = message;
        return null;
    }

    /// <summary>Why levels of its book are not believed.</summary>
    /// <param name="bids">Bids.</param>
    /// <param name="asks">Asks.</param>
    /// <param name="instrument">The instrument.</param>
    internal (FeedStage Stage, Failure Failure)? Doubt(
        ImmutableArray<FeedLevel> bids, ImmutableArray<FeedLevel> asks, Instrument instrument) =>
        (QuoteSense.Doubt(instrument, bids.AsSpan(), Tick) ?? QuoteSense.Doubt(instrument, asks.AsSpan(), Tick)) is { }
            doubt
            ? (FeedStage.Plausibility, doubt with { File = source })
            : null;

    /// <summary>Why a trade is not believed.</summary>
    /// <param name="trade">The trade.</param>
    internal (FeedStage Stage, Failure Failure)? Doubt(FeedMessage.Traded trade)
    {
        if (QuoteSense.Doubt(trade.Instrument, trade.Price, Tick) is { } doubt)
        {
            return (FeedStage.Plausibility, doubt with { File = source });
        }

        return trade.Instrument is not VanillaOption && !_trades.Accepts(trade.Price, trade.Stamp.ReceivedAt)
            ? Misprint(trade.Instrument, trade.Price)
            : null;
    }

    // By number where the venue numbers quotes, else by its time.
    private static int Order(FeedMessage.QuoteChanged message, FeedMessage.QuoteChanged last) =>
        message.UpdateId is { } number && last.UpdateId is { } lastNumber
            ? number.CompareTo(lastNumber)
            : message.Stamp.VenueAt.CompareTo(last.Stamp.VenueAt);

    private (FeedStage Stage, Failure Failure) Misprint(Instrument instrument, decimal price) =>
        (FeedStage.Plausibility, new Failure(
            FailureReason.OutOfRange, $"{instrument.Name}: a price that the one before does not confirm", source,
            Value: price.ToString(CultureInfo.InvariantCulture),
            Limit: string.Create(CultureInfo.InvariantCulture, $"± {100m * PriceBand.DoubtFraction:0.#} %")));
}

/// <summary>What an intake remembers of one value of an asset.</summary>
internal sealed class ValueIntake(string source, string noun)
{
    private readonly PriceBand _band = new();
    private Timestamp? _lastAt;
    private decimal _last;

    /// <summary>Whether there was a value before.</summary>
    internal bool HasLast => _lastAt is not null;

    /// <summary>Why a value is not believed; else it is the last one from now on.</summary>
    /// <param name="asset">The asset.</param>
    /// <param name="value">The value; &gt; 0.</param>
    /// <param name="stamp">When.</param>
    internal (FeedStage Stage, Failure Failure)? Doubt(AssetId asset, decimal value, in FeedStamp stamp)
    {
        if (_lastAt is { } last && stamp.VenueAt <= last)
        {
            FailureReason reason = stamp.VenueAt < last ? FailureReason.OutOfOrder
                : value == _last ? FailureReason.Duplicate : FailureReason.Inconsistent;
            return (FeedStage.Sequence, new Failure(
                reason, $"{asset}: a {noun} of {stamp.VenueAt} after one of {last}", source));
        }

        if (!_band.Accepts(value, stamp.ReceivedAt))
        {
            return (FeedStage.Plausibility, new Failure(
                FailureReason.OutOfRange, $"{asset}: a {noun} that the one before does not confirm", source,
                Value: value.ToString(CultureInfo.InvariantCulture),
                Limit: string.Create(CultureInfo.InvariantCulture, $"± {100m * PriceBand.DoubtFraction:0.#} %")));
        }

        (_lastAt, _last) = (stamp.VenueAt, value);
        return null;
    }
}
