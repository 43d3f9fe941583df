using System.Collections.Concurrent;
using System.Text.Json;
using Breakwater.IntegrationTests.Commands;
using Breakwater.Server.Access;
using Microsoft.Playwright;

namespace Breakwater.BrowserTests;

/// <summary>A page outlives the server it looks at.</summary>
public sealed class RestartTests(Browser browser)
{
    [Fact]
    public async Task A_page_says_that_the_server_is_gone_and_takes_up_where_it_was_when_it_is_back()
    {
        Assert.SkipUnless(Chromium.File is not null, Chromium.Missing);
        using TemporaryFolder folder = new();
        string secret = ApiKey.NewSecret();
        string keys = folder.Write("keys.json", JsonSerializer.Serialize(new
        {
            keys = new[]
            {
                new
                {
                    name = "desk", sha256 = Convert.ToHexStringLower([.. ApiKey.HashOf(secret)]),
                    scopes = (string[])["read"], subaccounts = (string[])["*"],
                },
            },
        }));
        string[] arguments =
            ["--from", "2026-02-05T08:00:00Z", "--speed", "60", "--tick", "500", "--population", "8", "--keys", keys];
        using ServedProcess first = await ServedProcess.StartAsync(
            folder.PathOf("data"), [.. arguments, "--port", "0"]);
        await using Visit visit = await Visit.OpenAsync(browser, first.Address, secret);
        ConcurrentQueue<string?> resumed = [];
        visit.Page.Request += (_, request) =>
        {
            if (!request.Url.EndsWith("/v1/stream", StringComparison.Ordinal)) return;
            resumed.Enqueue(request.Headers.TryGetValue("last-event-id", out string? last) ? last : null);
        };
        ILocator link = visit.Page.Locator("[data-link]");
        await visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "hedger-" }).First.WaitForAsync();
        await Assertions.Expect(link).ToContainTextAsync("Live");

        await first.KillAsync();
        await Assertions.Expect(link).ToContainTextAsync("Reconnecting", Within());
        await Assertions.Expect(visit.Page.GetByText("The stream is broken")).ToBeVisibleAsync(Visible());

        using ServedProcess second = await ServedProcess.StartAsync(
            folder.PathOf("data"), [.. arguments, "--port", first.Port]);
        await Assertions.Expect(link).ToContainTextAsync("Live", Within());
        await Assertions.Expect(visit.Page.GetByText("The stream is broken")).ToHaveCountAsync(0);
        Assert.False(string.IsNullOrEmpty(resumed.Last()), "the stream began anew instead of after the last event");
        using HttpClient client = second.Client(secret);
        await Patience.UntilAsync(() => DiffersAsync(visit, client));
        string[] complaints = await visit.ComplaintsAsync();
        None.Of(complaints.Where(static own => !own.Contains("net::ERR_", StringComparison.Ordinal)));
    }

    // The table shows the equity that the server now tells of an account; null once it does.
    private static async Task<string?> DiffersAsync(Visit visit, HttpClient client)
    {
        string list = await client.GetStringAsync(
            new Uri("/v1/subaccounts", UriKind.Relative), TestContext.Current.CancellationToken);
        JsonElement own = JsonDocument.Parse(list).RootElement.GetProperty("subaccounts")[0];
        string equity = own.GetProperty("equity").GetString()!;
        string row = Shown.Decimal(await visit.Page.GetByRole(AriaRole.Row)
            .Filter(new() { HasText = own.GetProperty("subaccount").GetString() }).First.InnerTextAsync());
        string whole = equity[..equity.IndexOf('.', StringComparison.Ordinal)];
        return row.Contains(whole, StringComparison.Ordinal) ? null : $"{row} does not hold {equity}";
    }

    private static LocatorAssertionsToContainTextOptions Within() => new() { Timeout = Patience.Milliseconds };

    private static LocatorAssertionsToBeVisibleOptions Visible() => new() { Timeout = Patience.Milliseconds };
}
