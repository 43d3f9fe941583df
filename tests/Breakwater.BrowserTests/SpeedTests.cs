using Breakwater.IntegrationTests.Server;
using Microsoft.Playwright;

namespace Breakwater.BrowserTests;

/// <summary>The page is there at once and stays smooth. What a frame costs is told in processor time, and more is
/// allowed where others crowd the machine; <c>dashboard/frames</c> measures frames themselves.</summary>
public sealed class SpeedTests(Browser browser, Stand stand)
{
    private const double PaintMillisecondsMax = 1_000;
    private const double CpuMillisecondsMax = 1_000d / 30d; // twice what 60 a second leave: neighbours slow it down
    private const int Visits = 5;

    [Fact]
    public async Task The_first_content_is_painted_within_a_second()
    {
        ServedMarket market = await stand.StartedAsync();
        List<double> paints = [];
        double most = PaintMillisecondsMax * Machine.Crowding;
        while (paints.Count < Visits && !paints.Exists(own => own < most))
        {
            await using Visit visit = await Visit.OpenAsync(browser, market.Address, Stand.SecretOf("operator"));
            paints.Add(await visit.Page.EvaluateAsync<double>(FirstPaint));
        }

        Assert.True(paints[^1] < most, $"painted after {string.Join(", ", paints)} ms, load {Machine.Load}");
    }

    [Fact]
    public async Task A_thousand_accounts_that_all_change_twice_a_second_leave_the_page_smooth()
    {
        ServedMarket market = await stand.StartedAsync();
        await using Visit visit = await Visit.OpenAsync(
            browser, market.Address, Stand.SecretOf("operator"), script: Crowd.Script(1_000, 500));
        await visit.Page.GetByText("1,000 of 1,000 subaccounts").WaitForAsync();
        Frames frames = await Frames.OfAsync(visit.Page, seconds: 3);
        Assert.True(frames.CpuMilliseconds <= CpuMillisecondsMax * Machine.Crowding, frames.ToString());
        await visit.WasQuietAsync();
    }

    [Fact]
    public async Task A_table_of_a_hundred_thousand_accounts_scrolls_and_holds_only_the_rows_in_sight()
    {
        const int Rows = 100_000;
        ServedMarket market = await stand.StartedAsync();
        await using Visit visit = await Visit.OpenAsync(
            browser, market.Address, Stand.SecretOf("operator"), script: Crowd.Script(Rows, 600_000));
        await visit.Page.GetByText("100,000 of 100,000 subaccounts").WaitForAsync();
        Frames frames = await Frames.OfAsync(visit.Page, seconds: 2, scrollPixels: 900);
        Assert.True(frames.CpuMilliseconds <= CpuMillisecondsMax * Machine.Crowding, frames.ToString());
        ILocator table = visit.Page.GetByRole(AriaRole.Table, new() { Name = "Subaccounts" });
        Assert.Equal($"{Rows + 1}", await table.GetAttributeAsync("aria-rowcount"));
        Assert.InRange(await table.GetByRole(AriaRole.Row).CountAsync(), 5, 100);
        await table.FocusAsync();
        await visit.Page.Keyboard.PressAsync("End");
        await Assertions.Expect(table.Locator($"[aria-rowindex='{Rows + 1}']")).ToBeVisibleAsync();
        await visit.WasQuietAsync();
    }

    internal const string FirstPaint =
        "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity";
}
