using System.Collections.Immutable;
using System.Text;
using Breakwater.Adapters.Feeds;
using Breakwater.Adapters.Feeds.Binance;
using Breakwater.Adapters.Feeds.Deribit;
using Breakwater.Instruments;

namespace Breakwater.Tests.Adapters.Feeds;

/// <summary>A feed without a socket: bytes go in, messages come out, and a consumer follows the books.</summary>
internal sealed class FeedBench
{
    internal static readonly Timestamp Start = Timestamp.Parse("2026-02-05T09:36:47Z");
    internal static readonly Instrument Perpetual = InstrumentName.Parse("BTC-PERPETUAL");
    internal static readonly Instrument Option = InstrumentName.Parse("BTC-27MAR26-90000-C");

    private readonly IVenueProtocol _protocol;
    private readonly FeedIntake _intake;

    private FeedBench(IVenueProtocol protocol)
    {
        _protocol = protocol;
        Ledger = new FeedLedger(Time);
        _intake = new FeedIntake(protocol.Source, protocol.Numbering, protocol.Books, Ledger);
        Sent.AddRange(protocol.Open().Select(request => request.Text));
    }

    internal ManualTime Time { get; } = new(DateTimeOffset.FromUnixTimeMilliseconds(Start.UnixMilliseconds));

    internal FeedLedger Ledger { get; }

    internal List<FeedMessage> Output { get; } = [];

    internal List<string> Sent { get; } = [];

    internal FeedBook Book { get; } = new();

    internal static FeedBench OfDeribit(params Instrument[] books) => new(new DeribitProtocol(
        new DeribitSettings(new Uri("ws://localhost/"))
        {
            Books = [.. books],
            Quotes = [Perpetual, Option],
            Trades = [Perpetual],
        }));

    /// <summary>One that lists the instruments of BTC first: its request has the number 2.</summary>
    internal static FeedBench OfDeribitListing() => new(new DeribitProtocol(
        new DeribitSettings(new Uri("ws://localhost/")) { Underlyings = [AssetId.Of("BTC")] }));

    internal static FeedBench OfBinance(BinanceMarketKind kind) => new(new BinanceProtocol(
        new BinanceSettings(kind, new Uri("ws://localhost/stream"), new Uri("http://localhost/depth"))
        {
            Markets = [new BinanceMarket("BTCUSDT", Perpetual)],
        }));

    /// <summary>Messages about a market, without the feed's news about itself.</summary>
    internal ImmutableArray<FeedMessage> Accepted =>
        [.. Output.Where(message => message is not (FeedMessage.StateChanged or FeedMessage.Gap))];

    internal void Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    internal void Read(byte[] bytes)
    {
        VenueReading reading = _protocol.Read(bytes, FeedArrival.Now(Time));
        Sent.AddRange(reading.Replies);
        Take(reading);
    }

    internal void ReadSnapshot(string text) => Take(
        _protocol.ReadSnapshot(Perpetual, Encoding.UTF8.GetBytes(text), FeedArrival.Now(Time)));

    internal bool IsLost => _intake.LostBooks.Any();

    internal long RefusedCount => Ledger.Refusals.Sum(refusal => refusal.Count);

    private void Take(VenueReading reading)
    {
        int from = Output.Count;
        _intake.Take(reading, Output);
        Sent.AddRange(_protocol.TakeRequests().Select(request => request.Text));
        foreach (FeedMessage message in Output[from..])
        {
            switch (message)
            {
                case FeedMessage.BookSnapshot snapshot:
                    Book.Apply(snapshot);
                    break;
                case FeedMessage.BookChange change:
                    Book.Apply(change);
                    break;
                case FeedMessage.Gap { Part: FeedPart.Book }:
                    Book.Clear();
                    break;
                default:
                    break;
            }
        }
    }
}
