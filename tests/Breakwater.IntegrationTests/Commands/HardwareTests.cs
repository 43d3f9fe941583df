using System.Diagnostics;
using System.Text.Json.Nodes;
using Breakwater.Cli;

namespace Breakwater.IntegrationTests.Commands;

/// <summary>M6 through the real command in processes of their own: neither the vectors of the processor nor the number
/// of its cores nor the order of rows changes a byte of the report.</summary>
/// <remarks>The switches are those of .NET 10: EnableAVX512=0 leaves vectors of 256 bits, EnableAVX2=0 of 128 and no
/// fused multiply-add, EnableHWIntrinsic=0 none at all; EnableAVX512F of older runtimes is not heeded.</remarks>
public sealed class HardwareTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private const string Book = "hedged-option-book.json";

    private static readonly Lazy<CommandRun> Here = new(static () => CommandRun.Of(Arguments(Book)));

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    [InlineData("DOTNET_TieredCompilation")]
    public void INV_M6_A_processor_without_wide_vectors_gives_the_same_report(string variable) =>
        Same(Elsewhere(Book, variable, "0"));

    [Theory]
    [InlineData("1")]
    [InlineData("7")]
    public void INV_M6_Any_number_of_cores_gives_the_same_report(string cores) =>
        Same(Elsewhere(Book, "DOTNET_PROCESSOR_COUNT", cores));

    [Fact]
    public void INV_M6_Rows_in_another_order_give_the_same_report_without_wide_vectors()
    {
        using TemporaryFolder folder = new();
        string rows = File.ReadAllText(SampleFiles.Of("samples/portfolios/" + Book));
        string reversed = folder.Write("reversed.json", Reversed(rows));
        Same(Elsewhere(reversed, "DOTNET_EnableAVX512", "0"));
    }

    private static void Same(CommandRun run)
    {
        Assert.True(run.Code == ExitCode.Done, run.Error);
        Assert.True(Here.Value.Code == ExitCode.Done, Here.Value.Error);
        Assert.Contains("\"report\"", run.Output, StringComparison.Ordinal);
        Assert.Equal(Here.Value.Output, run.Output);
    }

    private static CommandRun Elsewhere(string portfolio, string variable, string value)
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Breakwater.Cli.dll"));
        foreach (string argument in Arguments(portfolio)) start.ArgumentList.Add(argument);
        start.Environment[variable] = value;
        using Process process = Process.Start(start)!; // null only for documents opened by a shell
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            Assert.Fail($"{variable}={value}: no report within {Patience}");
        }

        return new CommandRun(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    private static string Reversed(string portfolio)
    {
        JsonNode root = JsonNode.Parse(portfolio)!; // a sample is an object
        foreach (string list in (string[])["collateral", "positions"])
        {
            root[list] = new JsonArray(
                [.. root[list]!.AsArray().Reverse().Select(static row => row?.DeepClone())]);
        }

        return root.ToJsonString();
    }

    private static string[] Arguments(string portfolio) =>
    [
        "margin", "--chain", Market("deribit_btc_chain"), Market("deribit_eth_chain"),
        "--history", "BTC=" + Market("btcusd_1d"), "BTC=" + Market("binance_btcusdt_1h"),
        "ETH=" + Market("ethusd_1d"), "ETH=" + Market("binance_ethusdt_1h"),
        "--volatility-index", "BTC=" + Market("deribit_btc_dvol_1h"), "--at", "2026-02-05T09:37:00Z",
        "--portfolio", SampleFiles.Of(Path.Combine("samples/portfolios", portfolio)), "--explain", "--json",
    ];

    private static string Market(string file) => SampleFiles.Of($"samples/market/{file}.csv.gz");
}
