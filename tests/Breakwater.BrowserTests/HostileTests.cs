using Breakwater.IntegrationTests.Server;
using Microsoft.Playwright;

namespace Breakwater.BrowserTests;

/// <summary>Names and books that nobody would choose are shown as what they are, and harm nothing.</summary>
public sealed class HostileTests(Browser browser, Stand stand)
{
    // What of the page is wider than the window; what scrolls by itself may be.
    private const string Wide =
        """
        () => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? ''
          : [...document.querySelectorAll('main *')].filter((own) => own.getBoundingClientRect().right
              > document.documentElement.clientWidth && own.closest('[tabindex="0"]') === null)
            .map((own) => own.outerHTML.slice(0, 120)).slice(0, 3).join(' | ')
        """;

    public static TheoryData<string> Names => [Stand.Script, Stand.Attribute, Stand.Long];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_name_is_shown_letter_by_letter_and_never_run(string name)
    {
        ServedMarket market = await stand.StartedAsync();
        await using Visit visit = await Visit.OpenAsync(
            browser, market.Address, Stand.SecretOf("operator"), Look.Phone);
        List<string> dialogs = [];
        visit.Page.Dialog += async (_, dialog) =>
        {
            dialogs.Add(dialog.Message);
            await dialog.DismissAsync();
        };
        await visit.Page.GetByRole(AriaRole.Searchbox).FillAsync(name);
        ILocator link = visit.Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });
        await link.ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(name);
        await visit.SettledAsync();
        Assert.Equal("1000.000000", await Shown.FigureAsync(visit.Panel("What is asked"), "Equity"));
        Assert.Empty(await visit.Page.EvaluateAsync<string>(Wide));
        await visit.GoAsync($"scenarios/{Uri.EscapeDataString(name)}");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(name);
        Assert.Empty(await visit.Page.EvaluateAsync<string>(Wide));
        Assert.Equal(0, await visit.Page.Locator("main script, main img[src=x]").CountAsync());
        Assert.Empty(dialogs);
        await visit.WasQuietAsync();
    }

    [Fact]
    public async Task A_huge_book_is_shown_whole()
    {
        ServedMarket market = await stand.StartedAsync();
        await using Visit visit = await Visit.OpenAsync(browser, market.Address, Stand.SecretOf("operator"));
        await visit.GoAsync($"subaccount/{Stand.Huge}");
        string[] held = [.. market.Engine.View.Find(Stand.Huge)!.Positions.Select(static own => own.Instrument.Name)];
        Assert.True(held.Length > 40, $"{held.Length} positions");
        string[][] rows = await Shown.RowsAsync(visit.Panel("Positions").Locator("table"));
        Assert.Equal(
            held.Order(StringComparer.Ordinal), rows.Select(static row => row[0]).Order(StringComparer.Ordinal));
        await visit.GoAsync($"scenarios/{Stand.Huge}");
        await visit.WasQuietAsync();
    }

    [Fact]
    public async Task An_account_that_holds_nothing_is_shown_with_words_instead_of_empty_tables()
    {
        ServedMarket market = await stand.StartedAsync();
        await using Visit visit = await Visit.OpenAsync(
            browser, market.Address, Stand.SecretOf("operator"), Look.Phone);
        await visit.GoAsync($"subaccount/{Stand.Nothing}");
        ILocator asked = visit.Panel("What is asked");
        Assert.Equal("0.000000", await Shown.FigureAsync(asked, "Equity"));
        Assert.Equal("0.000000", await Shown.FigureAsync(asked, "Maintenance margin"));
        Assert.Equal("–", await Shown.FigureAsync(asked, "Margin ratio"));
        string text = await visit.Page.GetByRole(AriaRole.Main).InnerTextAsync();
        foreach (string broken in (string[])["NaN", "undefined", "null", "Infinity", "[object"])
        {
            Assert.DoesNotContain(broken, text, StringComparison.Ordinal);
        }

        await visit.GoAsync($"scenarios/{Stand.Nothing}");
        await visit.WasQuietAsync();
    }
}
