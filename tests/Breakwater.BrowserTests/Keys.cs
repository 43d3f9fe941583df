using Microsoft.Playwright;

namespace Breakwater.BrowserTests;

/// <summary>Works a page by keyboard, as somebody without a mouse does.</summary>
internal static class Keys
{
    private const int PressesMax = 400;

    /// <summary>Presses Tab until something has the focus.</summary>
    /// <param name="target">What is looked for.</param>
    /// <param name="key">The key; Shift+Tab goes back.</param>
    internal static async Task TabToAsync(ILocator target, string key = "Tab")
    {
        IPage page = target.Page;
        IElementHandle wanted = await target.First.ElementHandleAsync();
        for (int press = 0; press < PressesMax; press++)
        {
            if (await wanted.EvaluateAsync<bool>("(own) => own === document.activeElement")) return;
            await page.Keyboard.PressAsync(key);
        }

        Assert.Fail($"{PressesMax} times {key} do not lead to {target}");
    }
}
