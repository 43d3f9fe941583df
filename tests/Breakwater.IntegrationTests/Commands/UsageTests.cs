using Breakwater.Cli;

namespace Breakwater.IntegrationTests.Commands;

/// <summary>A command line that cannot be understood ends with 2 and says why; inputs that do not belong together with
/// 3.</summary>
public sealed class UsageTests
{
    private const string At = "2026-02-05T09:37:00Z";

    public static TheoryData<string, string[]> Misunderstood => new()
    {
        { "a verb is missing", [] },
        { "is no verb", ["nonsense"] },
        { "--chain", ["margin", "--at", At, "--portfolio", Portfolio] },
        { "--at", ["margin", "--chain", Chain, "--portfolio", Portfolio] },
        { "--portfolio", ["margin", "--chain", Chain, "--at", At] },
        { "yesterday", ["margin", "--chain", Chain, "--at", "yesterday", "--portfolio", Portfolio] },
        { "--beacon", ["margin", "--chain", Chain, "--at", At, "--portfolio", Portfolio, "--beacon", "12"] },
        { "--threads", ["margin", "--chain", Chain, "--at", At, "--portfolio", Portfolio, "--threads", "0"] },
        { "--threads", ["margin", "--chain", Chain, "--at", At, "--portfolio", Portfolio, "--threads", "x"] },
        { "--protocol-holding", ["margin", .. Valued, "--protocol-holding", "BTC"] },
        { "--protocol-holding", ["margin", .. Valued, "--protocol-holding", "BTC=-1"] },
        { "named twice", ["margin", .. Valued, "--protocol-holding", "BTC=1", "BTC=2"] },
        { "--nonsense", ["margin", "--chain", Chain, "--at", At, "--portfolio", Portfolio, "--nonsense"] },
        { "--input", ["price"] },
        { "Required argument", ["conformance"] },
    };

    private static string[] Valued => ["--chain", Chain, "--at", At, "--portfolio", Portfolio];

    private static string Chain => SampleFiles.Of("samples/market/deribit_btc_chain.csv.gz");

    private static string Portfolio => SampleFiles.Of("samples/portfolios/short-strangle.json");

    [Theory]
    [MemberData(nameof(Misunderstood))]
    public void A_command_line_that_is_not_understood_ends_with_2(string said, string[] arguments)
    {
        CommandRun run = CommandRun.Of(arguments);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Empty(run.Output);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BTC")]
    [InlineData("=x.csv")]
    [InlineData("DOGE=samples/market/btcusd_1d.csv.gz")]
    [InlineData("btc=samples/market/btcusd_1d.csv.gz")]
    public void A_history_of_an_asset_that_is_not_governed_is_refused(string history)
    {
        string argument = history.Replace("samples", SampleFiles.Of("samples"), StringComparison.Ordinal);
        CommandRun run = CommandRun.Of(
            "margin", "--chain", Chain, "--at", At, "--portfolio", Portfolio, "--history", argument);
        Assert.Equal(ExitCode.Refused, run.Code);
        Assert.Empty(run.Output);
    }
}
