using System.Text;
using System.Text.Json;
using Breakwater.Cli;
using Breakwater.IntegrationTests.Commands;

namespace Breakwater.IntegrationTests.Server;

/// <summary>The server answers with the bytes that the command prints.</summary>
public sealed class ServedReportTests
{
    [Fact]
    public async Task A_portfolio_has_the_same_report_by_command_and_by_server_byte_for_byte()
    {
        using TemporaryFolder folder = new();
        await using ServedMarket market = await ServedMarket.StartAsync(folder.PathOf("data"));
        await ServedBook.BuildAsync(market);
        using HttpClient anna = market.Client("anna");
        string portfolio = folder.Write("portfolio.json", ServedPortfolio.Text(market, "anna"));
        string[] margin = [.. MarginArguments.Of(portfolio), "--json"];
        Assert.Equal(Printed(margin), await GetAsync(anna, "/v1/subaccounts/anna/margin"));
        Assert.Equal(Printed([.. margin, "--explain"]), await GetAsync(anna, "/v1/subaccounts/anna/explain"));
        const string Orders = "\"orders\":[{\"instrument\":\"BTC_USDC-PERPETUAL\",\"quantity\":\"-1\"}],"
            + "\"collateral\":[{\"asset\":\"USDC\",\"quantity\":\"-1000\"}]";
        string printed = Printed([.. margin, "--what-if", folder.Write("orders.json", $"{{{Orders}}}")]);
        Assert.Equal(printed, await AskAsync(anna, $"{{\"subaccount\":\"anna\",{Orders}}}"));
        string held = ServedPortfolio.Text(market, "anna");
        Assert.Equal(printed, await AskAsync(anna, $"{{\"portfolio\":{held},{Orders}}}"));
        const string Moves = Orders + ",\"moves\":[{\"underlying\":\"BTC\",\"priceRelative\":\"-0.1\","
            + "\"volatilityRelative\":\"0.25\"},{\"underlying\":\"ETH\",\"priceRelative\":\"-0.15\"}]";
        string moved = Printed([.. margin, "--what-if", folder.Write("moves.json", $"{{{Moves}}}")]);
        Assert.Equal(moved, await AskAsync(anna, $"{{\"subaccount\":\"anna\",{Moves}}}"));
        Assert.NotEqual(printed, moved);

        // A report that is kept is that of the account as it is now.
        using HttpClient venue = market.Client("operator");
        await ServedMarket.SendAsync(venue, ServedBook.Deposit("later", "anna", "USDC", "1234"));
        string richer = folder.Write("richer.json", ServedPortfolio.Text(market, "anna"));
        Assert.Equal(
            Printed([.. MarginArguments.Of(richer), "--json"]), await GetAsync(anna, "/v1/subaccounts/anna/margin"));
    }

    // One whale holds more coin than all accounts together should: everybody's coin counts less, by every way.
    [Fact]
    public async Task What_all_accounts_hold_together_counts_in_reports_as_in_what_is_in_effect()
    {
        using TemporaryFolder folder = new();
        await using ServedMarket market = await ServedMarket.StartAsync(folder.PathOf("data"));
        await ServedBook.BuildAsync(market);
        using HttpClient anna = market.Client("anna");
        using HttpClient venue = market.Client("operator");
        using JsonDocument alone = JsonDocument.Parse(await GetAsync(anna, "/v1/subaccounts/anna/margin"));
        Assert.Equal(200, (await ServedMarket.SendAsync(
            venue,
            "\"commandId\":\"w\",\"kind\":\"openSubaccount\",\"subaccount\":\"whale\",\"owner\":\"whale\"")).Status);
        Assert.Equal(200, (await ServedMarket.SendAsync(
            venue, ServedBook.Deposit("whale-in", "whale", "BTC", "9000"))).Status);
        await market.TickAsync();
        string served = await GetAsync(anna, "/v1/subaccounts/anna/margin");
        using JsonDocument crowded = JsonDocument.Parse(served);
        JsonElement held = Assert.Single(crowded.RootElement.GetProperty("protocolHoldings").EnumerateArray());
        string[] margin =
        [
            .. MarginArguments.Of(folder.Write("portfolio.json", ServedPortfolio.Text(market, "anna"))), "--json",
            "--protocol-holding", $"{held.GetProperty("asset").GetString()}={held.GetProperty("value").GetString()}",
        ];
        Assert.Equal(Printed(margin), served);
        Assert.Equal(Printed([.. margin, "--explain"]), await GetAsync(anna, "/v1/subaccounts/anna/explain"));
        const string Moves = "\"moves\":[{\"underlying\":\"BTC\",\"priceRelative\":\"-0.1\"}]";
        Assert.Equal(
            Printed([.. margin, "--what-if", folder.Write("moves.json", $"{{{Moves}}}")]),
            await AskAsync(anna, $"{{\"subaccount\":\"anna\",{Moves}}}"));
        string equity = crowded.RootElement.GetProperty("equity").GetString()!;
        Assert.Equal(market.Engine.View.State.StandingOf("anna")!.Equity.ToString(), equity);
        Assert.NotEqual(alone.RootElement.GetProperty("equity").GetString(), equity);
    }

    private static string Printed(string[] arguments)
    {
        CommandRun run = CommandRun.Of(arguments);
        Assert.True(run.Code == ExitCode.Done, run.Error);
        return run.Output;
    }

    private static async Task<string> GetAsync(HttpClient client, string path) =>
        await client.GetStringAsync(new Uri(path, UriKind.Relative));

    private static async Task<string> AskAsync(HttpClient client, string body)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer =
            await client.PostAsync(new Uri("/v1/margin/what-if", UriKind.Relative), content);
        return await answer.Content.ReadAsStringAsync();
    }
}
