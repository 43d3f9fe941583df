using System.Text.Json;
using System.Xml.Linq;
using Breakwater.Cli;

namespace Breakwater.IntegrationTests.Commands;

/// <summary>The surface command: the fields of INTERFACES 2, its plot, and markets it cannot use.</summary>
public sealed class SurfaceCommandTests
{
    private const string Btc = "samples/market/deribit_btc_chain.csv.gz";
    private const string Eth = "samples/market/deribit_eth_chain.csv.gz";
    private const string Calm = "2026-01-28T09:28:00Z";
    private const string Crash = "2026-02-05T09:37:00Z";

    [Fact]
    public void The_document_has_every_field_of_the_interface_with_the_values_it_promises()
    {
        JsonElement document = Json("--chain", SampleFiles.Of(Btc), SampleFiles.Of(Eth), "--at", Crash);
        JsonElement[] underlyings = [.. document.GetProperty("underlyings").EnumerateArray()];
        Assert.Equal(["BTC", "ETH"], underlyings.Select(each => each.GetProperty("underlying").GetString()));
        foreach (JsonElement underlying in underlyings)
        {
            Assert.Equal("2026-02-05T09:36:47Z", underlying.GetProperty("at").GetString());
            Assert.True(underlying.GetProperty("calibrationMs").GetDouble() > 0.0);
            JsonElement[] expiries = [.. underlying.GetProperty("expiries").EnumerateArray()];
            Assert.Equal(12, expiries.Length);
            Assert.All(expiries, CheckExpiry);
            double[] years = [.. expiries.Select(expiry => expiry.GetProperty("T").GetDouble())];
            Assert.Equal(years.Order(), years);
        }
    }

    // METHODOLOGY 2.2: theta is w(0), psi is 2b, and the slice has no least variance at or below zero.
    private static void CheckExpiry(JsonElement expiry)
    {
        double Number(string name) => expiry.GetProperty(name).GetDouble();
        double Svi(string name) => expiry.GetProperty("svi").GetProperty(name).GetDouble();
        Assert.EndsWith("T08:00:00Z", expiry.GetProperty("expiry").GetString(), StringComparison.Ordinal);
        double root = Math.Sqrt(Svi("m") * Svi("m") + Svi("sigma") * Svi("sigma"));
        Assert.Equal(Svi("a") + Svi("b") * (root - Number("rho") * Svi("m")), Number("theta"), 1e-12);
        Assert.Equal(2.0 * Svi("b"), Number("psi"), 1e-15);
        Assert.True(Svi("a") + Svi("b") * Svi("sigma") * Math.Sqrt(1.0 - Number("rho") * Number("rho")) > 0.0);
        Assert.InRange(Number("rmseVolPoints"), 0.0, 10.0);
        Assert.InRange(Number("shareInsideSpread"), 0.5, Number("shareWithinOnePoint"));
        Assert.InRange(Number("shareWithinOnePoint"), 0.8, 1.0);
        Assert.True(Number("forward") > 1_000.0);
        Assert.True(expiry.GetProperty("quotes").GetInt32() >= 5);
        Assert.Equal("Fresh", expiry.GetProperty("state").GetString());
        Assert.True(expiry.GetProperty("arbitrageFree").GetBoolean());
    }

    [Fact]
    public void The_plot_is_a_drawing_with_a_panel_and_a_fit_per_expiry()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("plot.svg", string.Empty);
        CommandRun run = CommandRun.Of("surface", "--chain", SampleFiles.Of(Btc), "--at", Crash, "--plot", path);
        Assert.True(run.Code == ExitCode.Done, run.Error);
        XElement svg = XElement.Load(path);
        string[] styles = [.. svg.Descendants().Attributes("class").Select(style => style.Value)];
        Assert.Equal(12, styles.Count(style => style == "head"));
        Assert.Equal(1 + 12, styles.Count(style => style == "fit")); // one in the legend
        Assert.True(styles.Count(style => style.StartsWith("quote", StringComparison.Ordinal)) > 300);
        Assert.DoesNotContain("NaN", svg.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plot_that_cannot_be_written_is_refused_by_name()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Write("file", string.Empty), "plot.svg");
        CommandRun run = CommandRun.Of("surface", "--chain", SampleFiles.Of(Btc), "--at", Crash, "--plot", path);
        Assert.Equal(ExitCode.Refused, run.Code);
        Assert.Contains(path, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void A_chain_without_prices_borrows_its_surface_and_states_no_misfit()
    {
        using TemporaryFolder folder = new();
        string chain = folder.Write("chain.csv", WithoutPrices());
        JsonElement underlying = Json("--chain", chain, "--at", Calm).GetProperty("underlyings")[0];
        Assert.Equal("Stale", underlying.GetProperty("state").GetString());
        Assert.All(underlying.GetProperty("expiries").EnumerateArray(), expiry =>
        {
            Assert.Equal(JsonValueKind.Null, expiry.GetProperty("rmseVolPoints").ValueKind);
            Assert.Equal(0, expiry.GetProperty("quotes").GetInt32());
            Assert.True(expiry.GetProperty("arbitrageFree").GetBoolean());
        });
        Assert.Contains(
            underlying.GetProperty("findings").EnumerateArray(),
            finding => finding.GetProperty("kind").GetString() == "SurfaceState");
    }

    [Fact]
    public void A_halted_surface_ends_with_4_and_names_its_underlying()
    {
        // BTC was last seen two hours before ETH: METHODOLOGY 2.4 halts it.
        using TemporaryFolder folder = new();
        string later = SampleFiles.Head(Eth).Replace("2026-02-05T09:", "2026-02-05T11:", StringComparison.Ordinal);
        string eth = folder.Write("eth.csv", later);
        CommandRun run = CommandRun.Of("surface", "--chain", SampleFiles.Of(Btc), eth, "--at", "2026-02-05T11:37:00Z");
        Assert.Equal(ExitCode.MarketUnusable, run.Code);
        Assert.Contains("SurfaceState, BTC", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    private static JsonElement Json(params string[] arguments)
    {
        CommandRun run = CommandRun.Of(["surface", .. arguments, "--json"]);
        Assert.True(run.Code == ExitCode.Done, run.Error);
        using JsonDocument document = JsonDocument.Parse(run.Output);
        return document.RootElement.Clone();
    }

    private static string WithoutPrices()
    {
        string[] rows = SampleFiles.Head(Btc, 60).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] header = rows[0].Split(',');
        int[] blank = [Array.IndexOf(header, "bid_price"), Array.IndexOf(header, "ask_price")];
        IEnumerable<string> spoilt = rows.Skip(1).Select(row => string.Join(
            ',', row.Split(',').Select((cell, column) => blank.Contains(column) ? string.Empty : cell)));
        return string.Join('\n', [rows[0], .. spoilt, string.Empty]);
    }
}
