using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Breakwater.BrowserTests;

/// <summary>axe-core, run in a page.</summary>
internal static class Axe
{
    /// <summary>Its script, to be given to a visit: the policy of the page admits no script that comes later.</summary>
    internal static string Script { get; } = new BundledAxeScriptProvider().GetScript();

    /// <summary>Its serious and critical findings: rule, help, and what of the page is meant.</summary>
    internal static async Task<string[]> FindingsAsync(IPage page)
    {
        JsonElement found = (await page.EvaluateAsync(
            "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations"))!.Value;
        return
        [
            .. from rule in found.EnumerateArray()
               where rule.GetProperty("impact").GetString() is "serious" or "critical"
               from node in rule.GetProperty("nodes").EnumerateArray()
               select $"{rule.GetProperty("id").GetString()}: {node.GetProperty("html").GetString()} "
                   + node.GetProperty("failureSummary").GetString(),
        ];
    }
}
