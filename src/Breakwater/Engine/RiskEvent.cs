using System.Collections.Immutable;
using Breakwater.Accounts.Ledgers;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;

namespace Breakwater.Engine;

/// <summary>Everything that can happen to the engine: what the journal records, in the order in which it took effect. A
/// closed hierarchy.</summary>
/// <remarks>Market events only change ground state and cost microseconds; margins are worked out at <see
/// cref="ClockTick"/>, and for the accounts of a command that needs one. Canonical bytes: <see
/// cref="RiskEventEncoding"/>.</remarks>
/// <param name="At">Engine time: when it was taken in; not before the event before.</param>
public abstract record RiskEvent(Timestamp At)
{
    /// <summary>A whole option chain of an underlying was seen: it takes the place of all quotes before.</summary>
    /// <param name="At">Engine time.</param>
    /// <param name="Asset">The underlying.</param>
    /// <param name="Chain">The chain; its time is not after <paramref name="At"/>.</param>
    public sealed record ChainSeen(Timestamp At, AssetId Asset, ChainObservation Chain) : RiskEvent(At);

    /// <summary>A quote of one option was seen.</summary>
    /// <param name="At">Engine time; the quote is valid at it.</param>
    /// <param name="Quote">The quote; an index it states counts as that of its underlying.</param>
    public sealed record QuoteSeen(Timestamp At, ChainRow Quote) : RiskEvent(At);

    /// <summary>The index of an asset moved. In a settlement window it is a fixing.</summary>
    /// <param name="At">Engine time.</param>
    /// <param name="Asset">The asset.</param>
    /// <param name="IndexUsd">Index, USD per unit; finite, &gt; 0.</param>
    public sealed record IndexSeen(Timestamp At, AssetId Asset, double IndexUsd) : RiskEvent(At);

    /// <summary>The sources of an index say what may be done in its market (<see cref="IndexPrice.Mode"/>): it holds
    /// until they say otherwise, beside what surface and age allow.</summary>
    /// <param name="At">Engine time.</param>
    /// <param name="Asset">The asset.</param>
    /// <param name="Mode">What its index allows.</param>
    public sealed record IndexModeSeen(Timestamp At, AssetId Asset, MarketMode Mode) : RiskEvent(At);

    /// <summary>Marks of the futures of an underlying were seen: they take the place of those before.</summary>
    /// <param name="At">Engine time.</param>
    /// <param name="Asset">The underlying.</param>
    /// <param name="Futures">The marks; their time is not after <paramref name="At"/>.</param>
    public sealed record FuturesSeen(Timestamp At, AssetId Asset, FuturesObservation Futures) : RiskEvent(At);

    /// <summary>Closes of bars became known: of a price, or of a volatility index.</summary>
    /// <param name="At">Engine time.</param>
    /// <param name="Asset">The asset.</param>
    /// <param name="Kind">What they are closes of.</param>
    /// <param name="Series">Closes, at most <see cref="RiskEventEncoding.PointsMax"/>, after all those of the same
    /// kind, source and bar that are known.</param>
    public sealed record ClosesSeen(Timestamp At, AssetId Asset, SeriesKind Kind, PriceSeries Series) : RiskEvent(At);

    /// <summary>Funding rates became known.</summary>
    /// <param name="At">Engine time.</param>
    /// <param name="Asset">The underlying.</param>
    /// <param name="Series">Rates, after all those of the same source that are known.</param>
    public sealed record FundingSeen(Timestamp At, AssetId Asset, FundingSeries Series) : RiskEvent(At);

    /// <summary>Depth of a book became known.</summary>
    /// <param name="At">Engine time.</param>
    /// <param name="Asset">The underlying.</param>
    /// <param name="Series">Samples, after all those of the same source that are known.</param>
    public sealed record DepthSeen(Timestamp At, AssetId Asset, DepthSeries Series) : RiskEvent(At);

    /// <summary>Executed volume by taker side became known.</summary>
    /// <param name="At">Engine time.</param>
    /// <param name="Asset">The underlying.</param>
    /// <param name="Series">Bars, after all those of the same source that are known.</param>
    public sealed record FlowSeen(Timestamp At, AssetId Asset, FlowBarSeries Series) : RiskEvent(At);

    /// <summary>A command that moves the ledger. Withdrawals and transfers have to leave initial margin (M11), trades
    /// that raise risk too.</summary>
    /// <param name="At">Engine time; the transition's too.</param>
    /// <param name="CommandId">Name of the command: the same name has one effect and one answer.</param>
    /// <param name="Transition">What is asked for.</param>
    public sealed record LedgerCommand(Timestamp At, string CommandId, LedgerTransition Transition) : RiskEvent(At);

    /// <summary>A new version of the governed constants takes effect.</summary>
    /// <param name="At">Engine time.</param>
    /// <param name="CommandId">Name of the command.</param>
    /// <param name="Version">Version number; above the one in force.</param>
    /// <param name="EffectiveAt">When the version states to take effect.</param>
    /// <param name="ProtocolId">Name of the protocol.</param>
    /// <param name="Values">Every value by path; checked whole.</param>
    public sealed record ParametersGiven(
        Timestamp At, string CommandId, int Version, Timestamp EffectiveAt, string ProtocolId, ParameterValues Values)
        : RiskEvent(At);

    /// <summary>The public beacon of a day became known (METHODOLOGY 3.7).</summary>
    /// <param name="At">Engine time.</param>
    /// <param name="Epoch">UTC day, days since 1970-01-01.</param>
    /// <param name="Beacon">32 bytes.</param>
    public sealed record BeaconSeen(Timestamp At, long Epoch, ImmutableArray<byte> Beacon) : RiskEvent(At);

    /// <summary>From now on scenario sets are held as they are, or designed from the market again.</summary>
    /// <param name="At">Engine time.</param>
    /// <param name="CommandId">Name of the command.</param>
    /// <param name="IsHeld">Whether they are held. Asked again while they are held, they are designed once from the
    /// market of the next tick and held then.</param>
    public sealed record ScenarioHold(Timestamp At, string CommandId, bool IsHeld) : RiskEvent(At);

    /// <summary>A report of a subaccount is asked for, to be attested.</summary>
    /// <param name="At">Engine time.</param>
    /// <param name="CommandId">Name of the command.</param>
    /// <param name="Account">The subaccount.</param>
    public sealed record ReportAsked(Timestamp At, string CommandId, string Account) : RiskEvent(At);

    /// <summary>Time to value the market and every account; due funding is paid and due expiries are settled.</summary>
    /// <param name="At">Engine time.</param>
    public sealed record ClockTick(Timestamp At) : RiskEvent(At);
}

/// <summary>What closes of bars are of.</summary>
public enum SeriesKind
{
    /// <summary>Prices, USD.</summary>
    Price,

    /// <summary>A volatility index, annual fraction.</summary>
    VolatilityIndex,
}
