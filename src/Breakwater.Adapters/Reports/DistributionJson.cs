using System.Collections.Immutable;
using System.Text.Json;
using Breakwater.Explanation;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Scenarios;

namespace Breakwater.Adapters.Reports;

/// <summary>Loss distributions of a subaccount as JSON: both horizons, binned, with the tail and the named scenarios.
/// </summary>
internal static class DistributionJson
{
    private const int ShareDecimals = 9;
    private const int LevelDecimals = 3;

    /// <summary>Writes the members of one horizon.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="own">The distribution.</param>
    /// <param name="market">The market whose scenarios they are.</param>
    /// <param name="underlyings">Underlyings whose moves are told.</param>
    public static void Write(
        Utf8JsonWriter json, LossDistribution own, ExplainedMarket market, ImmutableArray<AssetId> underlyings)
    {
        MarginParameters levels = market.Parameters.Margin;
        ScenarioSet set = own.Horizon == MarginHorizon.Maintenance
            ? market.Scenarios.Maintenance
            : market.Scenarios.Initial;
        json.WriteString("horizon", own.Horizon.ToString());
        json.WriteString("scenarios", set.Digest.ToString());
        json.WriteString("core", own.Core.Amount.ToString());
        json.WriteString("binding", own.Core.Binding.ToString());
        json.WriteString("expectedShortfallLevel", Level(levels.ExpectedShortfallLevelThousandths));
        json.WriteString("expectedShortfall", own.Core.ExpectedShortfall.ToString());
        json.WriteString("standardError", own.Core.StandardError.ToString());
        json.WriteString("valueAtRiskLevel", Level(levels.ValueAtRiskLevelThousandths));
        json.WriteString("valueAtRisk", own.Core.ValueAtRisk.ToString());
        json.WriteString("valueAtRiskLow", own.Core.ValueAtRiskLow.ToString());
        json.WriteString("valueAtRiskHigh", own.Core.ValueAtRiskHigh.ToString());
        json.WriteNumber("scenarioCount", own.Core.ScenarioCount);
        json.WriteNumber("weightTotal", own.Bins.Sum(static bin => bin.Weight));
        json.Objects("bins", own.Bins, bin =>
        {
            json.WriteString("from", bin.From.ToString());
            json.WriteString("to", bin.To.ToString());
            json.WriteNumber("weight", bin.Weight);
            json.WriteNumber("scenarios", bin.ScenarioCount);
        });
        json.Objects("tail", own.Tail, tail =>
        {
            WriteLoss(json, tail.Loss, set, underlyings);
            json.WriteNumber("weight", tail.Loss.Scenario.Weight);
            json.WriteString("tailFraction", new FixedDecimal(tail.ShareNano, ShareDecimals).ToString());
        });
        json.Objects("deterministic", own.Deterministic, loss =>
        {
            WriteLoss(json, loss, set, underlyings);
            json.WriteString("lossDampened", loss.LossDampened.ToString());
        });
    }

    private static void WriteLoss(
        Utf8JsonWriter json, ScenarioLoss loss, ScenarioSet set, ImmutableArray<AssetId> underlyings)
    {
        json.WriteNumber("id", loss.Scenario.Id);
        json.WriteString("block", loss.Scenario.Block.ToString());
        json.WriteString("label", loss.Scenario.Label);
        json.WriteString("loss", loss.Loss.ToString());
        json.WriteString("time", loss.Time.ToString());
        json.Objects("moves", underlyings.Where(asset => set.IndexOf(asset) >= 0), asset =>
        {
            int index = set.IndexOf(asset);
            json.WriteString("underlying", asset.Name);
            json.WriteNumber("spotFraction", DeterministicMath.Expm1(
                set.Factor(loss.Scenario.Id, index, RiskFactorKind.SpotReturn)));
            json.WriteNumber("volatilityFraction", set.Factor(
                loss.Scenario.Id, index, RiskFactorKind.VolatilityLevel));
        });
    }

    private static string Level(int thousandths) => new FixedDecimal(thousandths, LevelDecimals).ToString();
}
