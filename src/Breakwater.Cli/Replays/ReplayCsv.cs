using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Breakwater.Margin;

namespace Breakwater.Cli.Replays;

/// <summary>A replay as CSV, one row per instant.</summary>
internal static class ReplayCsv
{
    /// <summary>The text with its heading.</summary>
    public static string Text(ReplayRun run)
    {
        StringBuilder text = new("time_utc,");
        foreach (ReplayUnderlying own in run.Marks.IsEmpty ? [] : run.Marks[0].Step.Underlyings)
        {
            string asset = own.Asset.Name.ToLowerInvariant();
            text.Append($"{asset}_price_usd,{asset}_sigma_filtered,{asset}_sigma_used,{asset}_calmness,")
                .Append($"{asset}_shock_deviations,");
        }

        text.Append("notional_usd,mm_no_rules,mm_computed,im_computed,mm_in_effect,im_in_effect,override,")
            .Append("scheduled_until,scheduled_mm\n");
        foreach (ReplayMark mark in run.Marks)
        {
            text.AppendJoin(',', Cells(mark)).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<string> Cells(ReplayMark mark)
    {
        ReplayStep step = mark.Step;
        yield return step.At.ToString();
        foreach (ReplayUnderlying own in step.Underlyings)
        {
            yield return Number(own.PriceUsd, "0.######");
            yield return Number(own.FilteredAnnual, "0.000000");
            yield return Number(own.UsedAnnual, "0.000000");
            yield return Number(own.Calmness, "0.0000");
            yield return Number(own.ShockDeviations, "0.00");
        }

        yield return Number(step.NotionalUsd, "0.00");
        yield return step.Plain.ToString();
        foreach (Requirement own in (ImmutableArray<Requirement>)[step.Computed, mark.InEffect])
        {
            yield return own.Maintenance.ToString();
            yield return own.Initial?.ToString() ?? string.Empty;
        }

        yield return mark.Mode == SpeedMode.Override ? "1" : "0";
        yield return mark.Scheduled.IsEmpty ? string.Empty : mark.Scheduled[^1].At.ToString();
        yield return mark.Scheduled.IsEmpty ? string.Empty : mark.Scheduled[^1].Maintenance.ToString();
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
