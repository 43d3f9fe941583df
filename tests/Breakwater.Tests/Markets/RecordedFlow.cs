using Breakwater.Adapters.Files;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;

namespace Breakwater.Tests.Markets;

/// <summary>Order flow of the shared folder, for tests; skips the test where the folder is absent.</summary>
internal static class RecordedFlow
{
    internal static Timestamp End { get; } = Timestamp.Parse("2030-01-01T00:00:00Z");

    /// <summary>The governed constants as shipped.</summary>
    internal static FlowParameters Parameters { get; } = ParameterFile.LoadNewestShipped().Value.Flow;

    /// <summary>344 s of the BTC perpetual's book with its best quotes.</summary>
    internal static FlowObservations Book => Of(
        "BTC", [], ["l2_binance_btcusdt_perp_20240808_depth.csv.gz", "l2_binance_btcusdt_perp_20240808_bbo.csv.gz"]);

    /// <summary>Flow of the given files.</summary>
    internal static FlowObservations Of(string asset, string[] trades, string[] books)
    {
        MarketFileSelection selection = new([], [], [], [], [])
        {
            Trades = [.. trades.Select(file => File(asset, file))],
            Books = [.. books.Select(file => RecordedMarket.Of(asset, file))],
        };
        Result<MarketObservations> read = MarketFiles.Read(selection, End);
        Assert.True(read.IsAccepted, string.Join("\n", read.Failures.Take(5)));
        return Assert.Single(read.Value.Underlyings).Flow;
    }

    // The size of a contract follows an @.
    private static AssetFile File(string asset, string file)
    {
        string[] parts = file.Split('@');
        AssetFile plain = RecordedMarket.Of(asset, parts[0]);
        return parts.Length == 1 ? plain : plain with { Path = $"{plain.Path}@{parts[1]}" };
    }

    /// <summary>What an underlying's flow says at an instant.</summary>
    internal static FlowReading Read(FlowObservations flow, Timestamp at, double indexUsd)
    {
        UnderlyingMarket market = new(
            AssetId.Of("BTC"), at, indexUsd, [], [], null, null, PriceHistory.Empty, [])
        { Flow = flow };
        return FlowForecasting.Read(market, Parameters);
    }
}
