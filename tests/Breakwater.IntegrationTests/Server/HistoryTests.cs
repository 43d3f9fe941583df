using System.Text.Json;
using Breakwater.Accounts.Ledgers;
using Breakwater.Adapters.Storage;
using Breakwater.Adapters.Storage.Projections;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.IntegrationTests.Commands;
using Breakwater.Margin;
using Breakwater.Server.History;
using Breakwater.Server.Loop;

namespace Breakwater.IntegrationTests.Server;

/// <summary>The history of margins: what the server tells is what the journal gives.</summary>
public sealed class HistoryTests
{
    private const int Ticks = 12;
    private static readonly Timestamp End = ServedMarket.At.AddMilliseconds(Timestamp.DayMilliseconds);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_history_written_beside_the_engine_is_the_one_made_again_from_the_journal()
    {
        using TemporaryFolder folder = new();
        EngineOptions options = Kept(folder);
        JsonElement told;
        await using (ServedMarket market = await ServedMarket.StartAsync(folder.PathOf("data"), options))
        {
            await ServedBook.BuildAsync(market);
            await TickAsync(market, 0, Ticks);
            told = await ReachedAsync(market, "/v1/subaccounts/anna/history?points=16");
            Assert.Equal(0, market.Engine.History!.OmittedCount); // it was asked for
        }

        await using (ServedMarket again = await ServedMarket.StartAsync(folder.PathOf("data"), options))
        {
            await TickAsync(again, Ticks, Ticks);
            await ReachedAsync(again, "/v1/subaccounts/anna/history");
        }

        HistoryExcerpt live = Excerpt(options.HistoryPath!);
        string other = folder.PathOf("again.db");
        using (Journal journal = Journal.Open(FolderDisk.At(folder.PathOf("data")), JournalOptions.Default).Value)
        {
            using ProjectionHost host = ProjectionHost.Open(
                other, [new AccountHistory(options.History, new RiskEngine())], journal);
            host.Rebuild(Cancel);
        }

        HistoryExcerpt made = Excerpt(other);
        Assert.Equal(1 + (2 * Ticks), live.Points.Length); // one while the book was built
        Assert.Equal(made.Points.Select(Told), live.Points.Select(Told));
        Assert.Equal(made.Marks, live.Marks);
        Assert.Empty(live.Gaps);
        JsonElement last = told.GetProperty("points").EnumerateArray().Last();
        Assert.Equal(["BTC"], last.GetProperty("prices").EnumerateObject().Select(static own => own.Name));
        Assert.Equal(
            ["openSubaccount", "deposit", "deposit", "fill", "fill", "fill"],
            told.GetProperty("marks").EnumerateArray().Select(static own => own.GetProperty("kind").GetString()));
        Assert.Equal("-5", told.GetProperty("marks")[3].GetProperty("quantity").GetString());
    }

    [Fact]
    public async Task A_history_whose_file_is_gone_begins_with_the_snapshot_and_tells_what_it_misses()
    {
        using TemporaryFolder folder = new();
        EngineOptions options = Kept(folder);
        long left;
        await using (ServedMarket market = await ServedMarket.StartAsync(folder.PathOf("data"), options))
        {
            await ServedBook.BuildAsync(market);
            await TickAsync(market, 0, 2);
            left = market.Engine.View.Sequence;
        }

        foreach (string end in (string[])["", "-wal", "-shm"]) File.Delete(options.HistoryPath + end);
        await using ServedMarket again = await ServedMarket.StartAsync(folder.PathOf("data"), options);
        await TickAsync(again, 2, 2);
        JsonElement told = await ReachedAsync(again, "/v1/subaccounts/anna/history");
        Assert.Equal(2, told.GetProperty("points").GetArrayLength());
        JsonElement gap = Assert.Single(told.GetProperty("missing").EnumerateArray());
        Assert.Equal(1, gap.GetProperty("firstSequence").GetInt64());
        Assert.Equal(left, gap.GetProperty("lastSequence").GetInt64());
    }

    [Fact]
    public async Task What_does_not_fit_is_left_out_and_counted_and_the_engine_never_waits()
    {
        using TemporaryFolder folder = new();
        using Journal journal = Journal.Open(FolderDisk.AtOrNew(folder.PathOf("data")), JournalOptions.Default).Value;
        HistoryRecorder idle = HistoryRecorder.Open(
            folder.PathOf("history.db"), new HistoryOptions { WaitingMarksMax = 3 }, journal);
        RiskState state = RiskState.Start(Adapters.Files.ParameterFile.LoadNewestShipped().Value);
        RiskEngine engine = new();
        for (int own = 0; own < 10; own++)
        {
            RiskEvent opening = new RiskEvent.LedgerCommand(
                ServedMarket.At, $"c{own}",
                new LedgerTransition.AccountOpening(ServedMarket.At, $"account-{own}", "owner"));
            RiskOutcome outcome = engine.Apply(state, opening);
            idle.Note(opening, state, outcome);
            state = outcome.State;
        }

        Assert.Equal(7, idle.OmittedCount);
        await idle.DisposeAsync();
    }

    [Fact]
    public async Task The_oldest_samples_go_when_there_are_more_rows_than_are_kept()
    {
        using TemporaryFolder folder = new();
        EngineOptions options = Kept(folder);
        options = options with { History = options.History with { RowsMax = 8, MarksMax = 3 } };
        await using ServedMarket market = await ServedMarket.StartAsync(folder.PathOf("data"), options);
        await ServedBook.BuildAsync(market);
        await TickAsync(market, 0, Ticks);
        await ReachedAsync(market, "/v1/subaccounts/anna/history");
        HistoryExcerpt left = Excerpt(options.HistoryPath!);
        Assert.Equal(4, left.Points.Length); // of two subaccounts
        Assert.Equal(market.Engine.View.Sequence, left.Points[^1].Sequence);
        Assert.InRange(left.MarkCount, 1, 3);
    }

    [Fact]
    public void The_interval_grows_with_the_subaccounts_within_its_bounds()
    {
        HistoryOptions options = new();
        Assert.Equal(60_000, options.IntervalMilliseconds(1));
        Assert.Equal(900_000, options.IntervalMilliseconds(100_000));
        for (int count = 1; count < 200_000; count *= 2)
        {
            Assert.True(options.IntervalMilliseconds(count) <= options.IntervalMilliseconds(2 * count));
        }
    }

    [Theory]
    [InlineData("?points=15", "OutOfRange")]
    [InlineData("?points=5001", "OutOfRange")]
    [InlineData("?points=x", "Malformed")]
    [InlineData("?from=yesterday", "Malformed")]
    [InlineData("?from=2026-02-05T00:00:00Z&to=2026-02-04T00:00:00Z", "OutOfRange")]
    public async Task A_question_of_another_form_is_refused_by_reason(string query, string reason)
    {
        using TemporaryFolder folder = new();
        await using ServedMarket market = await ServedMarket.StartAsync(folder.PathOf("data"), Kept(folder));
        using HttpClient venue = market.Client("operator");
        await ServedMarket.SendAsync(
            venue, "\"commandId\":\"o\",\"kind\":\"openSubaccount\",\"subaccount\":\"anna\",\"owner\":\"anna\"");
        using HttpResponseMessage answer = await venue.GetAsync(
            new Uri("/v1/subaccounts/anna/history" + query, UriKind.Relative), Cancel);
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains(
            $"\"reason\": \"{reason}\"", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    internal static EngineOptions Kept(TemporaryFolder folder) =>
        new()
        {
            HistoryPath = folder.PathOf("history.db"),
            History = new HistoryOptions { IntervalSecondsMin = 1, IntervalSecondsMax = 1, WaitingSamplesMax = 100 },
        };

    // A tick a minute.
    private static async Task TickAsync(ServedMarket market, int first, int count)
    {
        for (int tick = first + 1; tick <= first + count; tick++)
        {
            market.Engine.Clock.GoOn(ServedMarket.At.AddMilliseconds(tick * 60_000L), speed: 0d);
            await market.TickAsync();
        }
    }

    // The answer when the history has reached the engine.
    private static async Task<JsonElement> ReachedAsync(ServedMarket market, string path)
    {
        using HttpClient client = market.Client("anna");
        while (true)
        {
            JsonElement told = JsonDocument.Parse(
                await client.GetStringAsync(new Uri(path, UriKind.Relative), Cancel)).RootElement;
            if (told.GetProperty("sequence").GetInt64() >= market.Engine.View.Sequence) return told;
            await Task.Delay(20, Cancel);
        }
    }

    private static HistoryExcerpt Excerpt(string path) =>
        HistoryQuery.Of(path, "anna", Timestamp.FromUnixMilliseconds(0), End, 1_000);

    private static (Timestamp, long, MarginStage, HistoryMargins?, string) Told(HistoryPoint own) =>
        (own.At, own.Sequence, own.Stage, own.Margins, string.Join(' ', own.Prices));
}
