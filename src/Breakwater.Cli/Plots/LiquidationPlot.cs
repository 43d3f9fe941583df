using System.Collections.Immutable;
using Breakwater.Cli.Reports;
using Breakwater.Explanation;
using Breakwater.Margin;

namespace Breakwater.Cli.Plots;

/// <summary>Draws the margin ratio over spot and implied volatility as SVG: a row per underlying, a column per book.
/// </summary>
internal static class LiquidationPlot
{
    private const double Edge = 14;
    private const double TitleHeight = 80;
    private const double LegendHeight = 86;
    private const double RowHeight = 20;
    private const double LetterWidth = 5.9;
    private const int NameLengthMax = 48;

    /// <summary>The drawing, as SVG text.</summary>
    /// <param name="views">Books, the one that is held first; at least one.</param>
    public static string Draw(ImmutableArray<LiquidationView> views)
    {
        Svg svg = new();
        svg.Element(LiquidationPanel.Hatch);
        double width = (views.Length * LiquidationPanel.Width) + Edge;
        Title(svg, views);
        double y = TitleHeight;
        LiquidationBands bands = LiquidationBands.Of(views[0].Parameters);
        foreach (LiquidationSurface surface in views.SelectMany(view => view.Surfaces)
            .DistinctBy(surface => surface.Underlying).OrderBy(surface => surface.Underlying))
        {
            for (int column = 0; column < views.Length; column++)
            {
                if (views[column].Find(surface.Underlying) is not { } own) continue;
                LiquidationSurface? before = column > 0 ? views[0].Find(surface.Underlying) : null;
                svg.Group(column * LiquidationPanel.Width, y);
                new LiquidationPanel(svg, views[column].Book, own, before, bands).Draw();
                svg.EndGroup();
            }

            y += LiquidationPanel.Height;
        }

        Legend(svg, bands, y, views.Length > 1);
        return svg.Document(width, y + LegendHeight, LiquidationPanel.Style);
    }

    private static void Title(Svg svg, ImmutableArray<LiquidationView> views)
    {
        string name = views[0].Report.Margin.Subaccount;
        svg.Text(Edge, 26, "title", "start", name.Length <= NameLengthMax ? name : name[..NameLengthMax] + "…");
        svg.Text(
            Edge, 46, "head", "start", $"margin ratio over spot and implied volatility, {views[0].Report.At}");
        for (int column = 0; column < views.Length; column++)
        {
            MarginReport margin = views[column].Report.Margin;
            string book = column == 0 ? "now" : "after the orders";
            svg.Text(
                (column * LiquidationPanel.Width) + Edge, 66, "fact", "start",
                $"{book}: equity {Display.Usd(margin.Equity)} $, maintenance margin "
                    + $"{Display.Usd(margin.MaintenanceMargin)} $, ratio {Display.Ratio(margin.MarginRatio)}, "
                    + $"{margin.Stage}");
        }
    }

    // Swatches of the bands, then lines; each row as wide as one panel at most.
    private static void Legend(Svg svg, LiquidationBands bands, double y, bool hasBefore)
    {
        svg.Text(Edge, y + 14, "tick", "start", "equity ÷ maintenance margin:");
        (double x, double row) = (Edge + 168, y + 4);
        for (int band = 0; band < bands.Names.Length; band++)
        {
            double width = 40 + (LetterWidth * bands.Names[band].Length);
            if (x + width > LiquidationPanel.Width) (x, row) = (Edge, row + RowHeight);
            Swatch(svg, bands.IsUncovered(band) ? [$"b{band} edge", "hatch"] : [$"b{band} edge"], x, row);
            svg.Text(x + 32, row + 11, "tick", "start", bands.Names[band]);
            x += width;
        }

        row += RowHeight + 6;
        svg.Path("limit", Svg.Invariant($"M{Edge:0.0} {row:0.0}h26"));
        svg.Text(Edge + 32, row + 4, "tick", "start", "equity = maintenance margin: below it liquidation begins");
        if (hasBefore)
        {
            svg.Path("was", Svg.Invariant($"M{Edge + 340:0.0} {row:0.0}h26"));
            svg.Text(Edge + 372, row + 4, "tick", "start", "the same before the orders");
        }

        svg.Text(
            Edge, row + RowHeight + 4, "tick", "start",
            "One underlying and its implied volatility move, all else stands still.");
    }

    private static void Swatch(Svg svg, ImmutableArray<string> styles, double x, double y)
    {
        foreach (string style in styles)
        {
            svg.Element(Svg.Invariant(
                $"<rect class=\"{style}\" x=\"{x:0.0}\" y=\"{y:0.0}\" width=\"26\" height=\"14\"/>"));
        }
    }
}
