using System.IO.Compression;
using System.Text;

namespace Breakwater.IntegrationTests.Commands;

/// <summary>The shipped samples: paths, and texts of small excerpts to spoil.</summary>
internal static class SampleFiles
{
    /// <summary>The repository's root.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Path of a file of the repository.</summary>
    public static string Of(string relative) => Path.Combine(Root, relative);

    /// <summary>Text of a sample's first rows, decompressed.</summary>
    /// <param name="relative">Path below the repository's root.</param>
    /// <param name="lineCount">Lines with the heading.</param>
    public static string Head(string relative, int lineCount = int.MaxValue)
    {
        using FileStream file = File.OpenRead(Of(relative));
        using Stream stream = relative.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(file, CompressionMode.Decompress)
            : file;
        using StreamReader reader = new(stream);
        StringBuilder text = new();
        for (int i = 0; i < lineCount && reader.ReadLine() is { } line; i++)
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static string FindRoot()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Breakwater.slnx")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? throw new DirectoryNotFoundException("no repository above the test's folder");
    }
}
