using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Adapters.Files;

/// <summary>Gathers chain rows of several files: the newest snapshot of each underlying, and earlier index
/// prices.</summary>
internal sealed class ChainCollector
{
    private readonly SortedDictionary<AssetId, Gathered> _byAsset = [];
    private Gathered? _last;

    /// <summary>Underlyings seen, in order of asset.</summary>
    internal IEnumerable<AssetId> Assets => _byAsset.Keys;

    /// <summary>Adds one row.</summary>
    internal void Add(Timestamp snapshot, ChainRow row)
    {
        AssetId asset = row.Option.Underlying;
        if (_last?.Asset != asset && !_byAsset.TryGetValue(asset, out _last))
        {
            _last = new Gathered(asset);
            _byAsset[asset] = _last;
        }

        _last!.Add(snapshot, row);
    }

    /// <summary>The newest chain of an underlying and the index prices of earlier ones.</summary>
    internal (ChainObservation? Chain, ImmutableArray<PricePoint> EarlierIndexes) Of(AssetId asset) =>
        _byAsset.TryGetValue(asset, out Gathered? gathered)
            ? (gathered.Chain(), gathered.EarlierIndexes())
            : (null, []);

    /// <summary>Instruments that several files state for the same newest snapshot.</summary>
    internal IEnumerable<Failure> Duplicates() =>
        from gathered in _byAsset.Values
        from row in gathered.Repeated()
        select new Failure(
            FailureReason.Duplicate, "two chain files state the same instrument at the same time",
            Value: row.Option.Name);

    private sealed class Gathered(AssetId asset)
    {
        private readonly SortedDictionary<Timestamp, List<double>> _indexes = [];
        private List<ChainRow> _rows = [];
        private List<double> _lastIndexes = [];
        private Timestamp? _newest;
        private Timestamp? _lastSnapshot;

        internal AssetId Asset => asset;

        internal void Add(Timestamp snapshot, ChainRow row)
        {
            if (_newest is null || snapshot > _newest)
            {
                _newest = snapshot;
                _rows = [];
            }

            if (snapshot == _newest)
            {
                _rows.Add(row);
            }

            if (snapshot != _lastSnapshot && !_indexes.TryGetValue(snapshot, out _lastIndexes!))
            {
                _lastIndexes = [];
                _indexes[snapshot] = _lastIndexes;
            }

            _lastSnapshot = snapshot;
            if (row.IndexUsd is { } indexUsd)
            {
                _lastIndexes.Add(indexUsd);
            }
        }

        internal ChainObservation? Chain() => _newest is { } at
            ? new ChainObservation(at, [.. _rows.OrderBy(row => row.Option.Name, StringComparer.Ordinal)])
            : null;

        internal ImmutableArray<PricePoint> EarlierIndexes() =>
        [
            .. _indexes.Where(entry => entry.Key != _newest && entry.Value.Count > 0)
                .Select(entry => new PricePoint(entry.Key, SampleMedian.Of([.. entry.Value]))),
        ];

        internal IEnumerable<ChainRow> Repeated() =>
            _rows.GroupBy(row => row.Option.Name, StringComparer.Ordinal).Where(group => group.Count() > 1)
                .Select(group => group.First());
    }
}
