using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Markets;

/// <summary>Everything observed, as recorded, before it is made into one snapshot.</summary>
/// <param name="AtRequested">The instant asked for; nothing known later enters the snapshot.</param>
/// <param name="Underlyings">Observations by asset, in order of asset, one each.</param>
public sealed record MarketObservations(Timestamp AtRequested, ImmutableArray<UnderlyingObservations> Underlyings);

/// <summary>What was observed of one asset. Well-formed, but possibly stale, thin, crossed or absurd.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Chain">Its newest option chain not after the instant asked for; <c>null</c> if there is none.</param>
/// <param name="EarlierIndexes">Median index prices of its earlier chains, USD, rising in time.</param>
/// <param name="Prices">Price series in order of argument: where they overlap the later wins.</param>
/// <param name="VolatilityIndices">Volatility index series, annual fractions, likewise.</param>
/// <param name="Futures">Futures marks, newest not after the instant asked for; <c>null</c> if there are none.</param>
/// <param name="Funding">Funding rates, in order of argument.</param>
public sealed record UnderlyingObservations(
    AssetId Asset,
    ChainObservation? Chain,
    ImmutableArray<PricePoint> EarlierIndexes,
    ImmutableArray<PriceSeries> Prices,
    ImmutableArray<PriceSeries> VolatilityIndices,
    FuturesObservation? Futures,
    ImmutableArray<FundingSeries> Funding)
{
    /// <summary>Its order flow; empty where none was given.</summary>
    public FlowObservations Flow { get; init; } = FlowObservations.None;

    /// <summary>An asset of which nothing was observed.</summary>
    public static UnderlyingObservations None(AssetId asset) => new(asset, null, [], [], [], null, []);

    /// <summary>Depth of order books, one series per book as published, in order of argument.</summary>
    public ImmutableArray<DepthSeries> Depths { get; init; } = [];
}

/// <summary>One option chain of one underlying, as recorded.</summary>
/// <param name="At">Time of the snapshot.</param>
/// <param name="Rows">Rows, in order of instrument name, one each.</param>
public sealed record ChainObservation(Timestamp At, ImmutableArray<ChainRow> Rows);

/// <summary>One row of an option chain, as recorded; <c>null</c> means not quoted.</summary>
/// <param name="Option">The instrument: an inverse option.</param>
/// <param name="BidCoin">Bid, coin per unit of underlying; ≥ 0.</param>
/// <param name="AskCoin">Ask, likewise.</param>
/// <param name="MarkCoin">The venue's mark, likewise.</param>
/// <param name="MarkVolatilityAnnual">The venue's implied volatility, annual fraction; ≥ 0.</param>
/// <param name="ForwardUsd">Forward of the expiry, USD; &gt; 0.</param>
/// <param name="IsForwardListed">Whether that forward is a traded future, not one implied by the venue.</param>
/// <param name="IndexUsd">Index price recorded with the row, USD; &gt; 0.</param>
/// <param name="OpenInterest">Open interest, units of underlying; ≥ 0.</param>
public sealed record ChainRow(
    VanillaOption Option,
    double? BidCoin,
    double? AskCoin,
    double? MarkCoin,
    double? MarkVolatilityAnnual,
    double? ForwardUsd,
    bool IsForwardListed,
    double? IndexUsd,
    double OpenInterest)
{
    /// <summary>Traded in the last 24 h, units of underlying; ≥ 0.</summary>
    public double VolumeDaily { get; init; }

    /// <summary>When the row was valid; <c>null</c>: at the time of its chain, as in a file that holds one sweep.
    /// </summary>
    public Timestamp? QuotedAt { get; init; }
}

/// <summary>Bar closes of one source.</summary>
/// <param name="Source">Name of the file or feed.</param>
/// <param name="BarMilliseconds">Length of a bar; &gt; 0.</param>
/// <param name="Closes">Closes, each at the time its bar closed, strictly rising.</param>
public sealed record PriceSeries(string Source, long BarMilliseconds, ImmutableArray<PricePoint> Closes)
{
    /// <summary>What else is known of each bar, one to one with <see cref="Closes"/>; empty if nothing is.</summary>
    public ImmutableArray<BarDetail> Bars { get; init; } = [];
}

/// <summary>What a bar states besides its close; <c>null</c> means not stated.</summary>
/// <param name="Open">First value; &gt; 0.</param>
/// <param name="High">Greatest value; &gt; 0.</param>
/// <param name="Low">Least value; &gt; 0.</param>
/// <param name="VolumeUsd">Traded within the bar, USD; ≥ 0.</param>
public readonly record struct BarDetail(double? Open, double? High, double? Low, double? VolumeUsd);

/// <summary>Depth of one order book as published by one source.</summary>
/// <param name="Source">Name of the file or feed.</param>
/// <param name="Samples">Samples not marked as suspect, strictly rising in time.</param>
/// <param name="SuspectCount">Samples marked as suspect by the source, left out.</param>
public sealed record DepthSeries(string Source, ImmutableArray<DepthSample> Samples, int SuspectCount);

/// <summary>Depth of a book at an instant.</summary>
/// <param name="At">When it was known.</param>
/// <param name="Bids">USD bid within each distance, by rising distance.</param>
/// <param name="Asks">USD offered within each distance, by rising distance.</param>
public sealed record DepthSample(
    Timestamp At, ImmutableArray<DepthLevel> Bids, ImmutableArray<DepthLevel> Asks);

/// <summary>Marks of one underlying's futures at one time.</summary>
/// <param name="At">Time of the marks.</param>
/// <param name="Marks">Dated futures in order of expiry, one each.</param>
/// <param name="PerpetualMarkUsd">Mark of the perpetual, USD; <c>null</c> if absent.</param>
public sealed record FuturesObservation(Timestamp At, ImmutableArray<FutureMark> Marks, double? PerpetualMarkUsd);

/// <summary>A funding rate known at an instant.</summary>
/// <param name="At">When it became known.</param>
/// <param name="Fraction8h">Rate, fraction per 8 h; signed, positive paid by longs.</param>
public readonly record struct FundingPoint(Timestamp At, double Fraction8h);

/// <summary>Funding rates of one source.</summary>
/// <param name="Source">Name of the file or feed.</param>
/// <param name="Points">Rates, strictly rising in time.</param>
public sealed record FundingSeries(string Source, ImmutableArray<FundingPoint> Points);
