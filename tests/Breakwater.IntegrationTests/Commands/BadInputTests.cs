using System.Text;
using Breakwater.Cli;
using Breakwater.Instruments;

namespace Breakwater.IntegrationTests.Commands;

/// <summary>Spoilt files are refused whole and by name: exit code 3, one line a refusal, nothing on the output, never a
/// trace.</summary>
public sealed class BadInputTests
{
    private const string Chain = "samples/market/deribit_btc_chain.csv.gz";
    private const string History = "samples/market/binance_btcusdt_1h.csv.gz";
    private const string Index = "samples/market/deribit_btc_dvol_1h.csv.gz";
    private const string Portfolio = "samples/portfolios/short-strangle.json";

    private const string Marks = """
        snapshot_utc,currency,future,mark,mark_min,mark_max
        2026-02-05T09:36:47Z,BTC,BTC-27MAR26,71000.5,71000,71001
        2026-02-05T09:36:47Z,BTC,BTC-26JUN26,71500.5,71500,71501

        """;

    private const string Funding = """
        time_utc,funding_rate_8h
        2026-02-04T16:00:00Z,4.4e-06
        2026-02-05T00:00:00Z,4.5e-06

        """;

    private const string Orders = """
        { "orders": [ { "instrument": "BTC_USDC-PERPETUAL", "quantity": "-1.5", "limitPrice": "71000" } ] }
        """;

    [Fact]
    public void A_spoilt_chain_is_refused() => AllRefused(
        "chain.csv", Spoiling.OfCsv(SampleFiles.Head(Chain, 60), "underlying_price", "snapshot_utc"),
        path => Margin(chain: path));

    [Fact]
    public void A_spoilt_history_is_refused() => AllRefused(
        "history.csv", Spoiling.OfCsv(SampleFiles.Head(History, 60), "close", "time_utc"),
        path => Margin(market: ["--history", "BTC=" + path]));

    [Fact]
    public void A_spoilt_volatility_index_is_refused() => AllRefused(
        "index.csv", Spoiling.OfCsv(SampleFiles.Head(Index, 60), "dvol_pct", "time_utc"),
        path => Margin(market: ["--volatility-index", "BTC=" + path]));

    [Fact]
    public void Spoilt_marks_of_futures_are_refused() => AllRefused(
        "futures.csv", Spoiling.OfCsv(Marks, "mark", "snapshot_utc").Where(own => own.Name != "duplicate column"),
        path => Margin(market: ["--futures", "BTC=" + path]));

    [Fact]
    public void Spoilt_funding_is_refused() => AllRefused(
        "funding.csv",
        Spoiling.OfCsv(Funding, "funding_rate_8h", "time_utc").Where(own => own.Name != "price -1"),
        path => Margin(market: ["--funding", "BTC=" + path]));

    [Fact]
    public void A_spoilt_portfolio_is_refused() => AllRefused(
        "portfolio.json",
        [
            .. Spoiling.OfDocument(SampleFiles.Head(Portfolio), "\"120000\"", "\"subaccount\""),
            .. Instruments(SampleFiles.Head(Portfolio), "BTC-27FEB26-60000-P", "-10"),
        ],
        path => Margin(portfolio: path));

    [Fact]
    public void Spoilt_orders_are_refused() => AllRefused(
        "orders.json",
        [
            .. Spoiling.OfDocument(Orders, "\"71000\"", "\"limitPrice\""),
            .. Instruments(Orders, "BTC_USDC-PERPETUAL", "-1.5"),
        ],
        path => [.. Margin(), "--what-if", path]);

    [Fact]
    public void Spoilt_parameters_are_refused() => AllRefused(
        "parameters.yaml",
        Spoiling.OfDocument(WithoutComments("parameters/breakwater-v1.yaml"), "0.975", "expectedShortfallLevel"),
        path => Margin(market: ["--parameters", path]));

    [Fact]
    public void Spoilt_cases_of_options_are_refused() => AllRefused(
        "cases.json",
        Spoiling.OfDocument(SampleFiles.Head("samples/prices.json"), FirstNumber(), "\"id\""),
        path => ["price", "--input", path]);

    [Fact]
    public void A_file_that_is_not_there_is_refused()
    {
        foreach (string[] arguments in (string[][])[
            Margin(chain: "nowhere.csv"), Margin(portfolio: "nowhere.json"), ["price", "--input", "nowhere.json"],
            Margin(market: ["--history", "BTC=nowhere.csv"]), Margin(market: ["--parameters", "nowhere.yaml"])])
        {
            AssertRefused("absent", CommandRun.Of(arguments));
        }
    }

    [Theory]
    [InlineData("chain.csv")]
    [InlineData("history.csv")]
    [InlineData("portfolio.json")]
    [InlineData("orders.json")]
    [InlineData("parameters.yaml")]
    public void Random_damage_never_ends_in_a_defect(string fileName)
    {
        const int Rounds = 40;
        (string text, Func<string, string[]> arguments) = fileName switch
        {
            "chain.csv" => (SampleFiles.Head(Chain, 60), path => Margin(chain: path)),
            "history.csv" => (SampleFiles.Head(History, 60), path => Margin(market: ["--history", "BTC=" + path])),
            "portfolio.json" => (SampleFiles.Head(Portfolio), path => Margin(portfolio: path)),
            "orders.json" => (Orders, path => [.. Margin(), "--what-if", path]),
            _ => (WithoutComments("parameters/breakwater-v1.yaml"),
                (Func<string, string[]>)(path => Margin(market: ["--parameters", path]))),
        };
        Random random = new(7);
        string folder = Directory.CreateTempSubdirectory("breakwater-bad-").FullName;
        for (int round = 0; round < Rounds; round++)
        {
            string path = Path.Combine(folder, fileName);
            File.WriteAllBytes(path, Spoiling.AtRandom(text, random));
            CommandRun run = CommandRun.Of(arguments(path));
            Assert.True(
                run.Code is ExitCode.Done or ExitCode.Refused or ExitCode.MarketUnusable,
                $"round {round}: exit {run.Code}: {Short(run.Error)}");
        }

        Directory.Delete(folder, recursive: true);
    }

    private static IEnumerable<(string Name, byte[] Bytes)> Instruments(string text, string instrument, string quantity)
    {
        foreach (string bad in (string[])[
            "BTC-27FEB20-60000-P", "DOGE-27FEB26-60000-P", "BTC-31FEB26-60000-P", "BTC-27FEB26-0-P",
            "BTC-27FEB26-60000-X",
            "", "BTC-27FEB26-60000-P ", "btc-27FEB26-60000-P", "BTC-27FEB26--60000-P", "BTC-27FEB26-1e9-P", "\\u0000"])
        {
            yield return (
                $"instrument '{bad}'", Encoding.UTF8.GetBytes(text.Replace(instrument, bad, StringComparison.Ordinal)));
        }

        foreach (string bad in (string[])["0.00001", "1e40", "-1e-9", "99999999999999999999999999999", "ten", "",
            "0.1000000000000000000001"])
        {
            yield return (
                $"quantity '{bad}'",
                Encoding.UTF8.GetBytes(text.Replace($"\"{quantity}\"", $"\"{bad}\"", StringComparison.Ordinal)));
        }
    }

    private static string WithoutComments(string file) => string.Join(
        '\n', SampleFiles.Head(file).Split('\n').Where(line => !line.TrimStart().StartsWith('#')));

    private static string FirstNumber()
    {
        string text = SampleFiles.Head("samples/prices.json");
        int at = text.IndexOf("\"forward\":", StringComparison.Ordinal) + "\"forward\":".Length;
        return text[at..text.IndexOf(',', at)].Trim();
    }

    private static string[] Margin(string? chain = null, string? portfolio = null, string[]? market = null) =>
    [
        "margin", "--chain", chain ?? SampleFiles.Of(Chain), "--at", "2026-02-05T09:37:00Z",
        "--portfolio", portfolio ?? SampleFiles.Of(Portfolio), .. market ?? [],
    ];

    private static void AllRefused(
        string fileName, IEnumerable<(string Name, byte[] Bytes)> spoilt, Func<string, string[]> arguments)
    {
        string folder = Directory.CreateTempSubdirectory("breakwater-bad-").FullName;
        try
        {
            List<string> faults = [];
            foreach ((string name, byte[] bytes) in spoilt)
            {
                string path = Path.Combine(folder, fileName);
                File.WriteAllBytes(path, bytes);
                CommandRun run = CommandRun.Of(arguments(path));
                if (Fault(run) is { } fault)
                {
                    faults.Add($"{name}: {fault}");
                }
            }

            Assert.True(faults.Count == 0, string.Join("\n", faults));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void AssertRefused(string name, CommandRun run) =>
        Assert.True(Fault(run) is null, $"{name}: {Fault(run)}");

    private static string? Fault(CommandRun run)
    {
        string[] lines = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return run.Code != ExitCode.Refused ? $"exit {run.Code}: {Short(run.Error)}"
            : run.Output.Length > 0 ? $"output: {Short(run.Output)}"
            : lines.Length < 2 ? "no refusal is named"
            : lines[1..].FirstOrDefault(line => !Enum.TryParse(line.Split(',')[0], out FailureReason _)) is { } bad
                ? $"no reason: {Short(bad)}"
            : null;
    }

    private static string Short(string text) => text.Length <= 200 ? text : text[..200];
}
