using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Engine;

/// <summary>Ground state of one asset's market: the newest of everything seen, in sorted structures that share what has
/// not changed, so that an event costs microseconds.</summary>
internal sealed record AssetGround
{
    /// <summary>Points of flow and depth that are kept: half a year of hours, a month of ten-minute samples.</summary>
    internal const int PointsKept = 4400;

    private AssetGround(AssetId asset)
    {
        Asset = asset;
    }

    /// <summary>The asset.</summary>
    internal AssetId Asset { get; }

    /// <summary>Time of the index, or of the newest whole chain; <c>null</c> before the first.</summary>
    internal Timestamp? SeenAt { get; init; }

    /// <summary>Index, USD; <c>null</c> while rows of a chain state it.</summary>
    internal double? IndexUsd { get; init; }

    /// <summary>Newest quote of each option by name.</summary>
    internal ImmutableSortedDictionary<string, ChainRow> Quotes { get; init; } =
        ImmutableSortedDictionary.Create<string, ChainRow>(StringComparer.Ordinal);

    /// <summary>Indexes of whole chains before the newest, by rising time: they bridge holes of closes.</summary>
    internal ImmutableArray<PricePoint> EarlierIndexes { get; init; } = [];

    /// <summary>Marks of futures.</summary>
    internal FuturesObservation? Futures { get; init; }

    /// <summary>Price series, in order of source and bar.</summary>
    internal ImmutableArray<PriceSeries> Prices { get; init; } = [];

    /// <summary>Volatility index series, likewise.</summary>
    internal ImmutableArray<PriceSeries> VolatilityIndices { get; init; } = [];

    /// <summary>Funding series, in order of source.</summary>
    internal ImmutableArray<FundingSeries> Funding { get; init; } = [];

    /// <summary>Depth series, in order of source.</summary>
    internal ImmutableArray<DepthSeries> Depths { get; init; } = [];

    /// <summary>Executed volume, in order of source.</summary>
    internal ImmutableArray<FlowBarSeries> Flow { get; init; } = [];

    /// <summary>An asset of which nothing was seen.</summary>
    internal static AssetGround None(AssetId asset) => new(asset);

    /// <summary>Price that the engine itself pays and settles by: the index, else the newest close; <c>null</c> if
    /// there is none.</summary>
    internal double? LastUsd => IndexUsd ?? ChainIndex() ?? NewestClose()?.Value;

    /// <summary>The ground state after a market event of this asset, or why it is refused.</summary>
    /// <param name="happened">The event.</param>
    internal Result<AssetGround> After(RiskEvent happened)
    {
        switch (happened)
        {
            case RiskEvent.IndexSeen own:
                return double.IsFinite(own.IndexUsd) && own.IndexUsd > 0d
                    ? Result<AssetGround>.Accepted(this with { IndexUsd = own.IndexUsd, SeenAt = own.At })
                    : Refused(FailureReason.OutOfRange, "an index is finite and above zero", $"{own.IndexUsd:R}");
            case RiskEvent.QuoteSeen own:
                return WithQuote(own);
            case RiskEvent.ChainSeen own:
                return WithChain(own);
            case RiskEvent.FuturesSeen own:
                return WithFutures(own);
            case RiskEvent.ClosesSeen own:
                return SeriesGround.Extended(this, own);
            case RiskEvent.FundingSeen own:
                return SeriesGround.Extended(this, own);
            case RiskEvent.DepthSeen own:
                return SeriesGround.Extended(this, own);
            case RiskEvent.FlowSeen own:
                return SeriesGround.Extended(this, own);
            default:
                throw new System.Diagnostics.UnreachableException(happened.ToString());
        }
    }

    /// <summary>Without the quotes of options that have expired.</summary>
    internal AssetGround Until(Timestamp at) =>
        Quotes.Values.Any(row => row.Option.Expiry <= at)
            ? this with
            {
                Quotes = Quotes.RemoveRange(Quotes.Where(own => own.Value.Option.Expiry <= at)
                .Select(static own => own.Key))
            }
            : this;

    /// <summary>What was observed, as the snapshot takes it.</summary>
    internal UnderlyingObservations Observations() => UnderlyingObservations.None(Asset) with
    {
        Chain = Chain(),
        EarlierIndexes = EarlierIndexes,
        Prices = PricesWithIndex(),
        VolatilityIndices = VolatilityIndices,
        Futures = Futures,
        Funding = Funding,
        Depths = Depths,
        Flow = Flow.IsEmpty ? FlowObservations.None : FlowObservations.None with { Bars = Flow },
    };

    internal Result<AssetGround> Refused(FailureReason reason, string message, string value, string limit = "") =>
        Result<AssetGround>.Refused(new Failure(reason, $"{Asset}: {message}", Value: value, Limit: limit));

    private ChainObservation? Chain()
    {
        if (Quotes.IsEmpty || SeenAt is not { } at) return null;
        return new ChainObservation(
            at,
            IndexUsd is { } index
                ? [.. Quotes.Values.Select(row => row with { IndexUsd = index })]
                : [.. Quotes.Values]);
    }

    // An asset without options has no chain to state its index: it stands as the newest point of its closes.
    private ImmutableArray<PriceSeries> PricesWithIndex()
    {
        bool isPoint = Quotes.IsEmpty && IndexUsd is not null && SeenAt is not null
            && !(NewestClose() is { } newest && newest.At >= SeenAt);
        if (!isPoint) return Prices;
        PricePoint point = new(SeenAt!.Value, IndexUsd!.Value); // both are there
        return Prices.IsEmpty
            ? [new PriceSeries("index", Timestamp.HourMilliseconds, [point])]
            : Prices.SetItem(Prices.Length - 1, Prices[^1] with { Closes = Prices[^1].Closes.Add(point), Bars = [] });
    }

    private double? ChainIndex()
    {
        double[] stated = [.. Quotes.Values.Select(static row => row.IndexUsd).OfType<double>()];
        return stated.Length == 0 ? null : SampleMedian.Of([.. stated]);
    }

    private PricePoint? NewestClose()
    {
        PricePoint? newest = null;
        foreach (PriceSeries series in Prices)
        {
            if (!series.Closes.IsEmpty && !(newest is { } known && known.At >= series.Closes[^1].At))
            {
                newest = series.Closes[^1];
            }
        }

        return newest;
    }

    private Result<AssetGround> WithQuote(RiskEvent.QuoteSeen seen)
    {
        ChainRow row = seen.Quote with { QuotedAt = seen.At };
        if (QuoteRefusal(row, seen.At) is { } refusal) return Result<AssetGround>.Refused(refusal);
        bool statesIndex = row.IndexUsd is not null;
        return Result<AssetGround>.Accepted(this with
        {
            Quotes = Quotes.SetItem(row.Option.Name, row),
            IndexUsd = row.IndexUsd ?? IndexUsd,
            SeenAt = statesIndex ? seen.At : SeenAt,
        });
    }

    private Result<AssetGround> WithChain(RiskEvent.ChainSeen seen)
    {
        ImmutableSortedDictionary<string, ChainRow>.Builder quotes = Quotes.Clear().ToBuilder();
        if (seen.Chain.At > seen.At || seen.Chain.At < SeenAt)
        {
            return Refused(
                FailureReason.OutOfOrder, "a chain is not of the future and not older than what is known",
                $"{seen.Chain.At}", $"{SeenAt} to {seen.At}");
        }

        foreach (ChainRow own in seen.Chain.Rows)
        {
            ChainRow row = own with { QuotedAt = seen.Chain.At };
            if (QuoteRefusal(row, seen.At) is { } refusal) return Result<AssetGround>.Refused(refusal);
            if (!quotes.TryAdd(row.Option.Name, row))
            {
                return Refused(FailureReason.Duplicate, "an option is quoted twice", row.Option.Name);
            }
        }

        return Result<AssetGround>.Accepted(this with
        {
            Quotes = quotes.ToImmutable(),
            IndexUsd = null,
            SeenAt = seen.Chain.At,
            EarlierIndexes = WithOwnIndex(seen.Chain.At),
        });
    }

    private ImmutableArray<PricePoint> WithOwnIndex(Timestamp next)
    {
        if (IndexUsd is not null || SeenAt is not { } at || at >= next || ChainIndex() is not { } index)
        {
            return EarlierIndexes;
        }

        ImmutableArray<PricePoint> points = EarlierIndexes.Add(new PricePoint(at, index));
        return points.Length <= 2 * PointsKept ? points : points[^PointsKept..];
    }

    // What a chain file would refuse: the snapshot takes rows as well formed.
    private Failure? QuoteRefusal(ChainRow row, Timestamp at)
    {
        bool isOwn = row.Option.Underlying == Asset && row.Option.Settlement == Settlement.Inverse;
        bool isInside = !(row.BidCoin < 0d) && !(row.AskCoin < 0d) && !(row.MarkCoin < 0d)
            && !(row.MarkVolatilityAnnual < 0d) && !(row.ForwardUsd <= 0d) && !(row.IndexUsd <= 0d)
            && row.OpenInterest >= 0d && row.VolumeDaily >= 0d;
        return !isOwn
            ? new Failure(
                FailureReason.Inconsistent, $"{Asset}: quotes are of its inverse options", Value: row.Option.Name)
            : !isInside
                ? new Failure(
                    FailureReason.OutOfRange, $"{row.Option}: a quote has a number below zero, or a price of zero",
                    Value: row.Option.Name)
                : row.Option.Expiry <= at
                    ? new Failure(FailureReason.Expired, $"{row.Option} has expired", Value: row.Option.Name)
                    : null;
    }

    private Result<AssetGround> WithFutures(RiskEvent.FuturesSeen seen)
    {
        FuturesObservation futures = seen.Futures;
        bool isTimely = futures.At <= seen.At && !(futures.At < Futures?.At);
        bool isInside = !(futures.PerpetualMarkUsd <= 0d);
        for (int index = 0; index < futures.Marks.Length; index++)
        {
            isInside &= futures.Marks[index].MarkUsd > 0d
                && (index == 0 || futures.Marks[index].Expiry > futures.Marks[index - 1].Expiry);
        }

        return !isTimely
            ? Refused(
                FailureReason.OutOfOrder, "marks are not of the future and not older than what is known",
                $"{futures.At}", $"{Futures?.At} to {seen.At}")
            : !isInside
                ? Refused(FailureReason.OutOfRange, "marks are above zero and in order of expiry", $"{futures.At}")
                : Result<AssetGround>.Accepted(this with { Futures = futures });
    }
}
