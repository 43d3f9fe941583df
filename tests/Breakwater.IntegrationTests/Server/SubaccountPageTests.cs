using System.Text.Json;
using Breakwater.IntegrationTests.Commands;

namespace Breakwater.IntegrationTests.Server;

/// <summary>Pages of subaccounts are the list, cut.</summary>
public sealed class SubaccountPageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_one_after_another_are_the_whole_list_each_subaccount_once()
    {
        using TemporaryFolder folder = new();
        await using ServedMarket market = await ServedMarket.StartAsync(folder.FullName);
        await ServedBook.BuildAsync(market);
        using HttpClient venue = market.Client("operator");
        for (int own = 0; own < 7; own++)
        {
            await ServedMarket.SendAsync(
                venue,
                $"\"commandId\":\"o{own}\",\"kind\":\"openSubaccount\",\"subaccount\":\"n-{own}\",\"owner\":\"n\"");
        }

        await market.TickAsync();
        JsonElement whole = await GetAsync(venue, string.Empty);
        Assert.Equal(JsonValueKind.Null, whole.GetProperty("next").ValueKind);
        string[] all = Names(whole);
        Assert.Equal(9, all.Length);
        for (int limit = 1; limit <= all.Length + 1; limit++)
        {
            List<string> paged = [];
            string? next = null;
            do
            {
                JsonElement page = await GetAsync(
                    venue, $"?limit={limit}" + (next is null ? string.Empty : $"&after={next}"));
                string[] names = Names(page);
                Assert.InRange(names.Length, 1, limit);
                paged.AddRange(names);
                next = page.GetProperty("next").GetString();
            }
            while (next is not null);
            Assert.Equal(all, paged);
        }

        using HttpClient anna = market.Client("anna");
        Assert.Equal(["anna"], Names(await GetAsync(anna, "?limit=5")));
        using HttpResponseMessage refused = await venue.GetAsync(
            new Uri("/v1/subaccounts?limit=0", UriKind.Relative), Cancel);
        Assert.Equal(400, (int)refused.StatusCode);
    }

    private static string[] Names(JsonElement page) =>
        [.. page.GetProperty("subaccounts").EnumerateArray().Select(static own =>
            own.GetProperty("subaccount").GetString()!)];

    private static async Task<JsonElement> GetAsync(HttpClient client, string query) => JsonDocument.Parse(
        await client.GetStringAsync(new Uri("/v1/subaccounts" + query, UriKind.Relative), Cancel)).RootElement;
}
