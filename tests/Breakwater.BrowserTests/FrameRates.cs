using System.Diagnostics;
using System.Text.Json;
using Breakwater.IntegrationTests.Commands;
using Breakwater.IntegrationTests.Server;

namespace Breakwater.BrowserTests;

/// <summary>The command <c>dashboard/frames</c>: frames the dashboard draws under load, and when it paints first.
/// </summary>
public sealed class FrameRates(Browser browser, Stand stand, ITestOutputHelper output)
{
    private const double Seconds = 20;
    private const int People = 1_000;

    [Fact(Explicit = true)]
    public async Task Paints_at_once()
    {
        ServedMarket market = await stand.StartedAsync();
        List<double> paints = [];
        for (int visit = 0; visit < 11; visit++)
        {
            await using Visit own = await Visit.OpenAsync(browser, market.Address, Stand.SecretOf("operator"));
            paints.Add(await own.Page.EvaluateAsync<double>(SpeedTests.FirstPaint));
        }

        paints.Sort();
        Tell($"first paint of 11 visits, ms: least {paints[0]:0}, median {paints[5]:0}, longest {paints[^1]:0}");
    }

    [Fact(Explicit = true)]
    public async Task Draws_a_thousand_accounts_that_all_change_twice_a_second()
    {
        ServedMarket market = await stand.StartedAsync();
        await using Visit visit = await Visit.OpenAsync(
            browser, market.Address, Stand.SecretOf("operator"), script: Crowd.Script(People, 500));
        await visit.Page.GetByText("1,000 of 1,000 subaccounts").WaitForAsync();
        Tell($"1,000 accounts, all changing twice a second: {await Frames.OfAsync(visit.Page, Seconds)}");
    }

    [Fact(Explicit = true)]
    public async Task Scrolls_a_hundred_thousand_accounts()
    {
        ServedMarket market = await stand.StartedAsync();
        await using Visit visit = await Visit.OpenAsync(
            browser, market.Address, Stand.SecretOf("operator"), script: Crowd.Script(100_000, 600_000));
        await visit.Page.GetByText("100,000 of 100,000 subaccounts").WaitForAsync();
        Tell($"100,000 accounts, scrolled by 900 px a frame: {await Frames.OfAsync(visit.Page, Seconds, 900)}");
    }

    [Fact(Explicit = true)]
    public async Task Draws_a_server_of_a_thousand_accounts()
    {
        using TemporaryFolder data = new();
        using ServedProcess server = await ServedProcess.StartAsync(
            data.PathOf("data"), "--from", "2026-01-28T09:30:00Z", "--speed", "3600", "--tick", "1000", "--population",
            "1000", "--port", "0");
        using HttpClient client = server.Client();
        await UntilTradingAsync(client);
        await using Visit visit = await Visit.OpenAsync(browser, server.Address, server.Secret);
        Tell($"a server of 1,000 accounts, a tick a second: {await Frames.OfAsync(visit.Page, Seconds)}");
    }

    private void Tell(FormattableString line) => output.WriteLine(
        FormattableString.Invariant(line) + FormattableString.Invariant($"; load {Machine.Load}"));

    // Until its market is valued a second time: then every book stands and time passes.
    private static async Task UntilTradingAsync(HttpClient client)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(5))
        {
            string status = await client.GetStringAsync(new Uri("/v1/status", UriKind.Relative));
            JsonElement told = JsonDocument.Parse(status).RootElement;
            if (string.CompareOrdinal(told.GetProperty("valuedAt").GetString(), "2026-01-28T10:00") > 0) return;
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("the server does not begin to trade");
    }
}
