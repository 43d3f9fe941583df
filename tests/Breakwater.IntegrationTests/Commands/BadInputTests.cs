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

    private const string TakerBars = """
        time_utc,open,high,low,close,volume,quote_volume,trades,taker_buy_base,taker_buy_quote
        2026-02-05T07:00:00Z,70732.7,71000,70500,70951.5,900.5,63,1000,450.2,31
        2026-02-05T08:00:00Z,70951.5,71100,70600,70756.8,800.5,56,1000,410.2,29

        """;

    private const string RecordedTrades = """
        recv_ns,exch_ms,trade_id,price,qty,aggressor,order_type
        1723161255088176367,1723161256322,5266583935,61800.30,0.006,B,MARKET
        1723161255088230567,1723161256344,5266583936,61800.30,0.199,S,MARKET

        """;

    private const string PublicTrades = """
        exch_us,id,side,price,amount
        1760054406843000,1713679388902077,buy,121758.75,0.01428928
        1760054422514000,1713679388924406,sell,121767.61,0.00476285

        """;

    private const string BookChanges = """
        recv_ns,exch_ms,kind,first_update_id,last_update_id,side,price,qty
        1723161255030314667,1723161256298,snapshot,5123107832006,5123107837557,B,58710.20,0.014
        1723161255088309867,1723161256352,update,5123107837558,5123107837559,A,61496.50,0.010

        """;

    private const string BestQuotes = """
        recv_ns,exch_ms,update_id,bid_price,bid_qty,ask_price,ask_qty
        1723161255088169167,1723161256313,5123107839020,61800.20,2.507,61800.30,2.510
        1723161255088181667,1723161256322,5123107840008,61800.20,2.507,61800.30,2.504

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
    public void Spoilt_taker_volumes_are_refused() => AllRefused(
        "taker.csv",
        Spoiling.OfCsv(TakerBars, "taker_buy_base", "time_utc").Append((
            "more bought than traded",
            Encoding.UTF8.GetBytes(TakerBars.Replace(",410.2,", ",4100.2,", StringComparison.Ordinal)))),
        path => Margin(market: ["--trades", "BTC=" + path]));

    [Theory]
    [InlineData(RecordedTrades, "price", "exch_ms")]
    [InlineData(RecordedTrades, "qty", "recv_ns")]
    [InlineData(PublicTrades, "amount", "exch_us")]
    public void Spoilt_trades_are_refused(string text, string numberColumn, string timeColumn) => AllRefused(
        "trades.csv", Spoiling.OfCsv(text, numberColumn, timeColumn).Concat(FlowRows(text)),
        path => Margin(market: ["--trades", "BTC=" + path]));

    [Theory]
    [InlineData(BookChanges, "price", "exch_ms")]
    [InlineData(BestQuotes, "ask_price", "exch_ms")]
    public void Spoilt_books_are_refused(string text, string numberColumn, string timeColumn) => AllRefused(
        "book.csv", Spoiling.OfCsv(text, numberColumn, timeColumn).Concat(FlowRows(text)),
        path => Margin(market: ["--book", "BTC=" + path]));

    [Fact]
    public void A_spoilt_portfolio_is_refused() => AllRefused(
        "portfolio.json",
        [
            .. Spoiling.OfDocument(SampleFiles.Head(Portfolio), "\"120000\"", "\"subaccount\""),
            .. Instruments(SampleFiles.Head(Portfolio), "BTC-27FEB26-60000-P", "-10"),
            .. Names(SampleFiles.Head(Portfolio)),
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
    [InlineData("trades.csv")]
    [InlineData("book.csv")]
    public void Random_damage_never_ends_in_a_defect(string fileName)
    {
        const int Rounds = 40;
        (string text, Func<string, string[]> arguments) = fileName switch
        {
            "chain.csv" => (SampleFiles.Head(Chain, 60), path => Margin(chain: path)),
            "history.csv" => (SampleFiles.Head(History, 60), path => Margin(market: ["--history", "BTC=" + path])),
            "portfolio.json" => (SampleFiles.Head(Portfolio), path => Margin(portfolio: path)),
            "trades.csv" => (PublicTrades, path => Margin(market: ["--trades", "BTC=" + path])),
            "book.csv" => (BookChanges, path => Margin(market: ["--book", "BTC=" + path])),
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

    // Rows in the wrong order, clocks in the wrong unit, a side that is none, a column too many.
    // Names that the path of an address loses.
    private static IEnumerable<(string Name, byte[] Bytes)> Names(string text) =>
        ((string[])[".", "..", "a/../b"]).Select(name => (
            $"named {name}",
            Encoding.UTF8.GetBytes(text.Replace("\"short-strangle\"", $"\"{name}\"", StringComparison.Ordinal))));

    private static IEnumerable<(string Name, byte[] Bytes)> FlowRows(string text)
    {
        string[] lines = text.TrimEnd('\n').Split('\n');
        yield return ("rows swapped", Encoding.UTF8.GetBytes($"{lines[0]}\n{lines[2]}\n{lines[1]}\n"));
        yield return (
            "unknown column",
            Encoding.UTF8.GetBytes(string.Join('\n', lines[0] + ",more", lines[1] + ",1", lines[2] + ",1")));
        yield return ("seconds", Encoding.UTF8.GetBytes(text.Replace("1723161256", "1723161", StringComparison.Ordinal)
            .Replace("1760054422514000", "1760054422", StringComparison.Ordinal)));
        if (!text.Contains("bid_price", StringComparison.Ordinal))
        {
            yield return ("no side", Encoding.UTF8.GetBytes(text.Replace(",S,", ",X,", StringComparison.Ordinal)
                .Replace(",A,", ",S,", StringComparison.Ordinal).Replace(
                    ",sell,", ",SELL,", StringComparison.Ordinal)));
        }
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
