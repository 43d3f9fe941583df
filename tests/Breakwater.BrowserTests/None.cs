namespace Breakwater.BrowserTests;

/// <summary>Asserts that nothing was found, and prints whole what was.</summary>
internal static class None
{
    /// <summary>Fails with every finding on a line of its own.</summary>
    internal static void Of(IEnumerable<string> found)
    {
        string[] all = [.. found];
        Assert.True(all.Length == 0, string.Join("\n", all));
    }
}
