using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Breakwater.BrowserTests;

/// <summary>The dashboard in a tab of its own, and everything the browser complained of meanwhile.</summary>
internal sealed class Visit : IAsyncDisposable
{
    // Violations of the content policy are told to the page; kept where a test can read them.
    private const string Watch =
        "window.violations = []; document.addEventListener('securitypolicyviolation', (event) => "
        + "window.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));";

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    private Visit(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error") _complaints.Enqueue($"{message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => _complaints.Enqueue(error);
    }

    /// <summary>The tab.</summary>
    internal IPage Page { get; }

    /// <summary>Opens the dashboard with a key, as the link that a server prints does.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="server">Address of the server.</param>
    /// <param name="secret">The key.</param>
    /// <param name="look">How it is looked at; a desk by day unless said.</param>
    /// <param name="script">Runs in the page before anything of it does.</param>
    internal static async Task<Visit> OpenAsync(
        Browser browser, Uri server, string secret, Look? look = null, string? script = null)
    {
        Look seen = look ?? Look.Desk;
        IBrowser started = await browser.StartedAsync();
        IBrowserContext context = await started.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = seen.Width, Height = seen.Height },
            ColorScheme = seen.Scheme,
        });
        context.SetDefaultTimeout(Patience.Milliseconds);
        await context.AddInitScriptAsync(Watch + script);
        Visit visit = new(context, await context.NewPageAsync());
        await visit.Page.GotoAsync(new Uri(server, $"#key={secret}").ToString());
        await visit.SettledAsync();
        return visit;
    }

    /// <summary>Goes to a place of the dashboard, such as <c>subaccount/anna</c>, and waits for it.</summary>
    internal async Task GoAsync(string place)
    {
        await Page.EvaluateAsync("(place) => { location.hash = '#/' + place; }", place);
        await SettledAsync();
    }

    /// <summary>Waits until the page stands: a heading is there, and nothing is on its way.</summary>
    internal async Task SettledAsync()
    {
        await Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First.WaitForAsync();
        await Patience.UntilAsync(async () =>
        {
            IReadOnlyList<string> waiting =
                await Page.Locator(".waiting, [aria-busy=true] > header h2").AllInnerTextsAsync();
            return waiting.Count == 0 ? null : string.Join("; ", waiting);
        });
    }

    /// <summary>The part of the page under a heading.</summary>
    internal ILocator Panel(string title) =>
        Page.GetByRole(AriaRole.Region, new() { Name = title, Exact = true });

    /// <summary>What the browser complained of: errors of scripts and of the console, violations of the policy.
    /// </summary>
    internal async Task<string[]> ComplaintsAsync() =>
        [.. _complaints, .. await Page.EvaluateAsync<string[]>("() => window.violations")];

    /// <summary>Nothing was complained of.</summary>
    internal async Task WasQuietAsync() => None.Of(await ComplaintsAsync());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _context.CloseAsync();
}
