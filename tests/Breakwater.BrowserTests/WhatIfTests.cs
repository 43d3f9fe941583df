using System.Text.Json;
using Breakwater.Cli;
using Breakwater.IntegrationTests.Commands;
using Breakwater.IntegrationTests.Server;
using Microsoft.Playwright;

namespace Breakwater.BrowserTests;

/// <summary>Questions asked with sliders and the order ticket show what the command answers.</summary>
public sealed class WhatIfTests(Browser browser, Stand stand)
{
    private const string Instrument = "BTC_USDC-PERPETUAL";

    private static readonly string[] Totals =
        ["equity", "initialMargin", "targetMargin", "maintenanceMargin", "excess"];

    [Theory]
    [InlineData("BTC price", 12, "\"priceRelative\":\"-0.12\"")]
    [InlineData("BTC volatility", 8, "\"volatilityRelative\":\"-0.40\"")]
    public async Task A_slider_shows_the_margin_after_the_move(string slider, int steps, string move)
    {
        ServedMarket market = await stand.StartedAsync();
        await using Visit visit = await Visit.OpenAsync(browser, market.Address, Stand.SecretOf("anna"));
        await visit.GoAsync("subaccount/anna");
        ILocator asked = visit.Panel("What if");
        await asked.GetByRole(AriaRole.Slider, new() { Name = slider }).FocusAsync();
        for (int step = 0; step < steps; step++) await visit.Page.Keyboard.PressAsync("ArrowLeft");
        string moves = $"{{\"orders\":[],\"moves\":[{{\"underlying\":\"BTC\",{move}}}]}}";
        await HoldsAsync(asked, Printed(market, "anna", moves));
        await asked.GetByRole(AriaRole.Button, new() { Name = "Back to now" }).ClickAsync();
        await Assertions.Expect(asked.Locator(".answer")).ToHaveCountAsync(0);
        await visit.WasQuietAsync();
    }

    [Fact]
    public async Task An_order_is_asked_about_by_keyboard_alone_and_answered_as_the_command_does()
    {
        ServedMarket market = await stand.StartedAsync();
        await using Visit visit = await Visit.OpenAsync(browser, market.Address, Stand.SecretOf("anna"));
        await visit.GoAsync("subaccount/anna");
        ILocator asked = visit.Panel("What if");
        await Keys.TabToAsync(asked.GetByRole(AriaRole.Radio, new() { Name = "Buy" }));
        await visit.Page.Keyboard.PressAsync("ArrowRight"); // sell
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.TypeAsync(Instrument);
        await visit.Page.Keyboard.PressAsync("Escape"); // the offered names go
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.TypeAsync("0.75");
        await Keys.TabToAsync(asked.GetByRole(AriaRole.Button, new() { Name = "Add the order" }));
        await visit.Page.Keyboard.PressAsync("Enter");
        const string Orders = $"\"orders\":[{{\"instrument\":\"{Instrument}\",\"quantity\":\"-0.75\"}}]";
        await HoldsAsync(asked, Printed(market, "anna", $"{{{Orders}}}"));
        await Keys.TabToAsync(asked.GetByRole(AriaRole.Button, new() { Name = "Remove" }), "Shift+Tab");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(asked.Locator(".answer")).ToHaveCountAsync(0);
        await visit.WasQuietAsync();
    }

    // Totals after the question stand in the column "Then", those before it beside them.
    private static async Task HoldsAsync(ILocator asked, string answer)
    {
        JsonElement root = JsonDocument.Parse(answer).RootElement;
        string[] Of(string side) => [.. Totals.Select(own => root.GetProperty(side).GetProperty(own).GetString()!)];
        await Patience.UntilAsync(async () =>
        {
            if (await asked.Locator(".answer[data-behind=false]").CountAsync() == 0) return "no answer is shown";
            string[][] rows = await Shown.RowsAsync(asked.Locator("table").First);
            string[] then = [.. rows.Take(Totals.Length).Select(static row => Shown.Decimal(row[2]))];
            return then.SequenceEqual(Of("after")) ? null : $"{string.Join(' ', then)} is shown, not {answer[..200]}";
        });
        string[][] told = await Shown.RowsAsync(asked.Locator("table").First);
        Assert.Equal(Of("before"), told.Take(Totals.Length).Select(static row => Shown.Decimal(row[1])));
    }

    private static string Printed(ServedMarket market, string account, string question)
    {
        using TemporaryFolder folder = new();
        string portfolio = folder.Write("portfolio.json", ServedPortfolio.Text(market, account));
        CommandRun run = CommandRun.Of(
            [.. MarginArguments.Of(portfolio), "--what-if", folder.Write("question.json", question), "--json"]);
        Assert.True(run.Code == ExitCode.Done, run.Error);
        return run.Output;
    }
}
