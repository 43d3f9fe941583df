using System.Collections.Immutable;
using Breakwater.Cli.Terminal;
using Breakwater.Margin;
using Breakwater.Markets;
using Breakwater.Numerics;

namespace Breakwater.Cli.Reports;

/// <summary>The margin report for people: totals, lines, and what stands behind each.</summary>
internal static class MarginTables
{
    /// <summary>Writes one report.</summary>
    public static void Write(TextWriter output, MarginView view)
    {
        MarginReport margin = view.Report.Margin;
        WriteHead(output, view);
        WriteTotals(output, margin);
        WriteLines(output, view);
        if (view.IsExplained)
        {
            MarginExplanation.Write(output, view);
        }
        else
        {
            WritePositions(output, margin);
        }

        WriteFindings(output, view);
        WriteDigests(output, view);
    }

    private static void WriteHead(TextWriter output, MarginView view)
    {
        output.WriteLine(
            $"{view.Report.Margin.Subaccount} at {view.Report.At}, parameters version {view.Report.ParameterVersion}, "
            + $"report version {MarginJson.FormatVersion}");
        output.WriteLine();
    }

    private static void WriteTotals(TextWriter output, MarginReport margin)
    {
        TextTable table = new("total", ">$");
        foreach (MarginTotal total in MarginTotals.All)
        {
            table.Row(total.Name, Display.Usd(total.Read(margin)));
        }

        table.Row("margin ratio (equity ÷ maintenance)", Display.Ratio(margin.MarginRatio));
        table.Row("stage", margin.Stage.ToString());
        table.Write(output);
        output.WriteLine();
    }

    private static void WriteLines(TextWriter output, MarginView view)
    {
        MarginReport margin = view.Report.Margin;
        TextTable table = new("line", ">initial, $", ">maintenance, $", "why");
        foreach (MarginLine line in margin.Lines)
        {
            table.Row(
                line.Name, Display.Usd(line.Initial), Display.Usd(line.Maintenance), LineReasons.Of(line, view));
            if (!view.IsExplained)
            {
                continue;
            }

            foreach (MarginLinePart part in margin.LineParts.Where(part => part.Line == line.Name))
            {
                table.Row(
                    $"  {part.Underlying}{(part.Name.Length > 0 ? ", " + part.Name : string.Empty)}",
                    Display.Usd(part.Initial), Display.Usd(part.Maintenance), string.Empty);
            }
        }

        table.Row("sum", Display.Usd(margin.InitialMargin), Display.Usd(margin.MaintenanceMargin), string.Empty);
        table.Write(output);
        output.WriteLine();
    }

    private static void WritePositions(TextWriter output, MarginReport margin)
    {
        TextTable table = new("holding", ">quantity", ">price, $", ">value, $", ">part of maintenance core, $");
        foreach (PositionLine line in margin.Positions)
        {
            table.Row(
                line.Instrument.Name, line.Quantity.Shortest().ToString(), Display.Usd(line.MarkPrice),
                Display.Usd(line.MarkValue), Display.Usd(line.ComponentLoss));
        }

        foreach (CollateralLine line in margin.Collateral)
        {
            table.Row(
                Display.Collateral(line), line.Quantity.Shortest().ToString(), Display.Usd(line.Price),
                Display.Usd(line.Value), Display.Usd(line.ComponentLoss));
        }

        table.Write(output);
        output.WriteLine();
    }

    private static void WriteFindings(TextWriter output, MarginView view)
    {
        ImmutableArray<Finding> findings = view.Report.Margin.Findings;
        if (findings.IsEmpty)
        {
            output.WriteLine("No findings.");
            return;
        }

        const int ShownOfAKind = 4;
        output.WriteLine($"Findings ({findings.Length}):");
        foreach (IGrouping<FindingKind, Finding> kind in findings.GroupBy(finding => finding.Kind))
        {
            int shown = view.IsExplained ? int.MaxValue : ShownOfAKind;
            foreach (Finding finding in kind.Take(shown))
            {
                string cost = finding.CostMicroUsd is { } known
                    ? $" (costs {Display.Usd(Money.FromMicroDollars(known))} USD)"
                    : string.Empty;
                output.WriteLine($"  {finding.Kind}: {finding.Subject}: {finding.Message}{cost}");
            }

            if (kind.Count() > shown)
            {
                output.WriteLine($"  {kind.Key}: {kind.Count() - shown} more (--explain lists them)");
            }
        }
    }

    private static void WriteDigests(TextWriter output, MarginView view)
    {
        output.WriteLine();
        output.WriteLine($"market     {view.Report.Digests.Market}");
        output.WriteLine($"parameters {view.Report.Digests.Parameters}");
        output.WriteLine($"scenarios  {view.Report.Digests.Scenarios}");
        output.WriteLine($"portfolio  {view.Report.Digests.Portfolio}");
        output.WriteLine($"report     {view.Report.Digests.Report}");
    }
}
