using Breakwater.Adapters.Files;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.IntegrationTests.Commands;
using Breakwater.IntegrationTests.Server;
using Breakwater.Markets;
using Breakwater.Server.Loop;
using Breakwater.Server.Replay;
using Microsoft.Playwright;

namespace Breakwater.BrowserTests;

/// <summary>A feed that has fallen silent and a market that is halted for it are said in plain words.</summary>
public sealed class StaleTests(Browser browser)
{
    private const string Source = "replay";
    private const long HourMilliseconds = 3_600_000;

    [Fact]
    public async Task A_silent_feed_and_the_halted_market_are_told_and_no_old_number_is_passed_off_as_new()
    {
        Assert.SkipUnless(Chromium.File is not null, Chromium.Missing);
        using TemporaryFolder folder = new();
        await using ServedMarket market = await Stand.StartAsync(folder);
        await ServedBook.BuildAsync(market);
        market.Feeds.Note(new FeedStanding(Source, ServedMarket.At, "Replaying"));
        await using Visit visit = await Visit.OpenAsync(
            browser, market.Address, Stand.SecretOf("anna"), Look.Phone, Axe.Script);
        await visit.GoAsync("operations");
        await Assertions.Expect(Row(visit, "Markets", "BTC")).ToContainTextAsync("Normal", Within());

        await OnlyEthIsHeardAsync(market, ServedMarket.At.AddMilliseconds(6 * HourMilliseconds));
        await Assertions.Expect(Row(visit, "Markets", "BTC")).ToContainTextAsync("Halted", Within());
        await Assertions.Expect(Row(visit, "Markets", "ETH")).ToContainTextAsync("Normal", Within());
        await Assertions.Expect(Row(visit, "Feeds", Source)).ToContainTextAsync("6 h", Within());
        await Assertions.Expect(Row(visit, "Feeds", Source)).ToContainTextAsync("old", Within());
        None.Of(await Axe.FindingsAsync(visit.Page));

        await visit.GoAsync("subaccount/anna");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("halted", Within());
        None.Of(await Axe.FindingsAsync(visit.Page));
    }

    // Hours later quotes of ETH come, and none of BTC.
    private static async Task OnlyEthIsHeardAsync(ServedMarket market, Timestamp later)
    {
        UnderlyingObservations seen = MarketFiles.Read(ServedMarket.Files, ServedMarket.At).Value.Underlyings
            .First(static own => own.Asset == AssetId.Of("ETH"));
        ChainObservation recorded = seen.Chain!; // the sample market has one
        double index = recorded.Rows.Select(static own => own.IndexUsd).OfType<double>().First();
        market.Engine.Clock.GoOn(later, speed: 0d);
        await market.Engine.SubmitAsync(
            at => new RiskEvent.ChainSeen(at, seen.Asset, RestatedChain.Of(recorded, index, at)), default);
        await market.TickAsync();
    }

    private static LocatorAssertionsToContainTextOptions Within() => new() { Timeout = Patience.Milliseconds };

    private static ILocator Row(Visit visit, string panel, string subject) =>
        visit.Panel(panel).GetByRole(AriaRole.Row).Filter(new() { HasText = subject }).First;
}
