using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Markets;

/// <summary>All observed inputs at one instant, and the price histories up to it.</summary>
/// <remarks>Always total: what is missing, stale, crossed or absurd is a finding, not a null or an exception.</remarks>
/// <param name="At">The instant everything is valued as of: the newest of the underlyings' snapshots.</param>
/// <param name="Underlyings">Markets in order of asset; at least one.</param>
/// <param name="Findings">Imperfections of the inputs, in canonical order.</param>
public sealed record MarketSnapshot(
    Timestamp At, ImmutableArray<UnderlyingMarket> Underlyings, ImmutableArray<Finding> Findings)
{
    /// <summary>Markets of collateral assets that are no underlyings, in order of asset: prices only.</summary>
    public ImmutableArray<UnderlyingMarket> CollateralAssets { get; init; } = [];

    /// <summary>Market of one underlying or collateral asset; <c>null</c> if there is none.</summary>
    public UnderlyingMarket? Find(AssetId asset) => Of(Underlyings, asset) ?? Of(CollateralAssets, asset);

    private static UnderlyingMarket? Of(ImmutableArray<UnderlyingMarket> markets, AssetId asset)
    {
        foreach (UnderlyingMarket market in markets)
        {
            if (market.Asset == asset)
            {
                return market;
            }
        }

        return null;
    }
}

/// <summary>Observed market of one underlying.</summary>
/// <param name="Asset">The underlying.</param>
/// <param name="At">Time of its own snapshot; quotes count as fresh at it.</param>
/// <param name="IndexUsd">Index price, USD; finite, &gt; 0 (the median over the chain's rows).</param>
/// <param name="Quotes">Option quotes as received, in order of instrument name; not yet cleaned.</param>
/// <param name="FutureMarks">Marks of dated futures, in order of expiry; may be empty.</param>
/// <param name="PerpetualMarkUsd">Mark of the perpetual, USD; <c>null</c> if not observed (then it is the
/// index).</param>
/// <param name="FundingRate8h">Expected funding, fraction per 8 h; <c>null</c> if unknown.</param>
/// <param name="Prices">Price history.</param>
/// <param name="VolatilityIndex">Volatility index, annual fraction (0.55), known at the stated times; may be
/// empty.</param>
public sealed record UnderlyingMarket(
    AssetId Asset,
    Timestamp At,
    double IndexUsd,
    ImmutableArray<OptionQuote> Quotes,
    ImmutableArray<FutureMark> FutureMarks,
    double? PerpetualMarkUsd,
    double? FundingRate8h,
    PriceHistory Prices,
    ImmutableArray<PricePoint> VolatilityIndex)
{
    /// <summary>Volumes of the recent calendar days that are known whole, strictly rising; may be empty.</summary>
    public ImmutableArray<DailyVolume> DailyVolumes { get; init; } = [];

    /// <summary>Depth of its order books together; <c>null</c> if none is known.</summary>
    public MarketDepth? Depth { get; init; }

    /// <summary>Order flow up to the snapshot; empty where none was given.</summary>
    public FlowObservations Flow { get; init; } = FlowObservations.None;
}

/// <summary>Volume of a calendar day (UTC).</summary>
/// <param name="End">End of the day: 00:00 UTC of the next.</param>
/// <param name="VolumeUsd">Traded, USD; ≥ 0.</param>
public readonly record struct DailyVolume(Timestamp End, double VolumeUsd);

/// <summary>USD resting in a book within a distance of its mid.</summary>
/// <param name="DistanceFraction">Distance, fraction of the mid; &gt; 0.</param>
/// <param name="CumulativeUsd">USD within it; ≥ 0, not falling with the distance.</param>
public readonly record struct DepthLevel(double DistanceFraction, double CumulativeUsd);

/// <summary>Depth of all order books of an underlying, each listing counted once (METHODOLOGY 4.4).</summary>
/// <param name="Levels">Median depth now on the thinner side, by rising distance; at least one.</param>
/// <param name="NearUsd">D1: of it within 1 %, USD; &gt; 0.</param>
/// <param name="ReferenceUsd">D_ref: median of D1 over up to 30 days, USD; &gt; 0.</param>
public sealed record MarketDepth(ImmutableArray<DepthLevel> Levels, double NearUsd, double ReferenceUsd);

/// <summary>One row of an option chain, as received: an inverse option quoted in coin.</summary>
/// <param name="Option">The instrument.</param>
/// <param name="At">When the quote was valid.</param>
/// <param name="BidCoin">Bid, coin per unit of underlying; <c>null</c> if not quoted.</param>
/// <param name="AskCoin">Ask, likewise.</param>
/// <param name="MarkCoin">The venue's own mark, likewise.</param>
/// <param name="MarkVolatilityAnnual">The venue's own implied volatility, annual fraction; <c>null</c> if
/// absent.</param>
/// <param name="ForwardUsd">Forward of the expiry recorded with this quote, USD; finite, &gt; 0.</param>
/// <param name="OpenInterest">Open interest, units of underlying; ≥ 0.</param>
public sealed record OptionQuote(
    VanillaOption Option,
    Timestamp At,
    double? BidCoin,
    double? AskCoin,
    double? MarkCoin,
    double? MarkVolatilityAnnual,
    double ForwardUsd,
    double OpenInterest)
{
    /// <summary>Traded in the last 24 h, units of underlying; ≥ 0.</summary>
    public double VolumeDaily { get; init; }
}

/// <summary>Mark of a dated (listed or synthetic) future.</summary>
/// <param name="Expiry">Its expiry.</param>
/// <param name="MarkUsd">Its mark, USD; finite, &gt; 0.</param>
/// <param name="IsListed">Whether the future is traded, not only implied by the venue.</param>
public sealed record FutureMark(Timestamp Expiry, double MarkUsd, bool IsListed);
