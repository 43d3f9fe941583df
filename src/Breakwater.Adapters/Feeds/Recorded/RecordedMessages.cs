using System.Collections.Immutable;
using Breakwater.Adapters.Files;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Adapters.Feeds.Recorded;

/// <summary>Reads recordings as the messages a venue would have sent, in order of time.</summary>
internal sealed class RecordedMessages
{
    private readonly RecordedSelection _selection;
    private readonly List<FeedMessage> _messages = [];
    private readonly List<Failure> _failures = [];

    private RecordedMessages(RecordedSelection selection) => _selection = selection;

    /// <summary>Every message of every file, or every refusal of every file.</summary>
    /// <param name="selection">The files.</param>
    internal static Result<ImmutableArray<FeedMessage>> Of(RecordedSelection selection)
    {
        RecordedMessages read = new(selection);
        foreach (string path in selection.Chains)
        {
            read.ReadChain(path);
        }

        read.ReadValues(
            selection.Histories, BarFile.ReadPrices,
            (stamp, asset, value) => new FeedMessage.IndexStated(stamp, asset, value));
        read.ReadValues(
            selection.VolatilityIndices, BarFile.ReadVolatilityIndex,
            (stamp, asset, value) => new FeedMessage.VolatilityIndexChanged(stamp, asset, value));
        foreach (RecordedFile file in selection.Books)
        {
            read.ReadBook(file);
        }

        foreach (RecordedFile file in selection.Trades)
        {
            read.ReadTrades(file);
        }

        // The sort is stable: what has one time stays in the order of the files.
        return read._failures.Count > 0
            ? Result<ImmutableArray<FeedMessage>>.Refused(read._failures)
            : Result<ImmutableArray<FeedMessage>>.Accepted(
                [.. read._messages.OrderBy(message => message.Stamp.VenueAt)]);
    }

    private void ReadChain(string path) => _failures.AddRange(ChainFile.Read(path, _selection.Until, (at, row) =>
    {
        if (at >= _selection.From)
        {
            _messages.Add(new FeedMessage.QuoteChanged(Stamp(at), row.Option, new VenueQuote
            {
                Bid = Positive(path, row.BidCoin),
                Ask = Positive(path, row.AskCoin),
                Mark = Exact(path, row.MarkCoin),
                MarkVolatilityAnnual = Exact(path, row.MarkVolatilityAnnual),
                ForwardUsd = Exact(path, row.ForwardUsd),
                IndexUsd = Exact(path, row.IndexUsd),
                OpenInterest = Exact(path, row.OpenInterest),
            }));
        }
    }));

    private void ReadValues(
        ImmutableArray<AssetFile> files, Func<string, AssetId, Timestamp, Result<PriceSeries>> read,
        Func<FeedStamp, AssetId, decimal, FeedMessage> message)
    {
        SortedDictionary<(AssetId Asset, Timestamp At), decimal> values = [];
        foreach (AssetFile file in files)
        {
            Result<PriceSeries> series = read(file.Path, file.Asset, _selection.Until);
            _failures.AddRange(series.Failures);
            foreach (PricePoint point in series.IsAccepted ? series.Value.Closes : [])
            {
                if (point.At >= _selection.From && Exact(file.Path, point.Value) is { } value)
                {
                    values[(file.Asset, point.At)] = value;
                }
            }
        }

        _messages.AddRange(values.Select(entry => message(Stamp(entry.Key.At), entry.Key.Asset, entry.Value)));
    }

    private void ReadBook(RecordedFile file)
    {
        Result<FlowObservations> flow = BookFile.Read(file.Path, _selection.Until);
        _failures.AddRange(flow.Failures);
        if (!flow.IsAccepted)
        {
            return;
        }

        foreach (BookFrame frame in flow.Value.Book)
        {
            ImmutableArray<FeedLevel> bids = Levels(file.Path, frame, isBid: true);
            ImmutableArray<FeedLevel> asks = Levels(file.Path, frame, isBid: false);
            _messages.Add(frame.IsSnapshot
                ? new FeedMessage.BookSnapshot(Stamp(frame.At), file.Instrument, frame.LastUpdateId, bids, asks)
                : new FeedMessage.BookChange(
                    Stamp(frame.At), file.Instrument, frame.FirstUpdateId, frame.LastUpdateId, null, bids, asks));
        }

        foreach (QuoteFrame quote in flow.Value.Quotes.Where(quote => quote.At >= _selection.From))
        {
            _messages.Add(new FeedMessage.QuoteChanged(Stamp(quote.At), file.Instrument, new VenueQuote
            {
                Bid = Exact(file.Path, quote.Best.BidUsd),
                BidQuantity = Exact(file.Path, quote.Best.BidQuantity),
                Ask = Exact(file.Path, quote.Best.AskUsd),
                AskQuantity = Exact(file.Path, quote.Best.AskQuantity),
            })
            {
                UpdateId = quote.UpdateId,
            });
        }
    }

    private void ReadTrades(RecordedFile file)
    {
        Result<FlowObservations> flow = TradesFile.Read(file.Path, _selection.Until);
        _failures.AddRange(flow.Failures);
        long number = 0;
        foreach (Trade trade in flow.IsAccepted ? flow.Value.Trades : [])
        {
            number++;
            if (trade.At >= _selection.From && Exact(file.Path, trade.PriceUsd) is { } price
                && Exact(file.Path, trade.Quantity) is { } quantity)
            {
                _messages.Add(new FeedMessage.Traded(
                    Stamp(trade.At), file.Instrument, number, price, quantity, trade.IsBuy));
            }
        }
    }

    private ImmutableArray<FeedLevel> Levels(string path, BookFrame frame, bool isBid) =>
    [
        .. frame.Changes.Where(change => change.IsBid == isBid)
            .Select(change => new FeedLevel(
                Exact(path, change.PriceUsd) ?? 0m, Exact(path, change.Quantity) ?? 0m)),
    ];

    // A venue that quotes nothing on a side writes 0 or nothing.
    private decimal? Positive(string path, double? value) => value > 0d ? Exact(path, value) : null;

    // Decimals of up to 15 digits, as files hold them, survive the way through a double.
    private decimal? Exact(string path, double? value)
    {
        if (value is not { } number)
        {
            return null;
        }

        if (!(Math.Abs(number) < (double)FeedFields.NumberMax))
        {
            _failures.Add(new Failure(
                FailureReason.OutOfRange, "the number is too great for a feed", path,
                Value: number.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
                Limit: $"< {FeedFields.NumberMax}"));
            return null;
        }

        return (decimal)number;
    }

    private FeedStamp Stamp(Timestamp at) => new(_selection.Source, -1, at, at, 0);
}
