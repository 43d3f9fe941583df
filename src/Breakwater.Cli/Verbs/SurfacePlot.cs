using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Breakwater.Cli.Reports;
using Breakwater.Surfaces;

namespace Breakwater.Cli.Verbs;

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
        StringBuilder body = new();
        double y = 0.0;
        foreach (CalibratedSurface calibrated in surfaces)
        {
            VolatilitySurface surface = calibrated.Surface;
            Text(body, 14, y + 28, "title", "start",
                $"{surface.Underlying} implied volatility at {surface.At}, {surface.State}");
            Legend(body, width, y + 28);
            y += TitleHeight;
            for (int i = 0; i < surface.Slices.Length; i++)
            {
                body.Append(Invariant($"<g transform=\"translate({i % ColumnCount * PanelWidth:0} {y:0})\">\n"));
                Panel(body, surface, calibrated.Quotes, i);
                body.Append("</g>\n");
                if (i % ColumnCount == ColumnCount - 1 || i == surface.Slices.Length - 1) y += PanelHeight;
            }
        }

        return Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:0}\" height=\"{y + 10:0}\">\n")
            + Style
            + "<rect class=\"back\" width=\"100%\" height=\"100%\"/>\n" + body + "</svg>\n";
    }

    private static void Panel(
        StringBuilder body, VolatilitySurface surface, ImmutableArray<SliceQuotes> quotes, int index)
    {
        SurfaceSlice slice = surface.Slices[index];
        ImmutableArray<SmileQuote> points =
            [.. quotes.Where(other => other.Expiry == slice.Expiry).SelectMany(other => other.Quotes)];
        Frame frame = Frame.Around(slice, points);
        Text(body, Left, 14, "head", "start", Invariant(
            $"{slice.Expiry.ToString()[..10]}, {365.0 * slice.ExpiryYears:0.0} d, {Fit(slice.Quality)}"));
        Axes(body, frame);
        foreach (SmileQuote quote in points)
        {
            double fit = SurfaceEvaluation.VolatilityAnnual(surface, quote.K, slice.ExpiryYears);
            bool isInside = Math.Abs(fit - quote.MidVolatility) <= quote.HalfSpread;
            Quote(body, isInside ? "quote" : "quote miss", frame.X(quote.K), frame.Y(quote.BidVolatility),
                frame.Y(quote.AskVolatility));
        }

        StringBuilder curve = new();
        for (int i = 0; i <= CurvePoints; i++)
        {
            double k = frame.KLow + (frame.KHigh - frame.KLow) * i / CurvePoints;
            double volatility = SurfaceEvaluation.VolatilityAnnual(surface, k, slice.ExpiryYears);
            curve.Append(Invariant($"{(i == 0 ? 'M' : 'L')}{frame.X(k):0.0} {frame.Y(volatility):0.0}"));
        }

        body.Append($"<path class=\"fit\" d=\"{curve}\"/>\n");
    }

    private static string Fit(SliceQuality quality) => quality.QuoteCount == 0
        ? "no quotes"
        : Invariant($"{quality.QuoteCount} quotes, RMSE {quality.RmseVolPoints:0.00} pts");

    private static void Quote(StringBuilder body, string style, double x, double bid, double ask) =>
        body.Append(Invariant($"<path class=\"{style}\" d=\"M{x:0.0} {bid:0.0}V{ask:0.0}"))
            .Append(Invariant($"M{x - 2:0.0} {bid:0.0}h4M{x - 2:0.0} {ask:0.0}h4\"/>\n"));

    private static void Legend(StringBuilder body, double width, double y)
    {
        double x = width - LegendWidth;
        Quote(body, "quote", x, y + 2, y - 12);
        Text(body, x + 8, y, "tick", "start", "bid to ask");
        Quote(body, "quote miss", x + 82, y + 2, y - 12);
        Text(body, x + 90, y, "tick", "start", "bid to ask, fit outside");
        body.Append(Invariant($"<path class=\"fit\" d=\"M{x + 226:0.0} {y - 4:0.0}h22\"/>\n"));
        Text(body, x + 254, y, "tick", "start", "fit");
    }

    private static void Axes(StringBuilder body, Frame frame)
    {
        double bottom = PanelHeight - Bottom;
        foreach (double volatility in Frame.Ticks(frame.VolatilityLow, frame.VolatilityHigh, 5))
        {
            double y = frame.Y(volatility);
            body.Append(Invariant($"<path class=\"grid\" d=\"M{Left:0} {y:0.0}H{PanelWidth - Right:0}\"/>\n"));
            Text(body, Left - 6, y + 4, "tick", "end", Number(100.0 * volatility));
        }

        foreach (double k in Frame.Ticks(frame.KLow, frame.KHigh, 6))
        {
            double x = frame.X(k);
            body.Append(Invariant($"<path class=\"grid\" d=\"M{x:0.0} {Top:0}V{bottom:0}\"/>\n"));
            Text(body, x, bottom + 14, "tick", "middle", Number(k));
        }

        body.Append(Invariant($"<path class=\"axis\" d=\"M{Left:0} {Top:0}V{bottom:0}H{PanelWidth - Right:0}\"/>\n"));
        Text(body, PanelWidth - Right, bottom + 30, "tick", "end", "log-moneyness ln(K/F)");
        Text(body, Left, Top - 7, "tick", "start", "volatility, %");
    }

    // A true minus, and no sign on a zero that rounding left below it.
    private static string Number(double value)
    {
        string text = Invariant($"{Math.Abs(value):0.###}");
        return value < 0.0 && text != "0" ? "\u2212" + text : text;
    }

    private static void Text(StringBuilder body, double x, double y, string style, string anchor, string text) =>
        body.Append(Invariant(
            $"<text class=\"{style}\" x=\"{x:0.0}\" y=\"{y:0.0}\" text-anchor=\"{anchor}\">{text}</text>\n"));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

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
        private static readonly ImmutableArray<double> TickFactors = [1.0, 2.0, 5.0, 10.0];

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

        internal static IEnumerable<double> Ticks(double low, double high, int countMax)
        {
            double raw = (high - low) / countMax;
            double power = Math.Pow(10.0, Math.Floor(Math.Log10(raw)));
            double step = power * TickFactors.First(factor => factor * power >= raw);
            for (double tick = Math.Ceiling(low / step) * step; tick <= high; tick += step)
            {
                yield return Math.Round(tick, 10);
            }
        }
    }
}
