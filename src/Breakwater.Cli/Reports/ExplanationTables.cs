using System.Globalization;
using Breakwater.Cli.Terminal;
using Breakwater.Explanation;
using Breakwater.Numerics;

namespace Breakwater.Cli.Reports;

/// <summary>What an explanation adds to the margin report for people.</summary>
internal static class ExplanationTables
{
    /// <summary>Writes it; nothing where nobody asked.</summary>
    public static void Write(TextWriter output, MarginView view)
    {
        if (view.Explanation is not { } explanation) return;
        WriteFactors(output, explanation);
        WriteIncrements(output, explanation);
        WriteLiquidation(output, view, explanation.Liquidation);
        WriteCures(output, explanation);
        WriteDecay(output, explanation);
    }

    private static void WriteFactors(TextWriter output, AccountExplanation explanation)
    {
        TextTable table = new(
            "part of maintenance core by factor, $", ">delta", ">gamma", ">vega", ">cross", ">theta", ">residual",
            ">sum");
        foreach (FactorSplit own in explanation.Factors)
        {
            table.Row(
                own.Holding.Name, Display.Usd(own.Delta), Display.Usd(own.Gamma), Display.Usd(own.Vega),
                Display.Usd(own.Cross), Display.Usd(own.Theta), Display.Usd(own.Residual), Display.Usd(own.Total));
        }

        table.Row(
            "sum", Sum(own => own.Delta), Sum(own => own.Gamma), Sum(own => own.Vega), Sum(own => own.Cross),
            Sum(own => own.Theta), Sum(own => own.Residual), Sum(own => own.Total));
        table.Write(output);
        output.WriteLine();

        string Sum(Func<FactorSplit, Money> read) =>
            Display.Usd(explanation.Factors.Aggregate(Money.Zero, (sum, own) => sum + read(own)));
    }

    private static void WriteIncrements(TextWriter output, AccountExplanation explanation)
    {
        TextTable table = new("what each position adds, resting orders apart", ">initial, $", ">maintenance, $");
        foreach (IncrementalMargin own in explanation.Increments)
        {
            table.Row(own.Instrument.Name, Display.Usd(own.Initial), Display.Usd(own.Maintenance));
        }

        table.Write(output);
        output.WriteLine();
    }

    private static void WriteCures(TextWriter output, AccountExplanation explanation)
    {
        if (explanation.Cures.IsEmpty) return;
        TextTable table = new(
            "ways to cover margin", "kind", "instrument", ">lots", ">amount, $", ">cost, $", ">short of it then, $",
            "cures");
        foreach (Cure own in explanation.Cures)
        {
            table.Row(
                own.Requirement.ToString(), own.Kind.ToString(), own.Instrument?.Name ?? "–",
                own.Lots.ToString(CultureInfo.InvariantCulture),
                Display.Usd(own.Amount), Display.Usd(own.Cost), Display.Usd(own.Remaining),
                own.IsCured ? "yes" : "no");
        }

        table.Write(output);
        output.WriteLine("each margined in full with its cost; lots of a proportional reduction are thousandths");
        output.WriteLine();
    }

    private static void WriteDecay(TextWriter output, AccountExplanation explanation)
    {
        TextTable table = new("margin ahead if nothing moves", ">hours", ">initial, $", ">maintenance, $");
        foreach ((string name, MarginDecay own) in explanation.Decay.Select(own => ("account", own)).Concat(
            explanation.OptionDecay.SelectMany(option => option.Schedule.Select(
                own => ($"{option.Option.Name}, alone", own)))))
        {
            table.Row(name, $"{own.Hours}", Display.Usd(own.Initial), Display.Usd(own.Maintenance));
        }

        table.Write(output);
        output.WriteLine();
    }

    private static void WriteLiquidation(TextWriter output, MarginView view, LiquidationOutlook outlook)
    {
        TextTable table = new("probability of liquidation", ">%", ">standard error, %");
        foreach (LiquidationProbability own in outlook.Probabilities)
        {
            table.Row(
                $"within {LiquidationChange.Horizon(own.Hours, " ")}",
                Percent((double)LiquidationChange.Reported(own.Probability)), Percent(own.StandardError));
        }

        table.Write(output);
        output.WriteLine("equity against maintenance margin at every hour of 4,096 paths of spot and volatility");
        output.WriteLine();
        TextTable prices = new("liquidation price", ">now, $", ">down, $", ">up, $");
        foreach (LiquidationPrice own in outlook.Prices)
        {
            Money now = Money.FromDoubleDown(view.Market.Market.Find(own.Underlying)!.IndexUsd);
            prices.Row(own.Underlying.Name, Display.Usd(now), Price(own.Down), Price(own.Up));
        }

        prices.Write(output);
        output.WriteLine("this price alone moves, volatility stands still; a dash: none within -90 % to +500 %");
        output.WriteLine();
    }

    private static string Price(Money? price) => price is { } known ? Display.Usd(known) : "–";

    private static string Percent(double fraction) =>
        (100.0 * fraction).ToString("0.0000", CultureInfo.InvariantCulture);
}
