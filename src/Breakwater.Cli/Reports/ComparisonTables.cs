using System.Globalization;
using Breakwater.Cli.Terminal;
using Breakwater.Margin;

namespace Breakwater.Cli.Reports;

/// <summary>What a what-if question changes, for people.</summary>
internal static class ComparisonTables
{
    /// <summary>Writes the change, then the report after it; where explained also the one before.</summary>
    public static void Write(TextWriter output, MarginView before, MarginView after)
    {
        WriteTotals(output, before, after);
        WriteLines(output, before.Report.Margin, after.Report.Margin);
        output.WriteLine("After:");
        output.WriteLine();
        MarginTables.Write(output, after);
        if (after.IsExplained)
        {
            output.WriteLine();
            output.WriteLine("Before:");
            output.WriteLine();
            MarginTables.Write(output, before);
        }
    }

    private static void WriteTotals(TextWriter output, MarginView before, MarginView after)
    {
        (MarginReport was, MarginReport becomes) = (before.Report.Margin, after.Report.Margin);
        TextTable table = new("what if", ">before, $", ">after, $", ">change, $");
        foreach (MarginTotal total in MarginTotals.All)
        {
            table.Row(
                total.Name, Display.Usd(total.Read(was)), Display.Usd(total.Read(becomes)),
                Display.Signed(total.Read(becomes) - total.Read(was)));
        }

        table.Row("margin ratio", Display.Ratio(was.MarginRatio), Display.Ratio(becomes.MarginRatio), string.Empty);
        table.Row("stage", was.Stage.ToString(), becomes.Stage.ToString(), string.Empty);
        foreach (LiquidationChange own in LiquidationChange.Of(before, after))
        {
            table.Row(
                $"liquidated within {LiquidationChange.Horizon(own.Hours, " ")}, %", Percent(own.Before, "0.0000"),
                Percent(own.After, "0.0000"), Percent(own.Change, "+0.0000;-0.0000;0.0000"));
        }

        table.Write(output);
        output.WriteLine();
    }

    private static void WriteLines(TextWriter output, MarginReport was, MarginReport becomes)
    {
        TextTable table = new(
            "line of the change", ">initial before, $", ">initial after, $", ">initial change, $",
            ">maintenance before, $", ">maintenance after, $", ">maintenance change, $");
        foreach ((MarginLine old, MarginLine then) in was.Lines.Zip(becomes.Lines))
        {
            table.Row(
                old.Name, Display.Usd(old.Initial), Display.Usd(then.Initial),
                Display.Signed(then.Initial - old.Initial), Display.Usd(old.Maintenance),
                Display.Usd(then.Maintenance), Display.Signed(then.Maintenance - old.Maintenance));
        }

        table.Row(
            "sum", Display.Usd(was.InitialMargin), Display.Usd(becomes.InitialMargin),
            Display.Signed(becomes.InitialMargin - was.InitialMargin), Display.Usd(was.MaintenanceMargin),
            Display.Usd(becomes.MaintenanceMargin),
            Display.Signed(becomes.MaintenanceMargin - was.MaintenanceMargin));
        table.Write(output);
        output.WriteLine();
    }

    private static string Percent(decimal fraction, string format) =>
        (100m * fraction).ToString(format, CultureInfo.InvariantCulture);
}
