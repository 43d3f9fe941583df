using Breakwater.Adapters.Files;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Tests.Revaluation;

/// <summary>The shipped sample market in the crash of 2026-02-05, calibrated and with its own scenarios.</summary>
internal static class SampleMarket
{
    private static readonly Lazy<TinyMarket> Built = new(Build);

    /// <summary>Market, fitted surfaces, both scenario sets and the shipped parameters.</summary>
    internal static TinyMarket Crash => Built.Value;

    private static TinyMarket Build()
    {
        RiskParameters parameters = ParameterFile.LoadNewestShipped().Value;
        MarketFileSelection files = new(
            [Sample("deribit_btc_chain.csv.gz"), Sample("deribit_eth_chain.csv.gz")],
            [
                Of("BTC", "btcusd_1d.csv.gz"), Of("BTC", "binance_btcusdt_1h.csv.gz"), Of("ETH", "ethusd_1d.csv.gz"),
                Of("ETH", "binance_ethusdt_1h.csv.gz"),
            ],
            [Of("BTC", "deribit_btc_dvol_1h.csv.gz")],
            [],
            []);
        Timestamp at = Timestamp.Parse("2026-02-05T09:36:47Z");
        MarketSnapshot market = ((SnapshotOutcome.Usable)MarketFiles.Load(files, at).Value).Market;
        MarketForecast forecast = VolatilityForecast.From(market, parameters);
        SurfaceSet surfaces = SurfaceCalibration.Fit(market, forecast, parameters);
        ScenarioSets scenarios = ScenarioDesign.Build(market, surfaces, forecast, parameters, ScenarioSeed.NoBeacon);
        return new TinyMarket(market, surfaces, scenarios, parameters);
    }

    private static AssetFile Of(string asset, string file) => new(AssetId.Of(asset), Sample(file));

    private static string Sample(string file)
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Breakwater.slnx"))) at = at.Parent;
        return Path.Combine(at!.FullName, "samples", "market", file);
    }
}
