using Breakwater.IntegrationTests.Server;

namespace Breakwater.BrowserTests;

/// <summary>The browser itself refuses what the page's policy does not admit.</summary>
public sealed class PolicyTests(Browser browser, Stand stand)
{
    // Later, as a task of the page: what a test evaluates itself is let through.
    private const string Inject =
        """
        () => setTimeout(() => {
          const script = document.createElement('script');
          script.textContent = 'window.injected = "script"';
          document.head.append(script);
          document.body.insertAdjacentHTML('beforeend', '<img src="x:y" onerror="window.injected = \'handler\'">');
          try { new Function('window.injected = "function"')(); } catch { /* refused */ }
          const frame = document.createElement('iframe');
          frame.src = 'https://elsewhere.example/';
          document.body.append(frame);
        }, 0)
        """;

    [Fact]
    public async Task A_script_that_gets_into_the_page_is_not_run()
    {
        ServedMarket market = await stand.StartedAsync();
        await using Visit visit = await Visit.OpenAsync(browser, market.Address, Stand.SecretOf("anna"));
        await visit.WasQuietAsync();
        await visit.Page.EvaluateAsync(Inject);
        await Patience.UntilAsync(async () =>
        {
            string[] refused = await visit.Page.EvaluateAsync<string[]>("() => window.violations");
            return refused.Length >= 4 ? null : $"refused: {string.Join("; ", refused)}";
        });
        Assert.Null(await visit.Page.EvaluateAsync<string?>("() => window.injected ?? null"));
    }

    [Fact]
    public async Task The_key_of_the_link_leaves_the_address_and_stays_out_of_the_history()
    {
        ServedMarket market = await stand.StartedAsync();
        string secret = Stand.SecretOf("anna");
        await using Visit visit = await Visit.OpenAsync(browser, market.Address, secret);
        Assert.DoesNotContain(secret, visit.Page.Url, StringComparison.Ordinal);
        await visit.GoAsync("operations");
        await visit.Page.GoBackAsync();
        Assert.DoesNotContain(secret, visit.Page.Url, StringComparison.Ordinal);
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("() => Object.keys(localStorage).filter((own) => "
            + "localStorage[own].startsWith('bw_')).length"));
        Assert.Equal("0", await visit.Page.EvaluateAsync<string>("() => String(document.cookie.length)"));
    }
}
