using System.Collections.Immutable;
using Breakwater.Adapters.Feeds;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Server.Live;

/// <summary>What becomes a point of a series when an hour ends: closes of the index and of the volatility index, the
/// funding rate, executed volume by taker side.</summary>
/// <param name="asset">The underlying.</param>
internal sealed class LiveHour(AssetId asset)
{
    private const string Source = "live";

    private readonly SortedDictionary<string, (double CloseUsd, double Bought, double Traded)> _volumes =
        new(StringComparer.Ordinal);

    private Timestamp? _end;
    private double? _indexUsd;
    private double? _volatility;
    private double? _funding;

    /// <summary>Hears a volatility index.</summary>
    internal void Take(FeedMessage.VolatilityIndexChanged said) => _volatility = (double)said.VolatilityAnnual;

    /// <summary>Hears what a venue says of the inverse perpetual.</summary>
    internal void Take(FeedMessage.QuoteChanged said) => _funding = (double?)said.Quote.Funding8h ?? _funding;

    /// <summary>Hears a trade of a perpetual or of spot.</summary>
    internal void Take(FeedMessage.Traded said)
    {
        double price = (double)said.Price;
        double? units = said.Instrument switch
        {
            Perpetual { Settlement: Settlement.Inverse } => (double)said.Quantity / price, // contracts are dollars
            Perpetual or Spot => (double)said.Quantity,
            _ => null,
        };
        if (units is not { } traded) return;
        string source = IndexBoard.SourceOf(said.Stamp.Source, said.Instrument);
        (double _, double bought, double all) = _volumes.GetValueOrDefault(source);
        _volumes[source] = (price, bought + (said.IsBuy ? traded : 0d), all + traded);
    }

    /// <summary>Points of the hour that has ended, if one has since it was asked last.</summary>
    /// <param name="now">Engine time.</param>
    /// <param name="indexUsd">Index now, USD.</param>
    internal ImmutableArray<Func<Timestamp, RiskEvent>> Tell(Timestamp now, double indexUsd)
    {
        Timestamp begun = now.AddMilliseconds(-(now.UnixMilliseconds % Timestamp.HourMilliseconds));
        double? close = _indexUsd;
        _indexUsd = indexUsd;
        if (_end is not { } end || begun < end)
        {
            _end ??= begun.AddMilliseconds(Timestamp.HourMilliseconds);
            return [];
        }

        _end = begun.AddMilliseconds(Timestamp.HourMilliseconds);
        ImmutableArray<Func<Timestamp, RiskEvent>> told = Points(end, close ?? indexUsd);
        _volumes.Clear();
        return told;
    }

    private ImmutableArray<Func<Timestamp, RiskEvent>> Points(Timestamp end, double close)
    {
        static PriceSeries Series(Timestamp at, double value) =>
            new(Source, Timestamp.HourMilliseconds, [new PricePoint(at, value)]);

        List<Func<Timestamp, RiskEvent>> told =
            [at => new RiskEvent.ClosesSeen(at, asset, SeriesKind.Price, Series(end, close))];
        if (_volatility is { } volatility)
        {
            told.Add(at => new RiskEvent.ClosesSeen(at, asset, SeriesKind.VolatilityIndex, Series(end, volatility)));
        }

        if (_funding is { } rate)
        {
            told.Add(at => new RiskEvent.FundingSeen(
                at, asset, new FundingSeries(Source, [new FundingPoint(end, rate)])));
        }

        foreach ((string source, (double price, double bought, double traded)) in _volumes)
        {
            FlowBarSeries bar = new(
                source, Timestamp.HourMilliseconds, [new FlowBar(end, price, bought, traded)]);
            told.Add(at => new RiskEvent.FlowSeen(at, asset, bar));
        }

        return [.. told];
    }
}
