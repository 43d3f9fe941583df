using System.Text.Json;
using Breakwater.Margin;

namespace Breakwater.Cli.Replays;

/// <summary>A replay for programs.</summary>
internal static class ReplayJson
{
    /// <summary>Writes the members of the document.</summary>
    public static void Write(Utf8JsonWriter json, ReplayRun run)
    {
        json.WriteNumber("version", 1);
        json.WriteString("parametersDigest", run.Parameters.Digest.ToString());
        json.WriteNumber("skipped", run.SkippedCount);
        json.Objects("instants", run.Marks, mark => WriteMark(json, mark));
        if (ReplaySummary.Of(run) is { } summary)
        {
            json.Object("summary", () => WriteSummary(json, summary));
        }
    }

    private static void WriteMark(Utf8JsonWriter json, ReplayMark mark)
    {
        json.WriteString("at", mark.Step.At.ToString());
        json.Objects("underlyings", mark.Step.Underlyings, own =>
        {
            json.WriteString("asset", own.Asset.Name);
            json.WriteNumber("price", own.PriceUsd);
            json.WriteNumber("volatilityFiltered", own.FilteredAnnual);
            json.WriteNumber("volatilityUsed", own.UsedAnnual);
            json.WriteNumber("calmness", own.Calmness);
            json.WriteNumber("shockDeviations", own.ShockDeviations);
        });
        json.WriteNumber("notional", mark.Step.NotionalUsd);
        json.Object("withoutRules", () => json.WriteString("maintenanceMargin", mark.Step.Plain.ToString()));
        WriteRequirement(json, "computed", mark.Step.Computed);
        WriteRequirement(json, "inEffect", mark.InEffect);
        json.WriteBoolean("override", mark.Mode == SpeedMode.Override);
        json.Objects("scheduled", mark.Scheduled, own =>
        {
            json.WriteString("at", own.At.ToString());
            json.WriteString("maintenanceMargin", own.Maintenance.ToString());
        });
    }

    private static void WriteRequirement(Utf8JsonWriter json, string name, Requirement requirement) =>
        json.Object(name, () =>
        {
            json.WriteString("maintenanceMargin", requirement.Maintenance.ToString());
            if (requirement.Initial is { } initial)
            {
                json.WriteString("initialMargin", initial.ToString());
            }
        });

    private static void WriteSummary(Utf8JsonWriter json, ReplaySummary summary)
    {
        json.Objects("paths", summary.Paths, path =>
        {
            json.WriteString("rules", path.Name);
            json.WriteNumber("meanFraction", path.Mean);
            json.WriteNumber("leastFraction", path.Least);
            json.WriteNumber("greatestFraction", path.Greatest);
            json.WriteNumber("peakToTrough", path.PeakToTrough);
            json.WriteNumber("largestRiseDay", path.RiseDay);
            json.WriteString("largestRiseDayAt", path.RiseDayAt.ToString());
            json.WriteNumber("largestRiseFiveDays", path.RiseFiveDays);
            json.WriteNumber("largestRiseStepUsd", path.RiseHourUsd);
            json.WriteNumber("largestRiseDayUsd", path.RiseDayUsd);
            json.WriteNumber("deviationOfLog", path.DeviationLog);
            json.WriteNumber("costFraction", summary.CostOf(path));
        });
        json.WriteNumber("overrideCount", summary.OverrideCount);
        json.WriteNumber("heldBackCount", summary.HeldBackCount);
        json.WriteNumber("heldBackMeanFraction", summary.HeldBackMean);
        json.WriteNumber("heldBackGreatestFraction", summary.HeldBackMost);
    }
}
