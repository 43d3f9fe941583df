using Breakwater.IntegrationTests.Server;
using Microsoft.Playwright;

namespace Breakwater.BrowserTests;

/// <summary>Everything can be done without a mouse, and one sees where one is.</summary>
public sealed class KeyboardTests(Browser browser, Stand stand)
{
    private const int StopsMax = 400;

    // Marks what has the focus; says how it is named where it could not be seen.
    private const string Stop =
        """
        () => {
          const own = document.activeElement;
          if (own === null || own === document.body) return '';
          if (own.hasAttribute('data-reached')) return 'again';
          own.setAttribute('data-reached', '');
          const drawn = own.matches('input[type=radio]') && own.nextElementSibling ? own.nextElementSibling : own;
          const row = own.querySelector('.row-active');
          const seen = [drawn, row].some((one) => one !== null && (getComputedStyle(one).outlineStyle !== 'none'
            || getComputedStyle(one).boxShadow !== 'none'));
          return seen ? 'seen' : own.outerHTML.slice(0, 200);
        }
        """;

    // What can be used and was never reached. Of radio buttons the chosen one is reached, arrows do the rest.
    private const string Missed =
        """
        () => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
          .filter((own) => !own.disabled && own.tabIndex >= 0 && own.checkVisibility()
            && !(own.type === 'radio' && !own.checked) && !own.hasAttribute('data-reached'))
          .map((own) => own.outerHTML.slice(0, 200))
        """;

    [Fact]
    public async Task Tab_reaches_every_control_of_every_page_and_the_focus_is_seen()
    {
        ServedMarket market = await stand.StartedAsync();
        await using Visit visit = await Visit.OpenAsync(browser, market.Address, Stand.SecretOf("operator"));
        foreach (string place in Places.All("anna", "BTC"))
        {
            await visit.GoAsync(place);
            await visit.Page.EvaluateAsync(
                "() => { document.querySelectorAll('[data-reached]').forEach((own) => "
                + "own.removeAttribute('data-reached')); document.activeElement?.blur(); }");
            List<string> unseen = [];
            string stop = string.Empty;
            for (int press = 0; press < StopsMax && stop != "again"; press++)
            {
                await visit.Page.Keyboard.PressAsync("Tab"); // past the end of the page it begins again
                stop = await visit.Page.EvaluateAsync<string>(Stop);
                if (stop is not ("seen" or "again" or "")) unseen.Add(stop);
            }

            None.Of(unseen.Select(own => $"{place}: not seen: {own}"));
            None.Of((await visit.Page.EvaluateAsync<string[]>(Missed)).Select(own => $"{place}: missed: {own}"));
        }

        await visit.WasQuietAsync();
    }

    [Fact]
    public async Task A_subaccount_is_opened_from_the_table_of_all_by_arrows_and_Enter()
    {
        ServedMarket market = await stand.StartedAsync();
        await using Visit visit = await Visit.OpenAsync(browser, market.Address, Stand.SecretOf("operator"));
        ILocator table = visit.Page.GetByRole(AriaRole.Table, new() { Name = "Subaccounts" });
        await visit.Page.GetByRole(AriaRole.Searchbox).FillAsync("ann");
        await Keys.TabToAsync(table);
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await visit.Page.Keyboard.PressAsync("ArrowUp");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("anna");
    }

    [Fact]
    public async Task The_first_Tab_offers_to_skip_to_the_page()
    {
        ServedMarket market = await stand.StartedAsync();
        await using Visit visit = await Visit.OpenAsync(browser, market.Address, Stand.SecretOf("operator"));
        await visit.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(visit.Page.GetByText("Skip to the page")).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Main)).ToBeFocusedAsync();
    }
}
