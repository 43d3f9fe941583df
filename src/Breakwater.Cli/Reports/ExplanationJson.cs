using System.Globalization;
using System.Text.Json;
using Breakwater.Cli.Terminal;

namespace Breakwater.Cli.Reports;

/// <summary>What an explanation adds to the margin report as JSON (INTERFACES 4).</summary>
internal static class ExplanationJson
{
    private static readonly string[] HorizonNames = ["probability1h", "probability24h", "probability7d"];

    /// <summary>Writes member <c>liquidation</c> of a report; nothing where nobody asked.</summary>
    public static void WriteLiquidation(Utf8JsonWriter json, MarginView view)
    {
        if (view.Explanation?.Liquidation is not { } outlook) return;
        json.Object("liquidation", () =>
        {
            for (int index = 0; index < HorizonNames.Length; index++)
            {
                json.WriteString(HorizonNames[index], Probability(outlook.Probabilities[index].Probability));
            }

            json.Objects("prices", outlook.Prices, price =>
            {
                json.WriteString("underlying", price.Underlying.Name);
                json.WriteString("down", price.Down?.ToString());
                json.WriteString("up", price.Up?.ToString());
            });
        });
    }

    private static string Probability(double value) => value.ToString("0.000000", CultureInfo.InvariantCulture);
}
