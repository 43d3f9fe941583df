using System.Text.RegularExpressions;

namespace Breakwater.Tests.Laws;

/// <summary>Documents and sources name only documents and rooms that exist.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void A_link_of_a_document_leads_to_a_file() =>
        Law.Holds(
            from file in Repository.Files(".", "*.md")
            from Match match in Link().Matches(File.ReadAllText(file))
            let target = Path.Combine(Path.GetDirectoryName(file)!, match.Groups["target"].Value)
            where !Path.Exists(target)
            select $"{Repository.Relative(file)} links to {match.Groups["target"].Value}");

    [Fact]
    public void A_document_that_a_source_cites_is_there() =>
        Law.Holds(
            from folder in (string[])["src", Repository.TestFolder, "bench"]
            from file in Repository.Files(folder, "*.cs")
            from Match match in Citation().Matches(File.ReadAllText(file))
            where !IsThere(match.Value)
            select match.Value);

    [Fact]
    public void Every_decision_stands_in_the_index()
    {
        string index = File.ReadAllText(Path.Combine(Repository.Root, "docs", "adr", "README.md"));
        Law.Holds(
            from file in Repository.Files("docs/adr", "*.md")
            let name = Path.GetFileName(file)
            where name != "README.md" && !index.Contains($"({name})", StringComparison.Ordinal)
            select name);
    }

    [Fact]
    public void The_map_lists_the_rooms_of_the_core_and_no_others()
    {
        string map = File.ReadAllText(Path.Combine(Repository.Root, "ARCHITECTURE.md"));
        int from = map.IndexOf("## Rooms of the core", StringComparison.Ordinal);
        string section = map[from..map.IndexOf("\n## ", from, StringComparison.Ordinal)];
        string[] folders =
        [
            .. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src", "Breakwater"))
                .Select(folder => Path.GetFileName(folder))
                .Where(name => name is not ("bin" or "obj")),
        ];
        Assert.Equal(
            folders.Order(StringComparer.Ordinal),
            Room().Matches(section).Select(match => match.Groups["room"].Value).Order(StringComparer.Ordinal));
    }

    // Sources cite decisions by number and other documents by name, with or without the ending.
    private static bool IsThere(string citation)
    {
        string path = Path.Combine(Repository.Root, citation);
        string folder = Path.GetDirectoryName(path)!;
        return Path.Exists(path)
            || (Directory.Exists(folder) && (File.Exists(path + ".md")
                || Directory.EnumerateFiles(folder, Path.GetFileName(path) + "-*.md").Any()));
    }

    [GeneratedRegex(
        @"\]\((?<target>(?!https?:)[^)#]+)[^)]*\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"\bdocs/[a-z]+/[a-z0-9-]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Citation();

    [GeneratedRegex(
        @"^\| `(?<room>[A-Z]\w+)` \|",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Room();
}
