using Breakwater.Adapters.Files;
using Breakwater.Cli.Replays;
using Breakwater.Cli.Terminal;
using Breakwater.Instruments;
using Breakwater.Tests;

namespace Breakwater.IntegrationTests.Margin;

/// <summary>Row 1 of METHODOLOGY 12 on recorded hours.</summary>
public sealed class ForwardLookingTests
{
    // 2024-08-04T19:00Z: the move of the hour is a rise, so that a long position has gained, not lost.
    [Theory]
    [InlineData("2024-08-04T18:00:00Z", "2024-08-04T19:00:00Z", 1)]
    [InlineData("2024-08-05T13:00:00Z", "2024-08-05T14:00:00Z", 1)]
    [InlineData("2024-08-05T00:00:00Z", "2024-08-05T01:00:00Z", -1)]
    public void Row_1_Margin_of_a_fixed_book_reacts_to_a_jump_of_volatility_within_one_step_before_any_loss(
        string before, string after, int side)
    {
        ReplayRun run = Replay(before, after, side);
        ReplayStep then = run.Marks[0].Step;
        ReplayStep now = run.Marks[1].Step;
        double gain = side * (now.Underlyings[0].PriceUsd - then.Underlyings[0].PriceUsd);
        Assert.True(gain > 0, "the position must have gained");
        Assert.True(now.Underlyings[0].FilteredAnnual > 1.03 * then.Underlyings[0].FilteredAnnual);
        Assert.True(Rate(now) > 1.02 * Rate(then), $"{Rate(then)} then, {Rate(now)} now");
    }

    private static double Rate(ReplayStep step) =>
        (double)step.Computed.Maintenance.MicroDollars / step.NotionalUsd;

    private static ReplayRun Replay(string from, string to, int side)
    {
        AssetFile[] histories =
        [
            RecordedMarket.Of("BTC", "btcusd_1d_2011_2025.csv.gz"), RecordedMarket.Of("BTC", "perp_btcusdt_1h.csv.gz"),
        ];
        string portfolio = Path.GetTempFileName();
        try
        {
            File.WriteAllText(portfolio, $$"""
                { "subaccount": "one", "collateral": [ { "asset": "USDC", "quantity": "1000000" } ],
                  "positions": [ { "instrument": "BTC_USDC-PERPETUAL", "quantity": "{{side}}" } ] }
                """);
            ReplayRequest request = new(
                new MarketFileSelection([], [.. histories], [], [], []), portfolio, Timestamp.Parse(from),
                Timestamp.Parse(to), Timestamp.HourMilliseconds, 1, IsMaintenanceOnly: true, null, null);
            Result<ReplayRun> run = ReplayRun.Of(
                request, ParameterFile.LoadNewestShipped().Value,
                new Progress(new Shell(TextWriter.Null, TextWriter.Null, IsJson: true)));
            Assert.True(run.IsAccepted, string.Join('\n', run.Failures));
            return run.Value;
        }
        finally
        {
            File.Delete(portfolio);
        }
    }
}
