using System.Globalization;
using System.Text.Json;
using Breakwater.Explanation;

namespace Breakwater.Adapters.Reports;

/// <summary>What an explanation adds to the margin report as JSON (INTERFACES 4).</summary>
internal static class ExplanationJson
{
    /// <summary>Writes member <c>liquidation</c> of a report; nothing where nobody asked.</summary>
    public static void WriteLiquidation(Utf8JsonWriter json, MarginView view)
    {
        if (view.Explanation?.Liquidation is not { } outlook) return;
        json.Object("liquidation", () =>
        {
            foreach (LiquidationProbability own in outlook.Probabilities)
            {
                json.WriteString(
                    LiquidationChange.MemberOf(own.Hours),
                    LiquidationChange.Exact(LiquidationChange.Reported(own.Probability)));
            }

            json.Objects("prices", outlook.Prices, price =>
            {
                json.WriteString("underlying", price.Underlying.Name);
                json.WriteString("down", price.Down?.ToString());
                json.WriteString("up", price.Up?.ToString());
            });
        });
    }

    /// <summary>Writes the members that member <c>explanation</c> has of it.</summary>
    public static void Write(Utf8JsonWriter json, MarginView view)
    {
        if (view.Explanation is not { } explanation) return;
        json.Objects("factors", explanation.Factors, own =>
        {
            json.WriteString("holding", own.Holding.Name);
            json.WriteString("delta", own.Delta.ToString());
            json.WriteString("gamma", own.Gamma.ToString());
            json.WriteString("vega", own.Vega.ToString());
            json.WriteString("cross", own.Cross.ToString());
            json.WriteString("theta", own.Theta.ToString());
            json.WriteString("residual", own.Residual.ToString());
        });
        json.Objects("incremental", explanation.Increments, own =>
        {
            json.WriteString("instrument", own.Instrument.Name);
            json.WriteString("initial", own.Initial.ToString());
            json.WriteString("maintenance", own.Maintenance.ToString());
        });
        json.Objects("cures", explanation.Cures, own => WriteCure(json, own));
        json.Objects("decay", explanation.Decay, own => WriteDecay(json, own));
        json.Objects("optionDecay", explanation.OptionDecay, own =>
        {
            json.WriteString("instrument", own.Option.Name);
            json.Objects("schedule", own.Schedule, then => WriteDecay(json, then));
        });
    }

    private static void WriteCure(Utf8JsonWriter json, Cure cure)
    {
        json.WriteString("requirement", cure.Requirement.ToString());
        json.WriteString("kind", cure.Kind.ToString());
        json.WriteString("instrument", cure.Instrument?.Name);
        json.WriteString("lots", cure.Lots.ToString(CultureInfo.InvariantCulture));
        json.WriteString("amount", cure.Amount.ToString());
        json.WriteString("cost", cure.Cost.ToString());
        json.WriteString("remaining", cure.Remaining.ToString());
        json.WriteBoolean("isCured", cure.IsCured);
    }

    private static void WriteDecay(Utf8JsonWriter json, MarginDecay decay)
    {
        json.WriteNumber("hours", decay.Hours);
        json.WriteString("initial", decay.Initial.ToString());
        json.WriteString("maintenance", decay.Maintenance.ToString());
    }
}
