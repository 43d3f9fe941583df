using Microsoft.Playwright;

namespace Breakwater.BrowserTests;

/// <summary>One Chromium for all tests, started when the first one needs it; each visit has a context of its own.
/// </summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>The browser, started again if it has died; where there is none the test is skipped, and says why.
    /// </summary>
    internal async Task<IBrowser> StartedAsync()
    {
        Assert.SkipUnless(Chromium.File is not null, Chromium.Missing);
        _playwright ??= await Playwright.CreateAsync();
        if (_browser is { IsConnected: true }) return _browser;
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium.File,
            Args = Chromium.Arguments,
            Timeout = Patience.Milliseconds,
        });
        return _browser;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.CloseAsync();
        _playwright?.Dispose();
    }
}
