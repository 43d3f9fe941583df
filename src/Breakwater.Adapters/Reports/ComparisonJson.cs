using System.Text.Json;
using Breakwater.Margin;

namespace Breakwater.Adapters.Reports;

/// <summary>What a what-if question changes, as JSON: both reports, and exactly after less before.</summary>
internal static class ComparisonJson
{
    /// <summary>Writes members <c>before</c>, <c>after</c> and <c>change</c>.</summary>
    public static void Write(Utf8JsonWriter json, MarginView before, MarginView after)
    {
        json.Object("before", () => MarginJson.Write(json, before));
        json.Object("after", () => MarginJson.Write(json, after));
        json.Object("change", () => WriteChange(json, before, after));
    }

    // The incremental margin of what was asked (METHODOLOGY 4.9).
    private static void WriteChange(Utf8JsonWriter json, MarginView before, MarginView after)
    {
        (MarginReport was, MarginReport becomes) = (before.Report.Margin, after.Report.Margin);
        foreach (MarginTotal total in MarginTotals.All)
        {
            if (total.Member is { } member)
            {
                json.WriteString(member, (total.Read(becomes) - total.Read(was)).ToString());
            }
        }

        json.Objects("lines", was.Lines.Zip(becomes.Lines), pair =>
        {
            json.WriteString("name", pair.First.Name);
            json.WriteString("initial", (pair.Second.Initial - pair.First.Initial).ToString());
            json.WriteString("maintenance", (pair.Second.Maintenance - pair.First.Maintenance).ToString());
        });
        if (LiquidationChange.Of(before, after) is { IsEmpty: false } probabilities)
        {
            json.Object("liquidation", () =>
            {
                foreach (LiquidationChange own in probabilities)
                {
                    json.WriteString(own.Member, LiquidationChange.Exact(own.Change));
                }
            });
        }
    }
}
