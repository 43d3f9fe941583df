using System.Collections.Immutable;
using System.Text.Json;
using Breakwater.Adapters.Feeds;
using Breakwater.Adapters.Files;
using Breakwater.Adapters.Storage;
using Breakwater.Instruments;
using Breakwater.IntegrationTests.Commands;
using Breakwater.Markets;
using Breakwater.Server;
using Breakwater.Server.Access;
using Breakwater.Server.Live;
using Breakwater.Server.Loop;
using Breakwater.Server.Replay;

namespace Breakwater.IntegrationTests.Server;

/// <summary>A server over live venues that drop, skip and lie: margins appear, what is refused is counted, and a market
/// that ages goes to its mode.</summary>
public sealed class LiveServerTests
{
    private static readonly AssetId Btc = AssetId.Of("BTC");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void T_I4_an_underlying_with_fewer_than_three_sources_of_its_index_is_refused()
    {
        LiveSelection one = new([Btc], [LiveSelection.DeribitOf(new Uri("ws://127.0.0.1:1/"), [Btc])], []);
        Result<LiveMarket> refused = LiveMarket.Of(one, [], new FeedLedger(TimeProvider.System));
        Assert.Equal(FailureReason.OutOfRange, Assert.Single(refused.Failures).Reason);
    }

    [Fact]
    public async Task T_I3_a_live_market_is_margined_survives_its_venues_and_goes_to_its_mode_when_they_are_silent()
    {
        using TemporaryFolder folder = new();
        Timestamp now = Timestamp.FromUnixMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        (ImmutableArray<ChainRow> rows, UnderlyingObservations past, double index) = Recorded(now);
        await using ChainVenue one = new(rows, index);
        await using ChainVenue two = new([], index * 1.0005);
        await using ChainVenue three = new([], index * 0.9995);
        LiveSelection selection = new(
            [Btc],
            [
                LiveSelection.DeribitOf(one.Address, [Btc]) with { Source = "one" },
                LiveSelection.DeribitOf(two.Address, [Btc]) with { Source = "two" },
                LiveSelection.DeribitOf(three.Address, [Btc]) with { Source = "three" },
            ],
            []);
        FeedLedger ledger = new(TimeProvider.System);
        LiveMarket market = LiveMarket.Of(selection, [past], ledger).Value;
        EngineOptions options = new() { AreTicksFed = true, TickMilliseconds = 200 };
        await using EngineHost engine = (await EngineHost.OpenAsync(
            FolderDisk.AtOrNew(folder.PathOf("data")), options, ParameterFile.LoadNewestShipped().Value, now,
            speed: 1d)).Value;
        FeedBoard feeds = new();
        KeyRing keys = new([.. ServedMarket.Keys.Select(static own => own.Key)]);
        await using RiskServer server =
            await RiskServer.StartAsync(engine, keys, feeds, new ServerOptions { Port = 0 });
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task living = Task.Run(() => market.RunAsync(engine, feeds, ending.Token), Cancel);
        LiveClient client = new(server.Address);

        await client.UntilAsync(static own => own.Mode("BTC") == "Normal" && own.Used("BTC") == 3, "three agree");
        await client.TradeAsync(rows[rows.Length / 2].Option.Name);
        JsonElement margin = await client.GetAsync("anna", "/v1/subaccounts/anna/margin");
        Assert.NotEqual("0.000000", margin.GetProperty("maintenanceMargin").GetString());

        three.Lie = 1.04;
        await client.UntilAsync(
            static own => own.LeftOut("BTC", "three") == "Outlier" && own.Rejected("Index", "three") > 0
                && own.Mode("BTC") == "ReduceOnly",
            "a lie is out, and two of three let nobody take more risk");
        Assert.InRange(client.Index("BTC"), index * 0.9995, index * 1.0405);
        three.Lie = 1d;

        await FailAsync(client, one, two);
        await CountsAgreeAsync(client, ledger);
        foreach (ChainVenue own in (ChainVenue[])[one, two, three]) own.IsSilent = true;
        engine.Clock.GoOn(engine.Clock.Now.AddMilliseconds(Timestamp.HourMilliseconds), speed: 1d);
        await client.UntilAsync(
            static own => own.Mode("BTC") != "Normal" && own.IndexMode("BTC") == "Halted" && own.Age("one") > 60,
            "nothing new is a mode, not a price");
        await ending.CancelAsync();
        await living;
    }

    private static async Task FailAsync(LiveClient client, ChainVenue one, ChainVenue two)
    {
        await one.SayAsync("{\"jsonrpc\":");
        await one.SayAsync(one.AbsurdTicker());
        await one.SkipAsync();
        two.Cut();
        await client.UntilAsync(
            own => own.Rejected(null, "one") >= 2 && two.ConnectionCount == 2 && one.SnapshotCount >= 2
                && own.Used("BTC") == 3 && own.Mode("BTC") == "Normal",
            "garbage counted, book asked for again, connected again");
    }

    private static async Task CountsAgreeAsync(LiveClient client, FeedLedger ledger)
    {
        string metrics = await client.MetricsAsync();
        foreach (RefusalCount own in ledger.Refusals.Where(static own => own.Source == "one"))
        {
            Assert.Contains(
                $"breakwater_rejected_total{{stage=\"{own.Stage}\",source=\"one\","
                    + $"reason=\"{own.Reason}\"}} {own.Count}",
                metrics, StringComparison.Ordinal);
        }
    }

    // The recorded chain and series, moved by whole weeks to now: expiries stay Fridays, closes stay on the hour.
    private static (ImmutableArray<ChainRow> Rows, UnderlyingObservations Past, double IndexUsd) Recorded(Timestamp now)
    {
        const long Week = 7 * Timestamp.DayMilliseconds;
        UnderlyingObservations seen = MarketFiles.Read(ServedMarket.Files, ServedMarket.At).Value.Underlyings
            .Single(static own => own.Asset == Btc);
        long shift = now.MillisecondsSince(ServedMarket.At) / Week * Week;
        double index = seen.Chain!.Rows.Select(static own => own.IndexUsd).OfType<double>().First();
        ChainObservation moved = new(
            seen.Chain.At,
            [
                .. seen.Chain.Rows.Where(own => Math.Abs(((double)own.Option.StrikeUsd / index) - 1d) < 0.15
                    && own.Option.Expiry.MillisecondsSince(ServedMarket.At) is > 3 * Week and < 22 * Week)
                    .Select(own => own with
                    {
                        Option = new VanillaOption(
                            own.Option.Underlying, own.Option.Settlement, own.Option.Expiry.AddMilliseconds(shift),
                            own.Option.StrikeUsd, own.Option.Right),
                    }),
            ]);
        PriceSeries Moved(PriceSeries own) => own with
        {
            Closes = [.. own.Closes.Select(point => point with { At = point.At.AddMilliseconds(shift) })],
        };
        return (
            [
                .. RestatedChain.Of(moved, index, now).Rows.Where(own => own.BidCoin < own.AskCoin
                    && own.Option.Expiry > now.AddMilliseconds(Week)),
            ],
            UnderlyingObservations.None(Btc) with
            {
                Prices = [.. seen.Prices.Select(Moved)],
                VolatilityIndices = [.. seen.VolatilityIndices.Select(Moved)],
            },
            index);
    }
}
