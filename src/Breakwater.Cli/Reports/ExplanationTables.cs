using System.Globalization;
using Breakwater.Cli.Terminal;
using Breakwater.Explanation;
using Breakwater.Numerics;

namespace Breakwater.Cli.Reports;

/// <summary>What an explanation adds to the margin report for people.</summary>
internal static class ExplanationTables
{
    /// <summary>Writes it; nothing where nobody asked.</summary>
    public static void Write(TextWriter output, MarginView view)
    {
        if (view.Explanation is not { } explanation) return;
        WriteLiquidation(output, view, explanation.Liquidation);
    }

    private static void WriteLiquidation(TextWriter output, MarginView view, LiquidationOutlook outlook)
    {
        TextTable table = new("probability of liquidation", ">%", ">standard error, %");
        foreach (LiquidationProbability own in outlook.Probabilities)
        {
            table.Row(
                own.Hours < 48 ? $"within {own.Hours} h" : $"within {own.Hours / 24} d",
                Percent(own.Probability), Percent(own.StandardError));
        }

        table.Write(output);
        output.WriteLine("equity against maintenance margin, looked at every hour of 4,096 paths of spot and volatility");
        output.WriteLine();
        TextTable prices = new("liquidation price", ">now, $", ">down, $", ">up, $");
        foreach (LiquidationPrice own in outlook.Prices)
        {
            Money now = Money.FromDoubleDown(view.Market.Inputs.Market.Find(own.Underlying)!.IndexUsd);
            prices.Row(own.Underlying.Name, Display.Usd(now), Price(own.Down), Price(own.Up));
        }

        prices.Write(output);
        output.WriteLine("this price alone moves, volatility stands still; a dash: none within -90 % to +500 %");
        output.WriteLine();
    }

    private static string Price(Money? price) => price is { } known ? Display.Usd(known) : "–";

    private static string Percent(double fraction) =>
        (100.0 * fraction).ToString("0.0000", CultureInfo.InvariantCulture);
}
