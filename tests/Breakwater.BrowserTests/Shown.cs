using Microsoft.Playwright;

namespace Breakwater.BrowserTests;

/// <summary>Reads numbers as they are shown.</summary>
internal static class Shown
{
    /// <summary>A shown number as the API writes it: without marks between thousands, with a plain minus.</summary>
    internal static string Decimal(string text) =>
        text.Trim().Replace(",", string.Empty, StringComparison.Ordinal).Replace('\u2212', '-');

    /// <summary>The number of a figure, by its label.</summary>
    /// <param name="within">Where the figure stands.</param>
    /// <param name="label">Its label.</param>
    internal static async Task<string> FigureAsync(ILocator within, string label) =>
        Decimal(await FigureOf(within, label).Locator(".number").First.InnerTextAsync());

    /// <summary>A figure, by its label.</summary>
    internal static ILocator FigureOf(ILocator within, string label) => within.Locator(".figure").Filter(new()
    {
        Has = within.Page.Locator("dt", new() { HasTextRegex = new($"^{label}$", default, TimeSpan.FromSeconds(1)) }),
    });

    /// <summary>The rows of a table: text of each cell.</summary>
    /// <param name="table">The table, or what holds it.</param>
    internal static async Task<string[][]> RowsAsync(ILocator table) => await table.EvaluateAsync<string[][]>(
        "(own) => [...own.querySelectorAll('tbody tr, tfoot tr')].map((row) => "
        + "[...row.children].map((cell) => cell.innerText))");
}
