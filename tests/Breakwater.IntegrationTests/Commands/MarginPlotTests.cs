using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Breakwater.Cli;
using Breakwater.Cli.Plots;

namespace Breakwater.IntegrationTests.Commands;

/// <summary>The liquidation surface that the margin command draws and writes.</summary>
public sealed partial class MarginPlotTests
{
    private const double FrameLeft = 66; // of a panel, pixels
    private const double FrameRight = 622;
    private const double FrameTop = 46;
    private const double FrameBottom = 380;

    [Fact]
    public void The_numbers_where_nothing_moves_are_those_of_the_report()
    {
        using TemporaryFolder folder = new();
        string csv = folder.Write("surface.csv", string.Empty);
        CommandRun run = Run("hedged-option-book", "--plot-csv", csv, "--json");
        Assert.True(run.Code == ExitCode.Done, run.Error);
        using JsonDocument report = JsonDocument.Parse(run.Output);
        string[] lines = File.ReadAllLines(csv);
        string[][] here =
            [.. lines.Skip(1).Select(line => line.Split(',')).Where(row => row[2] == "0" && row[3] == "0")];
        Assert.Equal(["BTC", "ETH"], here.Select(row => row[1]));
        string[] expected =
        [
            .. ((string[])["equity", "maintenanceMargin", "marginRatio"])
                .Select(name => report.RootElement.GetProperty(name).ToString()),
        ];
        Assert.All(here, row => Assert.Equal(expected, row[5..]));
        Assert.Equal(lines[0].Split(',').Length, here[0].Length);
    }

    [Fact]
    public void The_drawing_is_well_formed_labelled_and_its_lines_stay_inside_the_frame()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("plot.svg", string.Empty);
        CommandRun run = Run("short-strangle", "--plot", path);
        Assert.True(run.Code == ExitCode.Done, run.Error);
        XElement svg = XElement.Load(path);
        Assert.DoesNotContain("NaN", svg.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("\u221e", svg.ToString(), StringComparison.Ordinal);
        XElement panel = Assert.Single(svg.Descendants(), own => own.Name.LocalName == "g");
        Assert.Contains(panel.Descendants(), own => Style(own) == "limit");
        Assert.Contains(panel.Descendants(), own => own.Value == "1 liquidation");
        Assert.Contains(panel.Descendants(), own => own.Value.StartsWith("now ", StringComparison.Ordinal));
        foreach (XElement line in panel.Descendants().Where(own => Style(own) is "limit" or "border" or ['b', ..]))
        {
            foreach (Match point in Point().Matches(line.Attribute("d")?.Value ?? string.Empty))
            {
                Assert.InRange(Number(point.Groups[1].Value), FrameLeft, FrameRight);
                Assert.InRange(Number(point.Groups[2].Value), FrameTop, FrameBottom);
            }
        }
    }

    [Fact]
    public void A_what_if_draws_both_books_and_where_liquidation_began_before()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("plot.svg", string.Empty);
        string csv = folder.Write("surface.csv", string.Empty);
        string orders = folder.Write(
            "orders.json", """{ "orders": [ { "instrument": "BTC_USDC-PERPETUAL", "quantity": "-2" } ] }""");
        CommandRun run = Run(
            "leveraged-perpetual", "--what-if", orders, "--plot", path, "--plot-csv", csv, "--threads", "1");
        Assert.True(run.Code == ExitCode.Done, run.Error);
        string[] styles = [.. XElement.Load(path).Descendants().Select(Style)];
        Assert.Equal(2, styles.Count(style => style == "cross"));
        Assert.Equal(1 + 1, styles.Count(style => style == "was")); // one in the legend
        Assert.Equal(
            ["now", "after"], File.ReadLines(csv).Skip(1).Select(line => line.Split(',')[0]).Distinct());
    }

    [Fact]
    public void A_hostile_name_of_a_subaccount_is_text_and_nothing_else()
    {
        using TemporaryFolder folder = new();
        string portfolio = folder.Write("portfolio.json", """
            { "subaccount": "</text><script>alert('&')</script>",
              "collateral": [ { "asset": "USDC", "quantity": "1000" } ],
              "positions": [ { "instrument": "BTC_USDC-PERPETUAL", "quantity": "0.01" } ] }
            """);
        string path = folder.Write("plot.svg", string.Empty);
        CommandRun run = CommandRun.Of(
            [.. MarginArguments.Of(portfolio), "--plot", path]);
        Assert.True(run.Code == ExitCode.Done, run.Error);
        XElement svg = XElement.Load(path);
        Assert.DoesNotContain(svg.Descendants(), own => own.Name.LocalName == "script");
        Assert.Contains(svg.Descendants(), own => own.Value.StartsWith("</text><script>", StringComparison.Ordinal));
    }

    [Fact]
    public void Letters_that_xml_cannot_hold_are_marked_and_all_others_kept()
    {
        Svg svg = new();
        svg.Text(0, 0, "tick", "start", "a\u0001\ud800b<&>\"'\ufffe\U0001F600÷");
        XElement text = XElement.Parse(svg.Document(10, 10, string.Empty)).Elements().Last();
        Assert.Equal("a??b<&>\"'?\U0001F600÷", text.Value);
    }

    [Theory]
    [InlineData("--plot")]
    [InlineData("--plot-csv")]
    public void A_file_that_cannot_be_written_is_refused_by_name(string option)
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Write("file", string.Empty), "out");
        CommandRun run = Run("leveraged-perpetual", option, path);
        Assert.Equal(ExitCode.Refused, run.Code);
        Assert.Contains(path, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    private static CommandRun Run(string portfolio, params string[] arguments) =>
        CommandRun.Of([.. MarginArguments.Sample(portfolio), .. arguments]);

    private static string Style(XElement element) => element.Attribute("class")?.Value ?? string.Empty;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"[ML]([\d.-]+) ([\d.-]+)")]
    private static partial Regex Point();
}
