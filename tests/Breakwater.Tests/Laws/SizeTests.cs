using System.Text.RegularExpressions;

namespace Breakwater.Tests.Laws;

public sealed partial class SizeTests
{
    private const int FunctionLinesMax = 60;
    private const int FileLinesMax = 300;
    private const int LineColumnsMax = 120;
    private const int LongLinesAllowed = 0; // a ratchet: lower it when lines are mended, never raise it

    // Tables of published numbers: one concept, many rows.
    private static readonly string[] Tables = ["SobolDirections.cs"];

    [Fact]
    public void A_function_stops_at_60_lines() =>
        Law.HoldsUpTo(
            from file in Sources()
            from function in Functions(File.ReadAllLines(file))
            where function.LineCount > FunctionLinesMax
            select $"{Repository.Relative(file)}: {function.LineCount} lines: {function.Header}",
            0);

    [Fact]
    public void A_file_stops_at_300_lines() =>
        Law.HoldsUpTo(
            from file in Sources()
            let count = File.ReadLines(file).Count()
            where count > FileLinesMax && !Tables.Contains(Path.GetFileName(file))
            select $"{Repository.Relative(file)}: {count} lines",
            0);

    [Fact]
    public void A_line_stops_at_120_columns() =>
        Law.HoldsUpTo(
            from file in Sources()
            from line in File.ReadLines(file).Select((text, index) => (Number: index + 1, text.Length))
            where line.Length > LineColumnsMax
            select $"{Repository.Relative(file)}:{line.Number}: {line.Length} columns",
            LongLinesAllowed);

    [Fact]
    public void The_reader_of_functions_sees_a_long_one()
    {
        string[] body = [.. Enumerable.Repeat("        x++;", FunctionLinesMax)];
        string[] code = ["class A", "{", "    void F(", "        int x)", "    {", .. body, "    }", "}"];
        (string _, int lineCount) = Assert.Single(Functions(code));
        Assert.Equal(FunctionLinesMax + 4, lineCount);
    }

    private static IEnumerable<string> Sources() =>
        Repository.Files("src", "*.cs").Concat(Repository.Files(Repository.TestFolder, "*.cs"));

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
            string end = indentation + "}";
            int close = Array.FindIndex(lines, open, line => line.StartsWith(end, StringComparison.Ordinal));
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
