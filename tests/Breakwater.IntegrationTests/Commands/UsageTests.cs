using System.CommandLine;
using System.Numerics;
using Breakwater.Cli;
using Breakwater.Cli.Terminal;

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
        { "--every", ["replay", "--every", "90s"] },
        { "--every", ["replay", "--every", ""] },
        { "--every", ["haircuts", "--every", "1.5h"] },
        { "--nonsense", ["margin", "--chain", Chain, "--at", At, "--portfolio", Portfolio, "--nonsense"] },
        { "--input", ["price"] },
        { "Required argument", ["conformance"] },
    };

    public static TheoryData<string, string> Counts
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (VerbCommand verb in BreakwaterCommand.Verbs.SelectMany(WithParts))
            {
                foreach (Option option in verb.Options.Where(static own => IsWhole(own.ValueType)))
                {
                    data.Add(verb.Path, option.Name);
                }
            }

            return data;
        }
    }

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
    [MemberData(nameof(Counts))]
    public void A_count_is_a_whole_number_within_its_bounds(string verb, string option)
    {
        string[] needed = verb switch // what is missing is said first
        {
            "serve" => ["--live", "deribit"],
            "feed" => ["--deribit", "ws://127.0.0.1:1"],
            "replay" => ["--liquidation-probability"],
            _ => [],
        };
        foreach (string text in (string[])["8080.5", "1e3", "-1", "+1", "1,000", "x", "99999999999999999999"])
        {
            CommandRun run = CommandRun.Of([.. verb.Split(' '), .. needed, $"{option}={text}"]);
            Assert.Equal(ExitCode.Usage, run.Code);
            Assert.Contains($"{option}: '{text}' is no whole number from", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_verb_that_counts_is_among_them() =>
        Assert.Superset(
            new SortedSet<string>(StringComparer.Ordinal)
            {
                "--port", "--population", "--seed", "--tick", "--threads", "--snapshot-events", "--history-days",
                "--days", "--events", "--payload", "--commands", "--clients", "--minutes", "--rate", "--streams",
                "--sockets", "--seconds", "--rounds",
            },
            new SortedSet<string>(Counts.Select(static own => own.Data.Item2), StringComparer.Ordinal));

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

    private static IEnumerable<VerbCommand> WithParts(VerbCommand verb) =>
        verb.Subcommands.OfType<VerbCommand>().SelectMany(WithParts).Prepend(verb);

    private static bool IsWhole(Type type) =>
        type.GetInterfaces().Any(static own =>
            own.IsGenericType && own.GetGenericTypeDefinition() == typeof(IBinaryInteger<>));
}
