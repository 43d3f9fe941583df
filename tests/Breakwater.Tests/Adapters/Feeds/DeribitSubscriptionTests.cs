using Breakwater.Adapters.Feeds;
using Breakwater.Instruments;

namespace Breakwater.Tests.Adapters.Feeds;

/// <summary>What is asked of Deribit, and when it is asked again.</summary>
public sealed class DeribitSubscriptionTests
{
    [Fact]
    public void What_is_listed_while_we_listen_is_listed_again_and_subscribed()
    {
        FeedBench bench = FeedBench.OfDeribitListing();
        bench.Read(Listing(2, "BTC-27MAR26-90000-C"));
        string subscription = bench.Sent[^1];
        Assert.Contains("\"ticker.BTC-27MAR26-90000-C.100ms\"", subscription, StringComparison.Ordinal);
        bench.Read(VenueJson.Channel(
            "instrument.state.any.BTC",
            "{\"timestamp\":1,\"state\":\"created\",\"instrument_name\":\"BTC-27MAR26-95000-C\"}"));
        Assert.Contains("public/get_instruments", bench.Sent[^1], StringComparison.Ordinal);
        bench.Read(Listing(4, "BTC-27MAR26-90000-C", "BTC-27MAR26-95000-C"));
        Assert.Contains(
            "\"params\":{\"channels\":[\"ticker.BTC-27MAR26-95000-C.100ms\"]}", bench.Sent[^1],
            StringComparison.Ordinal);
        Assert.Equal(0, bench.RefusedCount);

        static string Listing(int id, params string[] names) =>
            $"{{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":[" + string.Join(',', names.Select(name =>
                $"{{\"instrument_name\":\"{name}\",\"tick_size\":0.0001,\"min_trade_amount\":0.1,"
                    + "\"is_active\":true,\"expiration_timestamp\":1774598400000}")) + "]}";
    }

    [Fact]
    public void A_channel_that_the_venue_does_not_know_is_refused_and_counted()
    {
        FeedBench bench = FeedBench.OfDeribit(FeedBench.Perpetual);
        bench.Read("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":[\"book.BTC-PERPETUAL.100ms\"]}");
        Assert.Equal(
            (FeedStage.Meaning, FailureReason.Missing),
            (bench.Ledger.Refusals.Single().Stage, bench.Ledger.Refusals.Single().Reason));
    }
}
