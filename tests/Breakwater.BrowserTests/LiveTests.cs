using System.Text.Json;
using Breakwater.IntegrationTests.Server;
using Microsoft.Playwright;

namespace Breakwater.BrowserTests;

/// <summary>What changes on the server is seen without asking.</summary>
public sealed class LiveTests(Browser browser, Stand stand)
{
    [Fact]
    public async Task A_deposit_is_seen_on_the_page_of_its_subaccount_and_in_the_table_of_all()
    {
        ServedMarket market = await stand.StartedAsync();
        using HttpClient venue = market.Client("operator");
        string secret = Stand.SecretOf("operator");
        await using Visit own = await Visit.OpenAsync(browser, market.Address, secret);
        await own.GoAsync("subaccount/bert");
        await using Visit all = await Visit.OpenAsync(browser, market.Address, secret);
        ILocator equity = Shown.FigureOf(own.Panel("What is asked"), "Equity").Locator(".number").First;
        string before = Shown.Decimal(await equity.InnerTextAsync());
        Assert.Equal(await EquityAsync(venue, "bert"), before);
        (int status, string body) = await ServedMarket.SendAsync(
            venue, ServedBook.Deposit("live-deposit", "bert", "USDC", "12345.678901"));
        Assert.True(status == 200, body);
        await market.TickAsync();
        string after = await EquityAsync(venue, "bert");
        Assert.NotEqual(before, after);
        await Patience.UntilAsync(async () =>
        {
            string shown = Shown.Decimal(await equity.InnerTextAsync());
            return shown == after ? null : $"equity {shown} is shown, it is {after}";
        });
        string cents = decimal.Round(
            decimal.Parse(after, System.Globalization.CultureInfo.InvariantCulture), 2,
            MidpointRounding.AwayFromZero).ToString("F2", System.Globalization.CultureInfo.InvariantCulture);
        ILocator row = all.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "bert" });
        await Patience.UntilAsync(async () =>
        {
            string shown = Shown.Decimal(await row.InnerTextAsync());
            return shown.Contains(cents, StringComparison.Ordinal) ? null : $"{shown} does not hold {cents}";
        });
        await own.WasQuietAsync();
        await all.WasQuietAsync();
    }

    private static async Task<string> EquityAsync(HttpClient client, string account)
    {
        string report = await client.GetStringAsync(
            new Uri($"/v1/subaccounts/{account}/margin", UriKind.Relative), TestContext.Current.CancellationToken);
        return JsonDocument.Parse(report).RootElement.GetProperty("equity").GetString()!;
    }
}
