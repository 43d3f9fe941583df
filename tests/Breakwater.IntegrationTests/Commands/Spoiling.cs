using System.Text;

namespace Breakwater.IntegrationTests.Commands;

/// <summary>Ways to spoil a good file: each is an attack or an accident that must be refused by name.</summary>
internal static class Spoiling
{
    private static readonly string[] BadNumbers =
        ["NaN", "Infinity", "-Infinity", "1e400", "-1", "abc", "0x10", "1,5", "١", "--1"];

    /// <summary>Spoilt versions of a CSV.</summary>
    /// <param name="text">The good text.</param>
    /// <param name="priceColumn">Name of a column whose value must be a positive number.</param>
    /// <param name="timeColumn">Name of the column that holds the time.</param>
    public static IEnumerable<(string Name, byte[] Bytes)> OfCsv(string text, string priceColumn, string timeColumn)
    {
        string[] lines = text.TrimEnd('\n').Split('\n');
        foreach ((string name, byte[] bytes) in OfAnything(text))
        {
            yield return (name, bytes);
        }

        yield return (
            "last row cut", Utf8(string.Join('\n', lines)[..^(lines[^1].Length / 2)].TrimEnd(',')[..^1] + "x"));
        yield return ("row too short", Utf8(Replace(lines, 2, lines[2][..lines[2].LastIndexOf(',')])));
        yield return ("row too long", Utf8(Replace(lines, 2, lines[2] + ",1")));
        yield return ("unclosed quote", Utf8(Replace(lines, 2, "\"" + lines[2])));
        yield return ("duplicate column",
            Utf8(Replace(lines, 0, lines[0].Replace(priceColumn, timeColumn, StringComparison.Ordinal))));
        yield return ("missing column",
            Utf8(Replace(lines, 0, lines[0].Replace(priceColumn, "nonsense", StringComparison.Ordinal))));
        int price = Array.IndexOf(lines[0].Split(','), priceColumn);
        int time = Array.IndexOf(lines[0].Split(','), timeColumn);
        foreach (string number in BadNumbers)
        {
            string cell = number.Contains(',', StringComparison.Ordinal) ? $"\"{number}\"" : number;
            yield return ($"price {number}", Utf8(Replace(lines, 2, WithCell(lines[2], price, cell))));
        }

        foreach (string instant in
            (string[])["yesterday", "2026-02-30T00:00:00Z", "1e400", "", "-1", "2026-01-01T25:00:00Z"])
        {
            yield return ($"time '{instant}'", Utf8(Replace(lines, 2, WithCell(lines[2], time, instant))));
        }
    }

    /// <summary>Spoilt versions of a JSON or YAML document.</summary>
    /// <param name="text">The good text.</param>
    /// <param name="number">A number in it, as it stands there.</param>
    /// <param name="key">A key in it, as it stands there with its quotes if any.</param>
    public static IEnumerable<(string Name, byte[] Bytes)> OfDocument(string text, string number, string key)
    {
        foreach ((string name, byte[] bytes) in OfAnything(text))
        {
            yield return (name, bytes);
        }

        foreach (string bad in BadNumbers)
        {
            yield return ($"number {bad}", Utf8(ReplaceFirst(text, number, bad)));
        }

        yield return ("unknown key",
            Utf8(ReplaceFirst(text, key, key.Replace(key.Trim('"'), "nonsense", StringComparison.Ordinal))));
        int at = text.IndexOf(key, StringComparison.Ordinal);
        int end = text.IndexOf('\n', at);
        string row = text[at..(end < 0 ? text.Length : end)].TrimEnd();
        string separator = text.TrimStart()[0] == '{' ? (row.EndsWith(',') ? " " : ", ") : "\n" + Indent(text, at);
        yield return ("duplicate key", Utf8(text.Insert(at, row + separator)));
        yield return ("last quarter cut", Utf8(text[..(3 * text.Length / 4)]));
    }

    /// <summary>A text with one to three random changes: a byte replaced, a piece dropped or doubled.</summary>
    public static byte[] AtRandom(string text, Random random)
    {
        List<byte> bytes = [.. Utf8(text)];
        for (int change = random.Next(1, 4); change > 0; change--)
        {
            int at = random.Next(bytes.Count);
            int length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] = (byte)"0123456789-.eE,:\"{}[]\n "[random.Next(24)];
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
            }
        }

        return [.. bytes];
    }

    private static IEnumerable<(string Name, byte[] Bytes)> OfAnything(string text)
    {
        yield return ("empty", []);
        yield return ("blank", Utf8("\n\n \n"));
        yield return ("one letter", Utf8("x"));
        yield return ("binary", [.. Enumerable.Range(0, 4096).Select(i => (byte)(i * 131 % 256))]);
        yield return ("no UTF-8", [0xff, 0xfe, 0xc3, 0x28, .. Utf8(text)]);
        yield return ("NUL", Utf8(text.Insert(text.Length / 2, "\0")));
        yield return ("10 MB line", Utf8(text.TrimEnd('\n') + "\n" + new string('1', 10_000_000)));
        yield return ("deep", Utf8(new string('[', 100_000)));
    }

    private static string Indent(string text, int at) => new(' ', at - text.LastIndexOf('\n', at) - 1);

    private static string ReplaceFirst(string text, string old, string replacement)
    {
        int at = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, $"the good text does not hold {old}");
        return text[..at] + replacement + text[(at + old.Length)..];
    }

    private static string Replace(string[] lines, int index, string line) =>
        string.Join('\n', lines.Select((old, i) => i == index ? line : old)) + "\n";

    private static string WithCell(string row, int column, string cell)
    {
        string[] cells = row.Split(',');
        cells[column] = cell;
        return string.Join(',', cells);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
