using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Breakwater.Cli;

namespace Breakwater.IntegrationTests.Commands;

/// <summary>The margin command on the shipped sample market: what INTERFACES 4 promises of its report.</summary>
public sealed class MarginCommandTests
{
    private const string ApproveVariable = "BREAKWATER_APPROVE";

    [Theory]
    [InlineData("hedged-option-book")]
    [InlineData("leveraged-perpetual")]
    [InlineData("short-strangle")]
    public void The_report_of_a_sample_portfolio_is_the_approved_one_to_the_last_byte(string portfolio)
    {
        string golden = SampleFiles.Of($"tests/Breakwater.IntegrationTests/Golden/{portfolio}.json");
        CommandRun run = CommandRun.Of([.. Sample(portfolio), "--json", "--explain"]);
        Assert.True(run.Code == ExitCode.Done, run.Error);
        if (Environment.GetEnvironmentVariable(ApproveVariable) == "1")
        {
            File.WriteAllText(golden, run.Output);
        }

        Assert.True(
            File.ReadAllText(golden) == run.Output,
            $"{portfolio}: the report differs from {golden}; if the methodology changed, say so in the changelog "
                + $"and run "
            + $"this test with {ApproveVariable}=1");
    }

    [Theory]
    [InlineData("hedged-option-book")]
    [InlineData("leveraged-perpetual")]
    [InlineData("short-strangle")]
    public void Lines_sum_to_the_margins_and_contributions_to_the_core_to_the_last_unit(string portfolio)
    {
        JsonElement report = Report(Sample(portfolio));
        Assert.Equal(Money(report, "initialMargin"), Sum(report, "lines", "initial"));
        Assert.Equal(Money(report, "maintenanceMargin"), Sum(report, "lines", "maintenance"));
        JsonElement core = report.GetProperty("core");
        BigInteger greatest = BigInteger.Max(
            BigInteger.Max(Money(core, "expectedShortfall"), Money(core, "valueAtRisk")),
            Money(core.GetProperty("worstScenario"), "loss"));
        Assert.Equal(greatest, Money(report.GetProperty("lines")[0], "maintenance"));
        Assert.Equal(greatest, Sum(report, "positions", "componentLoss") + Sum(report, "collateral", "componentLoss"));
        Assert.Equal(
            Money(report, "equity"), Money(report, "collateralValue") + Sum(report, "positions", "markValue"));
        Assert.Equal(Money(report, "excess"), Money(report, "equity") - Money(report, "initialMargin"));
        Assert.True(Money(report, "initialMargin") * 4 >= Money(report, "maintenanceMargin") * 5);
    }

    [Fact]
    public void What_if_shows_before_as_without_it_and_after_as_the_changed_portfolio_itself()
    {
        using TemporaryFolder folder = new();
        string orders = folder.Write("orders.json", """
            { "orders": [ { "instrument": "BTC_USDC-PERPETUAL", "quantity": "-2" },
                          { "instrument": "BTC-27MAR26-60000-P", "quantity": "3" },
                          { "instrument": "ETH_USDC-PERPETUAL", "quantity": "-10", "limitPrice": "2100",
                            "resting": true } ] }
            """);
        JsonElement both = Report([.. Sample("leveraged-perpetual"), "--what-if", orders]);
        string plain = Report(Sample("leveraged-perpetual")).GetRawText();
        Assert.Equal(Compact(plain), Compact(both.GetProperty("before").GetRawText()));
        JsonElement cash = both.GetProperty("after").GetProperty("collateral")[0];
        string changed = folder.Write("changed.json", $$"""
            { "subaccount": "leveraged-perpetual",
              "collateral": [ { "asset": "USDC", "quantity": "{{cash.GetProperty("quantity").GetString()}}" } ],
              "positions": [ { "instrument": "BTC_USDC-PERPETUAL", "quantity": "5", "entryPrice": "73000" },
                             { "instrument": "BTC-27MAR26-60000-P", "quantity": "3" },
                             { "instrument": "BTC_USDC-PERPETUAL", "quantity": "-2" } ],
              "orders": [ { "instrument": "ETH_USDC-PERPETUAL", "quantity": "-10", "limitPrice": "2100" },
                          { "instrument": "BTC_USDC-PERPETUAL", "quantity": "1", "limitPrice": "69500" },
                          { "instrument": "BTC_USDC-PERPETUAL", "quantity": "-5", "limitPrice": "75000",
                            "reduceOnly": true } ] }
            """);
        string after = Report(Margin(changed)).GetRawText();
        Assert.Equal(Compact(after), Compact(both.GetProperty("after").GetRawText()));
    }

    [Fact]
    public void Resting_orders_are_margined_before_they_trade_and_cancelling_restores_every_byte()
    {
        using TemporaryFolder folder = new();
        string Book(string orders) => folder.Write($"{Guid.NewGuid()}.json", $$"""
            { "subaccount": "quoter", "collateral": [ { "asset": "USDC", "quantity": "100000" } ],
              "positions": [ { "instrument": "BTC_USDC-PERPETUAL", "quantity": "1" } ]{{orders}} }
            """);
        JsonElement without = Report(Margin(Book(string.Empty)));
        JsonElement with = Report(Margin(Book("""
            , "orders": [ { "instrument": "BTC-27MAR26-80000-C", "quantity": "-5", "limitPrice": "0.03" },
                          { "instrument": "BTC_USDC-PERPETUAL", "quantity": "-4", "limitPrice": "71000" } ]
            """)));
        JsonElement capped = Report(Margin(Book("""
            , "orders": [ { "instrument": "BTC-27MAR26-80000-C", "quantity": "-5", "limitPrice": "0.03" },
                          { "instrument": "BTC_USDC-PERPETUAL", "quantity": "-4", "limitPrice": "71000" } ],
              "protections": [ { "underlying": "BTC", "deltaMaximum": "0.5" } ]
            """)));
        Assert.True(Money(with, "initialMargin") > Money(without, "initialMargin"));
        Assert.True(Money(capped, "initialMargin") < Money(with, "initialMargin"));
        Assert.Equal(Money(without, "maintenanceMargin"), Money(with, "maintenanceMargin"));
        Assert.Equal(Compact(without.GetRawText()), Compact(Report(Margin(Book(", \"orders\": []"))).GetRawText()));
    }

    [Fact]
    public void INV_M11_a_withdrawal_is_granted_to_the_last_micro_dollar_and_no_further()
    {
        using TemporaryFolder folder = new();
        string free = Report(Sample("leveraged-perpetual")).GetProperty("withdrawable").GetString()!;
        string Take(string amount) => folder.Write(
            $"{Guid.NewGuid()}.json", $$"""{ "collateral": [ { "asset": "USDC", "quantity": "-{{amount}}" } ] }""");
        JsonElement after = Report([.. Sample("leveraged-perpetual"), "--what-if", Take(free)]).GetProperty("after");
        Assert.Equal("0.000000", after.GetProperty("withdrawable").GetString());
        string more = $"{decimal.Parse(free, CultureInfo.InvariantCulture) + 0.000001m:0.000000}";
        CommandRun refused = CommandRun.Of([.. Sample("leveraged-perpetual"), "--what-if", Take(more), "--json"]);
        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Contains("initial margin", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_split_and_shuffled_give_the_same_report()
    {
        using TemporaryFolder folder = new();
        string one = folder.Write("one.json", """
            { "subaccount": "x",
              "collateral": [ { "asset": "USDC", "quantity": "100000" }, { "asset": "ETH", "quantity": "3" } ],
              "positions": [ { "instrument": "BTC-27MAR26-80000-C", "quantity": "-10" },
                             { "instrument": "BTC_USDC-PERPETUAL", "quantity": "1" } ] }
            """);
        string other = folder.Write("other.json", """
            { "positions": [ { "instrument": "BTC_USDC-PERPETUAL", "quantity": "1.0000" },
                             { "instrument": "BTC-27MAR26-80000-C", "quantity": "-4" },
                             { "quantity": -6.0, "instrument": "BTC-27MAR26-80000-C" } ],
              "collateral": [ { "asset": "ETH", "quantity": "1" }, { "asset": "USDC", "quantity": "1e5" },
                              { "asset": "ETH", "quantity": "2" } ], "subaccount": "x" }
            """);
        Assert.Equal(Report(Margin(one)).GetRawText(), Report(Margin(other)).GetRawText());
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("7")]
    public void INV_M6_any_number_of_threads_gives_the_same_report(string threadCount) => Assert.Equal(
        Report(Sample("hedged-option-book")).GetRawText(),
        Report([.. Sample("hedged-option-book"), "--threads", threadCount]).GetRawText());

    [Fact]
    public void An_empty_portfolio_asks_nothing_and_is_healthy()
    {
        using TemporaryFolder folder = new();
        JsonElement report = Report(Margin(folder.Write("empty.json", """{ "subaccount": "nobody" }""")));
        Assert.Equal("0.000000", report.GetProperty("initialMargin").GetString());
        Assert.Equal(JsonValueKind.Null, report.GetProperty("marginRatio").ValueKind);
        Assert.Equal("Healthy", report.GetProperty("stage").GetString());
    }

    [Fact]
    public void A_market_a_day_old_is_unusable()
    {
        string[] arguments = [.. Sample("short-strangle").Select(text => text == At ? "2026-02-07T00:00:00Z" : text)];
        CommandRun run = CommandRun.Of(arguments);
        Assert.Equal(ExitCode.MarketUnusable, run.Code);
        Assert.Empty(run.Output);
        Assert.Contains("StaleInput", run.Error, StringComparison.Ordinal);
    }

    private const string At = MarginArguments.At;

    private static string[] Sample(string portfolio) => MarginArguments.Sample(portfolio);

    private static string[] Margin(string portfolio) => MarginArguments.Of(portfolio);

    private static JsonElement Report(string[] arguments)
    {
        CommandRun run = CommandRun.Of([.. arguments, "--json"]);
        Assert.True(run.Code == ExitCode.Done, run.Error);
        Assert.Empty(run.Error);
        return JsonDocument.Parse(run.Output).RootElement;
    }

    private static string Compact(string json) => JsonSerializer.Serialize(JsonDocument.Parse(json).RootElement);

    private static BigInteger Sum(JsonElement report, string list, string member) => report.GetProperty(list)
        .EnumerateArray().Aggregate(BigInteger.Zero, (sum, item) => sum + Money(item, member));

    private static BigInteger Money(JsonElement item, string member)
    {
        string text = item.GetProperty(member).GetString() ?? string.Empty;
        Assert.Equal(7, text.Length - text.IndexOf('.', StringComparison.Ordinal));
        return BigInteger.Parse(
            text.Replace(".", string.Empty, StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
