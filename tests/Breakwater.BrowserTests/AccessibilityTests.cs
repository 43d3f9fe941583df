using Breakwater.IntegrationTests.Server;
using Microsoft.Playwright;

namespace Breakwater.BrowserTests;

/// <summary>axe-core finds nothing serious on any page, wide or narrow, light or dark.</summary>
public sealed class AccessibilityTests(Browser browser, Stand stand)
{
    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task No_page_has_a_serious_finding_of_axe(int width, ColorScheme scheme)
    {
        ServedMarket market = await stand.StartedAsync();
        Look look = new(width, 900, scheme);
        await using Visit visit = await Visit.OpenAsync(
            browser, market.Address, Stand.SecretOf("operator"), look, Axe.Script);
        List<string> found = [];
        foreach (string place in Places.All("anna", "BTC"))
        {
            await visit.GoAsync(place);
            found.AddRange((await Axe.FindingsAsync(visit.Page)).Select(own => $"{place}: {own}"));
        }

        None.Of(found);
        await visit.WasQuietAsync();
    }

    [Fact]
    public async Task The_page_that_asks_for_a_key_has_no_serious_finding()
    {
        ServedMarket market = await stand.StartedAsync();
        await using Visit visit = await Visit.OpenAsync(
            browser, market.Address, "bw_nobody", Look.Phone, Axe.Script);
        await visit.Page.GetByText("The key was refused").WaitForAsync();
        None.Of(await Axe.FindingsAsync(visit.Page));
    }
}
