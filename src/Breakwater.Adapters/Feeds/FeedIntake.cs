using System.Text;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Feeds;

/// <summary>Judges what one feed sent: what passes is numbered and counted, what does not is refused by type, counted
/// and kept in quarantine, and a book whose chain breaks is declared lost.</summary>
internal sealed class FeedIntake
{
    /// <summary>How far a venue's clock may be from ours, milliseconds (RELIABILITY T-I3).</summary>
    internal const long SkewMillisecondsMax = 2_000;

    private readonly string _source;
    private readonly VenueNumbering _numbering;
    private readonly FeedDelivery _delivery;
    private readonly SortedDictionary<Instrument, InstrumentIntake> _instruments = [];
    private readonly SortedDictionary<AssetId, AssetIntake> _assets = [];
    private readonly List<FeedMessage> _passed = [];

    /// <summary>An intake that begins empty.</summary>
    /// <param name="source">Name of the feed.</param>
    /// <param name="numbering">How it numbers things.</param>
    /// <param name="books">Instruments whose books it sends.</param>
    /// <param name="ledger">Where it is counted.</param>
    internal FeedIntake(string source, VenueNumbering numbering, IEnumerable<Instrument> books, FeedLedger ledger)
    {
        _source = source;
        _numbering = numbering;
        _delivery = new FeedDelivery(source, ledger);
        foreach (Instrument instrument in books)
        {
            Of(instrument).Book = new BookTracker(numbering.Books);
        }
    }

    /// <summary>Books that need a snapshot.</summary>
    internal IEnumerable<Instrument> LostBooks =>
        _instruments.Where(entry => entry.Value.Book is { Book.IsKnown: false }).Select(entry => entry.Key);

    /// <summary>Takes what the bytes of one message mean.</summary>
    /// <param name="reading">The meaning.</param>
    /// <param name="output">Takes what a consumer is to see.</param>
    internal void Take(VenueReading reading, List<FeedMessage> output)
    {
        if (reading.Fields.Refusal is { } refusal)
        {
            _delivery.Refuse(reading.Fields.Stage, refusal, reading.Arrival, reading.Raw, output);
            return;
        }

        foreach (FeedMessage message in reading.Messages)
        {
            Take(message, reading.Arrival, reading.Raw, output);
        }
    }

    /// <summary>Takes a message that comes from elsewhere than bytes of a venue; what is refused is kept as its text.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="arrival">When it was received.</param>
    /// <param name="output">Takes what a consumer is to see.</param>
    internal void Take(FeedMessage message, FeedArrival arrival, List<FeedMessage> output) =>
        Take(message, arrival, null, output);

    /// <summary>Refuses bytes that have no meaning.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="arrival">When they were received.</param>
    /// <param name="raw">The bytes.</param>
    /// <param name="output">Takes the news that the feed is unhealthy.</param>
    internal void RefuseTransport(
        Failure failure, FeedArrival arrival, ReadOnlyMemory<byte> raw, List<FeedMessage> output) =>
        _delivery.Refuse(FeedStage.Transport, failure, arrival, raw, output);

    /// <summary>Tells a consumer about the feed itself.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="message">Why.</param>
    /// <param name="arrival">When.</param>
    /// <param name="output">Takes the message.</param>
    internal void Say(FeedState state, string message, FeedArrival arrival, List<FeedMessage> output) =>
        _delivery.Say(state, message, arrival, output);

    /// <summary>Every book and every sequence is lost with the connection.</summary>
    /// <param name="why">In words.</param>
    /// <param name="arrival">When.</param>
    /// <param name="output">Takes the gaps.</param>
    internal void Disconnect(string why, FeedArrival arrival, List<FeedMessage> output)
    {
        foreach ((Instrument instrument, InstrumentIntake intake) in _instruments)
        {
            if (intake.Book is { } book)
            {
                bool wasKnown = book.Book.IsKnown;
                book.Restart();
                if (wasKnown)
                {
                    _delivery.Gap(instrument, FeedPart.Book, FeedGapReason.Disconnected, why, arrival, output);
                }
            }

            if (intake.LastTrade is not null)
            {
                intake.LastTrade = null;
                _delivery.Gap(instrument, FeedPart.Trades, FeedGapReason.Disconnected, why, arrival, output);
            }
        }
    }

    /// <summary>A snapshot of a book is asked for: nothing before it counts.</summary>
    /// <param name="instrument">Whose book.</param>
    internal void Restart(Instrument instrument) => Of(instrument).Book?.Restart();

    private void Take(
        FeedMessage message, FeedArrival arrival, ReadOnlyMemory<byte>? raw, List<FeedMessage> output)
    {
        (FeedStage Stage, Failure Failure)? doubt = Doubt(message, arrival);
        if (doubt is { } known)
        {
            _delivery.Refuse(known.Stage, known.Failure, arrival, RawOf(message, raw), output);
            if (message is FeedMessage.BookChange or FeedMessage.BookSnapshot)
            {
                Lose(message, known.Failure.Message, arrival, output);
            }

            return;
        }

        switch (message)
        {
            case FeedMessage.BookSnapshot or FeedMessage.BookChange:
                TakeBook(message, arrival, raw, output);
                break;
            case FeedMessage.Traded trade:
                TakeTrade(trade, arrival, raw, output);
                break;
            case FeedMessage.InstrumentListed listed:
                Of(listed.Instrument).Tick = listed.PriceTick;
                _delivery.Accept(listed, output);
                break;
            default:
                _delivery.Accept(message, output);
                break;
        }
    }

    private (FeedStage Stage, Failure Failure)? Doubt(FeedMessage message, FeedArrival arrival)
    {
        Timestamp at = message.Stamp.VenueAt;
        if (at > arrival.At.AddMilliseconds(SkewMillisecondsMax)
            || (at < arrival.At.AddMilliseconds(-SkewMillisecondsMax) && MustBeRecent(message)))
        {
            return (FeedStage.Clock, new Failure(
                FailureReason.OutOfRange, $"the venue's time is {at}, ours {arrival.At}", _source, Value: $"{at}",
                Limit: $"± {SkewMillisecondsMax} ms"));
        }

        return message switch
        {
            FeedMessage.QuoteChanged quote => Of(quote.Instrument).Doubt(quote),
            FeedMessage.BookSnapshot book => Of(book.Instrument).Doubt(book.Bids, book.Asks, book.Instrument),
            FeedMessage.BookChange book => Of(book.Instrument).Doubt(book.Bids, book.Asks, book.Instrument),
            FeedMessage.VolatilityIndexChanged index => Of(index.Asset).Volatility.Doubt(
                index.Asset, index.VolatilityAnnual, index.Stamp),
            FeedMessage.IndexStated index => Of(index.Asset).Price.Doubt(index.Asset, index.PriceUsd, index.Stamp),
            _ => null,
        };
    }

    // The first quote after a subscription, and a snapshot of a quiet book, may state what has not changed for long.
    private bool MustBeRecent(FeedMessage message) => message switch
    {
        FeedMessage.QuoteChanged quote => Of(quote.Instrument).LastQuote is not null,
        FeedMessage.VolatilityIndexChanged index => Of(index.Asset).Volatility.HasLast,
        FeedMessage.IndexStated index => Of(index.Asset).Price.HasLast,
        FeedMessage.BookChange or FeedMessage.Traded => true,
        _ => false,
    };

    private void TakeBook(
        FeedMessage message, FeedArrival arrival, ReadOnlyMemory<byte>? raw, List<FeedMessage> output)
    {
        Instrument instrument = InstrumentOf(message);
        if (Of(instrument).Book is not { } tracker)
        {
            _delivery.Refuse(
                FeedStage.Meaning,
                new Failure(FailureReason.Unknown, $"{instrument.Name}: a book that was not asked for", _source),
                arrival, RawOf(message, raw), output);
            return;
        }

        _passed.Clear();
        BookVerdict verdict = message is FeedMessage.BookSnapshot snapshot
            ? tracker.Take(snapshot, _passed)
            : tracker.Take((FeedMessage.BookChange)message, _passed);
        foreach (FeedMessage passed in _passed)
        {
            _delivery.Accept(passed, output);
        }

        if (verdict == BookVerdict.Repeated)
        {
            _delivery.Refuse(
                FeedStage.Sequence,
                new Failure(FailureReason.Duplicate, $"{instrument.Name}: changes that were applied before", _source),
                arrival, RawOf(message, raw), output);
        }
        else if (verdict == BookVerdict.Lost)
        {
            bool isRefused = tracker.LostReason == FeedGapReason.RefusedChange;
            _delivery.Refuse(
                isRefused ? FeedStage.Plausibility : FeedStage.Sequence,
                new Failure(
                    isRefused ? FailureReason.Inconsistent : FailureReason.OutOfOrder,
                    $"{instrument.Name}: {tracker.LostMessage}", _source),
                arrival, RawOf(message, raw), output);
            _delivery.Gap(instrument, FeedPart.Book, tracker.LostReason, tracker.LostMessage, arrival, output);
        }
    }

    private void TakeTrade(
        FeedMessage.Traded trade, FeedArrival arrival, ReadOnlyMemory<byte>? raw, List<FeedMessage> output)
    {
        InstrumentIntake intake = Of(trade.Instrument);
        long? last = intake.LastTrade;
        if (trade.TradeNumber <= last)
        {
            _delivery.Refuse(
                FeedStage.Sequence,
                new Failure(
                    trade.TradeNumber == last ? FailureReason.Duplicate : FailureReason.OutOfOrder,
                    $"{trade.Instrument.Name}: trade {trade.TradeNumber} after {last}", _source),
                arrival, RawOf(trade, raw), output);
            return;
        }

        intake.LastTrade = trade.TradeNumber;
        if (_numbering.AreTradesConsecutive && trade.TradeNumber > last + 1)
        {
            _delivery.Gap(
                trade.Instrument, FeedPart.Trades, FeedGapReason.MissedNumber,
                $"trades {last + 1} to {trade.TradeNumber - 1} are missing", arrival, output);
        }

        if (intake.Doubt(trade) is { } doubt)
        {
            _delivery.Refuse(doubt.Stage, doubt.Failure, arrival, RawOf(trade, raw), output);
            return;
        }

        _delivery.Accept(trade, output);
    }

    private void Lose(FeedMessage message, string why, FeedArrival arrival, List<FeedMessage> output)
    {
        Instrument instrument = InstrumentOf(message);
        if (Of(instrument).Book is { } tracker)
        {
            tracker.Lose(FeedGapReason.RefusedChange, why);
            _delivery.Gap(instrument, FeedPart.Book, FeedGapReason.RefusedChange, why, arrival, output);
        }
    }

    private static ReadOnlyMemory<byte> RawOf(FeedMessage message, ReadOnlyMemory<byte>? raw) =>
        raw ?? Encoding.UTF8.GetBytes(message.ToString());

    private static Instrument InstrumentOf(FeedMessage message) => message is FeedMessage.BookSnapshot snapshot
        ? snapshot.Instrument
        : ((FeedMessage.BookChange)message).Instrument;

    private InstrumentIntake Of(Instrument instrument)
    {
        if (!_instruments.TryGetValue(instrument, out InstrumentIntake? intake))
        {
            _instruments[instrument] = intake = new InstrumentIntake(_source);
        }

        return intake;
    }

    private AssetIntake Of(AssetId asset)
    {
        if (!_assets.TryGetValue(asset, out AssetIntake? intake))
        {
            _assets[asset] = intake = new AssetIntake(
                new ValueIntake(_source, "volatility index"), new ValueIntake(_source, "price index"));
        }

        return intake;
    }

    private sealed record AssetIntake(ValueIntake Volatility, ValueIntake Price);
}
