using System.Collections.Immutable;
using Breakwater.Cli.Terminal;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Parameters;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Cli.Reports;

/// <summary>What <c>--explain</c> adds for people: cores, contributions, worst scenarios, sensitivities.</summary>
internal static class MarginExplanation
{
    /// <summary>Writes it.</summary>
    public static void Write(TextWriter output, MarginView view)
    {
        MarginReport margin = view.Report.Margin;
        WriteCores(output, view);
        AddOnsTables.Write(output, margin);
        WriteHoldings(output, margin);
        HaircutTables.Write(output, margin);
        WriteWorst(output, view, "maintenance", margin.CoreMaintenance, view.Market.Scenarios.Maintenance);
        WriteWorst(output, view, "initial", margin.CoreInitial, view.Market.Scenarios.Initial);
        WriteSensitivities(output, margin);
        ExplanationTables.Write(output, view);
    }

    private static void WriteCores(TextWriter output, MarginView view)
    {
        MarginParameters parameters = view.Market.Parameters.Margin;
        (CoreRequirement initial, CoreRequirement maintenance) =
            (view.Report.Margin.CoreInitial, view.Report.Margin.CoreMaintenance);
        TextTable table = new("core: the greatest of three", ">initial, $", ">maintenance, $");
        table.Row(
            $"expected shortfall, {LineReasons.Level(parameters.ExpectedShortfallLevelThousandths)}",
            Display.Usd(initial.ExpectedShortfall), Display.Usd(maintenance.ExpectedShortfall));
        table.Row("  standard error", Display.Usd(initial.StandardError), Display.Usd(maintenance.StandardError));
        table.Row(
            $"value at risk, {LineReasons.Level(parameters.ValueAtRiskLevelThousandths)}",
            Display.Usd(initial.ValueAtRisk), Display.Usd(maintenance.ValueAtRisk));
        table.Row("  95 % interval, low", Display.Usd(initial.ValueAtRiskLow), Display.Usd(maintenance.ValueAtRiskLow));
        table.Row(
            "  95 % interval, high", Display.Usd(initial.ValueAtRiskHigh), Display.Usd(maintenance.ValueAtRiskHigh));
        table.Row(
            "worst scenario, dampened",
            Display.Usd(initial.WorstScenario.LossDampened), Display.Usd(maintenance.WorstScenario.LossDampened));
        table.Row("scenarios", $"{initial.ScenarioCount}", $"{maintenance.ScenarioCount}");
        table.Row("core", Display.Usd(initial.Amount), Display.Usd(maintenance.Amount));
        table.Write(output);
        output.WriteLine(
            $"binding: initial {LineReasons.Binding(initial, parameters)}, "
            + $"maintenance {LineReasons.Binding(maintenance, parameters)}");
        output.WriteLine();
    }

    private static void WriteHoldings(TextWriter output, MarginReport margin)
    {
        TextTable table = new(
            "holding", ">quantity", ">price, $", ">haircut, %", ">value, $", ">part of maintenance core, $",
            ">delta, units",
            ">gamma, units/$", ">vega, $ per 1.00", ">theta, $/day");
        foreach (PositionLine line in margin.Positions)
        {
            table.Row([
                line.Instrument.Name, line.Quantity.Shortest().ToString(), Display.Usd(line.MarkPrice), string.Empty,
                Display.Usd(line.MarkValue), Display.Usd(line.ComponentLoss), .. Greeks(line.Greeks)]);
        }

        foreach (CollateralLine line in margin.Collateral)
        {
            table.Row(
                Display.Collateral(line), line.Quantity.Shortest().ToString(), Display.Usd(line.Price),
                Display.Haircut(line.Haircut.TotalNano),
                Display.Usd(line.Value), Display.Usd(line.ComponentLoss), string.Empty, string.Empty, string.Empty,
                string.Empty);
        }

        table.Row(
            "sum", string.Empty, string.Empty, string.Empty, Display.Usd(margin.Equity),
            Display.Usd(margin.CoreMaintenance.Amount), string.Empty, string.Empty, string.Empty, string.Empty);
        table.Write(output);
        output.WriteLine();
    }

    private static void WriteWorst(
        TextWriter output, MarginView view, string horizon, CoreRequirement core, ScenarioSet set)
    {
        ImmutableArray<AssetId> held = [.. view.Report.Margin.Sensitivities.Select(line => line.Underlying).Distinct()];
        foreach ((string title, ImmutableArray<ScenarioLoss> losses) in
            (ReadOnlySpan<(string, ImmutableArray<ScenarioLoss>)>)[
                ($"worst named scenarios, {horizon}", core.WorstDeterministic),
                ($"worst of the distribution, {horizon}", core.WorstDistribution)])
        {
            ImmutableArray<string> moves =
                [.. held.SelectMany(asset => (string[])[$">{asset} spot, %", $">{asset} vol, %"])];
            TextTable table = new([
                title, ">id", .. moves, "time", ">loss, $", ">counted, $"]);
            foreach (ScenarioLoss loss in losses)
            {
                table.Row([
                    loss.Scenario.Label, $"{loss.Scenario.Id}", .. held.SelectMany(
                        asset => Moves(set, loss.Scenario.Id, asset)),
                    loss.Time == RevaluationTime.Frozen ? "frozen" : "advanced", Display.Usd(loss.Loss),
                    Display.Usd(loss.LossDampened)]);
            }

            table.Write(output);
            output.WriteLine();
        }
    }

    private static string[] Moves(ScenarioSet set, int scenario, AssetId asset)
    {
        int index = set.IndexOf(asset);
        return index < 0
            ? [string.Empty, string.Empty]
            :
            [
                Display.Percent(Math.Exp(set.Factor(scenario, index, RiskFactorKind.SpotReturn)) - 1.0),
                Display.Percent(set.Factor(scenario, index, RiskFactorKind.VolatilityLevel)),
            ];
    }

    private static void WriteSensitivities(TextWriter output, MarginReport margin)
    {
        TextTable table = new(
            "sensitivities", "expiry", ">delta, units", ">gamma, units/$", ">vega, $ per 1.00", ">theta, $/day");
        foreach (IGrouping<AssetId, SensitivityLine> lines in margin.Sensitivities.GroupBy(line => line.Underlying))
        {
            foreach (SensitivityLine line in lines)
            {
                table.Row([line.Underlying.Name, line.Expiry?.ToString()[..10] ?? "–", .. Greeks(line.Greeks)]);
            }

            HoldingGreeks total = lines.Select(line => line.Greeks).Aggregate((sum, own) => sum.Plus(own));
            table.Row([lines.Key.Name, "total", .. Greeks(total)]);
        }

        table.Write(output);
        output.WriteLine();
    }

    private static string[] Greeks(HoldingGreeks greeks) =>
    [
        Display.Number(greeks.Delta, "N4"), Display.Number(greeks.Gamma, "0.000000"), Display.Number(greeks.Vega, "N2"),
        Display.Number(greeks.Theta, "N2"),
    ];
}
