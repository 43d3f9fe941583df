using System.Text.Json;
using Breakwater.Cli;
using Breakwater.IntegrationTests.Commands;
using Breakwater.IntegrationTests.Server;
using Microsoft.Playwright;

namespace Breakwater.BrowserTests;

/// <summary>The page of a subaccount shows what the command prints, to the last unit.</summary>
public sealed class MarginPageTests(Browser browser, Stand stand)
{
    private static readonly (string Label, string Member)[] Totals =
    [
        ("Equity", "equity"), ("Initial margin", "initialMargin"), ("Maintenance margin", "maintenanceMargin"),
        ("Target margin", "targetMargin"), ("Margin ratio", "marginRatio"),
    ];

    [Fact]
    public async Task A_margin_on_the_page_is_that_of_the_command_to_the_last_unit()
    {
        ServedMarket market = await stand.StartedAsync();
        JsonElement report = Printed(market, "anna");
        await using Visit visit = await Visit.OpenAsync(browser, market.Address, Stand.SecretOf("anna"));
        await visit.GoAsync("subaccount/anna");
        ILocator asked = visit.Panel("What is asked");
        foreach ((string label, string member) in Totals)
        {
            Assert.Equal(report.GetProperty(member).GetString(), await Shown.FigureAsync(asked, label));
        }

        ILocator lines = visit.Panel("The margin, line by line");
        await HoldsAsync(report, lines, "maintenance", "maintenanceMargin");
        await lines.GetByRole(AriaRole.Radio, new() { Name = "Initial" }).CheckAsync(new() { Force = true });
        await HoldsAsync(report, lines, "initial", "initialMargin");
        await visit.WasQuietAsync();
    }

    // Every line of the report stands in the table in its order, and under them the margin.
    private static async Task HoldsAsync(JsonElement report, ILocator lines, string side, string total)
    {
        string[] expected =
        [
            .. report.GetProperty("lines").EnumerateArray().Select(own => own.GetProperty(side).GetString()!),
            report.GetProperty(total).GetString()!,
        ];
        string[][] rows = await Shown.RowsAsync(lines.Locator("table"));
        Assert.Equal(expected, rows.Select(static row => Shown.Decimal(row[1])));
    }

    private static JsonElement Printed(ServedMarket market, string account)
    {
        using TemporaryFolder folder = new();
        string portfolio = folder.Write("portfolio.json", ServedPortfolio.Text(market, account));
        CommandRun run = CommandRun.Of([.. MarginArguments.Of(portfolio), "--json"]);
        Assert.True(run.Code == ExitCode.Done, run.Error);
        return JsonDocument.Parse(run.Output).RootElement.Clone();
    }
}
