using System.Text.Json;
using Breakwater.Scenarios;

namespace Breakwater.Adapters.Reports;

/// <summary>The scenario report for machines (INTERFACES 2).</summary>
internal static class ScenariosJson
{
    /// <summary>Writes the members of the report.</summary>
    public static void Write(Utf8JsonWriter json, ScenariosView view)
    {
        json.WriteString("at", view.Market.Market.At.ToString());
        json.WriteNumber("parameterVersion", view.Market.Parameters.Version);
        json.Object("seed", () => WriteSeed(json, view.Sets.Maintenance.Seed));
        if (view.Sets.Maintenance.SeedBefore != view.Sets.Maintenance.Seed)
        {
            json.WriteNumber("eighthsReplaced", ScenarioSeed.EighthsReplaced(view.Market.Market.At));
            json.Object("seedBefore", () => WriteSeed(json, view.Sets.Maintenance.SeedBefore));
        }

        json.Objects("underlyings", view.Volatilities, volatility =>
        {
            json.WriteString("underlying", volatility.Asset.Name);
            json.WriteNumber("volatilityFiltered", volatility.FilteredAnnual);
            json.WriteNumber("volatilityFloor", volatility.FloorAnnual);
            json.WriteNumber("volatility", volatility.FusedAnnual);
            json.WriteString("surface", volatility.Surface?.ToString());
        });
        json.Objects("sets", view.Both, set => WriteSet(json, view, set));
        json.Objects("findings", view.Findings, finding => FindingJson.WriteMembers(json, finding));
    }

    private static void WriteSeed(Utf8JsonWriter json, ScenarioSeed seed)
    {
        json.WriteString("value", seed.Value.ToString());
        json.WriteString("protocolId", seed.ProtocolId);
        json.WriteString("parameters", seed.ParameterDigest.ToString());
        json.WriteNumber("epoch", seed.Epoch);
        json.WriteString("beacon", "0x" + Convert.ToHexStringLower(seed.Beacon.AsSpan()));
        json.WriteBoolean("beaconMissing", seed.IsBeaconMissing);
        json.WriteString("philoxKey", FormattableString.Invariant($"0x{seed.PhiloxKey:x16}"));
    }

    private static void WriteSet(Utf8JsonWriter json, ScenariosView view, ScenarioSet set)
    {
        json.WriteString("horizon", set.Horizon.ToString());
        json.WriteString("digest", set.Digest.ToString());
        json.WriteNumber("scenarios", set.Count);
        json.WriteNumber("weightTotal", ScenarioSet.WeightTotal);
        json.Objects("blocks", ScenariosView.Blocks(set), block =>
        {
            json.WriteString("block", block.Block.ToString());
            json.WriteNumber("firstId", block.FirstId);
            json.WriteNumber("count", block.Count);
            json.WriteNumber("weight", block.Weight);
            json.WriteNumber("weightMin", block.WeightMin);
            json.WriteNumber("weightMax", block.WeightMax);
            json.WriteNumber("dampeningMin", block.DampeningMin);
        });
        json.Objects("horizons", Enumerable.Range(0, set.Underlyings.Length), underlying =>
        {
            json.WriteString("underlying", set.Underlyings[underlying].Name);
            json.WriteNumber("hours", set.HorizonHours[underlying]);
            json.WriteNumber("expectedDeviation", view.Expected(set, underlying));
        });
        WriteFactors(json, set);
    }

    private static void WriteFactors(Utf8JsonWriter json, ScenarioSet set)
    {
        string[] names = [.. set.Layout.Names()];
        json.Objects("factors", Enumerable.Range(0, names.Length), column =>
        {
            FactorMoments moments = ScenarioMoments.Of(set, column, ScenariosView.Weighted);
            json.WriteString("factor", names[column]);
            json.WriteNumber("mean", moments.Mean);
            json.WriteNumber("standardDeviation", moments.StandardDeviation);
            json.WriteNumber("skewness", moments.Skewness);
            json.WriteNumber("excessKurtosis", moments.ExcessKurtosis);
            json.WriteNumber("quantile01", moments.Quantile01);
            json.WriteNumber("quantile99", moments.Quantile99);
            json.WriteStartArray("correlation");
            for (int other = 0; other < names.Length; other++)
            {
                json.WriteNumberValue(
                    other == column ? 1d : ScenarioMoments.Correlation(set, column, other, ScenariosView.Weighted));
            }

            json.WriteEndArray();
        });
    }
}
