using System.Collections.Immutable;
using Breakwater.Surfaces;

namespace Breakwater.Cli.Plots;

/// <summary>Draws quotes against fits as SVG: one panel per expiry, bars from bid to ask, the fit as a line.</summary>
internal static class SurfacePlot
{
    private const int ColumnCount = 3;
    private const double PanelWidth = 380;
    private const double PanelHeight = 256;
    private const double Left = 52;
    private const double Right = 14;
    private const double Top = 38;
    private const double Bottom = 40;
    private const double TitleHeight = 46;
    private const int CurvePoints = 160;
    private const double LegendWidth = 300;

    /// <summary>The drawing, as SVG text.</summary>
    public static string Draw(ImmutableArray<CalibratedSurface> surfaces)
    {
        double width = ColumnCount * PanelWidth + 20;
        Svg svg = new();
        double y = 0.0;
        foreach (CalibratedSurface calibrated in surfaces)
        {
            VolatilitySurface surface = calibrated.Surface;
            svg.Text(14, y + 28, "title", "start",
                $"{surface.Underlying} implied volatility at {surface.At}, {surface.State}");
            Legend(svg, width, y + 28);
            y += TitleHeight;
            for (int i = 0; i < surface.Slices.Length; i++)
            {
                svg.Group(i % ColumnCount * PanelWidth, y);
                Panel(svg, surface, calibrated.Quotes, i);
                svg.EndGroup();
                if (i % ColumnCount == ColumnCount - 1 || i == surface.Slices.Length - 1) y += PanelHeight;
            }
        }

        return svg.Document(width, y + 10, Style);
    }

    private static void Panel(
        Svg svg, VolatilitySurface surface, ImmutableArray<SliceQuotes> quotes, int index)
    {
        SurfaceSlice slice = surface.Slices[index];
        ImmutableArray<SmileQuote> points =
            [.. quotes.Where(other => other.Expiry == slice.Expiry).SelectMany(other => other.Quotes)];
        Frame frame = Frame.Around(slice, points);
        svg.Text(Left, 14, "head", "start", Svg.Invariant(
            $"{slice.Expiry.ToString()[..10]}, {365.0 * slice.ExpiryYears:0.0} d, {Fit(slice.Quality)}"));
        Axes(svg, frame);
        foreach (SmileQuote quote in points)
        {
            double fit = SurfaceEvaluation.VolatilityAnnual(surface, quote.K, slice.ExpiryYears);
            bool isInside = Math.Abs(fit - quote.MidVolatility) <= quote.HalfSpread;
            Quote(svg, isInside ? "quote" : "quote miss", frame.X(quote.K), frame.Y(quote.BidVolatility),
                frame.Y(quote.AskVolatility));
        }

        svg.Line("fit", Enumerable.Range(0, CurvePoints + 1).Select(i =>
        {
            double k = frame.KLow + (frame.KHigh - frame.KLow) * i / CurvePoints;
            return (frame.X(k), frame.Y(SurfaceEvaluation.VolatilityAnnual(surface, k, slice.ExpiryYears)));
        }));
    }

    private static string Fit(SliceQuality quality) => quality.QuoteCount == 0
        ? "no quotes"
        : Svg.Invariant($"{quality.QuoteCount} quotes, RMSE {quality.RmseVolPoints:0.00} pts");

    private static void Quote(Svg svg, string style, double x, double bid, double ask) =>
        svg.Path(style, Svg.Invariant(
            $"M{x:0.0} {bid:0.0}V{ask:0.0}M{x - 2:0.0} {bid:0.0}h4M{x - 2:0.0} {ask:0.0}h4"));

    private static void Legend(Svg svg, double width, double y)
    {
        double x = width - LegendWidth;
        Quote(svg, "quote", x, y + 2, y - 12);
        svg.Text(x + 8, y, "tick", "start", "bid to ask");
        Quote(svg, "quote miss", x + 82, y + 2, y - 12);
        svg.Text(x + 90, y, "tick", "start", "bid to ask, fit outside");
        svg.Path("fit", Svg.Invariant($"M{x + 226:0.0} {y - 4:0.0}h22"));
        svg.Text(x + 254, y, "tick", "start", "fit");
    }

    private static void Axes(Svg svg, Frame frame)
    {
        double bottom = PanelHeight - Bottom;
        foreach (double volatility in Svg.Ticks(frame.VolatilityLow, frame.VolatilityHigh, 5))
        {
            double y = frame.Y(volatility);
            svg.Path("grid", Svg.Invariant($"M{Left:0} {y:0.0}H{PanelWidth - Right:0}"));
            svg.Text(Left - 6, y + 4, "tick", "end", Svg.Number(100.0 * volatility));
        }

        foreach (double k in Svg.Ticks(frame.KLow, frame.KHigh, 6))
        {
            double x = frame.X(k);
            svg.Path("grid", Svg.Invariant($"M{x:0.0} {Top:0}V{bottom:0}"));
            svg.Text(x, bottom + 14, "tick", "middle", Svg.Number(k));
        }

        svg.Path("axis", Svg.Invariant($"M{Left:0} {Top:0}V{bottom:0}H{PanelWidth - Right:0}"));
        svg.Text(PanelWidth - Right, bottom + 30, "tick", "end", "log-moneyness ln(K/F)");
        svg.Text(Left, Top - 7, "tick", "start", "volatility, %");
    }

    private const string Style = """
        <style>
        text { font-family: sans-serif; fill: #222; }
        .title { font-size: 17px; font-weight: bold; } .head { font-size: 12px; font-weight: bold; }
        .tick { font-size: 10.5px; fill: #555; } .back { fill: #fff; }
        path { fill: none; } .grid { stroke: #e6e6e6; } .axis { stroke: #888; }
        .quote { stroke: #3b6ea8; stroke-width: 1.2; } .miss { stroke: #e08a00; stroke-width: 2.2; }
         .fit { stroke: #c8442e; stroke-width: 1.8; }
        </style>

        """;

    /// <summary>Where volatilities and moneyness fall in a panel.</summary>
    private sealed record Frame(double KLow, double KHigh, double VolatilityLow, double VolatilityHigh)
    {
        internal static Frame Around(SurfaceSlice slice, ImmutableArray<SmileQuote> quotes)
        {
            double deviation = Math.Sqrt(slice.Svi.TotalVariance(0.0));
            double low = quotes.Select(quote => quote.K).Append(-2.0 * deviation).Min();
            double high = quotes.Select(quote => quote.K).Append(2.0 * deviation).Max();
            double margin = 0.04 * (high - low);
            (low, high) = (low - margin, high + margin);
            IEnumerable<double> fit = Enumerable.Range(0, 21).Select(i =>
                Math.Sqrt(slice.Svi.TotalVariance(low + (high - low) * i / 20.0) / slice.ExpiryYears));
            double[] volatilities =
                [
                    .. fit, .. quotes.Select(quote => quote.BidVolatility),
                    .. quotes.Select(quote => quote.AskVolatility),
                ];
            double spare = 0.06 * (volatilities.Max() - volatilities.Min()) + 0.002;
            return new Frame(low, high, volatilities.Min() - spare, volatilities.Max() + spare);
        }

        internal double X(double k) => Left + (k - KLow) / (KHigh - KLow) * (PanelWidth - Left - Right);

        internal double Y(double volatility) => PanelHeight - Bottom
            - (volatility - VolatilityLow) / (VolatilityHigh - VolatilityLow) * (PanelHeight - Top - Bottom);
    }
}
