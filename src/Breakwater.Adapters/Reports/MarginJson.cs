using System.Text.Json;
using Breakwater.Collateral;
using Breakwater.Margin;
using Breakwater.Numerics;

namespace Breakwater.Adapters.Reports;

/// <summary>The margin report as JSON (INTERFACES 4).</summary>
internal static class MarginJson
{
    /// <summary>Version of the report's format (INTERFACES 4).</summary>
    public const int FormatVersion = 1;

    /// <summary>Writes the members of a report's object.</summary>
    public static void Write(Utf8JsonWriter json, MarginView view)
    {
        MarginReport margin = view.Report.Margin;
        json.WriteNumber("version", FormatVersion);
        json.WriteString("subaccount", margin.Subaccount);
        json.WriteString("at", view.Report.At.ToString());
        json.WriteNumber("parameterVersion", view.Report.ParameterVersion);
        json.Object("digests", () => WriteDigests(json, view));
        WriteProtocol(json, view.Market.Context.Protocol);
        WriteTotals(json, margin);
        json.Object("core", () => WriteCore(json, margin.CoreMaintenance));
        json.Objects("lines", margin.Lines, line =>
        {
            json.WriteString("name", line.Name);
            json.WriteString("initial", line.Initial.ToString());
            json.WriteString("maintenance", line.Maintenance.ToString());
            AddOnsJson.WriteParts(json, margin, line);
        });
        AddOnsJson.Write(json, margin);
        json.Objects("positions", margin.Positions, line => WritePosition(json, line));
        json.Objects("collateral", margin.Collateral, line => WriteCollateral(json, line));
        json.Objects("sensitivities", margin.Sensitivities, line =>
        {
            json.WriteString("underlying", line.Underlying.Name);
            if (line.Expiry is { } expiry)
            {
                json.WriteString("expiry", expiry.ToString());
            }
            else
            {
                json.WriteNull("expiry");
            }

            WriteGreeks(json, line.Greeks);
        });
        ExplanationJson.WriteLiquidation(json, view);
        json.Objects("findings", margin.Findings, finding => FindingJson.WriteMembers(json, finding));
        if (view.IsExplained)
        {
            json.Object("explanation", () =>
            {
                WriteExplanation(json, margin);
                ExplanationJson.Write(json, view);
            });
        }
    }

    private static void WriteDigests(Utf8JsonWriter json, MarginView view)
    {
        json.WriteString("market", view.Report.Digests.Market.ToString());
        json.WriteString("parameters", view.Report.Digests.Parameters.ToString());
        json.WriteString("scenarios", view.Report.Digests.Scenarios.ToString());
        json.WriteString("portfolio", view.Report.Digests.Portfolio.ToString());
        json.WriteString("report", view.Report.Digests.Report.ToString());
    }

    // Absent where nothing is crowded: then it has no effect.
    private static void WriteProtocol(Utf8JsonWriter json, ProtocolHoldings protocol)
    {
        if (protocol.Holdings.IsEmpty) return;
        json.Objects("protocolHoldings", protocol.Holdings, own =>
        {
            json.WriteString("asset", own.Asset.Name);
            json.WriteString("value", Money.FromMicroDollars(own.MicroUsd).ToString());
        });
    }

    private static void WriteTotals(Utf8JsonWriter json, MarginReport margin)
    {
        foreach (MarginTotal total in MarginTotals.All)
        {
            if (total.Member is { } member)
            {
                json.WriteString(member, total.Read(margin).ToString());
            }
        }

        json.WriteString("marginRatio", margin.MarginRatio?.ToString());
        json.WriteString("stage", margin.Stage.ToString());
    }

    private static void WriteCore(Utf8JsonWriter json, CoreRequirement core)
    {
        json.WriteString("binding", core.Binding.ToString());
        json.WriteString("expectedShortfall", core.ExpectedShortfall.ToString());
        json.WriteString("valueAtRisk", core.ValueAtRisk.ToString());
        json.Object(
            "worstScenario", () => WriteScenario(json, core.WorstScenario, core.WorstScenario.LossDampened.ToString()));
        json.WriteString("standardError", core.StandardError.ToString());
        json.WriteNumber("scenarioCount", core.ScenarioCount);
    }

    private static void WriteScenario(Utf8JsonWriter json, ScenarioLoss loss, string amount)
    {
        json.WriteNumber("id", loss.Scenario.Id);
        json.WriteString("block", loss.Scenario.Block.ToString());
        json.WriteString("label", loss.Scenario.Label);
        json.WriteString("loss", amount);
    }

    private static void WritePosition(Utf8JsonWriter json, PositionLine line)
    {
        json.WriteString("instrument", line.Instrument.Name);
        json.WriteString("quantity", line.Quantity.ToString());
        json.WriteString("markPrice", line.MarkPrice.ToString());
        json.WriteString("markValue", line.MarkValue.ToString());
        json.WriteString("componentLoss", line.ComponentLoss.ToString());
        WriteGreeks(json, line.Greeks);
    }

    private static void WriteCollateral(Utf8JsonWriter json, CollateralLine line)
    {
        json.WriteString("asset", line.Asset.Name);
        if (line.Chain.Length > 0)
        {
            json.WriteString("chain", line.Chain);
        }

        json.WriteString("bridge", JsonNamingPolicy.CamelCase.ConvertName(line.Bridge.ToString()));
        json.WriteString("quantity", line.Quantity.ToString());
        json.WriteString("price", line.Price.ToString());
        json.WriteString("haircutFraction", line.HaircutFraction.ToString());
        json.Object("haircutParts", () => WriteHaircut(json, line.Haircut));
        json.WriteString("value", line.Value.ToString());
        json.WriteString("componentLoss", line.ComponentLoss.ToString());
    }

    private static void WriteHaircut(Utf8JsonWriter json, BalanceHaircut haircut)
    {
        json.WriteString("market", CollateralLine.Fraction(haircut.MarketNano).ToString());
        json.WriteString("drawdown", CollateralLine.Fraction(haircut.DrawdownNano).ToString());
        json.WriteString("peg", CollateralLine.Fraction(haircut.PegNano).ToString());
        json.WriteString("asset", CollateralLine.Fraction(haircut.AssetNano).ToString());
        json.WriteString("bridge", CollateralLine.Fraction(haircut.BridgeNano).ToString());
        json.WriteString("liquidity", CollateralLine.Fraction(haircut.LiquidityNano).ToString());
        json.WriteString("protocol", CollateralLine.Fraction(haircut.ProtocolNano).ToString());
        json.WriteString("concentration", CollateralLine.Fraction(haircut.ConcentrationNano).ToString());
    }

    private static void WriteGreeks(Utf8JsonWriter json, HoldingGreeks greeks)
    {
        json.WriteString("delta", greeks.Delta.ToString());
        json.WriteString("gamma", greeks.Gamma.ToString());
        json.WriteString("vega", greeks.Vega.ToString());
        json.WriteString("theta", greeks.Theta.ToString());
    }

    // What --explain adds to the report: both cores with their errors and the scenarios that matter, by name.
    private static void WriteExplanation(Utf8JsonWriter json, MarginReport margin)
    {
        foreach ((string name, CoreRequirement core) in
            (ReadOnlySpan<(string, CoreRequirement)>)[("maintenance", margin.CoreMaintenance),
                ("initial", margin.CoreInitial)])
        {
            json.Object(name, () =>
            {
                WriteCore(json, core);
                json.WriteString("amount", core.Amount.ToString());
                json.WriteString("valueAtRiskLow", core.ValueAtRiskLow.ToString());
                json.WriteString("valueAtRiskHigh", core.ValueAtRiskHigh.ToString());
                json.Objects("worstDeterministic", core.WorstDeterministic, loss => WriteNamed(json, loss));
                json.Objects("worstDistribution", core.WorstDistribution, loss => WriteNamed(json, loss));
            });
        }
    }

    private static void WriteNamed(Utf8JsonWriter json, ScenarioLoss loss)
    {
        WriteScenario(json, loss, loss.Loss.ToString());
        json.WriteString("lossDampened", loss.LossDampened.ToString());
        json.WriteString("time", loss.Time.ToString());
    }
}
