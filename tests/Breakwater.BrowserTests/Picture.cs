using System.Text.Json;
using Microsoft.Playwright;

namespace Breakwater.BrowserTests;

/// <summary>Pictures of a page as WebP, which Playwright does not offer: a repository keeps them, so they are small.
/// </summary>
internal static class Picture
{
    private const int Quality = 35; // text stays sharp; a page of a screen takes 40 to 65 kB
    private const double WholeScale = 0.7; // whole pages are long: thirty of them stay near 2 MB

    /// <summary>Takes one.</summary>
    /// <param name="page">The page.</param>
    /// <param name="path">File to be written.</param>
    /// <param name="isWhole">Whether all of the page is taken, not only what the window shows.</param>
    internal static async Task TakeAsync(IPage page, string path, bool isWhole)
    {
        ICDPSession session = await page.Context.NewCDPSessionAsync(page);
        Dictionary<string, object> wanted = new()
        {
            ["format"] = "webp",
            ["quality"] = Quality,
            ["captureBeyondViewport"] = isWhole,
        };
        if (isWhole)
        {
            JsonElement size = (await session.SendAsync("Page.getLayoutMetrics"))!.Value.GetProperty("cssContentSize");
            wanted["clip"] = new
            {
                x = 0,
                y = 0,
                width = size.GetProperty("width").GetDouble(),
                height = size.GetProperty("height").GetDouble(),
                scale = WholeScale,
            };
        }

        JsonElement taken = (await session.SendAsync("Page.captureScreenshot", wanted))!.Value;
        await File.WriteAllBytesAsync(path, taken.GetProperty("data").GetBytesFromBase64());
        await session.DetachAsync();
    }
}
