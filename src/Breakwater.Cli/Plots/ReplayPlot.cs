using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Cli.Replays;
using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Cli.Plots;

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

    /// <summary>The drawing, as SVG text.</summary>
    public static string Draw(ReplayRun run)
    {
        Svg svg = new();
        double y = 0;
        foreach (ReplayUnderlying own in run.Marks.IsEmpty ? [] : run.Marks[0].Step.Underlyings)
        {
            AssetId asset = own.Asset;
            Panel(svg, run, y, $"{asset} price, USD", [new("price", "a", mark => Find(mark, asset)?.PriceUsd)]);
            Panel(svg, run, y + PanelHeight, $"{asset} volatility, % per √year",
            [
                new("filter", "a", mark => 100 * Find(mark, asset)?.FilteredAnnual),
                new("used: with floor", "b", mark => 100 * Find(mark, asset)?.UsedAnnual),
            ]);
            y += 2 * PanelHeight;
        }

        Panel(svg, run, y, "maintenance margin ÷ notional, %",
        [
            new("no rules", "a", mark => Rate(mark, mark.Step.Plain)),
            new("floor and buffer", "b", mark => Rate(mark, mark.Step.Computed.Maintenance)),
            new("in effect: and speed limit", "c", mark => Rate(mark, mark.InEffect.Maintenance)),
        ]);
        y += PanelHeight;
        return svg.Document(Width, y + 8, Style);
    }

    private static ReplayUnderlying? Find(ReplayMark mark, AssetId asset) =>
        mark.Step.Underlyings.FirstOrDefault(own => own.Asset == asset);

    private static double? Rate(ReplayMark mark, Money maintenance) => mark.Step.NotionalUsd > 0
        ? (double)maintenance.MicroDollars / 1e4 / mark.Step.NotionalUsd
        : null;

    private static void Panel(
        Svg svg, ReplayRun run, double y, string title, ImmutableArray<Series> series)
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
        Axes(svg, frame, title);
        for (int index = 0; index < series.Length; index++)
        {
            Line(svg, frame, run, values[index], series[index].Style);
        }

        double x = Width - Right;
        for (int index = series.Length - 1; index >= 0; index--)
        {
            svg.Text(x, y + 16, "tick", "end", series[index].Name);
            x -= (6.2 * series[index].Name.Length) + 8;
            svg.Path(series[index].Style, Svg.Invariant($"M{x - 20:0.0} {y + 12:0.0}h18"));
            x -= 34;
        }
    }

    // Many instants share a column: its first, least, greatest and last value keep what the eye can see.
    private static void Line(Svg svg, Frame frame, ReplayRun run, double?[] values, string style)
    {
        int size = Math.Max(1, (values.Length + BucketCount - 1) / BucketCount);
        List<(double X, double Y)> points = [];
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
                points.Add((frame.X(run.Marks[index].Step.At), frame.Y(values[index]!.Value)));
            }
        }

        svg.Line(style, points, "0.#");
    }

    private static void Axes(Svg svg, Frame frame, string title)
    {
        svg.Text(Left, frame.Offset + 16, "head", "start", title);
        double bottom = frame.Offset + PanelHeight - Bottom;
        foreach (double tick in Svg.Ticks(frame.Low, frame.High, TickCount))
        {
            double y = frame.Y(tick);
            svg.Path("grid", Svg.Invariant($"M{Left:0} {y:0.0}H{Width - Right:0}"));
            svg.Text(Left - 6, y + 4, "tick", "end", tick.ToString("#,0.####", CultureInfo.InvariantCulture));
        }

        for (int tick = 0; tick <= TickCount + 1; tick++)
        {
            long span = frame.To.MillisecondsSince(frame.From);
            Timestamp at = frame.From.AddMilliseconds((long)(span * (double)tick / (TickCount + 1)));
            string text = span > 60 * Timestamp.DayMilliseconds ? at.ToString()[..10] : at.ToString()[5..16];
            string anchor = tick == 0 ? "start" : tick == TickCount + 1 ? "end" : "middle";
            svg.Text(frame.X(at), bottom + 15, "tick", anchor, text.Replace('T', ' '));
        }

        svg.Path("axis", Svg.Invariant($"M{Left:0} {bottom:0.0}H{Width - Right:0}"));
    }

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
