using System.Text.Json;
using Breakwater.Cli;
using Breakwater.IntegrationTests.Commands;

namespace Breakwater.IntegrationTests.Server;

/// <summary>The load generator asks what it was told to ask, as often, and counts every answer.</summary>
public sealed class LoadCommandTests
{
    private static readonly string[] Load =
        ["load", "--address", "", "--key", "", "--rate", "50", "--seconds", "2", "--warm-up", "0.2"];

    [Fact]
    public async Task Every_request_is_counted_by_kind_and_answer_and_commands_are_really_made()
    {
        using TemporaryFolder folder = new();
        await using ServedMarket market = await ServedMarket.StartAsync(folder.FullName);
        await ServedBook.BuildAsync(market);
        long before = market.Engine.View.Sequence;
        CommandRun run = ServedCommand.Run(
            market, [.. Load, "--mix", "what-if=2", "margin=1", "status=1", "command=1", "--json"]);
        Assert.True(run.Code == ExitCode.Done, run.Error + run.Output);
        using JsonDocument told = JsonDocument.Parse(run.Output);
        (string Kind, int Due)[] due =
        [
            .. told.RootElement.GetProperty("kinds").EnumerateArray().Select(static own =>
                (own.GetProperty("kind").GetString()!, own.GetProperty("due").GetInt32())),
        ];
        Assert.Equal([("what-if", 40), ("margin", 20), ("status", 20), ("command", 20)], due);
        Assert.All(told.RootElement.GetProperty("kinds").EnumerateArray(), static own =>
        {
            Assert.Equal(0, own.GetProperty("failed").GetInt32());
            JsonElement latency = own.GetProperty("latencyMs");
            Assert.InRange(
                latency.GetProperty("p50").GetDouble(), double.Epsilon, latency.GetProperty("max").GetDouble());
        });
        Assert.Equal(before + 22, market.Engine.View.Sequence); // those of the warm-up too
    }

    [Fact]
    public async Task An_answer_that_is_no_success_fails_the_run_and_a_wrong_key_is_refused()
    {
        using TemporaryFolder folder = new();
        await using ServedMarket market = await ServedMarket.StartAsync(folder.FullName);
        await ServedBook.BuildAsync(market);
        string[] asked = [.. Load, "--mix", "command=1"];
        asked[2] = market.Address.ToString();
        asked[4] = ServedMarket.Keys.First(static own => own.Key.Name == "anna").Secret; // may not deposit
        CommandRun forbidden = CommandRun.Of(asked);
        Assert.Equal(ExitCode.CheckFailed, forbidden.Code);
        Assert.Contains("403", forbidden.Output, StringComparison.Ordinal);
        asked[4] = "bw_wrong";
        Assert.Equal(ExitCode.Refused, CommandRun.Of(asked).Code);
    }

    [Fact]
    public void A_server_that_is_not_there_is_refused() =>
        Assert.Equal(ExitCode.Refused, CommandRun.Of("load", "--address", "http://127.0.0.1:9", "--key", "x").Code);

    [Theory]
    [InlineData("--rate", "0")]
    [InlineData("--rate", "-1")]
    [InlineData("--rate", "1e9")]
    [InlineData("--seconds", "0")]
    [InlineData("--warm-up", "-1")]
    [InlineData("--address", "ftp://127.0.0.1")]
    [InlineData("--address", "127.0.0.1:8080")]
    [InlineData("--mix", "what-if")]
    [InlineData("--mix", "what-if=0")]
    [InlineData("--mix", "what-if=1.5")]
    [InlineData("--mix", "everything=1")]
    [InlineData("--mix", "margin=1", "margin=2")]
    public void A_bad_argument_is_a_usage_error(params string[] argument)
    {
        CommandRun run = CommandRun.Of(["load", "--key", "x", .. argument]);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(argument[0], run.Error, StringComparison.Ordinal);
    }
}
