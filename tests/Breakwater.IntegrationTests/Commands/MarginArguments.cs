namespace Breakwater.IntegrationTests.Commands;

/// <summary>Arguments of the margin command on the shipped sample market.</summary>
internal static class MarginArguments
{
    /// <summary>The instant they value at.</summary>
    public const string At = "2026-02-05T09:37:00Z";

    /// <summary>Of a shipped sample portfolio.</summary>
    public static string[] Sample(string portfolio) => Of(SampleFiles.Of($"samples/portfolios/{portfolio}.json"));

    /// <summary>Of a portfolio file.</summary>
    public static string[] Of(string portfolio) =>
    [
        "margin", "--chain", Market("deribit_btc_chain"), Market("deribit_eth_chain"),
        "--history", "BTC=" + Market("btcusd_1d"), "BTC=" + Market("binance_btcusdt_1h"),
        "ETH=" + Market("ethusd_1d"), "ETH=" + Market("binance_ethusdt_1h"),
        "--volatility-index", "BTC=" + Market("deribit_btc_dvol_1h"),
        "--trades", "BTC=" + Market("binance_btcusdt_1h_taker"), "ETH=" + Market("binance_ethusdt_1h_taker"),
        "--at", At, "--portfolio", portfolio,
    ];

    private static string Market(string file) => SampleFiles.Of($"samples/market/{file}.csv.gz");
}
