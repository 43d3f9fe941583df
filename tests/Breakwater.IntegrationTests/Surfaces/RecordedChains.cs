using System.Collections.Immutable;
using System.IO.Compression;
using Breakwater.Adapters.Files;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.IntegrationTests.Commands;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Surfaces;
using Breakwater.Tests;

namespace Breakwater.IntegrationTests.Surfaces;

/// <summary>One recorded chain, its surface and the quotes the surface was fitted to.</summary>
/// <param name="Market">The market, of the chain alone.</param>
/// <param name="Surface">The surface.</param>
/// <param name="Quotes">Cleaned quotes.</param>
internal sealed record RecordedChain(
    MarketSnapshot Market, VolatilitySurface Surface, ImmutableArray<SliceQuotes> Quotes)
{
    private static readonly Timestamp CrashBegin = Timestamp.Parse("2026-01-29T00:00:00Z");
    private static readonly Timestamp CrashEnd = Timestamp.Parse("2026-02-08T00:00:00Z");

    /// <summary>Underlying and time.</summary>
    public string Name => $"{Surface.Underlying} {Surface.At}";

    /// <summary>Whether the chain is of the sell-off and crash of 2026-01-29 to 02-07, which were recorded several
    /// times a day; the others are the weekly ones and those of 2026-03-18.</summary>
    public bool IsStressed => Surface.At >= CrashBegin && Surface.At < CrashEnd;

    /// <summary>Share of all quotes used that the fit meets within their spread and one vol point.</summary>
    public double ShareWithinOnePoint => Share(quality => quality.ShareWithinOnePoint);

    /// <summary>Share of all quotes used that the fit meets within their spread.</summary>
    public double ShareInsideSpread => Share(quality => quality.ShareInsideSpread);

    /// <summary>Out-of-the-money options listed, quoted or not.</summary>
    public int OutOfTheMoneyCount => Market.Underlyings[0].Quotes.Count(quote =>
        quote.Option.Expiry > Market.At && (quote.Option.Right == OptionRight.Call
            ? (double)quote.Option.StrikeUsd >= quote.ForwardUsd
            : (double)quote.Option.StrikeUsd < quote.ForwardUsd));

    /// <summary>Quotes used.</summary>
    public int UsedCount => Surface.Slices.Sum(slice => slice.Quality.QuoteCount);

    private double Share(Func<SliceQuality, double> share) =>
        Surface.Slices.Sum(slice => share(slice.Quality) * slice.Quality.QuoteCount) / UsedCount;
}

/// <summary>Every chain of the shared folder: 40 of BTC and 40 of ETH.</summary>
internal static class RecordedChains
{
    private static readonly Lazy<ImmutableArray<RecordedChain>> Loaded =
        new(() => [.. Assets.SelectMany(asset => Snapshots(asset).Select(Calibrated))]);

    /// <summary>The chains, in order of asset and time; skips the test where the shared folder is absent.</summary>
    public static ImmutableArray<RecordedChain> All
    {
        get
        {
            _ = Path("BTC");
            return Loaded.Value;
        }
    }

    /// <summary>Parameters as shipped.</summary>
    public static RiskParameters Parameters { get; } = ParameterFile.LoadNewestShipped().Value;

    private static readonly ImmutableArray<string> Assets = ["BTC", "ETH"];

    private static string Path(string asset) =>
        SharedFolder.Require($"data/deribit_{asset.ToLowerInvariant()}_option_chains.csv.gz");

    private static RecordedChain Calibrated(MarketSnapshot market)
    {
        SurfaceSet surfaces = SurfaceCalibration.Fit(market, VolatilityForecast.From(market, Parameters), Parameters);
        ImmutableArray<SliceQuotes> quotes = QuoteHygiene.Clean(
            market.Underlyings[0], Parameters.Surfaces, ImmutableArray.CreateBuilder<Finding>());
        return new RecordedChain(market, surfaces.Surfaces[0], quotes);
    }

    // Each snapshot goes through the product's own reader as a file of its own: it reads a file whole for one time.
    private static IEnumerable<MarketSnapshot> Snapshots(string asset)
    {
        using StreamReader reader = new(new GZipStream(File.OpenRead(Path(asset)), CompressionMode.Decompress));
        string header = reader.ReadLine() ?? throw new InvalidDataException($"{asset}: an empty file");
        SortedDictionary<string, List<string>> rows = new(StringComparer.Ordinal);
        while (reader.ReadLine() is { } row)
        {
            string time = row[..row.IndexOf(',', StringComparison.Ordinal)];
            if (!rows.TryGetValue(time, out List<string>? ofTime)) rows[time] = ofTime = [];
            ofTime.Add(row);
        }

        using TemporaryFolder folder = new();
        foreach ((string time, List<string> ofTime) in rows)
        {
            string file = folder.Write("chain.csv", string.Join('\n', [header, .. ofTime, string.Empty]));
            yield return RecordedMarket.At(new MarketFileSelection([file], [], [], [], []), Timestamp.Parse(time));
        }
    }
}
