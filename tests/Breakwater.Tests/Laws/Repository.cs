namespace Breakwater.Tests.Laws;

/// <summary>The repository the tests were built from, as files.</summary>
internal static class Repository
{
    /// <summary>Folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Folder of the test projects, relative to the root.</summary>
    public static string TestFolder => "tests";

    /// <summary>Text files below a folder of the repository, without build output, in ordinal order.</summary>
    public static IReadOnlyList<string> Files(string folder, string pattern) =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Where(path => !IsBuildOutput(path))
            .Order(StringComparer.Ordinal)];

    /// <summary>Path relative to the root, with forward slashes.</summary>
    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static bool IsBuildOutput(string path)
    {
        string[] parts = Relative(path).Split('/');
        return parts.Contains("bin") || parts.Contains("obj") || parts.Contains(".git") || parts.Contains("artifacts")
            || parts.Contains("node_modules");
    }

    private static string FindRoot()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Breakwater.slnx")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? throw new InvalidOperationException("the tests run outside the repository");
    }
}
