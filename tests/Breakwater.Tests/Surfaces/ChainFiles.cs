using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Tests.Surfaces;

/// <summary>Reads every snapshot of a recorded option chain, for statistics over many of them.</summary>
internal static class ChainFiles
{
    internal static ImmutableArray<UnderlyingMarket> Read(string asset)
    {
        string path = SharedFolder.Require($"data/deribit_{asset.ToLowerInvariant()}_option_chains.csv.gz");
        return ReadFile(path, AssetId.Of(asset));
    }

    internal static ImmutableArray<UnderlyingMarket> ReadFile(string path, AssetId asset)
    {
        using StreamReader reader = new(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        string[] header = reader.ReadLine()!.Split(',');
        SortedDictionary<Timestamp, List<(OptionQuote Quote, double Index)>> rows = [];
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split(',');
            string Cell(string name) => cells[Array.IndexOf(header, name)];
            double? Number(string name) => Cell(name).Length == 0 ? null : double.Parse(Cell(name), CultureInfo.InvariantCulture);
            Timestamp at = Timestamp.Parse(Cell("snapshot_utc"));
            OptionQuote quote = new(
                (VanillaOption)InstrumentName.Parse(Cell("instrument")), at, Number("bid_price"), Number("ask_price"),
                Number("mark_price"), Number("mark_iv"), Number("underlying_price")!.Value,
                Number("open_interest") ?? 0.0);
            if (!rows.TryGetValue(at, out List<(OptionQuote, double)>? list)) rows[at] = list = [];
            list.Add((quote, Number("index_price")!.Value));
        }

        return [.. rows.Select(entry => Market(asset, entry.Key, entry.Value))];
    }

    private static UnderlyingMarket Market(AssetId asset, Timestamp at, List<(OptionQuote Quote, double Index)> rows)
    {
        double[] indices = [.. rows.Select(row => row.Index).Order()];
        return new UnderlyingMarket(
            asset, at, indices[indices.Length / 2], [.. rows.Select(row => row.Quote).OrderBy(quote => quote.Option)],
            [], null, null, PriceHistory.Empty, []);
    }
}
