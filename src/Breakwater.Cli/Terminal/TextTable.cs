using System.Globalization;
using Spectre.Console;

namespace Breakwater.Cli.Terminal;

/// <summary>A table for people: units in the headings, numbers to the right, plain when nobody watches.</summary>
internal sealed class TextTable
{
    // Nothing is wrapped or cut: a table is as wide as what it says.
    private const int WidthMax = 1_000;

    private readonly Table _table = new() { Border = TableBorder.Simple };

    /// <summary>A table with headings; a heading that starts with <c>&gt;</c> is of a column aligned to the right.
    /// </summary>
    public TextTable(params ReadOnlySpan<string> headings)
    {
        foreach (string heading in headings)
        {
            bool isRight = heading.StartsWith('>');
            TableColumn column = new(new Text(isRight ? heading[1..] : heading));
            column.Alignment = isRight ? Justify.Right : Justify.Left;
            column.NoWrap = true;
            _table.AddColumn(column);
        }
    }

    /// <summary>Adds a row with as many cells as there are headings.</summary>
    public TextTable Row(params ReadOnlySpan<string> cells)
    {
        List<Text> texts = [];
        foreach (string cell in cells)
        {
            texts.Add(new Text(cell));
        }

        _table.AddRow(texts);
        return this;
    }

    /// <summary>Writes the table, without padding at the ends of lines.</summary>
    public void Write(TextWriter output)
    {
        using StringWriter text = new(CultureInfo.InvariantCulture);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = WidthMax;
        console.Write(_table);
        foreach (
            string line in text.ToString().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0))
        {
            output.WriteLine(line);
        }
    }
}
