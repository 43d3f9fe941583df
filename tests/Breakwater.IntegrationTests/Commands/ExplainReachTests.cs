using System.Globalization;
using System.Text.Json;
using Breakwater.Cli;

namespace Breakwater.IntegrationTests.Commands;

/// <summary>Every number of the JSON report stands in what <c>--explain</c> prints, in its own row and column
/// (ARCHITECTURE 9: every number an account holder sees can be expanded).</summary>
public sealed class ExplainReachTests
{
    // Short of maintenance margin, secured by coins over a bridge, with a resting order: fills every table.
    private const string Poor = """
        { "subaccount": "poor",
          "collateral": [ { "asset": "USDC", "quantity": "9000" }, { "asset": "BTC", "quantity": "0.05" },
                          { "asset": "ETH", "quantity": "1", "chain": "arbitrum", "bridge": "canonical" },
                          { "asset": "ETH", "quantity": "0.5", "chain": "base", "bridge": "multisig" } ],
          "positions": [ { "instrument": "BTC-27FEB26-60000-P", "quantity": "-3" },
                         { "instrument": "BTC_USDC-PERPETUAL", "quantity": "2" },
                         { "instrument": "ETH", "quantity": "0.25" } ],
          "orders": [ { "instrument": "BTC_USDC-PERPETUAL", "quantity": "1", "limitPrice": "69500" } ] }
        """;

    private const string Orders = """
        { "orders": [ { "instrument": "BTC_USDC-PERPETUAL", "quantity": "-1.5" },
                      { "instrument": "ETH_USDC-PERPETUAL", "quantity": "2", "limitPrice": "2000", "resting": true } ],
          "collateral": [ { "asset": "USDC", "quantity": "1000" } ] }
        """;

    [Theory]
    [InlineData("hedged-option-book")]
    [InlineData("leveraged-perpetual")]
    [InlineData("short-strangle")]
    public void Every_number_of_a_sample_report_is_explained_in_its_row_and_column(string portfolio) =>
        Reached(MarginArguments.Sample(portfolio));

    [Fact]
    public void Every_number_of_an_account_short_of_margin_is_explained_and_a_column_taken_is_missed()
    {
        using TemporaryFolder folder = new();
        string[] arguments = MarginArguments.Of(folder.Write("poor.json", Poor));
        JsonElement report = Json([.. arguments, "--explain"]);
        string text = Text([.. arguments, "--explain"]);
        ReportReach whole = ReportReach.Of(report, text);
        Assert.True(whole.Missing.Count == 0, string.Join('\n', whole.Missing));
        Assert.NotEmpty(report.GetProperty("explanation").GetProperty("cures").EnumerateArray());
        Assert.True(whole.Columns.Count > 60, $"{whole.Columns.Count} columns");
        foreach ((string title, string heading) in whole.Columns)
        {
            ReportText read = new(text);
            string without = read.Without(read.Find(title)!, heading);
            Assert.True(
                ReportReach.Of(report, without).Missing.Count > 0, $"column {heading} of {title} is not missed");
        }
    }

    [Fact]
    public void A_finding_or_digest_taken_from_the_text_is_missed()
    {
        string[] arguments = MarginArguments.Sample("leveraged-perpetual");
        JsonElement report = Json([.. arguments, "--explain"]);
        string[] lines = Text([.. arguments, "--explain"]).Split('\n');
        int first = Array.FindIndex(lines, line => line.StartsWith("Findings (", StringComparison.Ordinal)) + 1;
        foreach (int line in Enumerable.Range(first, lines.Length - first).Append(0).Where(line => lines[line] != ""))
        {
            string without = string.Join('\n', lines.Where((_, index) => index != line));
            Assert.True(ReportReach.Of(report, without).Missing.Count > 0, $"not missed: {lines[line]}");
        }
    }

    [Fact]
    public void What_if_explains_both_reports_and_the_exact_change_between_them()
    {
        using TemporaryFolder folder = new();
        string[] arguments =
        [
            .. MarginArguments.Sample("leveraged-perpetual"), "--what-if", folder.Write("orders.json", Orders),
            "--explain",
        ];
        JsonElement both = Json(arguments);
        string text = Text(arguments);
        (JsonElement before, JsonElement after, JsonElement change) =
            (both.GetProperty("before"), both.GetProperty("after"), both.GetProperty("change"));
        int then = text.IndexOf("\nAfter:\n", StringComparison.Ordinal);
        int was = text.IndexOf("\nBefore:\n", StringComparison.Ordinal);
        Assert.Empty(ReportReach.Of(change, text[..then], ReportPlaces.OfChange).Missing);
        Assert.Empty(ReportReach.Of(after, text[then..was]).Missing);
        Assert.Empty(ReportReach.Of(before, text[was..]).Missing);
        int compared = Compared(change, before, after);
        Assert.Equal(9 + (2 * change.GetProperty("lines").GetArrayLength()) + 3, compared);
    }

    [Fact]
    public void An_explanation_adds_to_a_report_and_changes_nothing_of_it()
    {
        JsonElement plain = Json(MarginArguments.Sample("leveraged-perpetual"));
        JsonElement explained = Json([.. MarginArguments.Sample("leveraged-perpetual"), "--explain"]);
        foreach (JsonProperty member in plain.EnumerateObject())
        {
            Assert.Equal(member.Value.GetRawText(), explained.GetProperty(member.Name).GetRawText());
        }
    }

    // Every number of the change is that after less that before, exactly; counts them.
    private static int Compared(JsonElement change, JsonElement before, JsonElement after)
    {
        int count = 0;
        foreach (JsonProperty member in change.EnumerateObject())
        {
            (JsonElement was, JsonElement then) = (before.GetProperty(member.Name), after.GetProperty(member.Name));
            if (member.Value.ValueKind == JsonValueKind.Object)
            {
                count += Compared(member.Value, was, then);
            }
            else if (member.Value.ValueKind == JsonValueKind.Array)
            {
                count += member.Value.EnumerateArray()
                    .Select((item, index) => Compared(item, was[index], then[index])).Sum();
            }
            else if (member.Name != "name")
            {
                Assert.Equal(Of(then) - Of(was), Of(member.Value));
                count++;
            }
        }

        return count;
    }

    private static decimal Of(JsonElement json) => decimal.Parse(json.GetString()!, CultureInfo.InvariantCulture);

    private static JsonElement Reached(string[] arguments)
    {
        JsonElement report = Json([.. arguments, "--explain"]);
        ReportReach reach = ReportReach.Of(report, Text([.. arguments, "--explain"]));
        Assert.True(reach.Missing.Count == 0, string.Join('\n', reach.Missing));
        Assert.True(reach.Count > 200, $"only {reach.Count} numbers were looked for");
        return report;
    }

    private static JsonElement Json(string[] arguments) =>
        JsonDocument.Parse(Text([.. arguments, "--json"])).RootElement;

    private static string Text(string[] arguments)
    {
        CommandRun run = CommandRun.Of(arguments);
        Assert.True(run.Code == ExitCode.Done, run.Error);
        return run.Output;
    }
}
