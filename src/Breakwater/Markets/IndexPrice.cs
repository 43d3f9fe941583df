using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Markets;

/// <summary>Why an index left out what a source said: a closed set, shared by code, metrics and the API.</summary>
public enum IndexRejectionReason
{
    /// <summary>The index does not listen to this source.</summary>
    UnknownSource,

    /// <summary>The same source stands again with something newer.</summary>
    Superseded,

    /// <summary>Not a finite price above 0.</summary>
    NotAPrice,

    /// <summary>Older than the limit.</summary>
    Stale,

    /// <summary>From a clock too far ahead of ours.</summary>
    ClockAhead,

    /// <summary>Bid at or above the ask: a crossed book has no middle.</summary>
    Crossed,

    /// <summary>Bid and ask too far apart for a middle.</summary>
    Wide,

    /// <summary>Too far from the median of all sources.</summary>
    Outlier,
}

/// <summary>What an index left out.</summary>
/// <param name="Source">Whose price it was.</param>
/// <param name="Reason">Why.</param>
/// <param name="Message">In words, with values and units.</param>
public sealed record IndexRejection(string Source, IndexRejectionReason Reason, string Message);

/// <summary>Reference price of an underlying, made of several sources, with what was left out and what it allows.
/// </summary>
/// <param name="Asset">The underlying.</param>
/// <param name="At">When it was made.</param>
/// <param name="PriceUsd">The price, USD, finite, &gt; 0; <c>null</c> if too few sources are usable or no majority of
/// them agrees. It is never one source's alone, and never an old one.</param>
/// <param name="Mode">What may be done in the market, from this and the values before it.</param>
/// <param name="Used">Sources the price was made of, in ordinal order.</param>
/// <param name="Rejections">What was left out, in the order given; one entry per price left out.</param>
/// <param name="Findings">The same in the words of a snapshot, in canonical order, with what changed the mode.</param>
public sealed record IndexPrice(
    AssetId Asset,
    Timestamp At,
    double? PriceUsd,
    MarketMode Mode,
    ImmutableArray<string> Used,
    ImmutableArray<IndexRejection> Rejections,
    ImmutableArray<Finding> Findings)
{
    /// <summary>Values better than <see cref="Mode"/> since the last that was not: at
    /// <see cref="IndexRules.RecoveryCount"/> the mode ends.</summary>
    public int GoodCount { get; init; }

    /// <summary>The newest price and when it was made: this one, or one before it; <c>null</c> if there was none yet.
    /// Jumps are measured from it.</summary>
    public PricePoint? Last { get; init; }
}
