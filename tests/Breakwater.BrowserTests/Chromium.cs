namespace Breakwater.BrowserTests;

/// <summary>The Chromium of the machine, found on the PATH: Playwright's own builds are not needed.</summary>
internal static class Chromium
{
    /// <summary>Why tests are skipped where there is none.</summary>
    internal const string Missing =
        "no Chromium on the PATH: apt-get install chromium (./test does so where it runs as root and apt-get is there)";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

    /// <summary>Its file; <c>null</c> where there is none.</summary>
    internal static string? File { get; } = Find();

    /// <summary>What it is started with besides what Playwright says: it has no screen, and calls nobody.</summary>
    internal static IReadOnlyList<string> Arguments { get; } =
    [
        "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--hide-scrollbars",
    ];

    private static string? Find()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        return (from name in Names
                from folder in folders
                let file = Path.Combine(folder, name)
                where folder.Length > 0 && System.IO.File.Exists(file)
                select file).FirstOrDefault();
    }
}
