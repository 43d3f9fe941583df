using System.Text.Json;
using Breakwater.Cli;

namespace Breakwater.IntegrationTests.Commands;

/// <summary><c>replay</c> through the real command on the sample market.</summary>
public sealed class ReplayCommandTests
{
    private static readonly string[] Day =
    [
        "replay",
        "--history", "BTC=" + SampleFiles.Of("samples/market/btcusd_1d.csv.gz"),
        "BTC=" + SampleFiles.Of("samples/market/binance_btcusdt_1h.csv.gz"),
        "--portfolio", SampleFiles.Of("samples/portfolios/leveraged-perpetual.json"),
        "--from", "2026-02-04T12:00:00Z", "--to", "2026-02-04T18:00:00Z",
    ];

    [Fact]
    public void INV_M10_Margin_in_effect_keeps_its_limits_and_says_what_is_scheduled()
    {
        using JsonDocument report = Json([.. Day, "--json"]);
        JsonElement[] instants = [.. report.RootElement.GetProperty("instants").EnumerateArray()];
        Assert.Equal(7, instants.Length);
        for (int index = 1; index < instants.Length; index++)
        {
            decimal now = Maintenance(instants[index], "inEffect");
            decimal before = Maintenance(instants[index - 1], "inEffect");
            decimal limit = instants[index].GetProperty("override").GetBoolean() ? 1.3m : 1.1m;
            Assert.InRange(now, 0.95m * before, limit * before);
            Assert.True(Maintenance(instants[index], "withoutRules") <= Maintenance(instants[index], "computed"));
            Assert.Equal(
                now < Maintenance(instants[index], "computed"),
                instants[index].GetProperty("scheduled").GetArrayLength() > 0);
        }

        JsonElement[] paths = [.. report.RootElement.GetProperty("summary").GetProperty("paths").EnumerateArray()];
        Assert.Equal(["no rules", "floor and buffer", "and speed limit"],
            paths.Select(path => path.GetProperty("rules").GetString()));
    }

    [Fact]
    public void The_history_of_a_collateral_asset_is_that_of_collateral_and_not_of_a_stranger()
    {
        using TemporaryFolder folder = new();
        string portfolio = folder.Write("staked.json", """
            { "subaccount": "staked", "collateral": [ { "asset": "stETH", "quantity": "60" } ],
              "positions": [ { "instrument": "BTC_USDC-PERPETUAL", "quantity": "1" } ] }
            """);
        string ether = SampleFiles.Of("samples/market/binance_ethusdt_1h.csv.gz");
        using JsonDocument report = Json(
        [
            .. Day[..4], "ETH=" + SampleFiles.Of("samples/market/ethusd_1d.csv.gz"), "ETH=" + ether, "stETH=" + ether,
            "--portfolio", portfolio, "--from", "2026-02-04T16:00:00Z", "--to", "2026-02-04T18:00:00Z", "--json",
        ]);
        JsonElement[] instants = [.. report.RootElement.GetProperty("instants").EnumerateArray()];
        Assert.Equal(3, instants.Length);
        Assert.All(instants, instant => Assert.Equal(
            ["BTC", "ETH"],
            instant.GetProperty("underlyings").EnumerateArray().Select(own => own.GetProperty("asset").GetString())));
        Assert.All(instants, instant => Assert.True(Maintenance(instant, "computed") > 0m));
    }

    [Fact]
    public void Every_number_of_threads_and_maintenance_alone_give_the_same_bits()
    {
        string one = CommandRun.Of([.. Day, "--json", "--threads", "1"]).Output;
        Assert.Equal(one, CommandRun.Of([.. Day, "--json", "--threads", "3"]).Output);
        using JsonDocument both = JsonDocument.Parse(one);
        using JsonDocument alone = Json([.. Day, "--json", "--maintenance-only"]);
        Assert.Equal(Path(both), Path(alone));
    }

    [Fact]
    public void Nothing_later_than_an_instant_is_known_at_it()
    {
        using JsonDocument longer = Json([.. Day, "--json"]);
        string[] shorter = [.. Day];
        shorter[^1] = "2026-02-04T14:00:00Z";
        using JsonDocument cut = Json([.. shorter, "--json"]);
        Assert.Equal(Path(longer).Take(3), Path(cut));
    }

    [Theory]
    [InlineData("--every", "7x")]
    [InlineData("--to", "2020-01-01T00:00:00Z")]
    [InlineData("--threads", "0")]
    public void A_command_line_that_makes_no_sense_is_not_understood(string option, string value) =>
        Assert.Equal(ExitCode.Usage, CommandRun.Of([.. Day[..^2], option, value]).Code);

    [Fact]
    public void A_time_without_any_price_is_refused()
    {
        string[] early = [.. Day];
        early[^3] = "1999-01-01T00:00:00Z";
        early[^1] = "1999-01-02T00:00:00Z";
        Assert.Equal(ExitCode.Refused, CommandRun.Of(early).Code);
    }

    private static JsonDocument Json(string[] arguments)
    {
        CommandRun run = CommandRun.Of(arguments);
        Assert.True(run.Code == ExitCode.Done, run.Error);
        return JsonDocument.Parse(run.Output);
    }

    private static decimal[] Path(JsonDocument report) =>
        [.. report.RootElement.GetProperty("instants").EnumerateArray().Select(own => Maintenance(own, "inEffect"))];

    [Fact]
    public void Forecasts_of_liquidation_are_set_against_what_happened_at_every_horizon()
    {
        string[] study =
        [
            .. Day[..4], "--liquidation-probability", "--from", "2025-11-10T00:00:00Z", "--to", "2025-11-15T00:00:00Z",
            "--every", "5d", "--json",
        ];
        using JsonDocument report = Json(study);
        JsonElement[] horizons = [.. report.RootElement.GetProperty("horizons").EnumerateArray()];
        Assert.Equal([1, 24, 168], horizons.Select(horizon => horizon.GetProperty("hours").GetInt32()));
        foreach (JsonElement group in horizons.SelectMany(own => own.GetProperty("groups").EnumerateArray()))
        {
            Assert.True(group.GetProperty("count").GetInt32() > 0);
            double forecast = group.GetProperty("forecast").GetDouble();
            Assert.InRange(forecast, 0.0, 1.0);
            Assert.Equal(
                forecast >= group.GetProperty("low").GetDouble() && forecast <= group.GetProperty("high").GetDouble(),
                group.GetProperty("inside").GetBoolean());
        }

        double[] sums = [.. horizons.Select(own => own.GetProperty("groups").EnumerateArray()
            .Where(group => group.GetProperty("decile").GetString()!.StartsWith("all", StringComparison.Ordinal))
            .Sum(group => group.GetProperty("forecast").GetDouble() * group.GetProperty("count").GetInt32()))];
        Assert.True(sums[0] < sums[1] && sums[1] < sums[2], string.Join(", ", sums));
    }

    [Fact]
    public void A_study_without_a_recorded_hour_is_refused()
    {
        // No hour of the sample is recorded from 2025-12-31 to 2026-01-27.
        CommandRun run = CommandRun.Of(
        [
            .. Day[..4], "--liquidation-probability", "--from", "2026-01-10T00:00:00Z", "--to", "2026-01-11T00:00:00Z",
        ]);
        Assert.Equal(ExitCode.Refused, run.Code);
        Assert.Contains("no position can be followed", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    private static decimal Maintenance(JsonElement instant, string name) => decimal.Parse(
        instant.GetProperty(name).GetProperty("maintenanceMargin").GetString()!, // a member of every instant
        System.Globalization.CultureInfo.InvariantCulture);
}
