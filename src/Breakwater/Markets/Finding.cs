namespace Breakwater.Markets;

/// <summary>Kinds of imperfection an input or a fit may have: a closed set shared by code, reports and the
/// API.</summary>
public enum FindingKind
{
    /// <summary>An input the methodology would use was not given; its stated substitute was used.</summary>
    MissingInput,

    /// <summary>A snapshot, quote or history is older than it should be.</summary>
    StaleInput,

    /// <summary>Bid and ask cross or lock.</summary>
    CrossedQuote,

    /// <summary>A quote failed the hygiene of METHODOLOGY 2.1 for another reason.</summary>
    RejectedQuote,

    /// <summary>A history has a hole.</summary>
    HistoryHole,

    /// <summary>A value is implausible though well formed.</summary>
    AbsurdValue,

    /// <summary>A venue's mark lies outside its own spread or far from ours.</summary>
    MarkOutsideSpread,

    /// <summary>A slice or surface failed a quality gate.</summary>
    PoorFit,

    /// <summary>A surface is not fresh: degraded, stale, halted or borrowed.</summary>
    SurfaceState,

    /// <summary>An instrument's expiry lies outside the quoted ones.</summary>
    ExtrapolatedExpiry,

    /// <summary>A risk factor was drawn from its law because its history is not recorded.</summary>
    SubstitutedFactor,

    /// <summary>An estimate is less certain than it should be.</summary>
    ImpreciseEstimate,

    /// <summary>No public beacon was given: scenarios could have been prepared for.</summary>
    MissingBeacon,
}

/// <summary>Rule by which an imperfection charges an account: what the substitute costs is worked out for each account.
/// </summary>
public enum ChargingRule
{
    /// <summary>None: the substitute asks nothing of its own.</summary>
    None,

    /// <summary>Funding is unknown: either side of a perpetual pays the governed rate (METHODOLOGY 1.1).</summary>
    UnknownFunding,

    /// <summary>Volume is unknown: a governed floor makes impact, days to liquidate and sale (METHODOLOGY 4.4).
    /// </summary>
    VolumeFloor,

    /// <summary>The past is unknown: the whole anti-procyclical buffer is held (METHODOLOGY 4.7).</summary>
    WholeBuffer,

    /// <summary>Drawdowns are unknown: collateral has at least the calm haircut of its class (METHODOLOGY 5).</summary>
    CalmHaircut,
}

/// <summary>Recorded imperfection of an input or fit, with its consequence.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="Subject">What it is about: an instrument, expiry, asset or file.</param>
/// <param name="Message">What was found and what was done about it, with values and units.</param>
public sealed record Finding(FindingKind Kind, string Subject, string Message)
{
    /// <summary>What the imperfection costs an account, micro-dollars: maintenance margin that is more, and equity that
    /// is less, than without it; <c>null</c> if it costs nothing or is not priced.</summary>
    public long? CostMicroUsd { get; init; }

    /// <summary>The rule by which it charges an account.</summary>
    public ChargingRule Charge { get; init; }
}

/// <summary>How good the inputs of a surface are (METHODOLOGY 2.4).</summary>
public enum SurfaceState
{
    /// <summary>At least five valid quotes on two slices, young: the fit is used.</summary>
    Fresh,

    /// <summary>Few quotes, or older ones, or a quality gate failed.</summary>
    Degraded,

    /// <summary>Old quotes: the last good surface, raised.</summary>
    Stale,

    /// <summary>Unusable.</summary>
    Halted,
}
