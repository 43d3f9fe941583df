using System.Collections.Immutable;
using Breakwater.Adapters.Files;
using Breakwater.Instruments;

namespace Breakwater.Cli.Drills;

/// <summary>The sample market of the repository, as arguments of the command: what <c>./run</c> serves.</summary>
internal static class SampleMarket
{
    /// <summary>Folder of the files, from the repository's root.</summary>
    public const string Folder = "samples/market";

    /// <summary>The instant of the newest chains.</summary>
    public const string At = "2026-02-05T09:37:00Z";

    /// <summary>Where the recorded week begins.</summary>
    public const string From = "2026-01-28T09:30:00Z";

    private static readonly ImmutableArray<(string Option, string Asset, string File)> Files =
    [
        ("--chain", string.Empty, "deribit_btc_chain"), ("--chain", string.Empty, "deribit_eth_chain"),
        ("--history", "BTC", "btcusd_1d"), ("--history", "BTC", "binance_btcusdt_1h"),
        ("--history", "ETH", "ethusd_1d"), ("--history", "ETH", "binance_ethusdt_1h"),
        ("--volatility-index", "BTC", "deribit_btc_dvol_1h"),
        ("--trades", "BTC", "binance_btcusdt_1h_taker"), ("--trades", "ETH", "binance_ethusdt_1h_taker"),
    ];

    /// <summary>Arguments that name the files.</summary>
    /// <param name="folder">Where they lie.</param>
    public static IEnumerable<string> Arguments(string folder) => Files.SelectMany(own =>
    {
        string path = Path.Combine(folder, $"{own.File}.csv.gz");
        return (string[])[own.Option, own.Asset.Length > 0 ? $"{own.Asset}={path}" : path];
    });

    /// <summary>The files, as a server reads them.</summary>
    /// <param name="folder">Where they lie.</param>
    public static MarketFileSelection Selection(string folder)
    {
        ImmutableArray<AssetFile> Of(string option) => [.. Files.Where(own => own.Option == option)
            .Select(own => new AssetFile(AssetId.Of(own.Asset), Path.Combine(folder, $"{own.File}.csv.gz")))];
        return new MarketFileSelection(
            [
                .. Files.Where(static own => own.Option == "--chain")
                    .Select(own => Path.Combine(folder, $"{own.File}.csv.gz")),
            ],
            Of("--history"), Of("--volatility-index"), [], [])
        {
            Trades = Of("--trades"),
        };
    }

    /// <summary>Whether the files are there.</summary>
    /// <param name="folder">Where they should lie.</param>
    public static bool IsIn(string folder) =>
        Files.All(own => File.Exists(Path.Combine(folder, $"{own.File}.csv.gz")));
}
