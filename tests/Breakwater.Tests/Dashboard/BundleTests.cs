using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Breakwater.Tests.Laws;

namespace Breakwater.Tests.Dashboard;

/// <summary>What the server embeds is what the sources of the dashboard build, small enough, and free of strangers.
/// </summary>
public sealed class BundleTests
{
    private const long CompressedBytesMax = 400_000; // issue 6: 400 kB without the page of the heat map

    private static readonly string Bundle =
        Path.Combine(Repository.Root, "src", "Breakwater.Server", "Dashboard", "Bundle");

    [Fact]
    public void The_bundle_is_built_of_the_sources_that_are_here() => Assert.True(
        Manifest().GetProperty("sources").GetString()
            == SourceDigest.Of(Path.Combine(Repository.Root, "dashboard")),
        "the sources of the dashboard have changed since it was built: npm ci && npm run build in dashboard");

    [Fact]
    public void Every_file_of_the_bundle_is_the_one_that_the_manifest_names()
    {
        string[] listed = [.. Files().Select(static own => own.GetProperty("path").GetString()!)];
        Assert.Equal(
            listed.Select(static own => own + ".br").Append("manifest.json").Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Bundle, "*", SearchOption.AllDirectories)
                .Select(static own => Path.GetRelativePath(Bundle, own).Replace('\\', '/'))
                .Order(StringComparer.Ordinal));
        Assert.All(Files(), static own =>
        {
            using FileStream compressed = File.OpenRead(PathOf(own));
            using BrotliStream content = new(compressed, CompressionMode.Decompress);
            Assert.Equal(own.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(content)));
        });
    }

    [Fact]
    public void The_bundle_without_the_heat_map_is_at_most_400_kilobytes() => Assert.InRange(
        Files().Select(PathOf)
            .Where(static own => !Path.GetFileName(own).StartsWith("HeatMap-", StringComparison.Ordinal))
            .Sum(static own => new FileInfo(own).Length),
        1, CompressedBytesMax);

    [Fact]
    public void The_page_runs_and_styles_nothing_that_stands_in_itself()
    {
        string page = Text(Files().Single(static own => own.GetProperty("path").GetString() == "index.html"));
        Assert.DoesNotContain("<style", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("style=", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" on", page.Split("<body")[1], StringComparison.OrdinalIgnoreCase);
        Assert.All(
            page.Split("<script").Skip(1),
            static own => Assert.Contains("src=\"/assets/", own, StringComparison.Ordinal));
    }

    [Fact]
    public void The_lock_file_names_no_registry() => Assert.DoesNotContain(
        "\"resolved\"", File.ReadAllText(Path.Combine(Repository.Root, "dashboard", "package-lock.json")),
        StringComparison.Ordinal);

    private static string PathOf(JsonElement file) =>
        Path.Combine(Bundle, file.GetProperty("path").GetString() + ".br");

    private static string Text(JsonElement file)
    {
        using StreamReader reader = new(new BrotliStream(File.OpenRead(PathOf(file)), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }

    private static JsonElement[] Files() => [.. Manifest().GetProperty("files").EnumerateArray()];

    private static JsonElement Manifest()
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Bundle, "manifest.json")));
        return manifest.RootElement.Clone();
    }
}
