using System.Text.Json;
using Breakwater.Adapters.Feeds;
using Breakwater.Cli;
using Breakwater.IntegrationTests.Feeds;

namespace Breakwater.IntegrationTests.Commands;

/// <summary><c>feed</c> replays recordings or listens to a venue, and says what came and what was refused.</summary>
public sealed class FeedCommandTests
{
    private static readonly string[] Recorded =
    [
        "feed", "--book", "BTC_USDC-PERPETUAL=" + SampleFiles.Of("samples/market/binance_btcusdt_perp_depth.csv.gz"),
        "--trades", "BTC_USDC-PERPETUAL=" + SampleFiles.Of("samples/market/binance_btcusdt_perp_trades.csv.gz"),
    ];

    [Fact]
    public void What_was_recorded_is_counted()
    {
        JsonElement report = Json(CommandRun.Of([.. Recorded, "--json"]));
        JsonElement own = report.GetProperty("instruments").EnumerateArray().Single();
        Assert.Equal("BTC_USDC-PERPETUAL", own.GetProperty("instrument").GetString());
        Assert.Equal(301, own.GetProperty("trades").GetInt64());
        Assert.Equal(145, own.GetProperty("bookChanges").GetInt64());
        Assert.Equal(0, own.GetProperty("gaps").GetInt64());
        Assert.Empty(report.GetProperty("refusals").EnumerateArray());
        Assert.True(
            decimal.Parse(own.GetProperty("bestBid").GetString()!, System.Globalization.CultureInfo.InvariantCulture)
                < decimal.Parse(
                    own.GetProperty("bestAsk").GetString()!, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Speed_changes_no_byte_of_the_output()
    {
        CommandRun fastest = CommandRun.Of(Recorded);
        CommandRun slower = CommandRun.Of([.. Recorded, "--speed", "50"]);
        Assert.Equal(ExitCode.Done, fastest.Code);
        Assert.Equal(fastest.Output, slower.Output);
    }

    [Fact]
    public async Task A_live_venue_is_listened_to_for_as_long_as_was_asked_and_what_it_lies_is_kept()
    {
        using TemporaryFolder folder = new();
        string kept = folder.PathOf("kept");
        await using FaultyVenue venue = new(VenueDialect.Deribit, RecordedDepth.Sample, [], stepCount: 100);
        CommandRun run = CommandRun.Of(
            "feed", "--deribit", $"ws://{venue.Authority}/ws/api/v2", "--instrument", "BTC-PERPETUAL", "--seconds", "3",
            "--quarantine", kept, "--json");
        JsonElement report = Json(run);
        JsonElement own = report.GetProperty("instruments").EnumerateArray().Single();
        Assert.True(own.GetProperty("bookChanges").GetInt64() > 0, run.Output);
        Assert.True(own.GetProperty("trades").GetInt64() > 0, run.Output);
        Assert.Equal("0.5525", report.GetProperty("assets")[0].GetProperty("volatilityAnnual").GetString());
        Assert.Equal(
            Quarantine.Read(kept).Count(),
            report.GetProperty("refusals").EnumerateArray().Sum(refusal => refusal.GetProperty("count").GetInt64()));
    }

    [Theory]
    [InlineData("recording is missing", "feed")]
    [InlineData("--speed", "feed --chain x.csv --speed 0")]
    [InlineData("--speed", "feed --chain x.csv --speed NaN")]
    [InlineData("--seconds", "feed --deribit ws://127.0.0.1:1/ --seconds 0")]
    [InlineData("--deribit", "feed --deribit http://127.0.0.1:1/")]
    [InlineData("--until", "feed --chain x.csv --until yesterday")]
    public void A_command_line_that_is_not_understood_ends_with_2(string said, string line)
    {
        CommandRun run = CommandRun.Of(line.Split(' '));
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UnknownInstrument", "feed --book non_sense=x.csv")]
    [InlineData("UnknownInstrument", "feed --trades x.csv")]
    [InlineData("Missing", "feed --chain absent.csv")]
    [InlineData("Malformed", "feed --history absent.csv")]
    [InlineData("UnknownInstrument", "feed --deribit ws://127.0.0.1:1/ --instrument BTC-NONSENSE")]
    public void A_bad_input_is_refused_by_name(string reason, string line)
    {
        CommandRun run = CommandRun.Of(line.Split(' '));
        Assert.Equal(ExitCode.Refused, run.Code);
        Assert.Empty(run.Output);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    private static JsonElement Json(CommandRun run)
    {
        Assert.True(run.Code == ExitCode.Done, run.Error);
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
