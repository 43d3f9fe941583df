using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Adapters.Files;

/// <summary>A file about one asset, as in <c>BTC=prices.csv.gz</c>.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Path">Path of the file.</param>
public sealed record AssetFile(AssetId Asset, string Path)
{
    /// <summary>Reads <c>ASSET=FILE</c>.</summary>
    public static Result<AssetFile> Parse(string argument)
    {
        int equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && equals < argument.Length - 1 && AssetId.TryOf(argument[..equals], out AssetId asset)
            ? Result<AssetFile>.Accepted(new AssetFile(asset, argument[(equals + 1)..]))
            : Result<AssetFile>.Refused(new Failure(
                FailureReason.Malformed, "the argument names no asset and file", Value: Excerpt.Of(argument),
                Limit: "ASSET=FILE"));
    }
}

/// <summary>The files a market is made of (INTERFACES 3).</summary>
/// <param name="Chains">Option chains.</param>
/// <param name="Histories">Price histories; of one asset, the later wins where they overlap.</param>
/// <param name="VolatilityIndices">Volatility indices, likewise.</param>
/// <param name="Futures">Marks of futures.</param>
/// <param name="Funding">Funding rates.</param>
public sealed record MarketFileSelection(
    ImmutableArray<string> Chains,
    ImmutableArray<AssetFile> Histories,
    ImmutableArray<AssetFile> VolatilityIndices,
    ImmutableArray<AssetFile> Futures,
    ImmutableArray<AssetFile> Funding)
{
    /// <summary>Depth of order books, one file per book.</summary>
    public ImmutableArray<AssetFile> Depths { get; init; } = [];

    /// <summary>Executed trades or taker volumes.</summary>
    public ImmutableArray<AssetFile> Trades { get; init; } = [];

    /// <summary>Order-book recordings and best quotes.</summary>
    public ImmutableArray<AssetFile> Books { get; init; } = [];
}

/// <summary>Reads market files into one snapshot, whole or not at all.</summary>
public static class MarketFiles
{
    /// <summary>The market as of the newest chain snapshot not after <paramref name="at"/>.</summary>
    /// <remarks>Every row of every file must be well-formed; no row after <paramref name="at"/> enters the
    /// result.</remarks>
    /// <returns>Every refusal of every file; else the market, or the findings that make it unusable.</returns>
    public static Result<SnapshotOutcome> Load(MarketFileSelection selection, Timestamp at)
    {
        Result<MarketObservations> observations = Read(selection, at);
        return observations.IsAccepted
            ? Result<SnapshotOutcome>.Accepted(SnapshotAssembly.Build(observations.Value))
            : Result<SnapshotOutcome>.Refused(observations.Failures);
    }

    /// <summary>What the files hold up to <paramref name="at"/>.</summary>
    public static Result<MarketObservations> Read(MarketFileSelection selection, Timestamp at)
    {
        List<Failure> failures = [];
        ChainCollector chains = new();
        foreach (string path in selection.Chains)
        {
            failures.AddRange(ChainFile.Read(path, at, chains.Add));
        }

        failures.AddRange(chains.Duplicates());
        SortedDictionary<AssetId, UnderlyingObservations> seen = [];
        foreach (AssetId asset in chains.Assets)
        {
            (ChainObservation? chain, ImmutableArray<PricePoint> earlier) = chains.Of(asset);
            seen[asset] = UnderlyingObservations.None(asset) with { Chain = chain, EarlierIndexes = earlier };
        }

        ReadSeries(selection, at, seen, failures);
        return failures.Count > 0
            ? Result<MarketObservations>.Refused(failures)
            : Result<MarketObservations>.Accepted(new MarketObservations(at, [.. seen.Values]));
    }

    /// <summary>Marks of futures of an asset at every recorded time not after <paramref name="at"/>, in order of time;
    /// of two files that tell the same time the later argument wins.</summary>
    /// <param name="selection">The files.</param>
    /// <param name="asset">The asset.</param>
    /// <param name="at">The instant.</param>
    public static Result<ImmutableArray<FuturesObservation>> ReadFutures(
        MarketFileSelection selection, AssetId asset, Timestamp at)
    {
        List<Failure> failures = [];
        SortedDictionary<Timestamp, FuturesObservation> marks = [];
        foreach (AssetFile file in selection.Futures)
        {
            if (file.Asset != asset) continue;
            Result<ImmutableArray<FuturesObservation>> read = FuturesFile.Read(file.Path, file.Asset, at);
            failures.AddRange(read.Failures);
            if (!read.IsAccepted) continue;
            foreach (FuturesObservation own in read.Value) marks[own.At] = own;
        }

        return failures.Count > 0
            ? Result<ImmutableArray<FuturesObservation>>.Refused(failures)
            : Result<ImmutableArray<FuturesObservation>>.Accepted([.. marks.Values]);
    }

    private static void ReadSeries(
        MarketFileSelection selection, Timestamp at, SortedDictionary<AssetId, UnderlyingObservations> seen,
        List<Failure> failures)
    {
        Each(selection.Histories, file => BarFile.ReadPrices(file.Path, file.Asset, at), seen, failures,
            (asset, series) => asset with { Prices = asset.Prices.Add(series) });
        Each(
            selection.VolatilityIndices, file => BarFile.ReadVolatilityIndex(file.Path, file.Asset, at), seen, failures,
            (asset, series) => asset with { VolatilityIndices = asset.VolatilityIndices.Add(series) });
        Each(selection.Futures, file => FuturesFile.Read(file.Path, file.Asset, at), seen, failures,
            (asset, marks) => !marks.IsEmpty && !(asset.Futures?.At > marks[^1].At)
                ? asset with { Futures = marks[^1] }
                : asset);
        Each(selection.Funding, file => FundingFile.Read(file.Path, at), seen, failures,
            (asset, series) => asset with { Funding = asset.Funding.Add(series) });
        Each(selection.Depths, file => DepthFile.Read(file.Path, at), seen, failures,
            (asset, series) => asset with { Depths = asset.Depths.Add(series) });
        Each(selection.Trades, file => TradesFile.Read(file.Path, at), seen, failures, Join);
        Each(selection.Books, file => BookFile.Read(file.Path, at), seen, failures, Join);
    }

    // Bars are joined where they are used; of two recordings of one book the later argument wins.
    private static UnderlyingObservations Join(UnderlyingObservations asset, FlowObservations more) => asset with
    {
        Flow = new FlowObservations(
            asset.Flow.Bars.AddRange(more.Bars),
            [.. asset.Flow.Trades.Concat(more.Trades).OrderBy(trade => trade.At)],
            more.Book.IsEmpty ? asset.Flow.Book : more.Book,
            more.Quotes.IsEmpty ? asset.Flow.Quotes : more.Quotes),
    };

    private static void Each<T>(
        ImmutableArray<AssetFile> files,
        Func<AssetFile, Result<T>> read,
        SortedDictionary<AssetId, UnderlyingObservations> seen,
        List<Failure> failures,
        Func<UnderlyingObservations, T, UnderlyingObservations> add)
    {
        foreach (AssetFile file in files)
        {
            Result<T> result = read(file);
            failures.AddRange(result.Failures);
            if (result.IsAccepted)
            {
                UnderlyingObservations before = seen.GetValueOrDefault(file.Asset)
                    ?? UnderlyingObservations.None(file.Asset);
                seen[file.Asset] = add(before, result.Value);
            }
        }
    }
}
