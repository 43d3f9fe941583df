using System.Globalization;
using System.Text.Json;
using Breakwater.IntegrationTests.Commands;

namespace Breakwater.IntegrationTests.Server;

/// <summary>The distribution that the server tells is that of the report it serves.</summary>
public sealed class DistributionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_distribution_has_the_core_of_the_report_its_tail_by_name_and_all_its_weight()
    {
        using TemporaryFolder folder = new();
        await using ServedMarket market = await ServedMarket.StartAsync(folder.FullName);
        await ServedBook.BuildAsync(market);
        using HttpClient anna = market.Client("anna");
        JsonElement margin = await GetAsync(anna, "/v1/subaccounts/anna/margin");
        JsonElement both = await GetAsync(anna, "/v1/subaccounts/anna/distribution?bins=40");
        JsonElement[] horizons = [.. both.GetProperty("horizons").EnumerateArray()];
        Assert.Equal(["Maintenance", "Initial"], horizons.Select(static own => Text(own, "horizon")));
        JsonElement core = margin.GetProperty("core");
        Assert.Equal(Text(core, "expectedShortfall"), Text(horizons[0], "expectedShortfall"));
        Assert.Equal(Text(core, "valueAtRisk"), Text(horizons[0], "valueAtRisk"));
        Assert.Equal(Text(core, "binding"), Text(horizons[0], "binding"));
        Assert.Equal("0.975", Text(horizons[0], "expectedShortfallLevel"));
        foreach (JsonElement own in horizons)
        {
            Assert.Equal(
                own.GetProperty("weightTotal").GetInt32(),
                own.GetProperty("bins").EnumerateArray().Sum(static bin => bin.GetProperty("weight").GetInt32()));
            JsonElement first = own.GetProperty("tail")[0];
            Assert.NotEmpty(Text(first, "label"));
            Assert.Contains(Text(first, "block"), (string[])["A", "B"]);
            Assert.Equal("BTC", Text(first.GetProperty("moves")[0], "underlying"));
            Assert.True(decimal.Parse(Text(first, "loss"), CultureInfo.InvariantCulture)
                >= decimal.Parse(Text(own, "expectedShortfall"), CultureInfo.InvariantCulture));
            Assert.All(own.GetProperty("deterministic").EnumerateArray(), static named =>
                Assert.Contains(Text(named, "block"), (string[])["C", "D", "E"]));
        }
    }

    private static string Text(JsonElement own, string name) => own.GetProperty(name).GetString()!;

    private static async Task<JsonElement> GetAsync(HttpClient client, string path) => JsonDocument.Parse(
        await client.GetStringAsync(new Uri(path, UriKind.Relative), Cancel)).RootElement;
}
