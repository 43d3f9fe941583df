namespace Breakwater.Tests;

/// <summary>Finds the shared folder of reference values and market data beside the repository, or skips the
/// test.</summary>
internal static class SharedFolder
{
    /// <summary>Path of a file or folder below the shared folder; skips the running test where it is absent.</summary>
    /// <param name="relative">Path relative to the shared folder, with forward slashes.</param>
    public static string Require(string relative)
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string candidate = Path.Combine(at.FullName, "..", "shared", relative);
            if (File.Exists(Path.Combine(at.FullName, "Breakwater.slnx")) && Path.Exists(candidate))
            {
                return Path.GetFullPath(candidate);
            }
        }

        Assert.Skip($"shared/{relative} is not beside this repository");
        return string.Empty;
    }
}
