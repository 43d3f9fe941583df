using System.Text.Json;
using Breakwater.IntegrationTests.Commands;

namespace Breakwater.IntegrationTests.Server;

/// <summary>What the ledger keeps of a subaccount is told as it keeps it.</summary>
public sealed class LedgerRouteTests
{
    [Fact]
    public async Task Balances_and_holdings_are_those_that_commands_made()
    {
        using TemporaryFolder folder = new();
        await using ServedMarket market = await ServedMarket.StartAsync(folder.FullName);
        await ServedBook.BuildAsync(market);
        using HttpClient anna = market.Client("anna");
        JsonElement told = JsonDocument.Parse(await anna.GetStringAsync(
            new Uri("/v1/subaccounts/anna/ledger", UriKind.Relative),
            TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal("anna", told.GetProperty("subaccount").GetString());
        Assert.Equal(market.Engine.View.Sequence, told.GetProperty("sequence").GetInt64());
        // 20 BTC, and 5 × 0.031 received and 3 × 0.045 paid for options, at once and in coin.
        Assert.Equal(
            [("BTC", 20.02m, 0m), ("USDC", 900_000m, 0m)],
            told.GetProperty("cash").EnumerateArray().Select(static own => (
                own.GetProperty("asset").GetString()!, Number(own, "tokens") + Number(own, "claim"), // never null
                Number(own, "funding"))));
        Assert.Equal(
            [
                "BTC-27MAR26-60000-P 3 0.045", "BTC-27MAR26-80000-C -5 0.031",
                "BTC_USDC-PERPETUAL 1.5 72150.5",
            ],
            told.GetProperty("holdings").EnumerateArray().Select(static own =>
                $"{own.GetProperty("instrument")} {own.GetProperty("quantity")} {own.GetProperty("entryPrice")}"));
    }

    private static decimal Number(JsonElement own, string name) => decimal.Parse(
        own.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture); // never null
}
