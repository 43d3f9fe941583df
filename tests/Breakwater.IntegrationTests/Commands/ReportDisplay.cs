using System.Globalization;

namespace Breakwater.IntegrationTests.Commands;

/// <summary>How the text of a report shows the numbers of its JSON: stated here once, independently of the command.
/// </summary>
internal static class ReportDisplay
{
    /// <summary>Money: grouped thousands, cents, half away from zero.</summary>
    public static string Usd(string json) => Rounded(json, 2).ToString("N2", CultureInfo.InvariantCulture);

    /// <summary>A change of money: the same with its sign.</summary>
    public static string Change(string json) => (Of(json) > 0m ? "+" : string.Empty) + Usd(json);

    /// <summary>A ratio or a delta: four decimals, grouped thousands.</summary>
    public static string Four(string json) => Rounded(json, 4).ToString("N4", CultureInfo.InvariantCulture);

    /// <summary>A gamma: six decimals.</summary>
    public static string Six(string json) => Rounded(json, 6).ToString("0.000000", CultureInfo.InvariantCulture);

    /// <summary>A probability: percent with the same digits.</summary>
    public static string Probability(string json) =>
        (100m * Of(json)).ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>A change of a probability: the same with its sign.</summary>
    public static string ProbabilityChange(string json) => (Of(json) > 0m ? "+" : string.Empty) + Probability(json);

    /// <summary>A haircut: percent with up to three decimals.</summary>
    public static string Haircut(string json) =>
        Math.Round(100m * Of(json), 3, MidpointRounding.AwayFromZero).ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>Days to liquidate, quantities, prices, multipliers, counts: as they are.</summary>
    public static string Same(string json) => json;

    private static decimal Rounded(string json, int decimals)
    {
        decimal rounded = Math.Round(Of(json), decimals, MidpointRounding.AwayFromZero);
        return rounded == 0m ? 0m : rounded;
    }

    private static decimal Of(string json) => decimal.Parse(json, NumberStyles.Float, CultureInfo.InvariantCulture);
}
