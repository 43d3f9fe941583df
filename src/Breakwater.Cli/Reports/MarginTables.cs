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

    /// <summary>Writes what orders change.</summary>
    public static void WriteComparison(TextWriter output, MarginView before, MarginView after)
    {
        WriteHead(output, before);
        (MarginReport old, MarginReport then) = (before.Report.Margin, after.Report.Margin);
        TextTable table = new("what if", ">before, $", ">after, $", ">change, $");
        foreach ((string name, Func<MarginReport, Money> read) in Totals)
        {
            table.Row(name, Display.Usd(read(old)), Display.Usd(read(then)), Display.Signed(read(then) - read(old)));
        }

        table.Row("margin ratio", Display.Ratio(old.MarginRatio), Display.Ratio(then.MarginRatio), string.Empty);
        table.Row("stage", old.Stage.ToString(), then.Stage.ToString(), string.Empty);
        table.Write(output);
        output.WriteLine();
        TextTable lines = new(
            "line", ">initial before, $", ">after, $", ">change, $", ">maintenance before, $", ">after, $",
            ">change, $");
        foreach ((MarginLine was, MarginLine becomes) in old.Lines.Zip(then.Lines))
        {
            lines.Row(
                was.Name, Display.Usd(was.Initial), Display.Usd(becomes.Initial), Display.Signed(
                    becomes.Initial - was.Initial),
                Display.Usd(was.Maintenance), Display.Usd(becomes.Maintenance),
                Display.Signed(becomes.Maintenance - was.Maintenance));
        }

        lines.Write(output);
        output.WriteLine();
        output.WriteLine("After:");
        if (after.IsExplained)
        {
            MarginExplanation.Write(output, after);
        }
        else
        {
            WritePositions(output, then);
        }

        WriteFindings(output, after);
        WriteDigests(output, after);
    }

    private static readonly ImmutableArray<(string Name, Func<MarginReport, Money> Read)> Totals =
    [
        ("equity", margin => margin.Equity),
        ("  collateral after haircut", margin => margin.CollateralValue),
        ("  unrealised P&L", margin => margin.UnrealisedPnl),
        ("  option value", margin => margin.Equity - margin.CollateralValue - margin.UnrealisedPnl),
        ("initial margin", margin => margin.InitialMargin),
        ("target margin", margin => margin.TargetMargin),
        ("maintenance margin", margin => margin.MaintenanceMargin),
        ("excess over initial", margin => margin.Excess),
        ("  gains in thin markets", margin => margin.ThinGains),
        ("withdrawable", WithdrawalRule.Free),
    ];

    private static void WriteHead(TextWriter output, MarginView view)
    {
        output.WriteLine(
            $"{view.Report.Margin.Subaccount} at {view.Report.At}, parameters version {view.Report.ParameterVersion}");
        output.WriteLine();
    }

    private static void WriteTotals(TextWriter output, MarginReport margin)
    {
        TextTable table = new("total", ">$");
        foreach ((string name, Func<MarginReport, Money> read) in Totals)
        {
            table.Row(name, Display.Usd(read(margin)));
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
