using System.Text;
using Breakwater.IntegrationTests.Commands;

namespace Breakwater.IntegrationTests.Server;

/// <summary>Who may do what, of whom: role × resource × verb (RELIABILITY T-W1).</summary>
public sealed class AccessTests
{
    private const string Deposit =
        "{\"commandId\":\"m1\",\"kind\":\"deposit\",\"subaccount\":\"anna\",\"asset\":\"USDC\",\"quantity\":\"1\"}";

    private const string Withdraw =
        "{\"commandId\":\"m2\",\"kind\":\"withdraw\",\"subaccount\":\"anna\",\"asset\":\"USDC\",\"quantity\":\"1\"}";

    private const string Steal =
        "{\"commandId\":\"m3\",\"kind\":\"transfer\",\"from\":\"anna\",\"to\":\"bert\",\"asset\":\"USDC\","
        + "\"quantity\":\"1\"}";

    private const string List =
        "{\"commandId\":\"m4\",\"kind\":\"listInstrument\",\"instrument\":\"BTC-27MAR26-90000-C\"}";

    private const string Ask = "{\"subaccount\":\"anna\",\"orders\":[]}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly string[] Roles = ["", "bw_wrong", "blind", "operator", "governor", "anna", "bert"];

    // Status by role in the order above. 404 hides what a key does not see; 409 is a decision of the ledger.
    private static readonly (string Verb, string Path, string Body, int[] Expected)[] Matrix =
    [
        ("GET", "/health/live", "", [200, 200, 200, 200, 200, 200, 200]),
        ("GET", "/metrics", "", [200, 200, 200, 200, 200, 200, 200]),
        ("GET", "/openapi/v1.json", "", [200, 200, 200, 200, 200, 200, 200]),
        ("GET", "/v1/status", "", [401, 401, 403, 200, 200, 200, 200]),
        ("GET", "/v1/markets", "", [401, 401, 403, 200, 200, 200, 200]),
        ("GET", "/v1/surfaces/BTC", "", [401, 401, 403, 200, 200, 200, 200]),
        ("GET", "/v1/instruments", "", [401, 401, 403, 200, 200, 200, 200]),
        ("GET", "/v1/surfaces/XYZ", "", [401, 401, 403, 404, 404, 404, 404]),
        ("GET", "/v1/scenarios", "", [401, 401, 403, 200, 200, 200, 200]),
        ("GET", "/v1/subaccounts", "", [401, 401, 403, 200, 200, 200, 200]),
        ("GET", "/v1/subaccounts/anna/margin", "", [401, 401, 403, 200, 200, 200, 404]),
        ("GET", "/v1/subaccounts/anna/distribution", "", [401, 401, 403, 200, 200, 200, 404]),
        ("GET", "/v1/subaccounts/anna/distribution?bins=0", "", [401, 401, 403, 400, 400, 400, 404]),
        ("GET", "/v1/subaccounts/anna/ledger", "", [401, 401, 403, 200, 200, 200, 404]),
        ("GET", "/v1/subaccounts/nobody/ledger", "", [401, 401, 403, 404, 404, 404, 404]),
        ("GET", "/v1/subaccounts/anna/history", "", [401, 401, 403, 200, 200, 200, 404]),
        ("GET", "/v1/subaccounts/nobody/history", "", [401, 401, 403, 404, 404, 404, 404]),
        ("GET", "/v1/subaccounts/nobody/margin", "", [401, 401, 403, 404, 404, 404, 404]),
        ("GET", "/v1/nothing", "", [401, 401, 404, 404, 404, 404, 404]),
        ("POST", "/v1/status", "{}", [401, 401, 404, 404, 404, 404, 404]),
        ("POST", "/v1/margin/what-if", Ask, [401, 401, 403, 200, 200, 200, 404]),
        ("POST", "/v1/events", Deposit, [401, 401, 403, 200, 403, 403, 403]),
        ("POST", "/v1/events", Withdraw, [401, 401, 403, 403, 403, 200, 404]),
        ("POST", "/v1/events", Steal, [401, 401, 403, 403, 403, 404, 404]),
        ("POST", "/v1/events", List, [401, 401, 403, 403, 200, 403, 403]),
    ];

    [Fact]
    public async Task T_W1_every_role_meets_the_expected_answer_at_every_resource()
    {
        using TemporaryFolder folder = new();
        await using ServedMarket market =
            await ServedMarket.StartAsync(folder.PathOf("data"), HistoryTests.Kept(folder));
        await ServedBook.BuildAsync(market);
        List<string> wrong = [];
        foreach ((string verb, string path, string body, int[] expected) in Matrix)
        {
            for (int role = 0; role < Roles.Length; role++)
            {
                using HttpClient client = market.Client(Roles[role].Length == 0 ? null : Roles[role]);
                using HttpRequestMessage request = new(new HttpMethod(verb), new Uri(path, UriKind.Relative));
                if (body.Length > 0) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
                using HttpResponseMessage answer = await client.SendAsync(request, Cancel);
                if ((int)answer.StatusCode != expected[role])
                {
                    wrong.Add($"{verb} {path} {body} as '{Roles[role]}': {(int)answer.StatusCode}, not "
                        + $"{expected[role]}: {await answer.Content.ReadAsStringAsync(Cancel)}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task A_list_shows_the_subaccounts_of_the_key_and_no_other()
    {
        using TemporaryFolder folder = new();
        await using ServedMarket market = await ServedMarket.StartAsync(folder.FullName);
        await ServedBook.BuildAsync(market);
        using HttpClient bert = market.Client("bert");
        string list = await bert.GetStringAsync(
            new Uri("/v1/subaccounts", UriKind.Relative), Cancel);
        Assert.Contains("\"bert\"", list, StringComparison.Ordinal);
        Assert.DoesNotContain("anna", list, StringComparison.Ordinal);
    }
}
