using Breakwater.Accounts.Ledgers;
using Breakwater.Adapters.Files;
using Breakwater.Adapters.Storage;
using Breakwater.Adapters.Storage.Projections;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.IntegrationTests.Commands;
using Breakwater.Server.History;
using Breakwater.Server.Loop;
using Breakwater.Server.Replay;

namespace Breakwater.IntegrationTests.Server;

/// <summary>Recorded funding rates and marks of futures enter the engine at their times, however long the steps of a
/// replay are, and what is paid by them stands in ledger, journal and history.</summary>
public sealed class RecordedReplayTests
{
    private static readonly Perpetual Perpetual = new(AssetId.Of("BTC"), Settlement.Linear);
    private static readonly Timestamp From = Timestamp.Parse("2026-01-28T09:30:00Z");
    private static readonly Timestamp To = Timestamp.Parse("2026-01-28T17:30:00Z");

    // Hours to 12:00 are paid by the first rate, to 15:00 by the second (a rate that becomes known as an hour ends is
    // not that hour's), then by the third.
    private const string Rates =
        """
        time_utc,funding_rate_8h
        2026-01-28T09:00:00Z,0.0008
        2026-01-28T12:20:00Z,-0.0016
        2026-01-28T15:00:00Z,0.0024
        """;

    private const string Marks =
        """
        snapshot_utc,currency,future,mark
        2026-01-28T09:10:00Z,BTC,BTC-PERPETUAL,70000
        2026-01-28T09:10:00Z,BTC,BTC-27MAR26,70400
        2026-01-28T13:40:00Z,BTC,BTC-PERPETUAL,71000
        2026-01-28T13:40:00Z,BTC,BTC-27MAR26,71500
        2026-01-28T14:15:00Z,BTC,BTC-PERPETUAL,72000
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rates_and_marks_enter_at_their_times_and_hours_are_paid_by_what_was_known()
    {
        using TemporaryFolder folder = new();
        EngineOptions options = HistoryTests.Kept(folder) with { AreTicksFed = true, TickMilliseconds = 50 };
        string data = folder.PathOf("data");
        await ReplayAsync(Files(folder), data, options);
        (RiskEvent[] events, HistoryMark[] made) = Journalled(data, options, folder.PathOf("again.db"));
        Assert.Equal(
            ["09:30:00 1", "12:20:00 1", "15:00:00 1"],
            events.OfType<RiskEvent.FundingSeen>().Select(static own => $"{Clock(own.At)} {own.Series.Points.Length}"));
        Assert.Equal(
            ["09:30:00 70000", "13:40:00 71000", "14:15:00 72000"],
            events.OfType<RiskEvent.FuturesSeen>()
                .Select(static own => $"{Clock(own.At)} {own.Futures.PerpetualMarkUsd}"));
        // 1.5 BTC × price × rate ÷ 8, paid by the long where the rate is positive.
        Assert.Equal(
            [
                "10:00:00 -10.5 70000", "11:00:00 -10.5 70000", "12:00:00 -10.5 70000", "13:00:00 21 70000",
                "14:00:00 21.3 71000", "15:00:00 21.6 72000", "16:00:00 -32.4 72000", "17:00:00 -32.4 72000",
            ],
            made.Where(static own => own.Kind == "funding")
                .Select(static own => $"{Clock(own.At)} {own.Quantity} {own.Price}"));
        Assert.Equal(
            made,
            HistoryQuery.Of(options.HistoryPath!, "anna", Timestamp.FromUnixMilliseconds(0), To, 1_000).Marks);
    }

    [Fact]
    public void What_settles_leaves_a_mark_with_whoever_held_it()
    {
        Timestamp expiry = Timestamp.Parse("2026-02-06T08:00:00Z");
        DatedFuture future = new(AssetId.Of("BTC"), Settlement.Linear, expiry);
        Ledger ledger = Book(future).Aggregate(
            Ledger.Empty, static (before, own) => LedgerPosting.Apply(before, own).Value);
        LedgerTransition settlement = new LedgerTransition.Settlement(
            expiry, future.Underlying, expiry, new SettlementAverage((Int128)70_250 * 1_000_000_000_000, 1, 0));
        (string Account, HistoryMark Mark)[] marks = [.. new PostedWork(7, ledger, [settlement]).Marks()];
        Assert.Equal(
            [("anna", "-1.5"), ("bert", "1.5")],
            marks.Select(static own => (own.Account, own.Mark.Quantity!)));
        Assert.All(marks, own => Assert.Equal(
            ("settlement", future.Name, "70250", 7L),
            (own.Mark.Kind, own.Mark.Subject, own.Mark.Price, own.Mark.Sequence)));
    }

    private static MarketFileSelection Files(TemporaryFolder folder)
    {
        AssetId asset = AssetId.Of("BTC");
        string marks = folder.Write("marks.csv", Marks + "\n");
        string rates = folder.Write("rates.csv", Rates + "\n");
        return ServedMarket.Files with
        {
            Chains = [SampleFiles.Of("samples/market/deribit_btc_chain.csv.gz")],
            Histories = [.. ServedMarket.Files.Histories.Where(own => own.Asset == asset)],
            Trades = [],
            Futures = [new AssetFile(asset, marks)],
            Funding = [new AssetFile(asset, rates)],
        };
    }

    // Eight hours in a few steps: two accounts that hold a perpetual against each other.
    private static async Task ReplayAsync(MarketFileSelection files, string data, EngineOptions options)
    {
        RecordedReplay replay = RecordedReplay.Read(files, From, To).Value;
        await using EngineHost engine = (await EngineHost.OpenAsync(
            FolderDisk.AtOrNew(data), options, ParameterFile.LoadNewestShipped().Value, From, speed: 0d)).Value;
        engine.Start(static (_, _) => { });
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        LedgerTransition[] book = Book(Perpetual);
        await TellAsync(book[..^1], Cancel);
        Task feeding = replay.RunAsync(
            engine, new FeedBoard(), 36_000d, cancel => TellAsync(book[^1..], cancel), ending.Token);
        while (engine.View.At < To && !feeding.IsCompleted) await Task.Delay(20, Cancel);
        await ending.CancelAsync();
        await feeding;

        async Task TellAsync(LedgerTransition[] transitions, CancellationToken cancel)
        {
            foreach (LedgerTransition own in transitions)
            {
                Answer answer = await engine.SubmitAsync(
                    at => new RiskEvent.LedgerCommand(at, $"c{engine.View.Sequence}", own with { At = at }), cancel);
                Assert.Null(answer.Refusal);
            }
        }
    }

    private static LedgerTransition[] Book(Instrument instrument)
    {
        FillSide Side(string account) => new(account, new Mandate.Party(account), 0);
        decimal lot = ParameterFile.LoadNewestShipped().Value.Find(AssetId.Of("BTC"))!.LotOf(instrument);
        return
        [
            new LedgerTransition.InstrumentListing(From, instrument, lot),
            .. ((string[])["anna", "bert"]).SelectMany(static account => (LedgerTransition[])
            [
                new LedgerTransition.AccountOpening(From, account, account),
                new LedgerTransition.Deposit(From, account, AssetId.Numeraire, Place.Home, 900_000_000_000),
            ]),
            new LedgerTransition.Fill(
                From, instrument, (Int128)(1.5m / lot), 70_000m, Side("anna"), Side("bert")),
        ];
    }

    private static (RiskEvent[] Events, HistoryMark[] Made) Journalled(
        string data, EngineOptions options, string path)
    {
        using Journal journal = Journal.Open(FolderDisk.At(data), JournalOptions.Default).Value;
        using (ProjectionHost host = ProjectionHost.Open(
            path, [new AccountHistory(options.History, new RiskEngine())], journal))
        {
            host.Rebuild(Cancel);
        }

        List<RiskEvent> events = [];
        using JournalCursor cursor = journal.ReadAfter(0);
        while (cursor.MoveNext())
        {
            if (cursor.Current.Kind != Genesis.Kind) events.Add(RiskEventEncoding.Decode(cursor.Current.Payload).Value);
        }

        HistoryExcerpt made = HistoryQuery.Of(path, "anna", Timestamp.FromUnixMilliseconds(0), To, 1_000);
        return ([.. events], [.. made.Marks]);
    }

    private static string Clock(Timestamp at) => at.ToString()[11..19];
}
