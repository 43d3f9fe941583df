using System.Text.RegularExpressions;

namespace Breakwater.IntegrationTests.Commands;

/// <summary>A report for people, read back: its tables by title, and its lines.</summary>
/// <remarks>A cell belongs to the column whose heading starts or ends where it does, as columns are aligned.</remarks>
internal sealed partial class ReportText
{
    private readonly List<TextTableRead> _tables = [];

    /// <summary>Reads a text.</summary>
    public ReportText(string text)
    {
        Lines = [.. text.Split('\n')];
        for (int line = 1; line < Lines.Count; line++)
        {
            if (!Lines[line].StartsWith("──", StringComparison.Ordinal)) continue;
            List<int> rows = [];
            for (int row = line + 1; row < Lines.Count && Lines[row].StartsWith("  ", StringComparison.Ordinal); row++)
            {
                rows.Add(row);
            }

            _tables.Add(new TextTableRead(Cells(Lines[line - 1]), [.. rows.Select(row => Cells(Lines[row]))], rows));
        }
    }

    /// <summary>All lines.</summary>
    public List<string> Lines { get; }

    /// <summary>The tables, in order.</summary>
    public IReadOnlyList<TextTableRead> Tables => _tables;

    /// <summary>The table with a title; <c>null</c> if there is none.</summary>
    public TextTableRead? Find(string title) => _tables.FirstOrDefault(table => table.Headings[0].Text == title);

    /// <summary>The text without one column of one table.</summary>
    public string Without(TextTableRead table, string heading)
    {
        List<string> lines = [.. Lines];
        TextCell column = table.Headings.Single(cell => cell.Text == heading);
        for (int row = 0; row < table.Rows.Count; row++)
        {
            foreach (TextCell cell in table.Rows[row].Where(column.IsAligned))
            {
                lines[table.LineNumbers[row]] = lines[table.LineNumbers[row]].Remove(cell.Start, cell.Text.Length)
                    .Insert(cell.Start, new string(' ', cell.Text.Length));
            }
        }

        return string.Join('\n', lines);
    }

    private static List<TextCell> Cells(string line) =>
        [.. CellPattern().Matches(line).Select(match => new TextCell(match.Value, match.Index))];

    // Columns are three blanks apart; no cell holds two.
    [GeneratedRegex(@"\S+( \S+)*")]
    private static partial Regex CellPattern();
}

/// <summary>A cell of a table.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Start">Where in its line.</param>
internal sealed record TextCell(string Text, int Start)
{
    private int End => Start + Text.Length;

    /// <summary>Whether a cell stands under this heading.</summary>
    public bool IsAligned(TextCell cell) => cell.End == End || cell.Start == Start;
}

/// <summary>A table read back.</summary>
/// <param name="Headings">Cells of the heading; the first is the title.</param>
/// <param name="Rows">Cells of each row that are not blank.</param>
/// <param name="LineNumbers">Line of each row.</param>
internal sealed record TextTableRead(List<TextCell> Headings, List<List<TextCell>> Rows, List<int> LineNumbers)
{
    /// <summary>The cell under a heading, of the row with these keys in its first cells that is so many such rows
    /// down; <c>null</c> if there is none.</summary>
    public string? Cell(string[] keys, int occurrence, string heading)
    {
        TextCell? column = Headings.FirstOrDefault(cell => cell.Text == heading);
        List<TextCell>? row = Rows.Where(cells => cells.Count >= keys.Length
            && cells.Take(keys.Length).Select(cell => cell.Text).SequenceEqual(keys)).ElementAtOrDefault(occurrence);
        return column is null ? null : row?.Skip(keys.Length).FirstOrDefault(column.IsAligned)?.Text;
    }
}
