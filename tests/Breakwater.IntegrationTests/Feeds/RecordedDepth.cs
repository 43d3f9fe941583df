using System.Collections.Immutable;
using Breakwater.Adapters.Feeds;
using Breakwater.Adapters.Files;
using Breakwater.Instruments;
using Breakwater.IntegrationTests.Commands;
using Breakwater.Markets;
using Breakwater.Tests;

namespace Breakwater.IntegrationTests.Feeds;

/// <summary>One step of a recorded book.</summary>
/// <param name="First">The venue's number of its first change.</param>
/// <param name="Last">And of its last.</param>
/// <param name="Bids">New sizes of bids.</param>
/// <param name="Asks">New sizes of asks.</param>
internal sealed record DepthStep(long First, long Last, ImmutableArray<FeedLevel> Bids, ImmutableArray<FeedLevel> Asks);

/// <summary>A recorded book: its snapshot and the steps that follow it.</summary>
/// <param name="Snapshot">The whole book.</param>
/// <param name="Steps">Steps in order.</param>
/// <param name="TradePrices">Prices of recorded trades.</param>
internal sealed record RecordedDepth(
    DepthStep Snapshot, ImmutableArray<DepthStep> Steps, ImmutableArray<decimal> TradePrices)
{
    /// <summary>The excerpt among the samples.</summary>
    internal static RecordedDepth Sample => Read(
        SampleFiles.Of("samples/market/binance_btcusdt_perp_depth.csv.gz"),
        SampleFiles.Of("samples/market/binance_btcusdt_perp_trades.csv.gz"));

    /// <summary>The whole recording; skips the test where it is absent.</summary>
    internal static RecordedDepth Whole => Read(
        SharedFolder.Require("data/l2_binance_btcusdt_perp_20240808_depth.csv.gz"),
        SharedFolder.Require("data/l2_binance_btcusdt_perp_20240808_trades.csv.gz"));

    private static RecordedDepth Read(string book, string trades)
    {
        AssetId btc = AssetId.Of("BTC");
        Result<MarketObservations> read = MarketFiles.Read(
            new MarketFileSelection([], [], [], [], [])
            {
                Books = [new AssetFile(btc, book)],
                Trades = [new AssetFile(btc, trades)],
            },
            Timestamp.Parse("2030-01-01"));
        Assert.True(read.IsAccepted, string.Join('\n', read.Failures));
        FlowObservations flow = read.Value.Underlyings.Single().Flow;
        BookFrame snapshot = flow.Book.Single(frame => frame.IsSnapshot);
        return new RecordedDepth(
            StepOf(snapshot),
            [
                .. flow.Book.Where(frame => !frame.IsSnapshot && frame.LastUpdateId > snapshot.LastUpdateId)
                    .Select(StepOf),
            ],
            [.. flow.Trades.Select(trade => (decimal)trade.PriceUsd)]);
    }

    private static DepthStep StepOf(BookFrame frame) => new(
        frame.FirstUpdateId, frame.LastUpdateId,
        [.. frame.Changes.Where(change => change.IsBid).Select(LevelOf)],
        [.. frame.Changes.Where(change => !change.IsBid).Select(LevelOf)]);

    private static FeedLevel LevelOf(BookChange change) => new((decimal)change.PriceUsd, (decimal)change.Quantity);
}
