using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Breakwater.Explanation;

namespace Breakwater.Cli.Plots;

/// <summary>Liquidation surfaces as CSV, one row per point.</summary>
internal static class LiquidationCsv
{
    private const string Heading =
        "book,underlying,spot_move_relative,volatility_move_relative,spot_usd,equity_usd,maintenance_usd,"
        + "margin_ratio\n";

    /// <summary>The text with its heading; the ratio is empty where maintenance margin is 0.</summary>
    public static string Text(ImmutableArray<LiquidationView> views)
    {
        StringBuilder text = new(Heading);
        foreach (LiquidationView view in views)
        {
            foreach (LiquidationSurface surface in view.Surfaces) Append(text, view.Book, surface);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string book, LiquidationSurface surface)
    {
        for (int shock = 0; shock < surface.VolatilityShocks.Length; shock++)
        {
            for (int spot = 0; spot < surface.SpotRatios.Length; spot++)
            {
                BookState state = surface.At(shock, spot);
                double ratio = surface.SpotRatios[spot];
                text.Append(CultureInfo.InvariantCulture, $"{book},{surface.Underlying},{ratio - 1.0:0.######},")
                    .Append(CultureInfo.InvariantCulture, $"{surface.VolatilityShocks[shock]:0.######},")
                    .Append(CultureInfo.InvariantCulture, $"{ratio * surface.IndexUsd:0.00},")
                    .Append(CultureInfo.InvariantCulture, $"{state.Equity},{state.Maintenance},{state.MarginRatio}\n");
            }
        }
    }
}
