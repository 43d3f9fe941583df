using System.Collections.Immutable;
using System.Text;
using Breakwater.Cli.Reports;
using Breakwater.Explanation;

namespace Breakwater.Cli.Plots;

/// <summary>One underlying of one book: bands of the margin ratio, their borders, and where the market is.</summary>
/// <param name="Svg">The drawing.</param>
/// <param name="Book">What the book is called at the point where nothing has moved.</param>
/// <param name="Surface">What to draw.</param>
/// <param name="Before">The same before orders; <c>null</c> if there were none.</param>
/// <param name="Bands">Where colours change.</param>
internal sealed record LiquidationPanel(
    Svg Svg, string Book, LiquidationSurface Surface, LiquidationSurface? Before, LiquidationBands Bands)
{
    /// <summary>Width of a panel, pixels.</summary>
    public const double Width = 640;

    /// <summary>Height of a panel, pixels.</summary>
    public const double Height = 436;

    private const double Left = 66;
    private const double Right = 18;
    private const double Top = 46;
    private const double Bottom = 56;
    private const double LabelHeight = 14;
    private const double LetterWidth = 6.4;

    // Where along a border its label may stand, best first.
    private static readonly ImmutableArray<double> LabelPlaces = [0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9];

    /// <summary>Pattern that marks, beside the colour, where equity does not cover maintenance margin.</summary>
    public const string Hatch =
        "<defs><pattern id=\"hatch\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">"
        + "<path class=\"stripe\" d=\"M-2 2L2 -2M0 8L8 0M6 10L10 6\"/></pattern></defs>";

    /// <summary>Style of the whole drawing.</summary>
    public const string Style = """
        <style>
        text { font-family: sans-serif; fill: #222; } .back { fill: #fff; } path { fill: none; }
        .title { font-size: 17px; font-weight: bold; } .head { font-size: 12px; font-weight: bold; }
        .fact { font-size: 12px; }
        .tick { font-size: 10.5px; fill: #444; } .grid { stroke: #000; stroke-opacity: 0.10; }
        .axis, .edge { stroke: #777; } .axis { fill: none; }
        .b0 { fill: #b35806; } .b1 { fill: #dd7f26; } .b2 { fill: #fdb863; } .b3 { fill: #fee0b6; }
        .b4 { fill: #edf2f8; } .b5 { fill: #d2dfee; } .b6 { fill: #b2c9e2; } .b7 { fill: #8fb1d5; }
        .b8 { fill: #6c97c5; }
        .stripe { stroke: #000; stroke-opacity: 0.32; stroke-width: 1; } .hatch { fill: url(#hatch); }
        .border { stroke: #333; stroke-opacity: 0.75; stroke-width: 0.9; } .limit { stroke: #000; stroke-width: 3; }
        .was { stroke: #000; stroke-width: 1.6; stroke-dasharray: 6 4; }
        .label { font-size: 11px; fill: #111; paint-order: stroke; stroke: #fff; stroke-width: 3px; }
        .strong { font-size: 12px; font-weight: bold; fill: #000; paint-order: stroke; stroke: #fff;
         stroke-width: 4px; }
        .here { stroke: #000; stroke-dasharray: 2 3; stroke-opacity: 0.6; }
        .halo { stroke: #fff; stroke-width: 5; } .cross { stroke: #000; stroke-width: 2.2; }
        </style>

        """;

    /// <summary>Draws it.</summary>
    public void Draw()
    {
        Svg.Text(Left, 20, "head", "start", $"{Surface.Underlying}: index {Price(Surface.IndexUsd)} $");
        FillBands();
        Axes();
        if (Before is not null) Lines("was", Before.Covered(LiquidationBands.Liquidation));
        List<Box> taken = [new Box(X(1.0) - 40, Y(0.0) - 28, 80, 40)];
        Whole(Surface.Covered(LiquidationBands.Liquidation), taken);
        foreach (double limit in Bands.Limits.OrderBy(limit => limit == LiquidationBands.Liquidation ? 0 : 1))
        {
            bool isLiquidation = limit == LiquidationBands.Liquidation;
            LevelSet covered = Surface.Covered(limit);
            Lines(isLiquidation ? "limit" : "border", covered);
            string text = isLiquidation ? "1 liquidation" : Svg.Invariant($"{limit:0.##}");
            Label(text, isLiquidation ? "strong" : "label", covered, taken);
        }

        Here();
    }

    // From the lowest band up, each over the one before; stripes in between, so that they stay where 1 is not reached.
    private void FillBands()
    {
        Rectangle("b0");
        for (int limit = 0; limit < Bands.Limits.Length; limit++)
        {
            if (Bands.Limits[limit] == LiquidationBands.Liquidation) Rectangle("hatch");
            StringBuilder data = new();
            foreach (ImmutableArray<PlanePoint> polygon in Surface.Covered(Bands.Limits[limit]).Region())
            {
                data.Append(Svg.LineData(polygon.Select(Place))).Append('Z');
            }

            if (data.Length > 0) Svg.Path($"b{limit + 1}", data.ToString());
        }
    }

    private void Rectangle(string style) => Svg.Element(Svg.Invariant(
        $"<rect class=\"{style}\" x=\"{Left:0.0}\" y=\"{Top:0.0}\" width=\"{Width - Left - Right:0.0}\" ")
        + Svg.Invariant($"height=\"{Height - Top - Bottom:0.0}\"/>"));

    private void Lines(string style, LevelSet set)
    {
        foreach (ImmutableArray<PlanePoint> line in set.Border()) Svg.Line(style, line.Select(Place));
    }

    // On the longest line, at the first place that keeps clear of the frame and of other labels; none if none is free.
    private void Label(string text, string style, LevelSet set, List<Box> taken)
    {
        double width = LetterWidth * text.Length;
        foreach (ImmutableArray<PlanePoint> line in set.Border().OrderByDescending(line => line.Length).Take(2))
        {
            foreach (double place in LabelPlaces)
            {
                (double x, double y) = Place(line[(int)(place * (line.Length - 1))]);
                Box box = new(x - (0.5 * width), y - (0.5 * LabelHeight), width, LabelHeight);
                if (!box.IsWithin(Left, Top, Width - Right, Height - Bottom) || taken.Any(box.Touches)) continue;
                taken.Add(box);
                Svg.Text(x, y + 4, style, "middle", text);
                return;
            }
        }
    }

    private void Whole(LevelSet covered, List<Box> taken)
    {
        if (!covered.IsWhole && !covered.IsEmpty) return;
        string text = covered.IsWhole
            ? "no liquidation within these moves"
            : "liquidation everywhere within these moves";
        (double x, double y, double width) = (Width - Right - 8, Height - Bottom - 10, LetterWidth * text.Length);
        taken.Add(new Box(x - width, y - LabelHeight, width, LabelHeight));
        Svg.Text(x, y, "strong", "end", text);
    }

    private void Here()
    {
        (double x, double y) = (X(1.0), Y(0.0));
        Svg.Path("here", Svg.Invariant($"M{x:0.0} {Top:0}V{Height - Bottom:0}M{Left:0} {y:0.0}H{Width - Right:0}"));
        string cross = Svg.Invariant($"M{x - 7:0.0} {y:0.0}h14M{x:0.0} {y - 7:0.0}v14");
        Svg.Path("halo", cross);
        Svg.Path("cross", cross);
        Svg.Text(x + 10, y - 8, "strong", "start", $"{Book} {Ratio(Surface.Unmoved)}");
    }

    private void Axes()
    {
        double bottom = Height - Bottom;
        foreach (double move in Svg.Ticks(Surface.SpotRatios[0] - 1.0, Surface.SpotRatios[^1] - 1.0, 10))
        {
            double x = X(1.0 + move);
            Svg.Path("grid", Svg.Invariant($"M{x:0.0} {Top:0}V{bottom:0}"));
            Svg.Text(x, bottom + 15, "tick", "middle", Price((1.0 + move) * Surface.IndexUsd));
            Svg.Text(x, bottom + 28, "tick", "middle", Percent(move));
        }

        foreach (double shock in Svg.Ticks(Surface.VolatilityShocks[0], Surface.VolatilityShocks[^1], 15))
        {
            double y = Y(shock);
            Svg.Horizontal("grid", Left, Width - Right, y);
            Svg.Text(Left - 6, y + 4, "tick", "end", Percent(shock));
        }

        Rectangle("axis");
        Svg.Text(Width - Right, bottom + 46, "tick", "end", "spot, USD, and its move");
        Svg.Text(Left, Top - 7, "tick", "start", "move of implied volatility (30 days), relative");
    }

    private (double X, double Y) Place(PlanePoint point) => (X(point.X), Y(point.Y));

    private double X(double ratio) => Left + ((ratio - Surface.SpotRatios[0])
        / (Surface.SpotRatios[^1] - Surface.SpotRatios[0]) * (Width - Left - Right));

    private double Y(double shock) => Height - Bottom - ((shock - Surface.VolatilityShocks[0])
        / (Surface.VolatilityShocks[^1] - Surface.VolatilityShocks[0]) * (Height - Top - Bottom));

    private static string Percent(double move) =>
        (move > 0.0 ? "+" : string.Empty) + Svg.Number(100.0 * move, "0.##") + " %";

    private static string Price(double usd) => Svg.Number(usd, usd >= 1000.0 ? "N0" : usd >= 1.0 ? "N2" : "0.######");

    private static string Ratio(BookState state) => state.MarginRatio is { } known ? Display.Number(known, "N2") : "–";

    /// <summary>What a label covers, pixels.</summary>
    private readonly record struct Box(double X, double Y, double Width, double Height)
    {
        internal bool IsWithin(double left, double top, double right, double bottom) =>
            X >= left && Y >= top && X + Width <= right && Y + Height <= bottom;

        internal bool Touches(Box other) => X < other.X + other.Width && other.X < X + Width
            && Y < other.Y + other.Height && other.Y < Y + Height;
    }
}
