using System.Text.RegularExpressions;

namespace Breakwater.Tests.Laws;

public sealed partial class SizeTests
{
    private const int FunctionLinesMax = 60;
    private const int FileLinesMax = 300;
    private const int LineColumnsMax = 120;

    // Tables of published numbers: one concept, many rows.
    private static readonly string[] Tables = ["SobolDirections.cs"];

    public static TheoryData<string> Sources => [.. Repository.Files("src", "*.cs").Select(Repository.Relative)];

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_function_stops_at_60_lines(string file) =>
        Assert.Empty(Functions(Lines(file)).Where(function => function.LineCount > FunctionLinesMax));

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_file_stops_at_300_lines(string file) =>
        Assert.True(
            Lines(file).Length <= FileLinesMax || Tables.Contains(Path.GetFileName(file)),
            $"{file} has {Lines(file).Length} lines");

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_line_stops_at_120_columns(string file) =>
        Assert.Empty(Lines(file).Select((line, index) => (Line: index + 1, line.Length))
            .Where(line => line.Length > LineColumnsMax));

    [Fact]
    public void The_reader_of_functions_sees_a_long_one()
    {
        string[] body = [.. Enumerable.Repeat("        x++;", FunctionLinesMax)];
        string[] code = ["class A", "{", "    void F(", "        int x)", "    {", .. body, "    }", "}"];
        (string _, int lineCount) = Assert.Single(Functions(code));
        Assert.Equal(FunctionLinesMax + 4, lineCount);
    }

    private static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Repository.Root, file));

    // Outermost blocks inside types: from the first line of their header to the closing brace of the same indentation.
    private static IEnumerable<(string Header, int LineCount)> Functions(string[] lines)
    {
        for (int open = 0; open < lines.Length; open++)
        {
            if (lines[open].Trim() != "{")
            {
                continue;
            }

            int first = open;
            while (first > 0 && !HeaderEnd().IsMatch(lines[first - 1]))
            {
                first--;
            }

            string header = string.Join(' ', lines[first..open].Select(line => line.Trim()));
            if (TypeHeader().IsMatch(header))
            {
                continue;
            }

            string indentation = lines[open][..lines[open].IndexOf('{', StringComparison.Ordinal)];
            int close = Array.FindIndex(lines, open, line => line.StartsWith(indentation + "}", StringComparison.Ordinal));
            yield return (header, close - first + 1);
            open = close;
        }
    }

    [GeneratedRegex(@"^\s*($|[{}]|///|//|\[)|;\s*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HeaderEnd();

    [GeneratedRegex(
        @"^((public|internal|private|protected|file|static|sealed|abstract|readonly|partial|ref)\s+)*"
        + @"(class|record|struct|interface|enum|namespace)\b",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex TypeHeader();
}
