using System.Collections.Immutable;
using Breakwater.Cli.Reports;
using Breakwater.Collateral;

namespace Breakwater.Cli.Plots;

/// <summary>Draws haircut paths as SVG: per asset the haircuts above, the price against its peg (or in USD) below.
/// </summary>
internal static class HaircutPlot
{
    private const double Width = 860;
    private const double Left = 56;
    private const double Right = 150;
    private const double Title = 48;
    private const double Upper = 200;
    private const double Lower = 110;
    private const double Gap = 26;
    private const double Foot = 34;

    private static readonly ImmutableArray<(string Style, string Name, Func<HaircutPoint, double> Of)> Lines =
    [
        ("mkt", "h_mkt", static point => Part(point.Computed.MarketNano)),
        ("dd", "h_dd", static point => Part(point.Computed.DrawdownNano)),
        ("peg", "h_peg", static point => Part(point.Computed.PegNano)),
        ("liq", "h_liq", static point => Part(point.Computed.LiquidityNano)),
        ("computed", "H computed", static point => Part(point.Computed.TotalNano)),
        ("effect", "H in effect", static point => Part(point.InEffectNano)),
    ];

    /// <summary>The drawing, as SVG text.</summary>
    public static string Draw(ImmutableArray<HaircutView> views)
    {
        Svg svg = new();
        double y = 0.0;
        foreach (HaircutView view in views.Where(static view => view.Points.Length > 1))
        {
            svg.Group(0, y);
            Asset(svg, view);
            svg.EndGroup();
            y += Title + Upper + Gap + Lower + Foot;
        }

        return svg.Document(Width, y + 8, Style);
    }

    private static void Asset(Svg svg, HaircutView view)
    {
        svg.Text(Left, 20, "title", "start", view.Asset.Name + (view.IsRevalued
            ? ": haircut beside what scenarios revalue"
            : ": haircut, no scenario revalues it"));
        double most = Math.Max(0.01, view.Points.Max(static point => Lines.Max(line => line.Of(point))));
        Frame haircuts = new(view.Points, Title, Upper, 0.0, 1.05 * most);
        Axis(svg, haircuts, 100.0, "haircut, %");
        double legend = Title + 12;
        foreach ((string style, string name, Func<HaircutPoint, double> of) in Lines)
        {
            Curve(svg, haircuts, style, of);
            svg.Path(style, Svg.Invariant($"M{Width - Right + 12:0} {legend - 4:0}h22"));
            svg.Text(Width - Right + 40, legend, "tick", "start", name);
            legend += 16;
        }

        bool isPegged = view.Points.Any(static point => point.PegRatio != 1.0);
        Func<HaircutPoint, double> price = isPegged ? static point => point.PegRatio : static point => point.PriceUsd;
        double low = view.Points.Min(price);
        double high = view.Points.Max(price);
        double spare = 0.06 * (high - low) + 1e-6;
        Frame prices = new(view.Points, Title + Upper + Gap, Lower, low - spare, high + spare);
        Axis(svg, prices, 1.0, isPegged ? "price ÷ peg, median" : "price, USD");
        Curve(svg, prices, "price", price);
        Days(svg, prices);
    }

    private static void Curve(Svg svg, Frame frame, string style, Func<HaircutPoint, double> of) =>
        svg.Line(style, frame.Points.Select(point => (frame.X(point), frame.Y(of(point)))));

    private static void Axis(Svg svg, Frame frame, double scale, string name)
    {
        for (int tick = 0; tick <= 4; tick++)
        {
            double value = frame.Low + ((frame.High - frame.Low) * tick / 4.0);
            double y = frame.Y(value);
            svg.Path("grid", Svg.Invariant($"M{Left:0} {y:0.0}H{Width - Right:0}"));
            svg.Text(Left - 6, y + 4, "tick", "end", Svg.Invariant($"{scale * value:0.###}"));
        }

        svg.Text(Left, frame.Top - 5, "tick", "start", name);
    }

    private static void Days(Svg svg, Frame frame)
    {
        for (int tick = 0; tick <= 5; tick++)
        {
            HaircutPoint point = frame.Points[(frame.Points.Length - 1) * tick / 5];
            svg.Text(
                frame.X(point), frame.Top + frame.Height + 16, "tick", "middle",
                point.At.ToString()[..16].Replace('T', ' '));
        }
    }

    private static double Part(long nano) => nano / (double)BalanceHaircut.One;

    private const string Style = """
        <style>
        text { font-family: sans-serif; fill: #222; } .back { fill: #fff; }
        .title { font-size: 15px; font-weight: bold; } .tick { font-size: 10.5px; fill: #555; }
        path { fill: none; stroke-width: 1.1; } .grid { stroke: #e6e6e6; }
        .mkt { stroke: #3b6ea8; } .dd { stroke: #7a4fa3; } .peg { stroke: #e08a00; } .liq { stroke: #4a9a5a; }
        .computed { stroke: #c8442e; stroke-dasharray: 4 3; } .effect { stroke: #c8442e; stroke-width: 2; }
        .price { stroke: #333; stroke-width: 1.4; }
        </style>

        """;

    private sealed record Frame(
        ImmutableArray<HaircutPoint> Points, double Top, double Height, double Low, double High)
    {
        internal double X(HaircutPoint point) => Left + ((Width - Left - Right)
            * point.At.MillisecondsSince(Points[0].At) / Points[^1].At.MillisecondsSince(Points[0].At));

        internal double Y(double value) => Top + Height - ((value - Low) / (High - Low) * Height);
    }
}
