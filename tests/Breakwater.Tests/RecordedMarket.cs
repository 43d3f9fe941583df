using Breakwater.Adapters.Files;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Tests;

/// <summary>Real markets of the shared folder, for tests; skips the test where the folder is absent.</summary>
internal static class RecordedMarket
{
    /// <summary>A calm day.</summary>
    internal static Timestamp Calm { get; } = Timestamp.Parse("2026-01-28T12:00:00Z");

    /// <summary>The crash of February 2026: BTC 30-day volatility rises from 0.40 to 0.79.</summary>
    internal static Timestamp Crash { get; } = Timestamp.Parse("2026-02-05T09:36:47Z");

    /// <summary>Every recorded file that a margin of BTC and ETH can use.</summary>
    internal static MarketFileSelection Everything => new(
        [Data("deribit_btc_option_chains.csv.gz"), Data("deribit_eth_option_chains.csv.gz")],
        [
            Of("BTC", "btcusd_1d_2011_2025.csv.gz"), Of("BTC", "spot_btcusdt_1d_taker_2024-07_2025-10.csv"),
            Of("BTC", "spot_btcusdt_1d_taker_2025-10_2026-03.csv"), Of("BTC", "perp_btcusdt_1h.csv.gz"),
            Of("BTC", "spot_btcusdt_1h_2025-10-24_2025-12-02.csv.gz"),
            Of("BTC", "binance_btcusdt_perp_mark_5m_2025-10_2025-12.csv.gz"),
            Of("BTC", "spot_btcusdt_1h_taker_2026-01_2026-03.csv.gz"),
            Of("ETH", "spot_ethusdt_1d_taker_2024-07_2025-10.csv"),
            Of("ETH", "spot_ethusdt_1d_taker_2025-10_2026-03.csv"), Of("ETH", "perp_ethusdt_1h.csv.gz"),
            Of("ETH", "spot_ethusdt_1h_2025-10-24_2025-12-02.csv.gz"),
            Of("ETH", "spot_ethusdt_1h_taker_2026-01_2026-03.csv.gz"),
        ],
        [
            Of("BTC", "dvol_btc_1h.csv.gz"), Of("BTC", "dvol_btc_1h_2025-11_2026-03.csv.gz"),
            Of("ETH", "dvol_eth_1d_2023_2025.csv"),
        ],
        [Of("BTC", "deribit_term_futures_marks.csv.gz"), Of("ETH", "deribit_term_futures_marks.csv.gz")],
        [Of("BTC", "funding_btc_8h_2022_2025.csv"), Of("BTC", "funding_btc_daily_2025-10_2026-02.csv")]);

    /// <summary>The market at an instant, from every recorded file.</summary>
    internal static MarketSnapshot At(Timestamp at) => At(Everything, at);

    /// <summary>The market at an instant, from the given files.</summary>
    internal static MarketSnapshot At(MarketFileSelection selection, Timestamp at)
    {
        Result<SnapshotOutcome> outcome = MarketFiles.Load(selection, at);
        Assert.True(outcome.IsAccepted, string.Join("\n", outcome.Failures));
        return Assert.IsType<SnapshotOutcome.Usable>(outcome.Value).Market;
    }

    /// <summary>Path of a file of recorded data.</summary>
    internal static string Data(string file) => SharedFolder.Require("data/" + file);

    /// <summary>A file of recorded data about an asset.</summary>
    internal static AssetFile Of(string asset, string file) => new(AssetId.Of(asset), Data(file));
}
