using System.Collections.Immutable;
using System.Globalization;
using System.Security;
using System.Text;
using System.Xml;

namespace Breakwater.Cli.Plots;

/// <summary>A drawing being written: what every plot of the command shares. Coordinates are pixels, y downwards.
/// </summary>
internal sealed class Svg
{
    private static readonly ImmutableArray<double> TickFactors = [1.0, 2.0, 5.0, 10.0];

    private readonly StringBuilder _body = new();

    /// <summary>Writes a text; whatever its letters, the document stays well-formed.</summary>
    /// <param name="x">Where it is anchored, pixels.</param>
    /// <param name="y">Its base line, pixels.</param>
    /// <param name="style">Class.</param>
    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    /// <param name="text">The text.</param>
    public void Text(double x, double y, string style, string anchor, string text) => _body.Append(Invariant(
        $"<text class=\"{style}\" x=\"{x:0.0}\" y=\"{y:0.0}\" text-anchor=\"{anchor}\">{Escaped(text)}</text>\n"));

    /// <summary>Draws a path.</summary>
    /// <param name="style">Class.</param>
    /// <param name="data">Its commands; made with <see cref="Invariant"/>.</param>
    public void Path(string style, string data) => _body.Append($"<path class=\"{style}\" d=\"{data}\"/>\n");

    /// <summary>Draws a line through points; nothing if there are none.</summary>
    /// <param name="style">Class.</param>
    /// <param name="points">The points, pixels.</param>
    /// <param name="format">Format of their coordinates.</param>
    public void Line(string style, IEnumerable<(double X, double Y)> points, string format = "0.0") =>
        Path(style, LineData(points, format));

    /// <summary>Draws a horizontal line.</summary>
    public void Horizontal(string style, double from, double to, double y) =>
        Path(style, Invariant($"M{from:0} {y:0.0}H{to:0}"));

    /// <summary>Begins a group that is moved as one; <see cref="EndGroup"/> ends it.</summary>
    /// <param name="x">To the right, pixels.</param>
    /// <param name="y">Downwards, pixels.</param>
    public void Group(double x, double y) =>
        _body.Append(Invariant($"<g transform=\"translate({x:0} {y:0})\">\n"));

    /// <summary>Ends the group begun last.</summary>
    public void EndGroup() => _body.Append("</g>\n");

    /// <summary>Writes an element as it is; nothing foreign may be in it.</summary>
    public void Element(string text) => _body.Append(text).Append('\n');

    /// <summary>The whole document.</summary>
    /// <param name="width">Width, pixels.</param>
    /// <param name="height">Height, pixels.</param>
    /// <param name="style">Its style element, with a class <c>back</c> for the background.</param>
    public string Document(double width, double height, string style) =>
        Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:0}\" height=\"{height:0}\">\n")
            + style + "<rect class=\"back\" width=\"100%\" height=\"100%\"/>\n" + _body + "</svg>\n";

    /// <summary>Commands of a line through points.</summary>
    /// <param name="points">The points, pixels.</param>
    /// <param name="format">Format of their coordinates.</param>
    public static string LineData(IEnumerable<(double X, double Y)> points, string format = "0.0")
    {
        StringBuilder data = new();
        foreach ((double x, double y) in points)
        {
            data.Append(data.Length == 0 ? 'M' : 'L').Append(x.ToString(format, CultureInfo.InvariantCulture))
                .Append(' ').Append(y.ToString(format, CultureInfo.InvariantCulture));
        }

        return data.ToString();
    }

    /// <summary>Round numbers within a range: steps of 1, 2 or 5 times a power of ten.</summary>
    /// <param name="low">Lower end.</param>
    /// <param name="high">Upper end; above the lower.</param>
    /// <param name="countMax">Steps that may fit between them.</param>
    public static IEnumerable<double> Ticks(double low, double high, int countMax)
    {
        double raw = (high - low) / countMax;
        double power = Math.Pow(10.0, Math.Floor(Math.Log10(raw)));
        double step = power * TickFactors.First(factor => factor * power >= raw);
        for (double tick = Math.Ceiling(low / step) * step; tick <= high; tick += step)
        {
            yield return Math.Round(tick, 10);
        }
    }

    /// <summary>A number with a true minus, and no sign on a zero that rounding left below it.</summary>
    /// <param name="value">The number.</param>
    /// <param name="format">Format of its magnitude.</param>
    public static string Number(double value, string format = "0.###")
    {
        string text = Math.Abs(value).ToString(format, CultureInfo.InvariantCulture);
        return value < 0.0 && text.Any(letter => letter is >= '1' and <= '9') ? "\u2212" + text : text;
    }

    /// <summary>Formats without a culture.</summary>
    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // Letters that XML knows no way to write become question marks.
    private static string Escaped(string text)
    {
        StringBuilder clean = new();
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            if (isPair) clean.Append(text[i]).Append(text[++i]);
            else clean.Append(XmlConvert.IsXmlChar(text[i]) && !char.IsControl(text[i]) ? text[i] : '?');
        }

        return SecurityElement.Escape(clean.ToString());
    }
}
