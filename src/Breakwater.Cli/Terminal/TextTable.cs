using Spectre.Console;

namespace Breakwater.Cli.Terminal;

/// <summary>A table for people: units in the headings, numbers to the right, plain when nobody watches.</summary>
internal sealed class TextTable
{
    private const int WidthWhenRedirected = 200;

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

    /// <summary>Writes the table.</summary>
    public void Write(TextWriter output)
    {
        bool isWatched = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isWatched ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = Math.Max(isWatched ? console.Profile.Width : 0, WidthWhenRedirected);
        console.Write(_table);
    }
}
