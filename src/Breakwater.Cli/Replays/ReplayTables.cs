using System.Globalization;
using Breakwater.Cli.Reports;
using Breakwater.Cli.Terminal;
using Breakwater.Margin;

namespace Breakwater.Cli.Replays;

/// <summary>A replay for people.</summary>
internal static class ReplayTables
{
    // Longer tables are read by programs: the CSV holds them.
    private const int RowsMax = 300;

    /// <summary>Writes instants, as far as there are few, and the summary.</summary>
    public static void Write(TextWriter output, ReplayRun run)
    {
        if (run.Marks.Length <= RowsMax)
        {
            WriteInstants(output, run);
        }
        else
        {
            output.WriteLine(Invariant($"{run.Marks.Length} instants: --csv writes them"));
        }

        if (run.SkippedCount > 0)
        {
            output.WriteLine(Invariant($"{run.SkippedCount} instants had no price within 24 h and are left out"));
        }

        WriteSummary(output, run);
    }

    private static void WriteInstants(TextWriter output, ReplayRun run)
    {
        TextTable table = new(
            "time", "asset", ">price, USD", ">σ̂ filter, %", ">σ̂ used, %", ">MM no rules, USD", ">MM computed, USD",
            ">IM computed, USD", ">MM in effect, USD", ">IM in effect, USD", "override", "scheduled");
        foreach (ReplayMark mark in run.Marks)
        {
            for (int index = 0; index < mark.Step.Underlyings.Length; index++)
            {
                ReplayUnderlying own = mark.Step.Underlyings[index];
                string[] market =
                [
                    own.Asset.Name, own.PriceUsd.ToString("N2", CultureInfo.InvariantCulture),
                    Percent(own.FilteredAnnual), Percent(own.UsedAnnual),
                ];
                table.Row(index == 0
                    ? [mark.Step.At.ToString(), .. market, .. Amounts(mark)]
                    : [string.Empty, .. market, .. Enumerable.Repeat(string.Empty, 7)]);
            }
        }

        table.Write(output);
    }

    private static string[] Amounts(ReplayMark mark) =>
    [
        Display.Usd(mark.Step.Plain), Display.Usd(mark.Step.Computed.Maintenance),
        Initial(mark.Step.Computed), Display.Usd(mark.InEffect.Maintenance),
        Initial(mark.InEffect), mark.Mode == SpeedMode.Override ? "yes" : string.Empty,
        mark.Scheduled.IsEmpty
            ? string.Empty
            : $"{Display.Usd(mark.Scheduled[^1].Maintenance)} by {mark.Scheduled[^1].At}",
    ];

    private static string Initial(Requirement own) => own.Initial is { } initial ? Display.Usd(initial) : "–";

    private static void WriteSummary(TextWriter output, ReplayRun run)
    {
        if (ReplaySummary.Of(run) is not { } summary)
        {
            output.WriteLine("no summary: there is an instant without positions or margin");
            return;
        }

        output.WriteLine();
        output.WriteLine("Maintenance margin ÷ notional at constant position");
        TextTable table = new(
            "rules", ">mean, %", ">least, %", ">greatest, %", ">peak ÷ trough", ">largest rise in 24 h, ×", "at",
            ">in 5 d, ×", ">in a step, USD, ×", ">in 24 h, USD, ×", ">st. dev. of log", ">cost, %");
        foreach (PathSummary path in summary.Paths)
        {
            table.Row(
                path.Name, Percent(path.Mean, 3), Percent(path.Least, 3), Percent(path.Greatest, 3),
                Factor(path.PeakToTrough), Factor(path.RiseDay), path.RiseDayAt.ToString(), Factor(path.RiseFiveDays),
                Factor(path.RiseHourUsd), Factor(path.RiseDayUsd), Factor(path.DeviationLog),
                Percent(summary.CostOf(path)));
        }

        table.Write(output);
        output.WriteLine(Invariant(
            $"speed limit lifted at {summary.OverrideCount} of {run.Marks.Length} instants; less in effect than ")
            + Invariant($"computed at {summary.HeldBackCount}, on average {100 * summary.HeldBackMean:0.00} % of it, ")
            + Invariant($"at most {100 * summary.HeldBackMost:0.0} %"));
    }

    private static string Percent(double fraction, int decimals = 1) =>
        (100d * fraction).ToString("F" + decimals, CultureInfo.InvariantCulture);

    private static string Factor(double factor) => factor.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
