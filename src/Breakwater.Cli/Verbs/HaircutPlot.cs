using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Breakwater.Cli.Reports;
using Breakwater.Collateral;

namespace Breakwater.Cli.Verbs;

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
        StringBuilder body = new();
        double y = 0.0;
        foreach (HaircutView view in views.Where(static view => view.Points.Length > 1))
        {
            body.Append(Invariant($"<g transform=\"translate(0 {y:0})\">\n"));
            Asset(body, view);
            body.Append("</g>\n");
            y += Title + Upper + Gap + Lower + Foot;
        }

        return Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width:0}\" height=\"{y + 8:0}\">\n")
            + Style + "<rect class=\"back\" width=\"100%\" height=\"100%\"/>\n" + body + "</svg>\n";
    }

    private static void Asset(StringBuilder body, HaircutView view)
    {
        Text(body, Left, 20, "title", "start", view.Asset.Name + (view.IsRevalued
            ? ": haircut beside what scenarios revalue"
            : ": haircut, no scenario revalues it"));
        double most = Math.Max(0.01, view.Points.Max(static point => Lines.Max(line => line.Of(point))));
        Frame haircuts = new(view.Points, Title, Upper, 0.0, 1.05 * most);
        Axis(body, haircuts, 100.0, "haircut, %");
        double legend = Title + 12;
        foreach ((string style, string name, Func<HaircutPoint, double> of) in Lines)
        {
            Curve(body, haircuts, style, of);
            body.Append(Invariant(
                $"<path class=\"{style}\" d=\"M{Width - Right + 12:0} {legend - 4:0}h22\"/>\n"));
            Text(body, Width - Right + 40, legend, "tick", "start", name);
            legend += 16;
        }

        bool isPegged = view.Points.Any(static point => point.PegRatio != 1.0);
        Func<HaircutPoint, double> price = isPegged ? static point => point.PegRatio : static point => point.PriceUsd;
        double low = view.Points.Min(price);
        double high = view.Points.Max(price);
        double spare = 0.06 * (high - low) + 1e-6;
        Frame prices = new(view.Points, Title + Upper + Gap, Lower, low - spare, high + spare);
        Axis(body, prices, 1.0, isPegged ? "price ÷ peg, median" : "price, USD");
        Curve(body, prices, "price", price);
        Days(body, prices);
    }

    private static void Curve(StringBuilder body, Frame frame, string style, Func<HaircutPoint, double> of)
    {
        StringBuilder path = new();
        for (int index = 0; index < frame.Points.Length; index++)
        {
            HaircutPoint point = frame.Points[index];
            path.Append(Invariant($"{(index == 0 ? 'M' : 'L')}{frame.X(point):0.0} {frame.Y(of(point)):0.0}"));
        }

        body.Append($"<path class=\"{style}\" d=\"{path}\"/>\n");
    }

    private static void Axis(StringBuilder body, Frame frame, double scale, string name)
    {
        for (int tick = 0; tick <= 4; tick++)
        {
            double value = frame.Low + ((frame.High - frame.Low) * tick / 4.0);
            double y = frame.Y(value);
            body.Append(Invariant($"<path class=\"grid\" d=\"M{Left:0} {y:0.0}H{Width - Right:0}\"/>\n"));
            Text(body, Left - 6, y + 4, "tick", "end", Invariant($"{scale * value:0.###}"));
        }

        Text(body, Left, frame.Top - 5, "tick", "start", name);
    }

    private static void Days(StringBuilder body, Frame frame)
    {
        for (int tick = 0; tick <= 5; tick++)
        {
            HaircutPoint point = frame.Points[(frame.Points.Length - 1) * tick / 5];
            Text(
                body, frame.X(point), frame.Top + frame.Height + 16, "tick", "middle",
                point.At.ToString()[..16].Replace('T', ' '));
        }
    }

    private static double Part(long nano) => nano / (double)BalanceHaircut.One;

    private static void Text(StringBuilder body, double x, double y, string style, string anchor, string text) =>
        body.Append(Invariant(
            $"<text class=\"{style}\" x=\"{x:0.0}\" y=\"{y:0.0}\" text-anchor=\"{anchor}\">{text}</text>\n"));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

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
