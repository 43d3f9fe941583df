using System.Collections.Immutable;
using Breakwater.Adapters.Feeds;
using Breakwater.Adapters.Feeds.Binance;
using Breakwater.Adapters.Feeds.Deribit;
using Breakwater.Instruments;
using Breakwater.IntegrationTests.Commands;

namespace Breakwater.IntegrationTests.Feeds;

/// <summary>Live feeds against a venue on this machine that replays recorded books and does everything wrong.</summary>
public sealed class LiveFeedTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly Instrument Perpetual = InstrumentName.Parse("BTC-PERPETUAL");

    private static readonly LinkSettings Link = new()
    {
        MessageBytesMax = FaultyVenue.MessageBytesMax,
        BackOffFirst = TimeSpan.FromMilliseconds(20),
        BackOffMax = TimeSpan.FromMilliseconds(200),
    };

    private static readonly VenueFault[] OfAll =
    [
        VenueFault.Drop, VenueFault.Duplicate, VenueFault.Gap, VenueFault.Reorder, VenueFault.Cut,
        VenueFault.CrossedBook, VenueFault.WrongNumber, VenueFault.WrongInstrument, VenueFault.AbsurdNumber,
        VenueFault.SecondsClock, VenueFault.LateClock, VenueFault.FastClock, VenueFault.Garbage,
        VenueFault.DuplicateMember, VenueFault.TooLong, VenueFault.Binary, VenueFault.UnknownStream,
        VenueFault.AbsurdTrade, VenueFault.RepeatedTrade, VenueFault.MissedTrade, VenueFault.Drop,
    ];

    [Theory]
    [InlineData(VenueDialect.Deribit)]
    [InlineData(VenueDialect.Futures)]
    [InlineData(VenueDialect.Spot)]
    public async Task After_every_fault_the_book_is_the_recorded_one_and_every_lie_is_refused_kept_and_counted(
        VenueDialect dialect)
    {
        VenueFault[] faults = dialect switch
        {
            VenueDialect.Deribit => OfAll,
            VenueDialect.Futures =>
            [
                .. OfAll, VenueFault.StaleSnapshot, VenueFault.TooManyRequests, VenueFault.CrossedSnapshot,
            ],
            // A range that names no predecessor cannot be told from one that was sent too late.
            _ => [.. OfAll, VenueFault.StaleSnapshot],
        };
        using TemporaryFolder folder = new();
        string kept = folder.PathOf("quarantine");
        FeedWatch watch;
        ImmutableArray<RefusalCount> counted;
        using (Quarantine quarantine = Quarantine.Open(kept))
        {
            FeedLedger ledger = new(TimeProvider.System, quarantine);
            await using FaultyVenue venue = new(dialect, RecordedDepth.Sample, faults, stepCount: 120);
            watch = await FeedWatch.RunAsync(FeedOf(dialect, venue, ledger, Link), venue, Limit);
            counted = ledger.Refusals;
            Assert.True(venue.IsDone, $"{venue.FaultsLeft} faults were not made\n{watch.Log}");
            Assert.True(dialect != VenueDialect.Deribit || venue.LifeSignCount > 0, "no sign of life was answered");
        }

        Assert.True(watch.Differences.IsEmpty, $"{watch.Differences.FirstOrDefault()}\n{watch.Log}");
        Assert.True(watch.ComparedCount >= 120 - (7 * faults.Length), $"{watch.ComparedCount} books were compared");
        Assert.True(Expected(faults, dialect).SequenceEqual(Told(counted)), watch.Log);
        QuarantinedInput[] inputs = [.. Quarantine.Read(kept)];
        Assert.Equal(Expected(faults, dialect), Told(inputs), StringComparer.Ordinal);
        Assert.All(inputs, input => Assert.True(input.Raw.Length > 0 && input.Length >= input.Raw.Length));
        Assert.Equal(
            faults.Count(fault => fault == VenueFault.MissedTrade),
            watch.Gaps.Count(gap => gap is { Part: FeedPart.Trades, Reason: FeedGapReason.MissedNumber }));
        Assert.Contains(FeedState.Unhealthy, watch.States);
    }

    [Theory]
    [InlineData(VenueDialect.Deribit)]
    [InlineData(VenueDialect.Futures)]
    public async Task A_venue_that_falls_silent_is_left_and_found_again(VenueDialect dialect)
    {
        FeedLedger ledger = new(TimeProvider.System);
        await using FaultyVenue venue = new(dialect, RecordedDepth.Sample, [VenueFault.Stall], stepCount: 60);
        LinkSettings link = Link with { SilenceMax = FaultyVenue.Stalling - TimeSpan.FromSeconds(0.5) };
        FeedWatch watch = await FeedWatch.RunAsync(FeedOf(dialect, venue, ledger, link), venue, Limit);
        Assert.True(venue.IsDone, watch.Log);
        Assert.True(watch.Differences.IsEmpty, watch.Differences.FirstOrDefault());
        Assert.Contains(FeedState.Disconnected, watch.States);
        Assert.True(venue.ConnectionCount >= 2, $"{venue.ConnectionCount} connections");
        Assert.Contains(watch.Gaps, gap => gap.Reason == FeedGapReason.Disconnected);
        Assert.Empty(ledger.Refusals);
    }

    [Fact]
    public async Task The_whole_recorded_book_comes_through_a_live_feed_unchanged()
    {
        FeedLedger ledger = new(TimeProvider.System);
        await using FaultyVenue venue = new(VenueDialect.Futures, RecordedDepth.Whole, [], stepCount: 600);
        FeedWatch watch = await FeedWatch.RunAsync(FeedOf(VenueDialect.Futures, venue, ledger, Link), venue, Limit);
        Assert.True(watch.Differences.IsEmpty, watch.Differences.FirstOrDefault());
        Assert.True(watch.ComparedCount >= 300, $"{watch.ComparedCount} books were compared\n{watch.Log}");
        Assert.Empty(ledger.Refusals);
    }

    [Fact]
    public async Task A_venue_that_is_not_there_is_tried_again_until_it_is_cancelled()
    {
        FeedLedger ledger = new(TimeProvider.System);
        using CancellationTokenSource cancel = new(TimeSpan.FromSeconds(20));
        IMarketFeed feed = DeribitFeed.Of(
            new DeribitSettings(new Uri("ws://127.0.0.1:1/")) { Link = Link }, ledger, TimeProvider.System);
        int lossCount = 0;
        await foreach (FeedMessage message in feed.ReadAsync(cancel.Token))
        {
            lossCount += message is FeedMessage.StateChanged { State: FeedState.Disconnected } ? 1 : 0;
            if (lossCount == 3)
            {
                await cancel.CancelAsync();
            }
        }

        Assert.Equal(3, lossCount);
    }

    private static IMarketFeed FeedOf(
        VenueDialect dialect, FaultyVenue venue, FeedLedger ledger, LinkSettings link) => dialect switch
        {
            VenueDialect.Deribit => DeribitFeed.Of(
                new DeribitSettings(new Uri($"ws://{venue.Authority}/ws/api/v2"))
                {
                    Underlyings = [AssetId.Of("BTC")],
                    Books = [Perpetual],
                    Trades = [Perpetual],
                    Link = link,
                },
                ledger, TimeProvider.System),
            _ => BinanceFeed.Of(
                new BinanceSettings(
                    dialect == VenueDialect.Futures ? BinanceMarketKind.Futures : BinanceMarketKind.Spot,
                    new Uri($"ws://{venue.Authority}/stream"), new Uri($"http://{venue.Authority}/depth"))
                {
                    Markets = [new BinanceMarket("BTCUSDT", Perpetual)],
                    Link = link,
                },
                ledger, TimeProvider.System),
        };

    private static string[] Expected(VenueFault[] faults, VenueDialect dialect) =>
        Told(faults.SelectMany(fault => VenueFaults.Refusals(fault, dialect))
            .Select(refusal => (refusal.Stage, refusal.Reason, 1L)));

    private static string[] Told(ImmutableArray<RefusalCount> counted) =>
        Told(counted.Select(refusal => (refusal.Stage, refusal.Reason, refusal.Count)));

    private static string[] Told(QuarantinedInput[] inputs) =>
        Told(inputs.Select(input => (input.Stage, input.Reason, 1L)));

    private static string[] Told(IEnumerable<(FeedStage Stage, FailureReason Reason, long Count)> refusals) =>
    [
        .. refusals.GroupBy(refusal => (refusal.Stage, refusal.Reason))
            .OrderBy(group => group.Key)
            .Select(group => $"{group.Key.Stage} {group.Key.Reason} {group.Sum(refusal => refusal.Count)}"),
    ];
}
