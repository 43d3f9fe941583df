using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Cli.Replays;

/// <summary>Draws a replay as SVG: price, volatility, and margin ÷ notional under each set of rules.</summary>
internal static class ReplayPlot
{
    private const double Width = 980;
    private const double PanelHeight = 190;
    private const double Left = 70;
    private const double Right = 20;
    private const double Top = 26;
    private const double Bottom = 24;
    private const int BucketCount = 900; // one column of pixels each
    private const int TickCount = 5;

    private static readonly ImmutableArray<double> TickFactors = [1.0, 2.0, 5.0, 10.0];

    /// <summary>The drawing, as SVG text.</summary>
    public static string Draw(ReplayRun run)
    {
        StringBuilder body = new();
        double y = 0;
        foreach (ReplayUnderlying own in run.Marks.IsEmpty ? [] : run.Marks[0].Step.Underlyings)
        {
            AssetId asset = own.Asset;
            Panel(body, run, y, $"{asset} price, USD", [new("price", "a", mark => Find(mark, asset)?.PriceUsd)]);
            Panel(body, run, y + PanelHeight, $"{asset} volatility, % per √year",
            [
                new("filter", "a", mark => 100 * Find(mark, asset)?.FilteredAnnual),
                new("used: with floor", "b", mark => 100 * Find(mark, asset)?.UsedAnnual),
            ]);
            y += 2 * PanelHeight;
        }

        Panel(body, run, y, "maintenance margin ÷ notional, %",
        [
            new("no rules", "a", mark => Rate(mark, mark.Step.Plain)),
            new("floor and buffer", "b", mark => Rate(mark, mark.Step.Computed.Maintenance)),
            new("in effect: and speed limit", "c", mark => Rate(mark, mark.InEffect.Maintenance)),
        ]);
        y += PanelHeight;
        return Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width:0}\" height=\"{y + 8:0}\">\n")
            + Style + "<rect class=\"back\" width=\"100%\" height=\"100%\"/>\n" + body + "</svg>\n";
    }

    private static ReplayUnderlying? Find(ReplayMark mark, AssetId asset) =>
        mark.Step.Underlyings.FirstOrDefault(own => own.Asset == asset);

    private static double? Rate(ReplayMark mark, Money maintenance) => mark.Step.NotionalUsd > 0
        ? (double)maintenance.MicroDollars / 1e4 / mark.Step.NotionalUsd
        : null;

    private static void Panel(
        StringBuilder body, ReplayRun run, double y, string title, ImmutableArray<Series> series)
    {
        double?[][] values = [.. series.Select(own => run.Marks.Select(own.Value).ToArray())];
        double[] known = [.. values.SelectMany(own => own).OfType<double>()];
        if (known.Length == 0)
        {
            return;
        }

        double low = known.Min();
        double high = known.Max();
        double spare = (0.05 * (high - low)) + (1e-3 * Math.Abs(high));
        Frame frame = new(
            run.Marks[0].Step.At, run.Marks[^1].Step.At, Math.Max(low >= 0 ? 0 : low - spare, low - spare),
            high + spare, y);
        Axes(body, frame, title);
        double x = Width - Right;
        for (int index = series.Length - 1; index >= 0; index--)
        {
            Line(body, frame, run, values[index], series[index].Style);
            Text(body, x, y + 16, "tick", "end", series[index].Name);
            x -= (6.2 * series[index].Name.Length) + 8;
            body.Append(Invariant($"<path class=\"{series[index].Style}\" d=\"M{x - 20:0.0} {y + 12:0.0}h18\"/>\n"));
            x -= 34;
        }
    }

    // Many instants share a column: its first, least, greatest and last value keep what the eye can see.
    private static void Line(StringBuilder body, Frame frame, ReplayRun run, double?[] values, string style)
    {
        int size = Math.Max(1, (values.Length + BucketCount - 1) / BucketCount);
        StringBuilder path = new();
        for (int from = 0; from < values.Length; from += size)
        {
            int[] bucket = [.. Enumerable.Range(from, Math.Min(size, values.Length - from))
                .Where(index => values[index].HasValue)];
            IEnumerable<int> kept = bucket.Length <= 4
                ? bucket
                : new[]
                {
                    bucket[0], bucket.MinBy(index => values[index]), bucket.MaxBy(index => values[index]), bucket[^1],
                }.Distinct().Order();
            foreach (int index in kept)
            {
                double x = frame.X(run.Marks[index].Step.At);
                path.Append(Invariant($"{(path.Length == 0 ? 'M' : 'L')}{x:0.#} {frame.Y(values[index]!.Value):0.#}"));
            }
        }

        body.Append($"<path class=\"{style}\" d=\"{path}\"/>\n");
    }

    private static void Axes(StringBuilder body, Frame frame, string title)
    {
        Text(body, Left, frame.Offset + 16, "head", "start", title);
        double bottom = frame.Offset + PanelHeight - Bottom;
        foreach (double tick in Ticks(frame.Low, frame.High))
        {
            double y = frame.Y(tick);
            body.Append(Invariant($"<path class=\"grid\" d=\"M{Left:0} {y:0.0}H{Width - Right:0}\"/>\n"));
            Text(body, Left - 6, y + 4, "tick", "end", tick.ToString("#,0.####", CultureInfo.InvariantCulture));
        }

        for (int tick = 0; tick <= TickCount + 1; tick++)
        {
            long span = frame.To.MillisecondsSince(frame.From);
            Timestamp at = frame.From.AddMilliseconds((long)(span * (double)tick / (TickCount + 1)));
            string text = span > 60 * Timestamp.DayMilliseconds ? at.ToString()[..10] : at.ToString()[5..16];
            string anchor = tick == 0 ? "start" : tick == TickCount + 1 ? "end" : "middle";
            Text(body, frame.X(at), bottom + 15, "tick", anchor, text.Replace('T', ' '));
        }

        body.Append(Invariant($"<path class=\"axis\" d=\"M{Left:0} {bottom:0.0}H{Width - Right:0}\"/>\n"));
    }

    private static IEnumerable<double> Ticks(double low, double high)
    {
        double raw = (high - low) / TickCount;
        double power = Math.Pow(10.0, Math.Floor(Math.Log10(raw)));
        double step = power * TickFactors.First(factor => factor * power >= raw);
        for (double tick = Math.Ceiling(low / step) * step; tick <= high; tick += step)
        {
            yield return Math.Round(tick, 10);
        }
    }

    private static void Text(StringBuilder body, double x, double y, string style, string anchor, string text) =>
        body.Append(Invariant(
            $"<text class=\"{style}\" x=\"{x:0.0}\" y=\"{y:0.0}\" text-anchor=\"{anchor}\">{text}</text>\n"));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private const string Style = """
        <style>
        text { font-family: sans-serif; fill: #222; } .head { font-size: 12px; font-weight: bold; }
        .tick { font-size: 10.5px; fill: #555; } .back { fill: #fff; } path { fill: none; }
        .grid { stroke: #e6e6e6; } .axis { stroke: #888; } .a { stroke: #8a8a8a; stroke-width: 1; }
        .b { stroke: #3b6ea8; stroke-width: 1.2; } .c { stroke: #c8442e; stroke-width: 1.2; }
        </style>

        """;

    private sealed record Series(string Name, string Style, Func<ReplayMark, double?> Value);

    /// <summary>Where instants and values fall.</summary>
    private sealed record Frame(Timestamp From, Timestamp To, double Low, double High, double Offset)
    {
        internal double X(Timestamp at) => Left + ((Width - Left - Right) * (To == From
            ? 0.5
            : (double)at.MillisecondsSince(From) / To.MillisecondsSince(From)));

        internal double Y(double value) => Offset + PanelHeight - Bottom
            - ((value - Low) / (High - Low) * (PanelHeight - Top - Bottom));
    }
}
