using System.Text.Json;
using Breakwater.Margin;

namespace Breakwater.Adapters.Reports;

/// <summary>Members of the report about add-ons: parts of lines, multipliers, underlyings, resting orders.</summary>
internal static class AddOnsJson
{
    /// <summary>What a line is made of; nested, so not counted again.</summary>
    public static void WriteParts(Utf8JsonWriter json, MarginReport margin, MarginLine line)
    {
        MarginLinePart[] parts = [.. margin.LineParts.Where(part => part.Line == line.Name)];
        if (parts.Length > 0)
        {
            json.Objects("parts", parts, part =>
            {
                json.WriteString("underlying", part.Underlying.Name);
                if (part.Name.Length > 0)
                {
                    json.WriteString("name", part.Name);
                }

                json.WriteString("initial", part.Initial.ToString());
                json.WriteString("maintenance", part.Maintenance.ToString());
            });
        }
    }

    /// <summary>Multipliers, underlyings and resting orders.</summary>
    public static void Write(Utf8JsonWriter json, MarginReport margin)
    {
        MultiplierLine multipliers = margin.Multipliers;
        json.Object("multipliers", () =>
        {
            json.WriteString("system", multipliers.System.ToString());
            json.WriteString("behaviour", multipliers.Behaviour.ToString());
            json.WriteString("learned", multipliers.Learned.ToString());
            json.WriteString("flowInitial", multipliers.FlowInitial.ToString());
            json.WriteString("flowMaintenance", multipliers.FlowMaintenance.ToString());
            json.WriteString("productInitial", multipliers.ProductInitial.ToString());
            json.WriteString("productMaintenance", multipliers.ProductMaintenance.ToString());
            json.WriteString("inEffect", multipliers.InEffect.ToString());
        });
        json.Objects("underlyings", margin.Underlyings, line =>
        {
            json.WriteString("underlying", line.Underlying.Name);
            json.WriteString("coreInitial", line.CoreInitial.ToString());
            json.WriteString("coreMaintenance", line.CoreMaintenance.ToString());
            json.WriteString("closingSize", line.ClosingSize.ToString());
            json.WriteString("dailyVolume", line.DailyVolume.ToString());
            json.WriteString("daysToLiquidate", line.DaysToLiquidate.ToString());
            json.WriteString("flowMultiplier", line.FlowMultiplier.Shortest().ToString());
            json.WriteString("calmness", line.Calmness.Shortest().ToString());
        });
        json.Objects("orders", margin.Orders, line =>
        {
            json.WriteString("instrument", line.Instrument.Name);
            json.WriteString("quantity", line.Quantity.ToString());
            json.WriteString("limitPrice", line.LimitPrice.ToString());
            json.WriteBoolean("reduceOnly", line.IsReduceOnly);
            json.WriteString("adverseFill", line.AdverseFill.ToString());
        });
    }
}
