using System.Text;
using System.Text.Json;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Numerics;

namespace Breakwater.Adapters.Reports;

/// <summary>Refusals and findings as JSON, the same in every document.</summary>
internal static class FindingJson
{
    private const int TextLengthMax = 80;

    /// <summary>Writes the members of one refusal.</summary>
    public static void WriteMembers(Utf8JsonWriter json, Failure failure)
    {
        json.WriteString("reason", failure.Reason.ToString());
        json.WriteString("file", failure.File);
        json.WriteString("place", failure.Place);
        json.WriteString("value", Clean(failure.Value, TextLengthMax));
        json.WriteString("limit", failure.Limit);
        json.WriteString("message", Clean(failure.Message, int.MaxValue));
    }

    /// <summary>Writes the members of one finding.</summary>
    public static void WriteMembers(Utf8JsonWriter json, Finding finding)
    {
        json.WriteString("kind", finding.Kind.ToString());
        json.WriteString("subject", finding.Subject);
        json.WriteString("message", finding.Message);
        if (finding.CostMicroUsd is { } cost)
        {
            json.WriteString("cost", Money.FromMicroDollars(cost).ToString());
        }
    }

    /// <summary>Text without control characters, cut where it is too long.</summary>
    public static string Clean(string text, int lengthMax)
    {
        StringBuilder clean = new();
        foreach (char symbol in text.Length <= lengthMax ? text : text[..(lengthMax - 1)] + "…")
        {
            clean.Append(char.IsControl(symbol) ? '?' : symbol);
        }

        return clean.ToString();
    }
}
